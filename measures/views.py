"""How is a published count shown: as it is, per resident, over twelve months, or against its own start?

Every function takes a Line and gives a Line of the same length.
"""

from __future__ import annotations

import numpy as np

from loaders import periods
from measures.line import Line


def per(line: Line, population: np.ndarray, statuses: np.ndarray, reasons: np.ndarray, scale: int) -> Line:
    """Rate = count ÷ residents × ``scale`` (MPS and HK Police publish rates so; 222 in 3,215 is 6,905.1 per 100,000).

    Without residents, or with none, there is no rate: 'x', never a number.
    """
    empty = np.isnan(population) | (population == 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(empty, np.nan, line.values / population * scale)
    rate = Line(values, line.statuses.copy(), line.reasons.copy(), line.values, population)
    for status in set(statuses) - {""}:
        for why in set(reasons[statuses == status]):
            rate.mark((statuses == status) & (reasons == why) & (np.isfinite(line.values) | empty), status, why)
    return _unvalued(rate)


def _unvalued(ratio: Line) -> Line:
    """A ratio that has no number says so in its status: its denominator is missing or zero."""
    return ratio.mark(np.isnan(ratio.values) & ~np.isin(ratio.statuses, ("c", "x", "z")), "x", "zero_denominator")


def rolling(line: Line, width: int, cuts: list[int]) -> Line:
    """Trailing sum of ``width`` periods, placed at the last of them; none before that, and none across a cut."""
    total = np.full(len(line.values), np.nan)
    if len(total) >= width:
        total[width - 1 :] = np.lib.stride_tricks.sliding_window_view(line.values, width).sum(axis=1)
    out = Line(total, np.full(len(total), "", object), np.full(len(total), "", object), line.numerators, line.denominators)
    for at in np.flatnonzero(np.isin(line.statuses, ("e", "p", "u", "k", "x", "c"))):
        window = np.zeros(len(total), dtype=bool)
        window[max(at, width - 1) : at + width] = True
        for why in line.reasons[at].split("|"):
            if not why.startswith("break"):
                out.mark(window, line.statuses[at], why)
    for cut in cuts:
        spans = np.zeros(len(total), dtype=bool)
        spans[cut : cut + width - 1] = True
        total[spans] = np.nan
        out.mark(spans, "x", "window_break")
    short = np.isnan(total) & ~np.isin(out.statuses, ("x", "c"))
    return out.mark(short, "x", "window_short")


def index(line: Line, width: int, cuts: list[int]) -> Line:
    """100 = the mean of the first ``width`` values shown; none after a cut, none when that mean is zero."""
    known = np.flatnonzero(np.isfinite(line.values))
    out = Line(np.full(len(line.values), np.nan), line.statuses.copy(), line.reasons.copy(), line.values, line.denominators)
    if len(known) == 0:
        return out
    start = known[:width]
    end = min([cut for cut in cuts if cut > start[0]], default=len(line.values))
    base = line.values[start[start < end]].mean()
    if base > 0:
        out.values[:end] = line.values[:end] / base * 100
    lost = np.isfinite(line.values) & ~np.isfinite(out.values)
    return out.mark(lost, "x", "index_break" if base > 0 else "zero_base")


def share(line: Line, whole: Line, scale: int) -> Line:
    """Ratio = part ÷ whole × ``scale`` (100 for per cent, 1 for a density); 'x' where the whole is missing or zero. 165 of 300 is 55.0 %."""
    empty = np.isnan(whole.values) | (whole.values == 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(empty, np.nan, line.values / whole.values * scale)
    out = Line(values, line.statuses.copy(), line.reasons.copy(), line.values, whole.values)
    for at in np.flatnonzero(whole.statuses != ""):
        here = np.arange(len(values)) == at
        for why in whole.reasons[at].split("|"):
            out.mark(here, whole.statuses[at], why)
    return _unvalued(out)


def window_of(period: str, view: str) -> list[str]:
    """The periods that a figure of this view at this period counts."""
    return periods.span(periods.shift(period, 1 - width_of(period, view)), period)


def width_of(period: str, view: str) -> int:
    """How many such periods a figure of this view counts."""
    return periods.per_year(period) if view.startswith("rolling") else 1
