"""When does an area's count lie outside what chance, and the usual differences among areas, give?

Formulas of the funnel plot: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
Medicine 24 (2005), 1185-1202.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from measures.inference.limits import funnel_limits

CLASSES = ("lower_998", "lower_95", "within", "higher_95", "higher_998")
LEVELS = (0.95, 0.998)
WINSORISED = (
    0.1  # Spiegelhalter's share: the highest and the lowest tenth of the areas do not decide how wide the funnel is
)


def spread_of(observed: np.ndarray, expected: np.ndarray, chance: float = 1.0) -> float:
    """φ: the mean squared z-score of the areas, z = (O − E) ÷ √(E · ``chance``), the outer tenths winsorised; never below 1.

    Spiegelhalter 2005, appendix A.3; ``chance`` is 1 for counts and 1 − p for shares. Areas that all have what was
    expected of them give 1, the value of chance alone.
    """
    score = (observed - expected) / np.sqrt(expected * chance)
    return max(1.0, float(np.mean(np.clip(score, *np.quantile(score, [WINSORISED, 1 - WINSORISED])) ** 2)))


def classes_of(table: pd.DataFrame, spread: float, view: str) -> np.ndarray:
    """The class of every area.

    Outside means: beyond the limits drawn, and a count as far from what was expected is by itself as rare as the limits
    say. The second rule matters below about ten expected events: the funnel's lower limit lies above zero even where no
    events at all are nothing unusual (0 where 2 are expected happens 13 times in 100).
    """
    found = np.where(table["expected"].to_numpy() > 0, 2, -1)
    ratio, rare = table["ratio"].to_numpy(), rarity(table, view)
    for step, level in enumerate(LEVELS, 1):
        low, high = ratio_limits_expected(
            table["exposure"].to_numpy(), table["expected"].to_numpy(), spread, level, view
        )
        unusual = rare < (1 - level) / 2
        found = np.where((ratio < low) & unusual, 2 - step, np.where((ratio > high) & unusual, 2 + step, found))
    return np.array([*CLASSES, ""], dtype=object)[found]


def rarity(table: pd.DataFrame, view: str) -> np.ndarray:
    """How often chance alone gives a count as low as the one observed, or as high, whichever is rarer: Poisson, or binomial for a share."""
    from scipy.special import betainc, gammainc, gammaincc

    observed, expected, size = (table[name].to_numpy(float) for name in ("observed", "expected", "exposure"))
    if view == "share":
        spare, part = np.maximum(size - observed, 1e-9), expected / size
        return np.minimum(
            betainc(spare, observed + 1, 1 - part),
            np.where(observed > 0, betainc(np.maximum(observed, 1e-9), spare + 1, part), 1.0),
        )
    return np.minimum(gammaincc(observed + 1, expected), np.where(observed > 0, gammainc(observed, expected), 1.0))


def ratio_limits_expected(
    exposure: np.ndarray, expected: np.ndarray, spread: float, level: float, view: str
) -> tuple[np.ndarray, np.ndarray]:
    """Limits of observed ÷ expected: exact Poisson limits of E ÷ φ; of a share, exact binomial ones of n ÷ φ."""
    expected = np.where(expected > 0, expected, np.nan) / spread
    if view != "share":
        return funnel_limits(expected, level)
    from scipy.special import betaincinv

    size, tail = exposure / spread, (1 - level) / 2
    spare = np.maximum(size - expected, 1e-9)
    return betaincinv(expected, spare + 1, tail) * size / expected, betaincinv(
        expected + 1, spare, 1 - tail
    ) * size / expected
