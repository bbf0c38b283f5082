"""Between which limits could chance alone have put a figure, or the difference of two?

Every function takes numbers or arrays and works cell by cell; where there is nothing to say the answer is NaN, never a
number. ``level`` is the share of cases that the limits hold, 0.95 unless said otherwise.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from measures.inference.repeats import once
from measures.inference.small_counts import midp_log_odds, midp_tail

LEVEL = 0.95  # of limits of changes
EXACT_BELOW = 10  # events; from here on Byar's approximation (OHID, PHEindicatormethods) and the score method


def poisson_limits(count, level=0.95) -> tuple[np.ndarray, np.ndarray]:
    """Limits of a count: exact below 10 events, Byar's from 10 on, as OHID publishes them.

    Byar: ``O(1 − 1/9O − z/3√O)³`` and ``(O+1)(1 − 1/9(O+1) + z/3√(O+1))³`` (Breslow and Day 1987, volume II, p. 69).
    65 events have the limits 50.16 and 82.85. For a rate, divide both by the exposure.
    """
    from scipy.special import ndtri

    count, level = _floats(count, level)
    flat, tail = count.ravel(), ((1 - level) / 2).ravel()
    z = -ndtri(tail)
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = _byar(flat, -z), _byar(flat + 1, z)
    few = flat < EXACT_BELOW
    low[few], high[few] = once(lambda few_events, half: exact_limits(few_events, 1 - 2 * half), flat[few], tail[few])
    return low.reshape(count.shape), high.reshape(count.shape)


def _byar(count: np.ndarray, z: float) -> np.ndarray:
    return count * (1 - 1 / (9 * count) + z / (3 * np.sqrt(count))) ** 3


def exact_limits(count, level=0.95) -> tuple[np.ndarray, np.ndarray]:
    """Exact limits of a count from the chi-squared distribution (Garwood 1936), by the incomplete gamma function that
    it is. 5 events: 1.623 and 11.668; none: 0 and 3.689."""
    from scipy.special import gammainccinv, gammaincinv

    count, tail = np.asarray(count, dtype=float), (1 - np.asarray(level, dtype=float)) / 2
    with np.errstate(invalid="ignore"):
        low = np.where(count == 0, 0.0, gammaincinv(np.where(count == 0, 1, count), tail))
        return low, gammainccinv(count + 1, tail)


def wilson_limits(part, whole, level=0.95) -> tuple[np.ndarray, np.ndarray]:
    """Limits of a share between 0 and 1 by Wilson's score method (1927). 65 of 100: 0.5525 and 0.7364."""
    from scipy.special import ndtri

    part, whole, level = _floats(part, whole, level)
    whole = np.where((whole > 0) & (part >= 0) & (part <= whole), whole, np.nan)
    square = ndtri((1 - level) / 2) ** 2
    with np.errstate(invalid="ignore"):
        middle, reach = part + square / 2, np.sqrt(square * part * (1 - part / whole) + square**2 / 4)
        low, high = (middle - reach) / (whole + square), (middle + reach) / (whole + square)
        return np.where(part == 0, np.minimum(low, 0.0), low), np.where(part == whole, np.maximum(high, 1.0), high)


