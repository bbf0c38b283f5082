"""What is known of how much the series of a category fluctuate: the factor, how well it is known, and from which
periods.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_DF = 1.5  # degrees of freedom below which a factor is not known at all


@dataclass(frozen=True)
class Fluctuation:
    """Observed variance ÷ variance by chance, never below 1, of the series of one category; arrays ``[width, area,
    period]``.

    ``width`` 0: single periods; 1: a year's sums. Along ``period`` there is one value where all periods are judged by
    the same factor.
    ``factor`` is NaN where it is not known; ``df``: its degrees of freedom; ``first``, ``last``: the first and the
    last period that it rests on (−1: none).
    """

    factor: np.ndarray
    df: np.ndarray
    first: np.ndarray
    last: np.ndarray


def floored(factor: np.ndarray, df: np.ndarray, first: np.ndarray, last: np.ndarray) -> Fluctuation:
    """Never below chance, never less for a year than for a single period; unknown on too few degrees of freedom."""
    factor = np.where(df >= LEAST_DF, factor, np.nan)
    less = np.isfinite(factor[0]) & ~(factor[1] >= factor[0])
    factor[1], df[1] = np.where(less, factor[0], factor[1]), np.where(less, df[0], df[1])
    return Fluctuation(
        np.maximum(factor, 1), df, *(np.broadcast_to(numbers, factor.shape) for numbers in (first, last))
    )
