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

from disclosure.unallocated import is_large
from measures.figures.change_limits import ChangeLimits, change_at_both_bounds, events, events_or_part, with_its_part
from measures.inference.limits import level_of, poisson_limits, wilson_limits
from measures.lines.line import Line

SMALL_BASE = 30  # events; below this, counts and not percentages are said (terms: small base)
TESTED = (
    "count",
    "rate",
    "rolling",
    "rolling_rate",
    "share",
)  # views whose figures are counted events or parts of them
DAYS_MATTER = 0.01  # two periods whose lengths differ by more are compared by the day: a leap February, not a leap year
_WORKED_OUT = (
    "",
    "provisional",
    "late",
    "releases",
    "unallocated",
    "estimated",
    "no_test",
    "too_short",
)  # a change may be worked out, whether or not it may be judged
COMPARED = (*_WORKED_OUT, "none", "zero_denominator")  # the two figures may stand beside each other


@dataclass(frozen=True)
class Grounds:
    """By what the figures of one view are judged; arrays have a value for each figure, or one for all.

    ``per``: a rate is events ÷ residents × ``per``. ``tested``: are they counts of events? ``factor``: how many times
    more than by chance each series fluctuates (NaN: not known), on ``df`` degrees of freedom. ``days``: the days of
    the period ÷ those of the one before. ``apart``, ``apart_before``: the share of the place's count that was
    allocated to no area, 0 for the place itself. ``chance``: are the figure's own limits those of chance alone?
    ``link``: what the figure before is multiplied by where the two are of different releases, and ``spread``, the
    standard deviation of its logarithm.
    """

    view: str
    per: int
    tested: bool
    factor: np.ndarray
    df: np.ndarray
    days: np.ndarray | float = 1.0
    apart: np.ndarray | float = 0.0
    apart_before: np.ndarray | float = 0.0
    chance: bool = False
    link: np.ndarray | float = 1.0
    spread: np.ndarray | float = 0.0

    @property
    def by_day(self) -> np.ndarray:
        """The days of the period ÷ those of the one before where that matters, else 1; of shares it never does."""
        days = np.asarray(self.days, dtype=float)
        return np.where((np.abs(days - 1) > DAYS_MATTER) & (self.view != "share"), days, 1.0)

    @property
    def levels(self) -> np.ndarray:
        """By what two equal levels would differ: by their days, and by the releases that they are of."""
        return self.by_day * (1.0 if self.view == "share" else self.link)


def verdict_of_change(grounds: Grounds, now: Line, before: Line, why: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of ``Measure.table`` that judge each figure: limits, change and its limits, p, verdict, why and
    ``small``.

    ``low`` and ``high`` are the limits within which the value would usually lie, ``change`` is now ÷ before − 1 (for
    shares: percentage points; by the day where the lengths of the periods differ), with its limits: ``change_high`` is
    NaN where nothing lay before and no upper end is known. ``p``: how often no change at all would part the two so
    far. ``unallocated``, ``before_unallocated``: the share of the place's count that was allocated to no area (NaN
    where that is none of either window), and ``change_allocated`` the change with the area's proportional part of it.
    ``verdict`` is one of VERDICTS; ``why`` gives the reason of ``cannot_say``. ``small``: a base under 30 events.
    """
    verdict, why, judged = judged_change(grounds, now, before, why)
    low, high = _limits(grounds, now) if _is_tested(grounds) else (np.full(len(why), np.nan),) * 2
    return {
        "low": low,
        "high": high,
        "before": np.where(np.isfinite(now.values), before.values, np.nan),
        **_changes(grounds, now, before, why),
        "change_low": judged.low,
        "change_high": judged.high,
        "p": judged.p,
        "verdict": verdict,
        "why": why,
        "small": (events(grounds.view, before) < SMALL_BASE) & np.isin(why, COMPARED),
    }


def judged_change(
    grounds: Grounds, now: Line, before: Line, why: np.ndarray
) -> tuple[np.ndarray, np.ndarray, ChangeLimits]:
    """Verdict, why there is none, and the limits of the change that it rests on, of each figure."""
    why = _reasons(grounds, now, before, why, _is_tested(grounds))
    judged = change_at_both_bounds(grounds, now, before, why == "")
    why[(why == "") & ~np.isfinite(judged.low)] = "no_test"
    why[(why == "") & judged.differs] = "unallocated"
    judged = judged.only(why == "")
    verdict = np.full(len(why), "no_clear_change", object)
    verdict[judged.low > 0], verdict[judged.high < 0], verdict[why != ""] = "rise", "fall", "cannot_say"
    return verdict, why, judged


def _is_tested(grounds: Grounds) -> bool:
    return grounds.tested and grounds.view in TESTED


def _reasons(grounds: Grounds, now: Line, before: Line, why: np.ndarray, tested: bool) -> np.ndarray:
    """Why no verdict can be given, before any limits are worked out."""
    view, why = grounds.view, why.copy()
    too_much = np.maximum(grounds.apart, grounds.apart_before)
    why[(why == "") & (view == "share") & is_large(too_much)] = "unallocated"
    why[(why == "") & (not tested)] = "no_test"
    why[(why == "no_test") & (before.values == 0) & (view != "share")] = "zero_denominator"
    why[(why == "") & (events_or_part(view, now) == 0) & (events_or_part(view, before) == 0)] = "none"
    why[(why == "") & np.isnan(grounds.factor)] = "too_short"
    return why


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


def _changes(grounds: Grounds, now: Line, before: Line, why: np.ndarray) -> dict[str, np.ndarray]:
    """The change of the figures as published, what of both windows no area has, and the change with the area's
    proportional part of it."""
    worked_out = np.isin(why, _WORKED_OUT)
    if grounds.view == "share":
        apart, change = np.zeros(len(why)), now.values - before.values
        sides = {"unallocated": apart, "before_unallocated": apart, "change_allocated": apart}
    else:
        change = _ratio(grounds, now.values, before.values)
        spread = (
            with_its_part(line, part).values for line, part in ((now, grounds.apart), (before, grounds.apart_before))
        )
        sides = {"unallocated": grounds.apart, "before_unallocated": grounds.apart_before}
        sides["change_allocated"] = _ratio(grounds, *spread)
    spoken = worked_out & np.isfinite(before.values) & ((sides["unallocated"] > 0) | (sides["before_unallocated"] > 0))
    return {"change": np.where(worked_out, change, np.nan)} | {
        name: np.where(spoken, values, np.nan) for name, values in sides.items()
    }


def _ratio(grounds: Grounds, now: np.ndarray, before: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(before != 0, now / before / grounds.levels - 1, np.nan)
