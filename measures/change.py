"""How does a figure compare with the same period a year before, and may the two be compared at all?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders import periods
from measures.compute import Measure
from measures.views import window_of

SMALL_BASE = 30  # below this, counts and not percentages are said (terms: small base)


@dataclass(frozen=True)
class Change:
    """Two figures of one line, a year apart.

    ``ratio`` is now ÷ before − 1 (NaN where none may be said); ``difference`` is now − before. ``fault`` says why the two
    are not compared ('' when they are). ``crosses``: the figures come from different releases. ``small``: a base under 30.
    """

    area: str
    period: str
    before_period: str
    now: float
    before: float
    difference: float
    ratio: float
    status: str
    crosses: bool
    small: bool
    fault: str


def change(measure: Measure, area: str, period: str = "") -> Change | None:
    """The change of the latest figure (or that of ``period``) on the same period a year before; None without a figure."""
    line = measure.line(area).set_index("period")
    known = line.index[np.isfinite(line["value"])]
    if period == "":
        period = known[-1] if len(known) else ""
    if period not in known:
        return None
    before_period = periods.shift(period, -periods.per_year(period))
    now = line.loc[period]
    before = float(line["value"].get(before_period, np.nan))
    fault = _fault(measure, area, period, before_period, before)
    base = line["numerator"].get(before_period, np.nan)
    counted = before if np.isnan(base) else float(base)
    difference = np.nan if fault else now["value"] - before
    return Change(
        area, period, before_period, float(now["value"]), before, float(difference),
        float(difference / before) if before else np.nan, now["status"], _crosses(measure, period, before_period),
        measure.card.kind == "count" and not fault and counted < SMALL_BASE, fault,
    )  # fmt: skip


def _fault(measure: Measure, area: str, period: str, before_period: str, before: float) -> str:
    source = measure.sources[0]
    first = window_of(before_period, measure.query.view)[0]
    between = [cut for cut in source.breaks if cut.effect == "cut" and cut.touches(area, measure.query.category)]
    if any(first < cut.at <= period for cut in between):
        return "window_break"
    if np.isfinite(before):
        return ""
    statuses = measure.line(area).set_index("period")["status"]
    return "withheld" if statuses.get(before_period, "") == "c" else "no_figure_before"


def _crosses(measure: Measure, period: str, before_period: str) -> bool:
    """Do the two figures draw on more than one release?"""
    needed = {*window_of(period, measure.query.view), *window_of(before_period, measure.query.view)}
    return len({measure.release_of[one] for one in needed if measure.release_of.get(one)}) > 1
