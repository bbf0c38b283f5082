"""What a place names and the data folder does not have."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.cards.measure_card import MeasureCard
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault
from loaders.places.place import Place
from loaders.schema.faults import unknown


def place_faults(
    place: Place, measures: dict[str, MeasureCard], cards: dict[str, SourceCard], broken: set[str]
) -> Iterator[Fault]:
    """Measures, boundaries, figures and areas that a place names and that are not there.

    ``broken``: datasets and files that have faults of their own.
    """
    where = f"{place.id}.toml"
    for name in place.measures:
        if name not in measures and f"measures/{name}.toml" not in broken:
            yield unknown(where, "'measures' names what is not there", name, list(measures))
        elif name in measures and measures[name].dataset in cards and cards[measures[name].dataset].place != place.id:
            other = cards[measures[name].dataset].place
            yield Fault(
                where,
                f"'measures' names a measure of another place: {name}",
                f"one of {place.id}",
                other,
                "Take it out.",
            )
    shown = [measures[name] for name in place.measures if name in measures]
    if not any(card.home_categories for card in shown) and len(shown) == len(place.measures):
        todo = 'Give one of its measures home_categories: a category, or [""] where it has none.'
        yield Fault(where, "the first page has no figure", "a measure with 'home_categories'", "none", todo)
    if (
        place.boundaries
        and place.boundaries not in broken
        and (place.boundaries not in cards or cards[place.boundaries].kind != "boundaries")
    ):
        yield unknown(
            where,
            "'boundaries' names no dataset",
            place.boundaries,
            [name for name, known in cards.items() if known.kind == "boundaries"],
        )
    yield from _parts_faults(place, cards, broken, where)


def _parts_faults(place: Place, cards: dict[str, SourceCard], broken: set[str], where: str) -> Iterator[Fault]:
    """Areas, measures and figures of remarks, examples and characteristics."""
    codes = [area.code for area in place.areas]
    for number, entry in enumerate(place.residents_misleading, 1):
        for code in entry["areas"]:
            if code not in codes:
                yield unknown(
                    f"{where}, [residents_misleading] {number}", "'residents_misleading' names no area", code, codes
                )
    for number, entry in enumerate(place.headlines, 1):
        yield from _headline_faults(entry, f"{where}, [[headlines]] {number}", place)
    for number, entry in enumerate(place.similar.get("by", ()), 1):
        yield from _likeness_faults(entry, f"{where}, [[similar.by]] {number}", cards, broken)


def _headline_faults(headline: dict, where: str, place: Place) -> Iterator[Fault]:
    areas = [place.code, *(area.code for area in place.areas)]
    if headline["measure"] not in place.measures:
        yield unknown(where, "'measure' is no measure of the place", headline["measure"], list(place.measures))
    if headline["area"] not in areas:
        yield unknown(where, "'area' is no area of the place", headline["area"], areas)


def _likeness_faults(
    characteristic: dict, where: str, cards: dict[str, SourceCard], broken: set[str]
) -> Iterator[Fault]:
    if characteristic["dataset"] in broken:
        return
    card = cards.get(characteristic["dataset"])
    if card is None or not card.is_table:
        yield unknown(
            where,
            "'dataset' is unknown",
            characteristic["dataset"],
            [name for name, known in cards.items() if known.is_table],
        )
        return
    for key in ("variable", "area"):
        if key in characteristic and characteristic[key] not in card.variables:
            yield unknown(where, f"'{key}' is no variable of '{card.name}'", characteristic[key], list(card.variables))
