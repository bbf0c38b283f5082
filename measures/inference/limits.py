"""Between which limits could chance alone have put a figure, or the difference of two?

Every function takes numbers or arrays and works cell by cell; where there is nothing to say the answer is NaN, never a
number. ``level`` is the share of cases that the limits hold, 0.95 unless said otherwise.
"""

from __future__ import annotations

import numpy as np

EXACT_BELOW = 10  # events; from here on Byar's approximation (OHID, PHEindicatormethods)


def poisson_limits(count, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Limits of a count: exact below 10 events, Byar's from 10 on, as OHID publishes them.

    Byar: ``O(1 − 1/9O − z/3√O)³`` and ``(O+1)(1 − 1/9(O+1) + z/3√(O+1))³`` (Breslow and Day 1987, volume II, p. 69).
    65 events have the limits 50.16 and 82.85. For a rate, divide both by the exposure.
    """
    from scipy.stats import norm

    count = np.asarray(count, dtype=float)
    flat, z = count.ravel(), norm.isf((1 - level) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = _byar(flat, -z), _byar(flat + 1, z)
    few = flat < EXACT_BELOW
    counts, at = np.unique(flat[few], return_inverse=True)  # small counts repeat, and the exact limits are slow
    exact = exact_limits(counts, level)
    low[few], high[few] = exact[0][at], exact[1][at]
    return low.reshape(count.shape), high.reshape(count.shape)


def _byar(count: np.ndarray, z: float) -> np.ndarray:
    return count * (1 - 1 / (9 * count) + z / (3 * np.sqrt(count))) ** 3


def exact_limits(count, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Exact limits of a count from the chi-squared distribution (Garwood 1936). 5 events: 1.623 and 11.668; none: 0 and 3.689."""
    from scipy.stats import chi2

    count = np.asarray(count, dtype=float)
    with np.errstate(invalid="ignore"):
        low = np.where(count == 0, 0.0, chi2.ppf((1 - level) / 2, 2 * count) / 2)
        return low, chi2.isf((1 - level) / 2, 2 * count + 2) / 2


def wilson_limits(part, whole, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Limits of a share between 0 and 1 by Wilson's score method. 65 of 100: 0.5525 and 0.7364."""
    from statsmodels.stats.proportion import proportion_confint

    part, whole = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    whole = np.where((whole > 0) & (part >= 0) & (part <= whole), whole, np.nan)
    with np.errstate(invalid="ignore"):
        low, high = proportion_confint(part, whole, alpha=1 - level, method="wilson")
    return np.asarray(low), np.asarray(high)


def funnel_limits(expected, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Limits of observed ÷ expected, always exact (Spiegelhalter 2005). 15 expected: 0.5597 and 1.6493."""
    expected = np.asarray(expected, dtype=float)
    low, high = exact_limits(np.where(expected > 0, expected, np.nan), level)
    return low / expected, high / expected


def ratio_limits(count, exposure, count_before, exposure_before, scale=1.0, level: float = 0.95):
    """Ratio of two Poisson rates, its limits and p by the score method: four arrays ``ratio, low, high, p``.

    Given both counts together, the first is binomial; Wilson's limits of its share, carried to the odds, are the score limits
    of the ratio (Graham, Mayengbam and Tiwari 2003; statsmodels ``confint_poisson_2indep(method="score")`` finds the same by
    search, one pair at a time). ``scale``: how many times more than by chance the counts vary; they are divided by it.
    60 in 51,477.5 against 30 in 54,308.7: limits 1.366 and 3.259. Nothing before: no ratio.
    """
    from statsmodels.stats.rates import test_poisson_2indep

    one, of_one, other, of_other, scale = _floats(count, exposure, count_before, exposure_before, scale)
    fit = (other > 0) & (one >= 0) & (of_one > 0) & (of_other > 0)
    one, other = np.where(fit, one, np.nan), np.where(fit, other, np.nan)
    low, high = wilson_limits(one / scale, (one + other) / scale, level)
    weigh = of_other / np.where(fit, of_one, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = test_poisson_2indep(one / scale, of_one, other / scale, of_other, method="score", compare="ratio").pvalue
        return one / other * weigh, low / (1 - low) * weigh, high / (1 - high) * weigh, np.where(fit, p, np.nan)


def share_difference(part, whole, part_before, whole_before, scale=1.0, level: float = 0.95):
    """Difference of two shares and its limits by Newcombe's method: three arrays ``difference, low, high``, in shares of 1.

    Newcombe 1998, method 10 (statsmodels ``confint_proportions_2indep``). 56 of 70 against 48 of 80: 0.2, 0.0524 to 0.3339.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    one, of_one, other, of_other, scale = _floats(part, whole, part_before, whole_before, scale)
    fit = (of_one > 0) & (of_other > 0) & (one >= 0) & (other >= 0) & (one <= of_one) & (other <= of_other)
    of_one, of_other = np.where(fit, of_one, np.nan), np.where(fit, of_other, np.nan)
    with np.errstate(invalid="ignore"):
        low, high = confint_proportions_2indep(
            one / scale,
            of_one / scale,
            other / scale,
            of_other / scale,
            method="newcomb",
            compare="diff",
            alpha=1 - level,
        )
        return one / of_one - other / of_other, np.asarray(low), np.asarray(high)


def _floats(*numbers) -> list[np.ndarray]:
    return [np.asarray(one, dtype=float) for one in np.broadcast_arrays(*numbers)]
