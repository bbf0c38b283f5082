"""Is this a change, or no more than the usual ups and downs? The one place that says so.

Counts and rates are compared as two Poisson counts over their exposures by the score method, shares by Newcombe's; both
are widened by how much more than by chance the series fluctuates (``measures.figures.overdispersion``). A rise or a fall is said when
the 95 % limits of the change leave out no change at all. Method and sources: docs/decisions/0012-verdicts.md.
"""

from __future__ import annotations

import numpy as np

from measures.figures.line import Line
from measures.inference.limits import poisson_limits, ratio_limits, share_difference, wilson_limits

SMALL_BASE = 30  # events; below this, counts and not percentages are said (terms: small base)
TESTED = (
    "count",
    "rate",
    "rolling",
    "rolling_rate",
    "share",
)  # views whose figures are counted events or parts of them
_WORKED_OUT = ("", "provisional", "no_test", "too_short")  # a change may be worked out, whether or not it may be judged
COMPARED = (*_WORKED_OUT, "zero_denominator")  # the two figures may stand beside each other


def judge(
    view: str, now: Line, before: Line, why: np.ndarray, scale: np.ndarray, per: int, tested: bool
) -> dict[str, np.ndarray]:
    """The columns of ``Measure.table`` that judge each figure: limits, change and its limits, verdict, why and ``small``.

    ``low`` and ``high`` are 95 % limits of the value, ``change`` is now ÷ before − 1 (for shares: percentage points), with its
    limits. ``scale``: how many times more than by chance each series fluctuates (NaN: not known). ``verdict``: rise | fall | no_clear_change | cannot_say; ``why`` gives the reason of ``cannot_say``. ``small``: a base under 30 events.
    """
    tested = tested and view in TESTED
    why = why.copy()
    why[(why == "") & (not tested)] = "no_test"
    why[np.isin(why, _WORKED_OUT) & (before.values == 0) & (view != "share")] = "zero_denominator"
    why[(why == "") & np.isnan(scale)] = "too_short"
    low, high = _limits(view, now, per) if tested else (np.full(len(why), np.nan),) * 2
    change_low, change_high = _change_limits(view, now, before, scale, why == "")
    why[(why == "") & ~np.isfinite(change_low)] = "no_test"
    verdict = np.full(len(why), "no_clear_change", object)
    verdict[change_low > 0], verdict[change_high < 0], verdict[why != ""] = "rise", "fall", "cannot_say"
    return {
        "low": low,
        "high": high,
        "before": np.where(np.isfinite(now.values), before.values, np.nan),
        "change": _change(view, now, before, why),
        "change_low": change_low,
        "change_high": change_high,
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


def _limits(view: str, line: Line, per: int) -> tuple[np.ndarray, np.ndarray]:
    if view == "share":
        part = np.where(np.isfinite(line.values), line.numerators, np.nan)
        low, high = wilson_limits(part, line.denominators)
        return low * 100, high * 100
    low, high = poisson_limits(np.where(np.isfinite(line.values), events(view, line), np.nan))
    exposure = line.denominators / per if "rate" in view else 1
    return low / exposure, high / exposure


def _change(view: str, now: Line, before: Line, why: np.ndarray) -> np.ndarray:
    said = np.isin(why, _WORKED_OUT)
    with np.errstate(invalid="ignore", divide="ignore"):
        change = now.values - before.values if view == "share" else now.values / before.values - 1
    return np.where(said, change, np.nan)


def _change_limits(
    view: str, now: Line, before: Line, scale: np.ndarray, where: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Limits of the change where it may be judged, NaN elsewhere."""
    low, high = np.full(len(where), np.nan), np.full(len(where), np.nan)
    if not where.any():
        return low, high
    parts = [one for line in (now, before) for one in (events_or_part(view, line)[where], _exposure(view, line)[where])]
    if view == "share":
        _, low[where], high[where] = share_difference(*parts, scale[where])
        return low * 100, high * 100
    _, low[where], high[where], _ = ratio_limits(*parts, scale[where])
    return low - 1, high - 1


def events_or_part(view: str, line: Line) -> np.ndarray:
    return line.numerators if view == "share" else events(view, line)


def _exposure(view: str, line: Line) -> np.ndarray:
    return line.denominators if "rate" in view or view == "share" else np.ones(len(line.values))
