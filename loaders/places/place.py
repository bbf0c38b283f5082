"""Which places does the dashboard cover, and what are their areas called? One TOML file a place says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from language import LANGUAGES
from loaders.addresses import NAME_WORDS, is_name
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, FaultyInput, PlaceError, SourceError
from loaders.formats.text_table import of_frame
from loaders.gate.judge import let_in
from loaders.schema.fields import (
    AreaWord,
    Bool,
    Int,
    Name,
    Named,
    NameOrNone,
    Seen,
    Text,
    Words,
    fault,
    refuse,
    shown,
    table_type,
)
from loaders.schema.model import Model, mended, read_toml, validated
from loaders.tables.published_file import parse_table

LIKENESS = ("level", "log", "growth", "density")  # how a characteristic enters the likeness of areas (measures.similar)


def _code(text: str) -> str:
    if not text.strip() or any(one.isspace() or one in '"&#?/\\' for one in text):
        raise fault(
            "'{key}' is no code",
            "the publisher's code, without spaces and the signs of addresses",
            shown(text),
            "Mend it.",
        )
    return text


def _tile(tile: list) -> tuple[int, int]:
    if len(tile) != 2 or min(tile) < 0 or max(tile) > 99:
        raise fault("'tile' is none", "row and column, from 0 on", shown(tile), "Write tile = [row, column].")
    return tuple(tile)


Code = Annotated[str, AfterValidator(_code)]
Headline = table_type(
    "Headline",
    {"measure": Name, **dict.fromkeys(("area", "says", "figure", "length", "period", "base"), Text)},
    {"category": Seen, "bound": Seen},
)
Misleading = table_type("Misleading", {"areas": list[str], "reason": Words})
Characteristic = table_type(
    "Characteristic",
    {"dataset": Name, "variable": Name, "as": Literal[LIKENESS], "label": Words},
    {
        "area": Annotated[
            Name, Field(description="density: the variable that holds the area; without it the outlines are measured")
        ],
        "note": Words,
    },
)
Similar = table_type("Similar", {"count": Annotated[Int, Field(ge=1)], "by": list[Characteristic]})
DropWhenShort = table_type("DropWhenShort", {}, {code: list[str] for code in LANGUAGES})


class Area(Model):
    """One district of a place; ``tile`` is its row and column in the tile map (our own layout), or None."""

    code: Code = Field(description="the code in addresses and files")
    name: Named = Field(description="what readers call it; en_said: inside a sentence, where that differs")
    aliases: tuple[str, ...] = Field((), description="other spellings in published files")
    tile: Annotated[list[Int], AfterValidator(_tile)] | None = Field(
        None, description="row and column in the tile map, from 0 on"
    )
    short: Words = Field({}, description="a name that fits into a tile")

    def spellings(self) -> set[str]:
        """Every text that means this area in a file."""
        return {self.code, *self.name.values(), *self.aliases} - {""}


class Place(Model):
    """A city, region or country that the dashboard covers. ``id`` is the file's name and the word in addresses.

    ``headlines``: examples of a headline to check, each in the names and codes that its address has.
    """

    name: Named = Field(description="what readers call the place")
    country: Words = Field(description="the country that it is in")
    intro: Words = Field(description="two sentences at the head of its first page")
    area_word: AreaWord = Field(description="what one area and several are called: borough, boroughs")
    code: Code = Field(description="the code of the whole place")
    whole: Named = Field(description="what the whole place is called beside its areas")
    measures: tuple[Name, ...] = Field(
        description="the measures that it shows, in their order: names of files in measures", min_length=1
    )
    areas: tuple[Area, ...] = Field((), description="its areas; or areas_from")
    areas_from: NameOrNone = Field("", description="the dataset of kind areas that lists its areas")
    drop_when_short: DropWhenShort = Field({}, description="areas_from: endings that names lose in a tile")
    unallocated: tuple[Area, ...] = Field((), description="what tables count beside the areas, such as 'unknown'")
    order: Int = Field(9, description="its place in the menu")
    default: Bool = Field(False, description="the place that opens first; true in one file")
    boundaries: NameOrNone = Field("", description="the dataset of kind boundaries; '' for a map of tiles only")
    residents_misleading: list[Misleading] = Field([], description="areas where a rate per resident misleads, and why")
    similar: Similar = Field({}, description="by which published figures an area finds those that are most like it")
    headlines: tuple[Headline, ...] = Field((), description="examples on the page of claims")
    _id: str = PrivateAttr("")

    @model_validator(mode="before")
    @classmethod
    def _has_areas(cls, raw: Any) -> Any:
        """Where no dataset lists the areas, the file has to."""
        return {"areas": [], **raw} if isinstance(raw, dict) and not raw.get("areas_from") else raw

    @field_validator("areas")
    @classmethod
    def _told_apart(cls, areas: tuple[Area, ...], info: ValidationInfo) -> tuple[Area, ...]:
        if not areas:
            raise fault(
                "no areas", "[[areas]] or areas_from", "nothing", "List the areas or name a dataset of kind areas."
            )
        return refuse(areas, _doubled(areas, info.data.get("code", ""), info))

    @field_validator("unallocated")
    @classmethod
    def _beside(cls, spare: tuple[Area, ...], info: ValidationInfo) -> tuple[Area, ...]:
        return refuse(spare, _doubled((*info.data.get("areas", ()), *spare), info.data.get("code", ""), info))

    @property
    def id(self) -> str:
        return self._id

    def code_of(self, spelling: str) -> str | None:
        """The code of the area that a file writes ``spelling``: its code, its name in any language, or an alias."""
        return self._codes().get(spelling.strip())

    def _codes(self) -> dict[str, str]:
        return {text: area.code for area in self.areas for text in area.spellings()}


def _doubled(areas: tuple[Area, ...], whole: str, info: ValidationInfo | None = None) -> Iterator[tuple[tuple, Any]]:
    """Codes, names, spellings, short names and tiles that stand for two areas."""
    if info and (info.context or {}).get("lenient"):
        return
    each = "each once"
    codes = _twice([*([whole] if whole else []), *(area.code for area in areas)])
    for code in codes:
        yield (), fault("a code stands for two areas", each, f"'{code}'", "Give one of them another.")
    for text in _twice([text for area in areas for text in area.spellings() - {*codes}]):
        yield (), fault("a name stands for two areas", each, f"'{text}'", "Mend the name or alias that is wrong.")
    for language in LANGUAGES:
        for text in _twice([area.short[language] for area in areas if area.short]):
            yield (
                (),
                fault(
                    f"two areas have one short name in '{language}'",
                    each,
                    f"'{text}'",
                    "Shorten one of them otherwise.",
                ),
            )
    for tile in _twice([tuple(area.tile) for area in areas if area.tile]):
        yield (), fault("two areas stand in one tile", "a tile for each", str(list(tile)), "Move one of them.")


def _twice(found: list) -> list:
    return sorted(one for one, times in Counter(found).items() if times > 1)


def read_place(path: Path) -> Place:
    """One place as its file says it; areas that a dataset lists are not in it yet. Raises PlaceError with every fault of the file."""
    if not is_name(path.stem):
        misnamed = Fault(
            path.name,
            "the name of the file is no word for addresses",
            NAME_WORDS,
            shown(path.stem),
            "Call the file otherwise.",
        )
        raise PlaceError(path.name, [misnamed])
    return _called(validated(Place, read_toml(path, path.name, PlaceError), path.name, PlaceError), path)


def place_to_check(path: Path) -> Place | None:
    """A place whose file has faults, as far as it can be followed."""
    try:
        place = mended(Place, read_toml(path, path.name, PlaceError))
    except PlaceError:
        return None
    return place and _called(place, path)


def _called(place: Place, path: Path) -> Place:
    place._id = path.stem
    return place


def with_areas(place: Place, cards: dict[str, SourceCard]) -> Place:
    """The place with the areas that a dataset lists. Raises SourceError when that cannot be read, PlaceError when there is none."""
    if not place.areas_from:
        return place
    card = cards.get(place.areas_from)
    if card is None or card.kind != "areas":
        found, todo = f"'{place.areas_from}'", "List the areas or name a dataset of kind areas."
        raise PlaceError(
            f"{place.id}.toml", [Fault(f"{place.id}.toml", "no areas", "[[areas]] or areas_from", found, todo)]
        )
    try:
        areas = _areas_of(card, place.drop_when_short)
    except (ValueError, OSError) as error:
        if isinstance(error, FaultyInput):
            raise
        where, found = f"'{card.latest.file}'", error.strerror if isinstance(error, OSError) else str(error)
        todo = "Mend [area_columns] or put the file beside the card."
        raise SourceError(
            card.id, [Fault(where, "the list of areas cannot be read", "codes, names and tiles", found, todo)]
        ) from None
    faults = [Fault(f"'{card.latest.file}'", **error.context) for _, error in _doubled(areas, place.code)]
    if faults:
        raise SourceError(card.id, faults)
    return place.model_copy(update={"areas": areas})


def read_places(
    root: Path, cards: dict[str, SourceCard], broken: dict[str, FaultyInput], to_check: bool = False
) -> dict[str, Place]:
    """Every place by id, in menu order.

    A place that cannot be used is left out; ``to_check``: or is there as far as it can be followed. What is wrong is put into ``broken``:
    under ``places/<file>``, or, where its list of areas cannot be read, under the name of that dataset.
    """
    places = []
    for path in sorted(root.glob("places/*.toml")):
        try:
            place = read_place(path)
        except PlaceError as error:
            broken[f"places/{path.name}"] = error
            place = place_to_check(path) if to_check else None
        try:
            if place and place.areas_from not in broken:
                places.append(with_areas(place, cards))
        except SourceError as error:
            broken[place.areas_from] = error
        except PlaceError as error:
            broken[f"places/{path.name}"] = error
    return {place.id: place for place in sorted(places, key=lambda place: place.order)}


def _areas_of(card: SourceCard, drop: dict[str, list[str]]) -> tuple[Area, ...]:
    """The areas that a published list of areas names (dataset of kind ``areas``); ``drop``: endings that short names lose."""
    heading = card.area_columns
    frame = parse_table(card, card.latest)
    let_in(of_frame(frame, card.latest.file), card, card.latest)
    faults = [
        Fault(
            f"'{card.latest.file}', heading row",
            "a column is missing",
            name,
            ", ".join(frame.columns),
            "Mend [area_columns].",
        )
        for name in heading.values()
        if name not in frame.columns
    ]
    if faults:
        raise SourceError(card.id, faults)
    return tuple(
        Area.model_construct(
            code=row[heading["code"]],
            name={code: row[heading[f"name_{code}"]] for code in LANGUAGES},
            tile=(int(row[heading["tile_row"]]), int(row[heading["tile_column"]])),
            short={code: _without(row[heading[f"name_{code}"]], drop.get(code, [])) for code in LANGUAGES},
        )
        for row in frame.to_dict("records")
    )


def _without(name: str, endings: list[str]) -> str:
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)
