"""Is this a change, or no more than the usual ups and downs? The one place that says so.

Counts and rates are compared as two Poisson counts over their exposures (score method, exact below ten events),
shares by their odds;
all are widened by how much more than by chance the series fluctuates, with Student's t for how well that is known
(``measures.figures.overdispersion``). A rise or a fall is said when the 95 % limits of the change leave out no change
at all.
Method and sources: docs/decisions/0012-verdicts.md and 0032-fluctuation.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from measures.figures.line import Line
from measures.inference.limits import level_of, poisson_limits, ratio_limits, share_difference, widened, wilson_limits

SMALL_BASE = 30  # events; below this, counts and not percentages are said (terms: small base)
TESTED = (
    "count",
    "rate",
    "rolling",
    "rolling_rate",
    "share",
)  # views whose figures are counted events or parts of them
DAYS_MATTER = 0.01  # two periods whose lengths differ by more are compared by the day: a leap February, not a leap year
OPEN = 1e6  # times: an upper end of a change beyond it says nothing, and is open
_WORKED_OUT = (
    "",
    "provisional",
    "late",
    "releases",
    "estimated",
    "no_test",
    "too_short",
)  # a change may be worked out, whether or not it may be judged
COMPARED = (*_WORKED_OUT, "none", "zero_denominator")  # the two figures may stand beside each other


@dataclass(frozen=True)
class Grounds:
    """By what the figures of one view are judged; arrays have a value for each figure, or one for all.

    ``per``: a rate is events ÷ residents × ``per``. ``tested``: are they counts of events? ``chance``: are the
    figure's own limits those
    of chance alone? ``factor``: how many times more than by chance each series fluctuates (NaN: not known), on ``df``
    degrees of
    freedom. ``days``: the days of the period ÷ those of the one before. ``link``: what the figure
    before is multiplied by
    where the two are of different releases, and ``spread``, the standard deviation of its logarithm.
    """

    view: str
    per: int
    tested: bool
    factor: np.ndarray
    df: np.ndarray
    days: np.ndarray
    chance: bool = False
    link: np.ndarray | float = 1.0
    spread: np.ndarray | float = 0.0

    @property
    def by_day(self) -> np.ndarray:
        """The days of the period ÷ those of the one before where that matters, else 1; of shares it never does."""
        days = np.asarray(self.days, dtype=float)
        return np.where((np.abs(days - 1) > DAYS_MATTER) & (self.view != "share"), days, 1.0)

    @property
    def apart(self) -> np.ndarray:
        """By what two equal levels would differ: by their days, and by the releases that they are of."""
        return self.by_day * (1.0 if self.view == "share" else self.link)


def verdict_of_change(grounds: Grounds, now: Line, before: Line, why: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of ``Measure.table`` that judge each figure: limits, change and its limits, p, verdict, why and
    ``small``.

    ``low`` and ``high`` are the limits within which the value would usually lie, ``change`` is now ÷ before − 1 (for
    shares: percentage
    points; by the day where the lengths of the periods differ), with its limits: ``change_high`` is NaN where nothing
    lay before and no upper
    end is known. ``p``: how often no change at all would part the two so far. ``verdict`` is one of VERDICTS; ``why``
    gives the reason of ``cannot_say``. ``small``: a base under 30 events.
    """
    view, why = grounds.view, why.copy()
    tested = grounds.tested and view in TESTED
    why[(why == "") & (not tested)] = "no_test"
    why[(why == "no_test") & (before.values == 0) & (view != "share")] = "zero_denominator"
    why[(why == "") & (events_or_part(view, now) == 0) & (events_or_part(view, before) == 0)] = "none"
    why[(why == "") & np.isnan(grounds.factor)] = "too_short"
    low, high = _limits(grounds, now) if tested else (np.full(len(why), np.nan),) * 2
    change_low, change_high, p = _change_limits(grounds, now, before, why == "")
    why[(why == "") & ~np.isfinite(change_low)] = "no_test"
    verdict = np.full(len(why), "no_clear_change", object)
    verdict[change_low > 0], verdict[change_high < 0], verdict[why != ""] = "rise", "fall", "cannot_say"
    return {
        "low": low,
        "high": high,
        "before": np.where(np.isfinite(now.values), before.values, np.nan),
        "change": _change(grounds, now, before, why),
        "change_low": change_low,
        "change_high": change_high,
        "p": p,
        "verdict": verdict,
        "why": why,
        "small": (events(view, before) < SMALL_BASE) & np.isin(why, COMPARED),
    }


def events(view: str, line: Line) -> np.ndarray:
    """How many events stand behind each figure: the count itself, what a rate divides, what a share is a share of."""
    if view == "density":
        return np.full(len(line.values), np.inf)
    base = line.denominators if view == "share" else line.numerators
    return np.where(np.isnan(base), line.values, base)


def _limits(grounds: Grounds, line: Line) -> tuple[np.ndarray, np.ndarray]:
    """Of chance alone where the card says so; else of the usual ups and downs, none where those are not known."""
    factor, df = (1.0, np.inf) if grounds.chance else (grounds.factor, grounds.df)
    if grounds.view == "share":
        part = np.where(np.isfinite(line.values), line.numerators, np.nan)
        low, high = wilson_limits(part / factor, line.denominators / factor, level_of(df))
        return low * 100, high * 100
    counted = np.where(np.isfinite(line.values), events(grounds.view, line), np.nan)
    low, high = poisson_limits(counted / factor, level_of(df))
    exposure = line.denominators / grounds.per if "rate" in grounds.view else 1
    return low * factor / exposure, high * factor / exposure


def _change(grounds: Grounds, now: Line, before: Line, why: np.ndarray) -> np.ndarray:
    said = np.isin(why, _WORKED_OUT)
    if grounds.view == "share":
        return np.where(said, now.values - before.values, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(said & (before.values != 0), now.values / before.values / grounds.apart - 1, np.nan)


def _change_limits(
    grounds: Grounds, now: Line, before: Line, where: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Limits of the change and p where it may be judged, NaN elsewhere and for an end that is open."""
    low, high, p = (np.full(len(where), np.nan) for _ in range(3))
    if not where.any():
        return low, high, p
    view, exposure = grounds.view, _exposure(grounds.view, now)
    parts = [
        events_or_part(view, now),
        exposure * grounds.apart,
        events_or_part(view, before),
        _exposure(view, before),
        grounds.factor,
        grounds.df,
    ]
    chosen = [np.broadcast_to(one, where.shape)[where] for one in parts]
    if view == "share":
        _, found_low, found_high, p[where] = share_difference(*chosen)
        low[where], high[where] = found_low * 100, found_high * 100
        return low, high, p
    ratio, found_low, found_high, found_p = ratio_limits(*chosen)
    spread = np.broadcast_to(grounds.spread, where.shape)[where]
    found_low, found_high, p[where] = widened((ratio, found_low, found_high, found_p), spread)
    low[where], high[where] = found_low - 1, np.where(found_high < OPEN, found_high, np.nan) - 1
    return low, high, p


def events_or_part(view: str, line: Line) -> np.ndarray:
    return line.numerators if view == "share" else events(view, line)


def _exposure(view: str, line: Line) -> np.ndarray:
    return line.denominators if "rate" in view or view == "share" else np.ones(len(line.values))