def funnel_limits(expected, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Limits of observed ÷ expected, always exact (Spiegelhalter 2005). 15 expected: 0.5597 and 1.6493."""
    expected = np.asarray(expected, dtype=float)
    low, high = exact_limits(np.where(expected > 0, expected, np.nan), level)
    return low / expected, high / expected


class Noise(NamedTuple):
    """How many times more than by chance counts vary, and on how many degrees of freedom that is known; numbers or
    arrays."""

    scale: np.ndarray | float = 1.0
    df: np.ndarray | float = np.inf


CHANCE = Noise()


def ratio_limits(count, exposure, count_before, exposure_before, noise: Noise = CHANCE):
    """Ratio of two Poisson rates, its 95 % limits and p: four arrays ``ratio, low, high, p``.

    Given both counts together, the first is binomial, and limits of its share, carried to the odds, are limits of the
    ratio. From ten events in both windows they are Wilson's, that is the score limits (Graham, Mayengbam and Tiwari
    2003; statsmodels ``confint_poisson_2indep(method="score")`` finds the same by search); below ten in either, the
    exact ones (Przyborowski and Wilenski 1940). Counts are divided by the scale of ``noise``; Student's t stands for
    the normal. 60 in 51,477.5 against 30 in 54,308.7: limits 1.366 and 3.259. Nothing before: no ratio and an open
    upper end (inf). Nothing in both: no number at all.
    """
    now, of_now, before, of_before, scale, df = _floats(count, exposure, count_before, exposure_before, *noise)
    fit = (now >= 0) & (before >= 0) & (now + before > 0) & (of_now > 0) & (of_before > 0)
    now, before, level = np.where(fit, now, np.nan), np.where(fit, before, np.nan), level_of(df)
    low, high = wilson_limits(now / scale, (now + before) / scale, level)
    weigh = of_before / np.where(fit, of_now, np.nan)
    few = fit & ((now < EXACT_BELOW) | (before < EXACT_BELOW))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        low, high = np.asarray(low / (1 - low)), np.asarray(high / (1 - high))
        low[few], high[few] = np.exp(midp_log_odds(now[few] / scale[few], before[few] / scale[few], level[few]))
        ratio = np.where(before > 0, now / before * weigh, np.nan)
        return ratio, low * weigh, high * weigh, _p_of_ratio(now, before, weigh, Noise(scale, df))


def widened(parts: tuple[np.ndarray, ...], spread: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Limits and p of ratios one side of which was multiplied by a factor that is itself uncertain.

    ``parts``: ratio, low, high and p as ``ratio_limits`` gives them; ``spread``: the standard deviation of the
    factor's logarithm. The two errors are independent, so their squares add up. 1.1 from 1.0 to 1.21 with a spread of
    0.05: 0.959 to 1.262.
    """
    from scipy.special import ndtr, ndtri

    ratio, low, high, p = parts
    with np.errstate(invalid="ignore", divide="ignore"):
        below, above = np.log(ratio / low), np.log(high / ratio)
        own = np.sqrt(below * above)
        wide = (spread > 0) & (low > 0) & np.isfinite(above) & np.isfinite(ratio)
        extra = -ndtri(0.025) * spread
        tail = 2 * ndtr(ndtri(np.minimum(p, 1) / 2) * own / np.hypot(own, extra))
        return (
            np.where(wide, ratio * np.exp(-np.hypot(below, extra)), low),
            np.where(wide, ratio * np.exp(np.hypot(above, extra)), high),
            np.where(wide, tail, p),
        )


def _p_of_ratio(now: np.ndarray, before: np.ndarray, weigh: np.ndarray, noise: Noise) -> np.ndarray:
    """How often two equal rates would part so far: by the score, or of small counts by the mid-p of the binomial; the
    same side of 0.05 as the limits."""
    from scipy.special import ndtri, stdtr

    scale, usual = noise.scale, 1 / (1 + weigh)  # the share of the first count where the rates are equal
    score = np.asarray(np.abs(now - (now + before) * usual) / np.sqrt((now + before) * scale * usual * (1 - usual)))
    few = (now < EXACT_BELOW) | (before < EXACT_BELOW)
    upper = once(midp_tail, now[few] / scale[few], before[few] / scale[few], usual[few])
    score[few] = -ndtri(np.minimum(upper, 1 - upper))
    return 2 * stdtr(noise.df, -score)


def level_of(df, level: float = 0.95) -> np.ndarray:
    """At which level normal limits are as wide as limits of Student's t with ``df`` degrees of freedom at ``level``."""
    from scipy.special import ndtr, stdtrit

    degrees = np.asarray(df, dtype=float)
    half = once(lambda each: ndtr(stdtrit(each, (1 - level) / 2)), degrees.ravel())
    return (1 - 2 * half).reshape(degrees.shape)


def share_difference(part, whole, part_before, whole_before, noise: Noise = CHANCE):
    """Difference of two shares, its 95 % limits and p on the logit scale: four arrays ``difference, low, high, p``, in
    shares of 1.

    The log of the odds ratio has the variance scale × the sum of 1 ÷ each of the four cells (Woolf 1955; half an event
    is added to each cell, Gart 1966); ``noise`` as in ``ratio_limits``. Its limits, applied to the odds before, give
    the limits of the share now, so that none lies beyond 0 or 1. 56 of 70 against 48 of 80: 0.2, 0.0541 to 0.2910.
    """
    from scipy.special import expit, stdtr, stdtrit

    now, of_now, before, of_before, scale, df = _floats(part, whole, part_before, whole_before, *noise)
    fit = (of_now > 0) & (of_before > 0) & (now >= 0) & (before >= 0) & (now <= of_now) & (before <= of_before)
    now, before = np.where(fit, now, np.nan), np.where(fit, before, np.nan)
    cells = [cell + 0.5 for cell in (now, of_now - now, before, of_before - before)]
    odds_before, odds = np.log(cells[2] / cells[3]), np.log(cells[0] / cells[1])
    error = np.sqrt(scale * sum(1 / cell for cell in cells))
    reach = -stdtrit(df, (1 - LEVEL) / 2) * error
    with np.errstate(invalid="ignore"):
        low, high = (expit(odds + way * reach) - expit(odds_before) for way in (-1, 1))
        return now / of_now - before / of_before, low, high, 2 * stdtr(df, -np.abs(odds - odds_before) / error)


def _floats(*numbers) -> list[np.ndarray]:
    return [np.asarray(array, dtype=float) for array in np.broadcast_arrays(*numbers)]
