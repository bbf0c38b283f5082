"""Between which limits does a count, a rate or a ratio lie, when chance alone is at work?"""

from __future__ import annotations

import numpy as np


def exact_limits(count: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Exact limits of a Poisson count (Garwood 1936): 5 events lie between 1.623 and 11.668."""
    from scipy.special import gammaincinv

    count, tail = np.asarray(count, float), (1 - level) / 2
    return np.where(count > 0, gammaincinv(np.maximum(count, 1e-12), tail), 0.0), gammaincinv(count + 1, 1 - tail)


def funnel_limits(expected: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Limits of observed ÷ expected around 1 where ``expected`` events are expected (Spiegelhalter 2005); 15: 0.560 and 1.649 at 95 %."""
    low, high = exact_limits(expected, level)
    return low / expected, high / expected
