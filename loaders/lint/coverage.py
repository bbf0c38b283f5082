"""Compares the areas with counts, with boundaries and with residents."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from loaders.cards.measure_card import MeasureCard
from loaders.cards.source_card import SourceCard
from loaders.cards.tables import is_counted
from loaders.errors import Fault, FaultyInput
from loaders.lint.freshness import area_with_name
from loaders.places.borders import neighbours
from loaders.places.boundaries import read_boundaries
from loaders.places.place import Place

NEIGHBOURS_KEPT = 0.9
Frames = dict[str, pd.DataFrame]


def area_faults(
    place: Place, measures: dict[str, MeasureCard], cards: dict[str, SourceCard], frames: Frames
) -> Iterator[Fault]:
    """What must be fixed.

    ``measures``: their cards; ``frames``: the series of each dataset of counts that could be read.
    """
    divided = _divided_by(measures)
    residents = set().union(*divided.values())
    codes = {area.code for area in place.areas}
    counted_areas = {name: set(frame.loc[frame["value"].notna(), "area"]) & codes for name, frame in frames.items()}
    counted = {name: areas for name, areas in counted_areas.items() if name not in residents}
    yield from _without_residents(place, divided, counted_areas)
    if any(counted.values()):
        for code in sorted(codes - set().union(*counted.values())):
            yield _uncounted(
                place, code, [name for name in sorted(residents & set(counted_areas)) if code in counted_areas[name]]
            )
    for area in place.areas:
        if area.tile is None and (place.boundaries or any(other.tile for other in place.areas)):
            todo = "Add its place in the tile map."
            yield Fault(f"{place.id}.toml, area {area.code}", "no tile", "tile = [row, column]", "none", todo)
    yield from _outlines(place, cards)


def area_remarks(
    place: Place, measures: dict[str, MeasureCard], cards: dict[str, SourceCard], frames: Frames
) -> Iterator[Fault]:
    """What may be so, when a person knows why."""
    divided = _divided_by(measures)
    residents = set().union(*divided.values())
    codes = {area.code for area in place.areas}
    for name, frame in sorted(frames.items()):
        counted = set(frame.loc[frame["value"].notna(), "area"]) & codes
        lacking = [
            area for area in place.areas if area.code not in counted and not _spoken_of(cards[name], area.name["en"])
        ]
        if counted and lacking:
            listed = ", ".join(area_with_name(place, area.code) for area in lacking)
            todo = "Fix a spelling, or name the area in 'not_published' or 'coverage' of the card."
            yield Fault(cards[name].id, "areas without counts", f"all {len(codes)} areas", f"none for {listed}", todo)
        counts = any(map(is_counted, cards[name].variables.values()))
        if len(counted) > 1 and counts and not residents and cards[name].kind == "observations":
            todo = "Counts are drawn as circles. For rates add a dataset of residents and 'rate' in the measure."
            yield Fault(
                cards[name].id,
                "areas with counts but no residents",
                "a dataset that a measure divides by",
                "none",
                todo,
            )
    if not place.boundaries:
        yield Fault(
            f"{place.id}.toml",
            "no boundaries",
            "a dataset of kind boundaries",
            "none",
            "Add one; without it there are tiles only, in the order of the list where the place lays out none.",
        )


def _without_residents(
    place: Place, divided: dict[str, set[str]], counted_areas: dict[str, set[str]]
) -> Iterator[Fault]:
    for dataset, bases in sorted(divided.items()):
        for base in sorted(bases & set(counted_areas)):
            for code in sorted(counted_areas.get(dataset, set()) - counted_areas[base]):
                where = f"{place.id}.toml, area {area_with_name(place, code)}"
                todo = f"Add its residents to '{base}', or fix a spelling."
                yield Fault(where, f"counts in '{dataset}' but no residents", f"a row in '{base}'", "none", todo)


def _uncounted(place: Place, code: str, residents: list[str]) -> Fault:
    only = [*(f"residents in '{name}'" for name in residents), *(["a boundary"] if place.boundaries else [])]
    todo = "Fix a spelling, add the dataset that counts it, or take the area out of the place."
    only_in = f"only {' and '.join(only)}" if only else "none"
    return Fault(
        f"{place.id}.toml, area {area_with_name(place, code)}",
        "an area without counts",
        "a figure in some dataset",
        only_in,
        todo,
    )


def _outlines(place: Place, cards: dict[str, SourceCard]) -> Iterator[Fault]:
    """Areas without an outline, and outlines of no area."""
    if place.boundaries in cards:
        try:
            yield from _torn_apart(place, neighbours(read_boundaries(cards[place.boundaries], place)))
        except FaultyInput as error:
            yield from _called_otherwise(place, cards[place.boundaries], error.faults)
        except OSError as error:
            todo = "Put it beside the card."
            yield Fault(
                cards[place.boundaries].id,
                "the boundaries cannot be read",
                "the published file",
                type(error).__name__,
                todo,
            )


def _torn_apart(place: Place, pairs: list[tuple[str, str]]) -> Iterator[Fault]:
    """Do areas that share a border touch in the tile map, at a side or a corner?"""
    tiles = {area.code: area.tile for area in place.areas}
    if not pairs or not all(tiles.values()):
        return
    torn = [pair for pair in pairs if max(abs(tiles[pair[0]][axis] - tiles[pair[1]][axis]) for axis in (0, 1)) > 1]
    if len(pairs) - len(torn) < NEIGHBOURS_KEPT * len(pairs):
        listed = "; ".join(f"{first} and {other}" for first, other in torn)
        tally = f"{len(pairs) - len(torn)} of {len(pairs)}, torn apart are {listed}"
        yield Fault(
            f"{place.id}.toml",
            "the tile map tears neighbours apart",
            f"{NEIGHBOURS_KEPT:.0%} of the pairs kept",
            tally,
            "Move tiles.",
        )


def _called_otherwise(place: Place, card: SourceCard, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Where no outline is known at all, one instruction instead of one for each outline and each area."""
    unknown = [fault.found for fault in faults if fault.what == "a boundary of no known area"]
    if sum(fault.what == "an area has no boundary" for fault in faults) < len(place.areas):
        return faults
    todo = (
        "Write for each boundary which area it is into [area_codes] of the card "
        "(a draft holds the pairs, to be compared), or name it in [geometry] id."
    )
    names = ", ".join(unknown) or "none of them"
    return (
        Fault(
            f"{card.id}/source.toml",
            "the boundaries are not called as the areas are",
            f"codes or names such as '{place.areas[0].name['en']}'",
            names,
            todo,
        ),
    )


def _spoken_of(card: SourceCard, name: str) -> bool:
    """Does the card tell readers about the area?"""
    return any(name in words.get("en", "") for words in (card.coverage, *card.not_published, *card.notes))


def _divided_by(measures: dict[str, MeasureCard]) -> dict[str, set[str]]:
    """Dataset of counts → the datasets of residents that measures of the place divide it by."""
    divided: dict[str, set[str]] = {}
    for measure in measures.values():
        if measure.rate:
            divided.setdefault(measure.dataset, set()).add(measure.rate["dataset"])
    return divided
