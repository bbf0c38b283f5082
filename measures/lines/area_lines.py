"""What are the figures of areas in the view asked, and what stands beside each of them a year before?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from disclosure import Block
from disclosure.unallocated import unallocated_shares
from measures.lines import views
from measures.lines.denominators import basis_years, residents
from measures.lines.line import Line
from measures.lines.query import Query
from measures.lines.scope import Scope
from measures.lines.seasonal import ADJUSTED, SeriesCodes, adjusted
from measures.lines.year_before import Known, Pair, cut_positions, cuts_between, doubts, padded, pair
from measures.store.shelf import Shelf

_TIMES = {"share": 100, "density": 1}  # factor of the views that divide one variable of the dataset by another


class Alike(NamedTuple):
    """What areas must have in common to be worked out together: whether they are the place or one of its areas, their
    cuts, and those of their residents."""

    whole: bool
    inside: bool
    cuts: tuple[int, ...]
    basis: tuple[int, ...]


def pairs_of(scope: Scope) -> Pair:
    """The figures of every area asked, ``[area, period]``, over the periods shown in the view asked, beside those of a
    year before.

    Areas with the same breaks are worked out together. The figures of a year before and the parts of a rolling sum may
    lie before the first period shown; they are read too.
    """
    together = _together(scope)
    parts = [_pair(scope.of(areas), alike) for alike, areas in together.items()]
    numbers = {area: number for number, area in enumerate(area for areas in together.values() for area in areas)}
    order = [numbers[area] for area in scope.query.areas]
    now, before = (
        Line.joined([getattr(part, name) for part in parts]).mapped(lambda values: values[order])
        for name in ("now", "before")
    )
    others = (np.concatenate([getattr(part, name) for part in parts]) for name in ("why", "apart", "apart_before"))
    return Pair(now, before, *(values[order] for values in others))


def values_of(query: Query, shelf: Shelf) -> np.ndarray:
    """The bare figures of the areas asked, ``[area, period]``, over all periods: what the classes of a map are cut
    from.

    Areas stand together by their breaks, not in the order asked.
    """
    scope = Scope(query, shelf)
    parts = [(scope.of(areas), alike.cuts) for alike, areas in _together(scope).items()]
    return np.concatenate([_figures(part, _blocks(part), cuts)[0].values for part, cuts in parts])


def _together(scope: Scope) -> dict[Alike, tuple[str, ...]]:
    """The areas asked by what they must have in common to be worked out together."""
    groups: dict[Alike, list[str]] = {}
    inside = {area.code for area in scope.place.areas}
    for area in dict.fromkeys(scope.query.areas):
        groups.setdefault(_alike(scope, area, area in inside), []).append(area)
    return {alike: tuple(areas) for alike, areas in groups.items()}


def _alike(scope: Scope, area: str, inside: bool) -> Alike:
    basis = basis_years(scope.shelf.cards[scope.card.rate["dataset"]], area) if "rate" in scope.query.view else []
    return Alike(
        area == scope.place.code,
        inside,
        tuple(cut_positions(scope.source, scope.safe.periods, area, scope.query.category)),
        tuple(basis),
    )


def _blocks(scope: Scope) -> list[Block]:
    query = scope.query
    return [scope.safe.block(name, query.category, query.areas, scope.read) for name in scope.variables]


def _pair(scope: Scope, alike: Alike) -> Pair:
    safe, query, shown = scope.safe, scope.query, scope.shown
    if not shown:
        nothing = Line.of_block(safe.block(scope.variables[0], query.category, query.areas, slice(0, 0)), safe)
        return Pair(nothing, nothing, nothing.statuses, nothing.values, nothing.values)
    blocks = _blocks(scope)
    line, years = _figures(scope, blocks, alike.cuts)
    shares = unallocated_shares(safe, scope.place, scope.variables, query.category, scope.width)[scope.read]
    length = len(shown) + scope.year
    known = Known(
        padded(doubts(safe, blocks, scope.width), length, ""),
        padded(shares * alike.inside, length, 0.0),  # of the place as a whole nothing is missing
        cuts_between(alike.cuts, scope),
        padded(years, length, 0),
        list(alike.basis),
    )
    return pair(line.last(length), scope.year, known)


def _figures(scope: Scope, blocks: list[Block], cuts: Sequence[int]) -> tuple[Line, np.ndarray]:
    """The figures of the periods read, and of which year the residents are that they are divided by (0: none)."""
    view, lines = scope.query.view, [Line.of_block(block, scope.safe) for block in blocks]
    line, years = lines[0], np.zeros(lines[0].values.shape, dtype=int)
    inside = [cut - scope.read.start for cut in cuts if cut > scope.read.start]
    if view in _TIMES:
        line = views.ratio_of(line, lines[1], _TIMES[view])
    if view.startswith("rolling"):
        line = views.rolling(line, scope.year, inside)
    if view in ("rate", "rolling_rate"):
        *people, years = residents(scope.query, scope.shelf, scope.safe.periods[scope.read])
        line = views.per(line, *people, scope.card.rate["per"])
    if view == ADJUSTED:
        line = Line.stacked([_adjusted(scope, area) for area in scope.query.areas])
    if view == "index":
        lead = line.length - len(scope.shown)
        line = views.index(line.cut(slice(lead, None)), scope.year, [cut - lead for cut in inside if cut > lead])
        years = years[:, lead:]
    return line, years


def _adjusted(scope: Scope, area: str) -> Line:
    series = SeriesCodes(scope.card.dataset, scope.card.variable, scope.query.category, area, scope.query.release)
    return adjusted(scope.shelf, series).cut(scope.read)
