"""What are the figures of areas in the view asked, and what stands beside each of them a year before?"""

from __future__ import annotations

import numpy as np

from disclosure import SafeTable
from disclosure.unallocated import unallocated_shares
from loaders import Place, SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from measures.figures import views
from measures.figures.denominators import basis_years, residents
from measures.figures.line import Line
from measures.figures.query import Query
from measures.figures.seasonal import ADJUSTED, adjusted
from measures.figures.views import width_of
from measures.figures.year_before import Known, Pair, cut_positions, cuts_between, doubts, padded, pair
from measures.store.shelf import Shelf

_DIVIDED = {
    "share": 100,
    "density": 1,
}  # views that divide one variable of the dataset by another, and the factor of each


def pairs_of(
    query: Query, card: MeasureCard, source: SourceCard, safe: SafeTable, shown: tuple[str, ...], shelf: Shelf
) -> Pair:
    """The figures of every area asked, ``[area, period]``, over the periods shown in the view asked, beside those of a
    year before.

    Areas with the same breaks are worked out together. The figures of a year before and the parts of a rolling sum may
    lie before the
    first period shown; they are read too.
    """
    together = _together(query, card, source, safe, shelf)
    parts = [_pair(query, card, safe, areas, kind, shown, shelf) for kind, areas in together.items()]
    numbers = {area: number for number, area in enumerate(area for areas in together.values() for area in areas)}
    order = [numbers[area] for area in query.areas]
    now, before = (
        Line.joined([getattr(part, name) for part in parts]).mapped(lambda values: values[order])
        for name in ("now", "before")
    )
    others = (np.concatenate([getattr(part, name) for part in parts]) for name in ("why", "apart", "apart_before"))
    return Pair(now, before, *(values[order] for values in others))


def _together(
    query: Query, card: MeasureCard, source: SourceCard, safe: SafeTable, shelf: Shelf
) -> dict[tuple, tuple[str, ...]]:
    """The areas asked by what they must have in common to be worked out together."""
    found: dict[tuple, list[str]] = {}
    for area in dict.fromkeys(query.areas):
        found.setdefault(_kind(query, card, source, safe, area, shelf), []).append(area)
    return {kind: tuple(areas) for kind, areas in found.items()}


def _kind(query: Query, card: MeasureCard, source: SourceCard, safe: SafeTable, area: str, shelf: Shelf) -> tuple:
    """What areas must have in common to be worked out together: whether they are the place or one of its areas, their
    cuts, and those of their residents.
    """
    place = shelf.places[query.place]
    basis = basis_years(shelf.cards[card.rate["dataset"]], area) if "rate" in query.view else []
    return (
        area == place.code,
        area in {one.code for one in place.areas},
        tuple(cut_positions(source, safe.periods, area, query.category)),
        tuple(basis),
    )


def _pair(
    query: Query, card: MeasureCard, safe: SafeTable, areas: tuple[str, ...], kind: tuple, shown, shelf: Shelf
) -> Pair:
    _, inside, cuts, basis = kind
    if not shown:
        nothing = Line.of_block(safe.block(divided(card, query.view)[0], query.category, areas, slice(0, 0)), safe)
        return Pair(nothing, nothing, nothing.statuses, nothing.values, nothing.values)
    read, year, width = _read(query, safe, shown)
    blocks = [safe.block(name, query.category, areas, read) for name in divided(card, query.view)]
    lines = [Line.of_block(block, safe) for block in blocks]
    line, years = _figures(query, card, safe, areas, shown, shelf, lines, read, cuts)
    shares = unallocated_shares(safe, shelf.places[query.place], divided(card, query.view), query.category, width)[read]
    length = len(shown) + year
    known = Known(
        padded(doubts(safe, blocks, width), length, ""),
        padded(shares * inside, length, 0.0),  # of the place as a whole nothing is missing
        cuts_between(list(cuts), safe.position(shown[0]), len(shown), year, width),
        padded(years, length, 0),
        list(basis),
    )
    return pair(line.last(length), year, known)


def _read(query: Query, safe: SafeTable, shown: tuple[str, ...]) -> tuple[slice, int, int]:
    """Which periods are read, how many make a year, and how many a figure counts."""
    start, year, width = safe.position(shown[0]), periods.per_year(shown[0]), width_of(shown[0], query.view)
    return slice(max(0, start - year - width + 1), start + len(shown)), year, width


def values_of(query: Query, shelf: Shelf) -> np.ndarray:
    """The bare figures of the areas asked, ``[area, period]``, over all periods: what the classes of a map are cut
    from.

    Areas stand together by their breaks, not in the order asked.
    """
    card = shelf.measures[query.measure]
    safe = shelf.table(card.dataset, query.release)
    read, *_ = _read(query, safe, safe.periods)
    found = []
    for kind, areas in _together(query, card, shelf.cards[card.dataset], safe, shelf).items():
        lines = [
            Line.of_block(safe.block(name, query.category, areas, read), safe) for name in divided(card, query.view)
        ]
        found.append(_figures(query, card, safe, areas, safe.periods, shelf, lines, read, kind[2])[0].values)
    return np.concatenate(found)


def _figures(
    query: Query,
    card: MeasureCard,
    safe: SafeTable,
    areas: tuple[str, ...],
    shown,
    shelf: Shelf,
    lines: list[Line],
    read: slice,
    cuts,
):
    """The figures of the periods read, and of which year the residents are that they are divided by (0: none)."""
    line, years, year = lines[0], np.zeros(lines[0].values.shape, dtype=int), periods.per_year(shown[0])
    here = [cut - read.start for cut in cuts if cut > read.start]
    if query.view in _DIVIDED:
        line = views.ratio_of(line, lines[1], _DIVIDED[query.view])
    if query.view.startswith("rolling"):
        line = views.rolling(line, year, here)
    if query.view in ("rate", "rolling_rate"):
        place, rate = shelf.places[query.place], card.rate
        inside = tuple(areas_counted(safe, place) if area == place.code else (area,) for area in areas)
        *people, years = residents(
            shelf.table(rate["dataset"]),
            rate["variable"],
            inside,
            safe.periods[read],
            query.view,
            rate["oldest_months"],
        )
        line = views.per(line, *people, rate["per"])
    if query.view == ADJUSTED:
        made = [
            adjusted(shelf, card.dataset, card.variable, query.category, area, query.release).cut(read)
            for area in areas
        ]
        line = Line.stacked(made)
    if query.view == "index":
        lead = line.length - len(shown)
        line = views.index(line.cut(slice(lead, None)), year, [cut - lead for cut in here if cut > lead])
        years = years[:, lead:]
    return line, years


def areas_counted(safe: SafeTable, place: Place) -> tuple[str, ...]:
    """The areas of the place that the dataset counts at all: numerator and denominator cover the same ones."""
    whole = safe.block(safe.variables[0], safe.categories[0]).values
    return tuple(
        area.code
        for area in place.areas
        if safe.has(area=area.code) and np.isfinite(whole[safe.areas.index(area.code)]).any()
    )


def divided(card: MeasureCard, view: str) -> tuple[str, ...]:
    """The variables of the dataset that a view shows: one, or the part and the whole that divides it."""
    return (
        (card.numerator or card.variable, card.denominator) if view in _DIVIDED else (card.numerator or card.variable,)
    )
