"""Between which limits could chance alone have put a figure, or the difference of two?

Every function takes numbers or arrays and works cell by cell; where there is nothing to say the answer is NaN, never a
number. ``level`` is the share of cases that the limits hold, 0.95 unless said otherwise.
"""

from __future__ import annotations

import numpy as np

EXACT_BELOW = 10  # events; from here on Byar's approximation (OHID, PHEindicatormethods) and the score method
_STEPS = 8  # towards an exact limit


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
    apart, back = np.unique(
        np.column_stack([flat[few], tail[few]]), axis=0, return_inverse=True
    )  # small counts repeat, and the exact limits are slow
    exact = exact_limits(apart[:, 0], 1 - 2 * apart[:, 1])
    low[few], high[few] = exact[0][back.ravel()], exact[1][back.ravel()]
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


def ratio_limits(count, exposure, count_before, exposure_before, scale=1.0, df=np.inf, level: float = 0.95):
    """Ratio of two Poisson rates, its limits and p: four arrays ``ratio, low, high, p``.

    Given both counts together, the first is binomial, and limits of its share, carried to the odds, are limits of the
    ratio. From
    ten events in both windows they are Wilson's, that is the score limits (Graham, Mayengbam and Tiwari 2003;
    statsmodels
    ``confint_poisson_2indep(method="score")`` finds the same by search); below ten in either, ``midp_limits``, the
    exact ones
    (Przyborowski and Wilenski 1940). ``scale``: how many times more than by chance the counts vary; they are divided
    by it. ``df``:
    on how many degrees of freedom ``scale`` is known; Student's t then stands for the normal. 60 in 51,477.5 against
    30 in 54,308.7:
    limits 1.366 and 3.259. Nothing before: no ratio and an open upper end (inf). Nothing in both: no number at all.
    """
    one, of_one, other, of_other, scale, df = _floats(count, exposure, count_before, exposure_before, scale, df)
    fit = (one >= 0) & (other >= 0) & (one + other > 0) & (of_one > 0) & (of_other > 0)
    one, other, level = np.where(fit, one, np.nan), np.where(fit, other, np.nan), level_of(df, level)
    low, high = wilson_limits(one / scale, (one + other) / scale, level)
    weigh = of_other / np.where(fit, of_one, np.nan)
    few = fit & ((one < EXACT_BELOW) | (other < EXACT_BELOW))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        low, high = np.asarray(low / (1 - low)), np.asarray(high / (1 - high))
        low[few], high[few] = np.exp(_midp_log_odds(one[few] / scale[few], other[few] / scale[few], level[few]))
        ratio = np.where(other > 0, one / other * weigh, np.nan)
        return ratio, low * weigh, high * weigh, _p_of_ratio(one, other, weigh, scale, df)


