"""Where does the latest year of a series lie among the years before it? Only among those that were counted alike."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from loaders import periods
from measures.change.trend import COMPARABLE
from measures.figures.compute import Measure, compute
from measures.lines.line import final
from measures.lines.views import window_of
from measures.store.shelf import Shelf

FEWEST = 5  # years before, of fewer nothing is said
_YEARLY = {"count": "rolling", "rate": "rolling_rate"}  # the view whose figures are a year each
_CHANGED = ("cut", "no_trend")  # breaks across which levels are not set side by side


@dataclass(frozen=True)
class LongRun:
    """The year that ends with ``period`` is higher than ``lower`` and lower than ``higher`` of so many ``years``
    before it, the earliest of which ends with ``first``; ``view``: that of the figures of a year.
    """

    period: str
    view: str
    first: str
    years: int
    lower: int
    higher: int


def long_run(measure: Measure, shelf: Shelf, area: str) -> LongRun | None:
    """Where the latest final year of an area lies among those before it, back to the first gap, cut or change of
    counting; None where there are too few, or where figures of the view are not of a year.
    """
    whole = _of_years(measure, shelf)
    if whole is None:
        return None
    rows = whole.rows(area)
    value, status, reason, why = (whole.columns[name][rows] for name in ("value", "status", "reason", "why"))
    settled = [number for number in np.flatnonzero(np.isfinite(value)) if final(status[number], reason[number])]
    if not settled:
        return None
    last, year = settled[-1], periods.per_year(whole.periods[0])
    since, before = _alike_since(whole, area, whole.periods[last]), []
    for number in range(last - year, -1, -year):
        joined = np.isfinite(value[number]) and why[number + year] in COMPARABLE
        if not joined or window_of(whole.periods[number], whole.query.view)[0] < since:
            break
        before.append(number)
    if len(before) < FEWEST:
        return None
    lower, higher = int((value[before] < value[last]).sum()), int((value[before] > value[last]).sum())
    ends = whole.periods[last], whole.query.view, whole.periods[before[-1]]
    return LongRun(*ends, len(before), lower, higher)


def _of_years(measure: Measure, shelf: Shelf) -> Measure | None:
    """The figures of a year each of all periods up to the last that is shown."""
    if not measure.periods:
        return None
    query = replace(measure.query, first=shelf.table(measure.card.dataset, measure.query.release).periods[0])
    if periods.per_year(measure.periods[0]) == 1:
        return compute(query, shelf) if query.view != "index" else None
    view = query.view if query.view in _YEARLY.values() else _YEARLY.get(query.view, "")
    return compute(replace(query, view=view), shelf) if view in measure.card.views else None


def _alike_since(whole: Measure, area: str, last: str) -> str:
    """The first period from which on an area was counted as it is in the last one."""
    changed = [
        max(cut.at, periods.shift(cut.until, 1) if cut.until else "")
        for cut in whole.sources[0].breaks
        if cut.effect in _CHANGED and cut.touches(area, whole.query.category) and cut.at <= last
    ]
    return max(changed, default="")
