"""How is a few events' part in all of two counts limited? Exactly, by the binomial with mid-p."""

from __future__ import annotations

import numpy as np

from measures.inference.repeats import once

_STEPS = 8  # towards an exact limit


def midp_log_odds(first: np.ndarray, second: np.ndarray, level: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Exact limits of the log odds of ``first`` in ``first + second``: Clopper and Pearson 1934 with mid-p (Lancaster
    1961).

    At the lower limit π, P(X > first) + ½ P(X = first) is half of what ``level`` leaves out. The tails are incomplete
    beta functions, which also take the fractions of a count that was divided.
    """
    low, high = once(_midp_limits, *(np.ravel(array) for array in (first, second, (1 - level) / 2)))
    return low.reshape(np.shape(first)), high.reshape(np.shape(first))


def _midp_limits(first: np.ndarray, second: np.ndarray, tail: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return _midp_low(first, second, tail), -_midp_low(second, first, tail)


def _midp_low(first: np.ndarray, second: np.ndarray, tail: np.ndarray) -> np.ndarray:
    """Log odds, by Newton's steps between the limits of Clopper and Pearson for P(X ≥ first) and for P(X > first),
    between which it lies."""
    from scipy.special import betaincinv, betaln, expit, logit

    with np.errstate(divide="ignore"):
        # where all are of the first: ½ π^first = tail
        limit = np.where(first > 0, logit((2 * tail) ** (1 / np.where(first > 0, first, 1))), -np.inf)
        some = (first > 0) & (second > 0)
        first, second, tail = first[some], second[some], tail[some]
        low, high = logit(betaincinv(first, second + 1, tail)), logit(betaincinv(first + 1, second, tail))
    odds, steep, steeper = (low + high) / 2, betaln(first, second + 1), betaln(first + 1, second)
    for _ in range(_STEPS):
        share = expit(odds)
        away = midp_tail(first, second, share) - tail
        low, high = np.where(away < 0, odds, low), np.where(away < 0, high, odds)
        logs, rest = np.log(share), np.log1p(-share)
        slope = (
            np.exp(first * logs + (second + 1) * rest - steep) + np.exp((first + 1) * logs + second * rest - steeper)
        ) / 2
        next_odds = odds - away / slope
        odds = np.where((next_odds >= low) & (next_odds <= high), next_odds, (low + high) / 2)
    limit[some] = odds
    return limit


def midp_tail(first: np.ndarray, second: np.ndarray, share: np.ndarray) -> np.ndarray:
    """P(X > first) + ½ P(X = first) of X binomial out of ``first + second``."""
    from scipy.special import betainc

    at_least = np.where(first > 0, betainc(np.where(first > 0, first, 1), second + 1, share), 1.0)
    more = np.where(second > 0, betainc(first + 1, np.where(second > 0, second, 1), share), 0.0)
    return (at_least + more) / 2
