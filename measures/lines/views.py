"""How is a published count shown: as it is, per resident, over twelve months, or against its own start?

Every function takes a Line, of one area or of several, and gives a Line of the same shape.
"""

from __future__ import annotations

import numpy as np

from loaders import periods
from loaders.statuses import INHERITED, WITHOUT_VALUE
from measures.lines.line import Line, within


def per(line: Line, population: np.ndarray, statuses: np.ndarray, reasons: np.ndarray, scale: int) -> Line:
    """Rate = count ÷ residents × ``scale`` (MPS and HK Police publish rates so; 222 in 3,215 is 6,905.1 per 100,000).

    Without residents, or with none, there is no rate: 'x', never a number.
    """
    empty = np.isnan(population) | (population == 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(empty, np.nan, line.values / population * scale)
    rate = Line(values, line.statuses.copy(), line.reasons.copy(), line.values, population)
    people = Line(population, statuses, reasons, population, population)
    for status, why, where in people.marked():
        rate.mark(where & (np.isfinite(line.values) | empty), status, why)
    return _unvalued(rate)


def _unvalued(ratio: Line) -> Line:
    """A ratio that has no number says so in its status: its denominator is missing or zero."""
    return ratio.mark(np.isnan(ratio.values) & ~np.isin(ratio.statuses, WITHOUT_VALUE), "x", "zero_denominator")


def rolling(line: Line, width: int, cuts: list[int]) -> Line:
    """Trailing sum of ``width`` periods, placed at the last of them; none before that, and none across a cut."""
    total = np.full(line.values.shape, np.nan)
    if line.length >= width:
        total[..., width - 1 :] = np.lib.stride_tricks.sliding_window_view(line.values, width, axis=-1).sum(axis=-1)
    empty = np.full(total.shape, "", object)
    out = Line(total, empty, empty.copy(), line.numerators, line.denominators)
    whole = np.arange(line.length) >= width - 1
    for status, why, where in line.marked(INHERITED):
        if not why.startswith("break"):
            out.mark(within(where, width) & whole, status, why)
    for cut in cuts:
        spans = np.zeros(total.shape, dtype=bool)
        spans[..., cut : cut + width - 1] = True
        total[spans] = np.nan
        out.mark(spans, "x", "window_break")
    short = np.isnan(total) & ~np.isin(out.statuses, ("x", "c"))
    return out.mark(short, "x", "window_short")


def index(line: Line, width: int, cuts: list[int]) -> Line:
    """100 = the mean of the first ``width`` values shown; none after a cut, none when that mean is zero."""
    return line.each(lambda area: _index(area, width, cuts))


def _index(line: Line, width: int, cuts: list[int]) -> Line:
    known = np.flatnonzero(np.isfinite(line.values))
    out = Line(
        np.full(len(line.values), np.nan), line.statuses.copy(), line.reasons.copy(), line.values, line.denominators
    )
    if len(known) == 0:
        return out
    start = known[:width]
    end = min([cut for cut in cuts if cut > start[0]], default=len(line.values))
    base = line.values[start[start < end]].mean()
    if base > 0:
        out.values[:end] = line.values[:end] / base * 100
    lost = np.isfinite(line.values) & ~np.isfinite(out.values)
    return out.mark(lost, "x", "index_break" if base > 0 else "zero_base")


def ratio_of(line: Line, whole: Line, scale: int) -> Line:
    """Ratio = part ÷ whole × ``scale`` (100 for per cent, 1 for a density); 'x' where the whole is missing or zero. 165
    of 300 is 55.0 %.
    """
    empty = np.isnan(whole.values) | (whole.values == 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(empty, np.nan, line.values / whole.values * scale)
    out = Line(values, line.statuses.copy(), line.reasons.copy(), line.values, whole.values)
    for status, why, where in whole.marked():
        out.mark(where, status, why)
    return _unvalued(out)


def window_of(period: str, view: str) -> list[str]:
    """The periods that a figure of this view at this period counts."""
    return periods.span(periods.shift(period, 1 - width_of(period, view)), period)


def width_of(period: str, view: str) -> int:
    """How many such periods a figure of this view counts."""
    return periods.per_year(period) if view.startswith("rolling") else 1


def days_of(period: str, view: str) -> int:
    """How many days a figure of this view at this period counts."""
    first, last = periods.dates(periods.shift(period, 1 - width_of(period, view)))[0], periods.dates(period)[1]
    return (last - first).days + 1
