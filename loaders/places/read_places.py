"""Reads the places of a data folder, with the areas that a dataset lists for them."""

from __future__ import annotations

from pathlib import Path

from language import in_every_language
from language.fallback import FallenBack
from loaders.addresses import NAME_WORDS, is_name
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, FaultyInput, PlaceError, SourceError
from loaders.formats.text_table import of_frame
from loaders.gate.admission import let_in
from loaders.places.place import Area, Place, repeated_names
from loaders.schema.fields import shown
from loaders.schema.model import read_toml, repaired, validated
from loaders.tables.published_file import parse_table


def read_place(path: Path) -> Place:
    """One place as its file says it; areas that a dataset lists are not in it yet.

    Raises PlaceError with every fault of the file.
    """
    if not is_name(path.stem):
        todo = "Call the file otherwise."
        misnamed = Fault(path.name, "the name of the file is no word for addresses", NAME_WORDS, shown(path.stem), todo)
        raise PlaceError(path.name, [misnamed])
    return _called(validated(Place, read_toml(path, path.name, PlaceError), path.name, PlaceError), path)


def place_to_check(path: Path) -> Place | None:
    """A place whose file has faults, as far as it can be followed."""
    try:
        place = repaired(Place, read_toml(path, path.name, PlaceError))
    except PlaceError:
        return None
    return place and _called(place, path)


def _called(place: Place, path: Path) -> Place:
    place._id = path.stem
    return place


def with_areas(place: Place, cards: dict[str, SourceCard]) -> Place:
    """The place with the areas that a dataset lists.

    Raises SourceError when that cannot be read, PlaceError when there is none.
    """
    if not place.areas_from:
        return place
    card = cards.get(place.areas_from)
    if card is None or card.kind != "areas":
        reason, todo = f"'{place.areas_from}'", "List the areas or name a dataset of kind areas."
        raise PlaceError(
            f"{place.id}.toml", [Fault(f"{place.id}.toml", "no areas", "[[areas]] or areas_from", reason, todo)]
        )
    try:
        areas = _areas_of(card, place)
    except (ValueError, OSError) as error:
        if isinstance(error, FaultyInput):
            raise
        where, reason = f"'{card.latest.file}'", error.strerror if isinstance(error, OSError) else str(error)
        todo = "Fix [area_columns] or put the file beside the card."
        raise SourceError(
            card.id, [Fault(where, "the list of areas cannot be read", "codes, names and tiles", reason, todo)]
        ) from None
    faults = [Fault(f"'{card.latest.file}'", **error.context) for _, error in repeated_names(areas, place.code)]
    if faults:
        raise SourceError(card.id, faults)
    return place.model_copy(update={"areas": areas})


def read_places(
    root: Path, cards: dict[str, SourceCard], broken: dict[str, FaultyInput], to_check: bool = False
) -> dict[str, Place]:
    """Every place by id, in menu order.

    A place that cannot be used is left out; ``to_check``: or is there as far as it can be followed. What is wrong is
    put into ``broken``: under ``places/<file>``, or, where its list of areas cannot be read, under the name of that
    dataset.
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


def _areas_of(card: SourceCard, place: Place) -> tuple[Area, ...]:
    """The areas that a published list of areas names (dataset of kind ``areas``), with the names and the endings of
    short names that the place's file adds."""
    heading = card.area_columns
    frame = parse_table(card, card.latest)
    let_in(of_frame(frame, card.latest.file), card, card.latest)
    faults = [
        Fault(
            f"'{card.latest.file}', heading row",
            "a column is missing",
            name,
            ", ".join(frame.columns),
            "Fix [area_columns].",
        )
        for name in heading.values()
        if name not in frame.columns
    ]
    if faults:
        raise SourceError(card.id, faults)
    return tuple(
        Area.model_construct(
            code=row[heading["code"]],
            name=(name := _names(row, heading, place.area_names)),
            tile=(int(row[heading["tile_row"]]), int(row[heading["tile_column"]])),
            short=_short(name, place.drop_when_short),
        )
        for row in frame.to_dict("records")
    )


def _names(row: dict[str, str], heading: dict[str, str], beside: dict[str, dict[str, str]]) -> dict[str, str]:
    """The names of an area in the languages that the list has a column for or the place's file says, the others by
    their chains."""
    columns = {word.removeprefix("name_"): column for word, column in heading.items() if word.startswith("name_")}
    return in_every_language(
        {code: row[column] for code, column in columns.items()} | beside.get(row[heading["code"]], {})
    )


def _short(names: dict[str, str], endings: dict[str, list[str]]) -> dict[str, str]:
    """What fits into a tile: a name that has fallen back loses the endings of its own language."""
    own = {text: code for code, text in reversed(names.items()) if not isinstance(text, FallenBack)}
    return {code: _without(text, endings.get(own.get(str(text), code), [])) for code, text in names.items()}


def _without(name: str, endings: list[str]) -> str:
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)
