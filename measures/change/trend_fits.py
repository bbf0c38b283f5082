"""What is a trend, and what do the counts or shares of equal years say of it?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from measures.inference.slopes import LEVEL, Slope, slope_of_counts, slope_of_points

LEAST_BLOCKS, MOST_BLOCKS = 5, 10


@dataclass(frozen=True)
class Span:
    """All comparable years of the span: the periods that the first and the last end with, how many, the change from
    first to last and its steps.

    ``change``: last ÷ first − 1 (of a share: percentage points); NaN where the first is zero. ``rises``, ``falls``:
    from one year to the next.
    """

    first: str
    last: str
    blocks: int
    change: float
    rises: int
    falls: int


@dataclass(frozen=True)
class Trend:
    """The trend over ``blocks`` years. ``first`` and ``last`` are the periods with which the first and the last year
    end.

    ``per_year``: the ratio from one year to the next, less 1 (of a share: percentage points a year), with its 95 %
    limits ``low`` and
    ``high``; ``p`` of no trend; ``rho``: how alike neighbouring years are. ``verdict`` and ``why`` as in
    ``measures.figures.change_verdict``. ``span``: where more years are
    comparable than are tested, all of them.
    """

    verdict: str
    why: str
    per_year: float = np.nan
    low: float = np.nan
    high: float = np.nan
    first: str = ""
    last: str = ""
    blocks: int = 0
    p: float = np.nan
    rho: float = np.nan
    span: Span | None = None


def fit(events: np.ndarray, exposure: np.ndarray) -> Trend:
    """The trend of ``events`` over ``exposure`` in equal periods one behind the other.

    120, 132, 118, 141, 150 events: 5.4 % a year, p 0.058, so no clear change.
    """
    if (events > 0).sum() < 2:  # one year with events has no slope
        return Trend("cannot_say", "zero_denominator")
    line = slope_of_counts(events.astype(float), exposure.astype(float))
    return _judged(line, *map(float, np.expm1([line.slope, line.low, line.high])))


def fit_share(part: np.ndarray, whole: np.ndarray) -> Trend:
    """The trend of ``part`` in ``whole`` in percentage points a year."""
    share = part / whole
    line = slope_of_points(share * 100, float(np.mean(share * (1 - share) / whole)) * 100**2)
    return _judged(line, line.slope, line.low, line.high)


def bounded(published: Trend, spread: Trend) -> Trend:
    """The trend of the published figures with limits that reach over both bounds; no verdict where the two differ."""
    if published.verdict != spread.verdict:
        return replace(published, verdict="cannot_say", why="unallocated", low=np.nan, high=np.nan, p=np.nan)
    low, high = min(published.low, spread.low), max(published.high, spread.high)
    same_side = (published.per_year > 0) == (spread.per_year > 0)
    return replace(published, low=low, high=high, p=max(published.p, spread.p) if same_side else 1.0)


def _judged(line: Slope, per_year: float, low: float, high: float) -> Trend:
    verdict = "no_clear_change" if line.p >= LEVEL else "rise" if line.slope > 0 else "fall"
    return Trend(verdict, "", per_year, low, high, p=line.p, rho=line.rho)


def warm_models() -> None:
    """Import what a model needs, so that no reader waits for it."""
    fit(np.arange(1.0, LEAST_BLOCKS + 1), np.ones(LEAST_BLOCKS))