def widened(found: tuple[np.ndarray, ...], spread: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Limits and p of ratios one side of which was multiplied by a factor that is itself uncertain.

    ``found``: ratio, low, high and p as ``ratio_limits`` gives them; ``spread``: the standard deviation of the
    factor's logarithm. The two errors are independent, so their squares add up. 1.1 from 1.0 to 1.21 with a spread of
    0.05: 0.959 to 1.262.
    """
    from scipy.special import ndtr, ndtri

    ratio, low, high, p = found
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


def _p_of_ratio(one: np.ndarray, other: np.ndarray, weigh: np.ndarray, scale: np.ndarray, df: np.ndarray) -> np.ndarray:
    """How often two equal rates would part so far: by the score, or of small counts by the mid-p of the binomial; the
    same side of 0.05 as the limits."""
    from scipy.special import ndtri, stdtr

    usual = 1 / (1 + weigh)  # the share of the first count where the rates are equal
    score = np.asarray(np.abs(one - (one + other) * usual) / np.sqrt((one + other) * scale * usual * (1 - usual)))
    few = (one < EXACT_BELOW) | (other < EXACT_BELOW)
    upper = _midp_tail(one[few] / scale[few], other[few] / scale[few], usual[few])
    score[few] = -ndtri(np.minimum(upper, 1 - upper))
    return 2 * stdtr(df, -score)


def level_of(df, level: float = 0.95) -> np.ndarray:
    """At which level normal limits are as wide as limits of Student's t with ``df`` degrees of freedom at ``level``."""
    from scipy.special import ndtr, stdtrit

    return 1 - 2 * ndtr(stdtrit(np.asarray(df, dtype=float), (1 - level) / 2))


def _midp_log_odds(one: np.ndarray, other: np.ndarray, level: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Exact limits of the log odds of ``one`` in ``one + other``: Clopper and Pearson 1934 with mid-p (Lancaster 1961).

    At the lower limit π, P(X > one) + ½ P(X = one) is half of what ``level`` leaves out. The tails are incomplete beta
    functions, which also take the fractions of a count that was divided.
    """
    many = np.column_stack([np.ravel(each) for each in (one, other, (1 - level) / 2)])
    apart, back = np.unique(many, axis=0, return_inverse=True)  # small counts repeat
    low, high = _midp_low(apart[:, 0], apart[:, 1], apart[:, 2]), -_midp_low(apart[:, 1], apart[:, 0], apart[:, 2])
    return low[back.ravel()].reshape(np.shape(one)), high[back.ravel()].reshape(np.shape(one))


def _midp_low(one: np.ndarray, other: np.ndarray, tail: np.ndarray) -> np.ndarray:
    """Log odds, by Newton's steps between the limits of Clopper and Pearson for P(X ≥ one) and for P(X > one),
    between which it lies."""
    from scipy.special import betaincinv, betaln, expit, logit

    with np.errstate(divide="ignore"):
        found = np.where(
            one > 0, logit((2 * tail) ** (1 / np.where(one > 0, one, 1))), -np.inf
        )  # where all are of the first: ½ π^one = tail
        some = (one > 0) & (other > 0)
        one, other, tail = one[some], other[some], tail[some]
        low, high = logit(betaincinv(one, other + 1, tail)), logit(betaincinv(one + 1, other, tail))
    odds, steep, steeper = (low + high) / 2, betaln(one, other + 1), betaln(one + 1, other)
    for _ in range(_STEPS):
        share = expit(odds)
        away = _midp_tail(one, other, share) - tail
        low, high = np.where(away < 0, odds, low), np.where(away < 0, high, odds)
        logs, rest = np.log(share), np.log1p(-share)
        slope = (
            np.exp(one * logs + (other + 1) * rest - steep) + np.exp((one + 1) * logs + other * rest - steeper)
        ) / 2
        next_odds = odds - away / slope
        odds = np.where((next_odds >= low) & (next_odds <= high), next_odds, (low + high) / 2)
    found[some] = odds
    return found


def _midp_tail(one: np.ndarray, other: np.ndarray, share: np.ndarray) -> np.ndarray:
    """P(X > one) + ½ P(X = one) of X binomial out of ``one + other``."""
    from scipy.special import betainc

    at_least = np.where(one > 0, betainc(np.where(one > 0, one, 1), other + 1, share), 1.0)
    more = np.where(other > 0, betainc(one + 1, np.where(other > 0, other, 1), share), 0.0)
    return (at_least + more) / 2


def share_difference(part, whole, part_before, whole_before, scale=1.0, df=np.inf, level: float = 0.95):
    """Difference of two shares, its limits and p on the logit scale: four arrays ``difference, low, high, p``, in
    shares of 1.

    The log of the odds ratio has the variance ``scale`` × the sum of 1 ÷ each of the four cells (Woolf 1955; half an
    event is added to
    each cell, Gart 1966); ``df`` as in ``ratio_limits``. Its limits, applied to the odds before, give the limits of
    the share now, so
    that none lies beyond 0 or 1. 56 of 70 against 48 of 80: 0.2, 0.0541 to 0.2910.
    """
    from scipy.special import expit, stdtr, stdtrit

    one, of_one, other, of_other, scale, df = _floats(part, whole, part_before, whole_before, scale, df)
    fit = (of_one > 0) & (of_other > 0) & (one >= 0) & (other >= 0) & (one <= of_one) & (other <= of_other)
    one, other = np.where(fit, one, np.nan), np.where(fit, other, np.nan)
    cells = [each + 0.5 for each in (one, of_one - one, other, of_other - other)]
    before, odds = np.log(cells[2] / cells[3]), np.log(cells[0] / cells[1])
    error = np.sqrt(scale * sum(1 / each for each in cells))
    reach = -stdtrit(df, (1 - level) / 2) * error
    with np.errstate(invalid="ignore"):
        low, high = (expit(odds + way * reach) - expit(before) for way in (-1, 1))
        return one / of_one - other / of_other, low, high, 2 * stdtr(df, -np.abs(odds - before) / error)


def _floats(*numbers) -> list[np.ndarray]:
    return [np.asarray(one, dtype=float) for one in np.broadcast_arrays(*numbers)]
