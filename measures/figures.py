"""What are one area's figures in the view asked, and what stands beside each of them a year before?"""

from __future__ import annotations

import numpy as np

from disclosure import SafeTable
from loaders import Place, SourceCard, periods
from measures import views
from measures.adjusted import ADJUSTED, adjusted
from measures.cards import MeasureCard
from measures.line import Line
from measures.pairs import Pair, cut_positions, cuts_between, doubts, filled, pair
from measures.query import Query
from measures.residents import basis_years, residents
from measures.shelf import Shelf
from measures.views import width_of

_DIVIDED = {"share": 100, "density": 1}  # views that divide one variable of the dataset by another, and the factor of each


def pair_of(query: Query, card: MeasureCard, source: SourceCard, safe: SafeTable, area: str, shown, shelf: Shelf) -> Pair:
    """One area's figures over the periods shown, in the view asked, beside those of a year before.

    The figures of a year before and the parts of a rolling sum may lie before the first period shown; they are read too.
    """
    series = [safe.series(name, query.category, area) for name in divided(card, query.view)]
    if not shown:
        nothing = Line.of(series[0]).cut(slice(0, 0))
        return Pair(nothing, nothing, nothing.statuses)
    start, year, width = safe.position(shown[0]), periods.per_year(shown[0]), width_of(shown[0], query.view)
    read = slice(max(0, start - year - width + 1), start + len(shown))
    cuts = cut_positions(source, safe.periods, area, query.category)
    line, years = _figures(query, card, safe, area, shown, shelf, [Line.of(one).cut(read) for one in series], read, cuts)
    against = doubts(safe, divided(card, query.view), query.category, area, _spare(shelf.places[query.place], area), width)[read]
    length = len(shown) + year
    basis = basis_years(shelf.cards[card.rate["dataset"]], area) if "rate" in query.view else []
    between = cuts_between(cuts, start, len(shown), year, width)
    return pair(line.last(length), year, filled(against, length, ""), between, filled(years, length, 0), basis)


def _figures(query: Query, card: MeasureCard, safe: SafeTable, area: str, shown, shelf: Shelf, lines: list[Line], read: slice, cuts):
    """The figures of the periods read, and of which year the residents are that they are divided by (0: none)."""
    line, years, year = lines[0], np.zeros(len(lines[0].values), dtype=int), periods.per_year(shown[0])
    here = [cut - read.start for cut in cuts if cut > read.start]
    if query.view in _DIVIDED:
        line = views.share(line, lines[1], _DIVIDED[query.view])
    if query.view.startswith("rolling"):
        line = views.rolling(line, year, here)
    if query.view in ("rate", "rolling_rate"):
        place, rate = shelf.places[query.place], card.rate
        inside = covered(safe, place) if area == place.code else (area,)
        *people, years = residents(shelf.table(rate["dataset"]), rate["variable"], inside, safe.periods[read], query.view, rate["oldest_months"])
        line = views.per(line, *people, rate["per"])
    if query.view == ADJUSTED:
        line = adjusted(shelf, card.dataset, card.variable, query.category, area, query.release).cut(read)
    if query.view == "index":
        lead = len(line.values) - len(shown)
        line = views.index(line.cut(slice(lead, None)), year, [cut - lead for cut in here if cut > lead])
    return line, years


def _spare(place: Place, area: str) -> tuple[str, ...]:
    """Where counts of the area may have gone instead; nowhere for the place as a whole."""
    return tuple(one.code for one in place.unallocated) if area in {one.code for one in place.areas} else ()


def covered(safe: SafeTable, place: Place) -> tuple[str, ...]:
    """The areas of the place that the dataset counts at all: numerator and denominator cover the same ones."""
    whole = safe.values[0, 0]
    return tuple(area.code for area in place.areas if safe.has(area=area.code) and np.isfinite(whole[safe.areas.index(area.code)]).any())


def divided(card: MeasureCard, view: str) -> tuple[str, ...]:
    """The variables of the dataset that a view shows: one, or the part and the whole that divides it."""
    return (card.numerator or card.variable, card.denominator) if view in _DIVIDED else (card.numerator or card.variable,)
