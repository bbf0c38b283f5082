"""Which places does the dashboard cover, and what are their areas called? One TOML file a place says it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from language import LANGUAGES
from loaders.cards import SourceCard, Words
from loaders.columns import of_frame
from loaders.errors import Fault, FaultyInput, PlaceError, SourceError
from loaders.files import parse_table
from loaders.gate import let_in

LIKENESS = ("level", "log", "growth", "density")  # how a characteristic enters the likeness of areas (measures.similar)

HEADLINE = ("measure", "area", "says", "figure", "length", "period", "base")  # what the address of a headline holds (measures.headline)


@dataclass(frozen=True)
class Area:
    """One district of a place; ``tile`` is its row and column in the tile map (our own layout), or None."""

    code: str
    name: Words
    aliases: tuple[str, ...] = ()
    tile: tuple[int, int] | None = None
    short: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A city, region or country that the dashboard covers. ``id`` is the file's name and the word in addresses.

    ``headlines``: examples of a headline to check, each in the names and codes that its address has.
    """

    id: str
    name: Words
    country: Words
    area_word: dict[str, str]
    code: str
    whole: Words
    measures: tuple[str, ...]
    areas: tuple[Area, ...]
    unallocated: tuple[Area, ...] = ()
    order: int = 9
    default: bool = False
    boundaries: str = ""
    intro: Words = field(default_factory=dict)
    residents_misleading: list[dict] = field(default_factory=list)
    similar: dict = field(default_factory=dict)
    headlines: tuple[dict[str, str], ...] = ()

    def code_of(self, spelling: str) -> str | None:
        """The code of the area that a file writes ``spelling``: its code, its name in any language, or an alias."""
        return self._codes().get(spelling.strip())

    def _codes(self) -> dict[str, str]:
        return {text: area.code for area in self.areas for text in (area.code, *area.name.values(), *area.aliases) if text}


def read_places(root: Path, cards: dict[str, SourceCard], broken: dict[str, FaultyInput]) -> dict[str, Place]:
    """Every place by id, in menu order.

    A place whose list of areas cannot be read is left out and its dataset is put into ``broken`` (by name); any other
    fault of a place file raises PlaceError.
    """
    raw = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(root.glob("places/*.toml"))}
    defaults = [name for name, one in raw.items() if one.get("default")]
    if len(defaults) != 1:
        fault = Fault("places", "the default place", "exactly one", ", ".join(defaults) or "none", "Set default = true in one file.")
        raise PlaceError("places", [fault])
    places = []
    for name, one in raw.items():
        try:
            places.append(_place(name, one, cards, broken))
        except SourceError as error:
            broken[one["areas_from"]] = error
    return {place.id: place for place in sorted(places, key=lambda place: place.order)}


def read_as_written(root: Path, name: str, cards: dict[str, SourceCard]) -> tuple[Place | None, list[Fault]]:
    """One place as its file says it, and every fault of that file; None where no areas can be read. For the linter: what has faults is never shown."""
    path = root / "places" / f"{name}.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [Fault(path.name, "the file cannot be read", "TOML in UTF-8", str(error), "Mend the line named.")]
    faults = list(_faults(raw, path.name, cards, {}))
    try:
        return _made(name, {key: {} for key in _WORDS} | {"code": name, "measures": []} | raw, cards), faults
    except SourceError as error:
        return None, [*faults, *error.faults]
    except (KeyError, TypeError, AttributeError, ValueError):
        return None, faults


def _place(name: str, raw: dict, cards: dict[str, SourceCard], broken: dict[str, FaultyInput]) -> Place:
    source = raw.get("areas_from", "")
    if source in broken:
        raise SourceError(source, list(broken[source].faults))
    faults = list(_faults(raw, f"{name}.toml", cards, broken))
    if faults:
        raise PlaceError(f"{name}.toml", faults)
    return _made(name, raw, cards)


_WORDS = ("name", "country", "area_word", "whole")


def _made(name: str, raw: dict, cards: dict[str, SourceCard]) -> Place:
    source = raw.get("areas_from", "")
    areas = _areas_of(cards[source], raw.get("drop_when_short", {})) if source else tuple(map(_area, raw["areas"]))
    kept = {key: raw[key] for key in (*_WORDS, "code")}
    return Place(
        id=name, areas=areas, unallocated=tuple(map(_area, raw.get("unallocated", []))),
        measures=tuple(raw["measures"]), order=raw.get("order", 9), default=raw.get("default", False),
        boundaries=raw.get("boundaries", ""), intro=raw.get("intro", {}), residents_misleading=raw.get("residents_misleading", []),
        similar=raw.get("similar", {}), headlines=tuple(raw.get("headlines", ())), **kept,
    )  # fmt: skip


