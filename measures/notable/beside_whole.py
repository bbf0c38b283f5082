"""Does an area change otherwise than all areas together? The difference of two logarithms, with its error.

What moves all areas alike (a mild winter, another way of recording) is in both and falls out. The areas together are
the sum of those that can be compared, not the figure of the place: counts that were allocated to no area in one of the
two years would else be told as a change of every area (decision 0048).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_SIDE = 0.975  # quantile of the limits of a change, two-sided 95 %


@dataclass(frozen=True)
class Beside:
    """An array each with a value for every area, NaN where it is not tested: ``difference`` of the logarithms of the
    two changes, and ``p``; ``together``: the change of all areas together, now ÷ before − 1."""

    difference: np.ndarray
    p: np.ndarray
    together: float


def beside_whole(
    before: np.ndarray, change: np.ndarray, limits: tuple[np.ndarray, np.ndarray], df: np.ndarray
) -> Beside:
    """Test the change of each area against that of all areas together.

    ``before``: the figures of a year before; ``change``: now ÷ before − 1, with its 95 % ``limits`` on ``df`` degrees
    of freedom. With the shares wᵢ of the figures (the mean of both years) and the errors sᵢ of the logarithms, taken as
    independent, the variance of the difference is (1 − wₐ)² sₐ² + Σ wᵢ² sᵢ² over the other areas (delta method); its
    degrees of freedom are Satterthwaite's (1946, Biometrics 2:110). What areas have in common makes it too large, not
    too small.
    """
    from scipy.special import stdtr, stdtrit

    low, high = limits
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log1p(change)
        errors = (np.log1p(high) - np.log1p(low)) / 2 / stdtrit(np.maximum(df, 1e-9), _SIDE)
    tested = np.isfinite(logs) & np.isfinite(errors) & (errors > 0) & (before > 0)
    none = np.full(len(before), np.nan)
    if tested.sum() < 2:
        return Beside(none, none.copy(), np.nan)
    then, now = before[tested], before[tested] * (1 + change[tested])
    together = float(now.sum() / then.sum() - 1)
    share = (then / then.sum() + now / now.sum()) / 2
    squares, own = (share * errors[tested]) ** 2, ((1 - share) * errors[tested]) ** 2
    variance = own + squares.sum() - squares
    quartics = squares**2 / df[tested]
    freedom = variance**2 / (own**2 / df[tested] + quartics.sum() - quartics)
    difference, p = none.copy(), none.copy()
    difference[tested] = logs[tested] - np.log1p(together)
    p[tested] = 2 * stdtr(freedom, -np.abs(difference[tested]) / np.sqrt(variance))
    return Beside(difference, p, together)
