"""Two figures of different releases: compared within one that holds both, or the older part brought to the newer.

Where no release holds both, the older part is multiplied by what the newer release has on the months that both hold,
per group, the place and its areas apart. Method: docs/decisions/0037-compared-within-one-release.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from disclosure.remembered import MB, remembered
from disclosure.triangle import LEVELS, PLACE, Triangle, areas_of, publications, triangle_of
from disclosure.usual_revision import group_of
from measures.figures.fresh import BANDED, may_be_revised, tables_of
from measures.lines.scope import Scope
from measures.store.shelf import Shelf

WITHIN, RATIO, APART = "within", "ratio", "apart"  # in one release, by the ratio of an overlap, or not linked at all
RIPE = (12, 6, 0)  # months: the overlap is taken where the older release was so old, as the linked months are
LEAST = 3  # months of an overlap; of fewer nothing is measured
WITHIN_AGE = 6  # months from which the figures of an older release are used instead of newer ones


@dataclass(frozen=True)
class Links:
    """How the two figures of each comparison are linked; arrays ``[area, period]``.

    ``now`` and ``before``: what the figures are multiplied by for the comparison; ``spread``: the standard deviation of
    the logarithm of the ratio; ``how``: '' where both are of one release anyway; ``months`` of the overlap, and
    ``more``, what the newer release has more on them; ``release``: the publication that both are compared in;
    ``apart`` and ``apart_before``: the share that it allocated to no area in each of them, NaN elsewhere.
    """

    now: np.ndarray
    before: np.ndarray
    spread: np.ndarray
    how: np.ndarray
    months: np.ndarray
    more: np.ndarray
    release: np.ndarray
    apart: np.ndarray
    apart_before: np.ndarray

    @classmethod
    def none(cls, shape: tuple[int, int]) -> Links:
        texts = [np.full(shape, "", object) for _ in range(2)]
        zeros, unknown = (np.zeros(shape) for _ in range(3)), (np.full(shape, np.nan) for _ in range(2))
        spread, months, more = zeros
        return cls(np.ones(shape), np.ones(shape), spread, texts[0], months, more, texts[1], *unknown)


class Spans(NamedTuple):
    """Two figures: how many periods each counts, and by how many they lie apart."""

    width: int
    apart: int


def links_of(scope: Scope, apart: int = 0) -> Links:
    """The links of every area asked over the periods shown, each with the figure ``apart`` periods before (0: a
    year)."""
    query, card, shown, shape = scope.query, scope.card, scope.shown, (len(scope.query.areas), len(scope.shown))
    if not shown or query.release != "latest" or not may_be_revised(scope.source):
        return Links.none(shape)
    variable = card.numerator or card.variable
    counted = query.view in BANDED and card.kind == "count"
    every = all_links(scope.shelf, card.dataset, variable, query.category, Spans(scope.width, apart or scope.year))
    rows = np.array([scope.safe.areas.index(area) for area in query.areas], dtype=int)[:, None]
    columns = np.array([scope.safe.position(period) for period in shown], dtype=int)[None]
    links = Links(*(getattr(every, name)[rows, columns] for name in Links.__dataclass_fields__))
    return links if counted else replace(Links.none(shape), how=np.where(links.how == "", "", APART))


@remembered(24 * MB)
def all_links(shelf: Shelf, dataset: str, variable: str, category: str, spans: Spans) -> Links:
    """The links of figures with those before them: all areas and periods of the default series."""
    source, safe = shelf.cards[dataset], shelf.table(dataset)
    place, tables = shelf.places[source.place], tables_of(shelf, dataset)
    links = Links.none((len(safe.areas), len(safe.periods)))
    names = publications(source)
    number = {name: n for n, ids in enumerate(names) for name in ids}
    taken = np.array([number.get(name, -1) for name in safe.release_of])
    triangle = triangle_of(tables, source, variable, category, safe.areas)
    inside = np.isin(safe.areas, [area.code for area in place.areas])
    rows_of = (inside, np.isin(safe.areas, place.of_unknown_area))
    overlaps, groups = [], {}
    for level in LEVELS:
        codes = areas_of(place.code, [area.code for area in place.areas if safe.has(area=area.code)], level)
        rows = [row for row, area in enumerate(safe.areas) if area in codes]
        groups[level] = triangle_of(tables, source, variable, group_of(source, category), codes)
        overlaps.append((level, rows))
    measured = cache(lambda level, older, newer: measured_ratio(groups[level], level, older, newer))
    for last in range(spans.apart, len(safe.periods)):
        windows = tuple(slice(max(0, end - spans.width + 1), end + 1) for end in (last, last - spans.apart))
        drawn = {*taken[windows[0]], *taken[windows[1]]} - {-1}
        if len(drawn) > 1:
            links.how[:, last] = APART
            if not _within(links, triangle, windows, (names, rows_of)):
                for overlap in overlaps:
                    _by_ratio(links, triangle, overlap, (windows, taken), measured)
    return links


def _within(links: Links, triangle: Triangle, windows: tuple[slice, slice], known: tuple) -> bool:
    """Compare within the newest publication that holds both figures and in which they are of some age."""
    held, last = triangle.ages >= 0, windows[0].stop - 1
    fit = held[:, windows[0]].all(axis=1) & held[:, windows[1]].all(axis=1) & (triangle.ages[:, last] >= WITHIN_AGE)
    if not fit.any():
        return False
    holder, (names, (inside, outside)) = int(np.flatnonzero(fit)[-1]), known
    sides = ((links.now, links.apart), (links.before, links.apart_before))
    for window, (factor, apart) in zip(windows, sides, strict=True):
        own, shown = (values[:, window].sum(axis=1) for values in (triangle.values[holder], triangle.settled))
        if own[0] > 0:
            apart[inside, last] = np.nansum(triangle.values[holder][outside, window]) / own[0]
        usable = (own > 0) & (shown > 0)
        factor[usable, last] = own[usable] / shown[usable]
    links.how[:, last], links.release[:, last] = WITHIN, names[holder][0]
    return True


def _by_ratio(
    links: Links,
    triangle: Triangle,
    overlap: tuple[str, list[int]],
    drawn: tuple[tuple[slice, slice], np.ndarray],
    measured: Callable[[str, int, int], Ratio | None],
) -> None:
    """Bring what older publications say to what the newest of those drawn on would say."""
    (level, rows), (windows, taken) = overlap, drawn
    last, newest = windows[0].stop - 1, max(*taken[windows[0]], *taken[windows[1]])
    ratio, spread = np.ones(len(taken)), np.zeros(len(taken))
    for older in {*taken[windows[0]], *taken[windows[1]]} - {-1, newest}:
        overlapping = measured(level, int(older), int(newest))
        if overlapping is None:
            return
        ratio[taken == older], spread[taken == older] = overlapping.more + 1, overlapping.spread
        links.months[rows, last], links.more[rows, last] = overlapping.months, overlapping.more
    values = triangle.settled[rows]
    links.how[rows, last] = RATIO
    for window, factor in zip(windows, (links.now, links.before), strict=True):
        whole = values[:, window].sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            factor[rows, last] = np.where(whole > 0, (values[:, window] @ ratio[window]) / whole, 1.0)
            share = np.where(whole > 0, (values[:, window] @ spread[window]) / whole, 0.0)
        links.spread[rows, last] = np.hypot(links.spread[rows, last], share)


@dataclass(frozen=True)
class Ratio:
    """What a newer publication has more than an older one, newer ÷ older − 1, on how many months, and the standard
    deviation of the logarithm for what is linked by it."""

    more: float
    months: int
    spread: float


def measured_ratio(group: Triangle, level: str, older: int, newer: int) -> Ratio | None:
    """The ratio of two publications on the months that both hold, those that were ripe in the older one where there
    are enough; None where there are too few.

    The figures that are linked by it are old: what a publication added to months that were fresh is no difference of
    level. Of the place months are what varies, of areas the areas.
    """
    pair = group.values[[older, newer]]
    pair = pair[:, np.isfinite(pair).any(axis=2).all(axis=0)]  # an area that is not covered has no part in it
    both = (group.ages[older] >= 0) & (group.ages[newer] >= 0) & np.isfinite(pair).all(axis=(0, 1)) & bool(pair.size)
    chosen = next((ripe for age in RIPE if (ripe := both & (group.ages[older] >= age)).sum() >= LEAST), None)
    if chosen is None:
        return None
    before, after = pair[:, :, chosen]
    axis = 0 if level == PLACE else 1
    then, now = (counts.sum(axis=axis) for counts in (before, after))
    usable = (then > 0) & (now > 0)
    if not usable.any():
        return None
    logs = np.log(now[usable] / then[usable])
    spread = float(logs.std(ddof=1) * np.sqrt(1 + 1 / len(logs))) if len(logs) > 1 else 0.0
    return Ratio(float(after.sum() / before.sum() - 1), int(chosen.sum()), spread)