def _area(raw: dict) -> Area:
    tile = raw.get("tile")
    return Area(raw["code"], raw["name"], tuple(raw.get("aliases", ())), tuple(tile) if tile else None, raw.get("short", {}))


def _areas_of(card: SourceCard, drop: dict[str, list[str]]) -> tuple[Area, ...]:
    """The areas that a published list of areas names (dataset of kind ``areas``); ``drop``: endings that short names lose."""
    heading = card.area_columns
    frame = parse_table(card, card.latest)
    let_in(of_frame(frame, card.latest.file), card, card.latest)
    faults = [
        Fault(f"'{card.latest.file}', heading row", "a column is missing", name, ", ".join(frame.columns), "Mend [area_columns].")
        for name in heading.values()
        if name not in frame.columns
    ]
    if faults:
        raise SourceError(card.id, faults)
    return tuple(
        Area(
            row[heading["code"]],
            {code: row[heading[f"name_{code}"]] for code in LANGUAGES},
            tile=(int(row[heading["tile_row"]]), int(row[heading["tile_column"]])),
            short={code: _without(row[heading[f"name_{code}"]], drop.get(code, [])) for code in LANGUAGES},
        )
        for row in frame.to_dict("records")
    )


def _without(name: str, endings: list[str]) -> str:
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)


def _faults(raw: dict, name: str, cards: dict[str, SourceCard], broken: dict[str, FaultyInput]):
    for key in ("name", "country", "whole", "intro"):
        for language in LANGUAGES:
            if not (raw.get(key) or {}).get(language):
                yield Fault(name, f"'{key}' has no '{language}'", "a text", "nothing", f"Add {key}.{language}.")
    for key in ("code", "measures", "area_word"):
        if not raw.get(key):
            yield Fault(name, f"'{key}' is missing", "a value", "nothing", f"Add {key} to the place.")
    for area in raw.get("areas", []):
        if not all((area.get("name") or {}).get(language) for language in LANGUAGES):
            yield Fault(name, f"area {area.get('code')} lacks a name", "en and zh", str(area.get("name")), "Add the missing name.")
    yield from _unreadable(raw, name)
    yield from _unlike(raw.get("similar", {}), name, cards, broken)
    source = raw.get("areas_from")
    if not raw.get("areas") and source not in cards:
        yield Fault(name, "no areas", "[[areas]] or areas_from", str(source), "List the areas or name a dataset of kind areas.")


def _unreadable(raw: dict, name: str):
    """What is wrong with the examples of a headline."""
    for one in raw.get("headlines", []):
        lacking = [key for key in HEADLINE if not one.get(key)]
        if lacking or one.get("measure") not in raw.get("measures", []):
            what = f"lacks {', '.join(lacking)}" if lacking else f"measure {one['measure']}"
            yield Fault(name, "an example of [[headlines]] is faulty", f"{', '.join(HEADLINE)}; a measure of the place", what, "Mend the example.")


def _unlike(raw: dict, name: str, cards: dict[str, SourceCard], broken: dict[str, FaultyInput]):
    """What is wrong with the characteristics by which a place finds similar areas; a dataset that cannot be read is not the place's fault."""
    for one in raw.get("by", []):
        card = cards.get(one.get("dataset"))
        if one.get("dataset") not in broken and (card is None or one.get("variable") not in card.variables):
            found = f"{one.get('dataset')} {one.get('variable')}"
            yield Fault(
                name, "a characteristic of [[similar.by]] is unknown", "a dataset and one of its variables", found, "Mend dataset or variable."
            )
        if one.get("as") not in LIKENESS:
            yield Fault(name, "'as' of [[similar.by]] is unknown", " | ".join(LIKENESS), str(one.get("as")), "Choose one of them.")
        if not all((one.get("label") or {}).get(language) for language in LANGUAGES):
            yield Fault(name, "a characteristic of [[similar.by]] lacks a label", "en and zh", str(one.get("label")), "Add the label.")
    if raw.get("by") and not raw.get("count"):
        yield Fault(name, "'count' of [similar] is missing", "how many similar areas are named", "nothing", "Add count.")
