"""When does an area stand apart from the rest, beyond what chance and the usual differences among areas give?

Funnel plot with additive random effects: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance",
Statistics in
Medicine 24 (2005), 1185-1202, and "Handling over-dispersion of performance indicators", Quality and Safety in Health
Care 14 (2005),
347-351. What areas differ by anyway (τ, on the logarithm of their ratios, of shares on the logit) is added to chance;
it does not shrink as an
area grows, as multiplying chance would have it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from measures.inference.limits import funnel_limits

CLASSES = ("lower_998", "lower_95", "within", "higher_95", "higher_998")
LEVELS = (0.95, 0.998)
WINSORISED = (
    0.1  # Spiegelhalter's share: the highest and the lowest tenth of the areas do not decide how wide the funnel is
)
_USUAL = 0.6787  # mean square of a normal score, the outer tenths winsorised: 0.8 − 2 z φ(z) + 0.2 z² with z = 1.2816
_HALVINGS = 60


@dataclass(frozen=True)
class Spread:
    """``centre``: observed ÷ expected of the median area; ``tau``: the standard deviation of what areas differ by
    beyond chance (0: nothing)."""

    centre: float = 1.0
    tau: float = 0.0


def spread_of(observed: np.ndarray, expected: np.ndarray, exposure: np.ndarray, view: str) -> Spread:
    """The middle of the areas and how far they lie apart beyond chance.

    τ² is that at which the squared scores log(ratio ÷ centre)² ÷ (v + τ²) of the areas, the outer tenths winsorised,
    have the mean that those of normal
    scores have (Paule and Mandel 1982, J Res Natl Bur Stand 87:377); never below 0. v, the variance by chance, is 1 ÷
    E, of shares 1 ÷ n p (1 − p) on
    the logit; half an event is added to both counts. The moments of scores without τ² (DerSimonian and Laird),
    winsorised, would
    cut the scores of large areas and find too little.
    """
    centre = float(np.median(observed / expected))
    middle = np.maximum(expected * centre, 1e-9)
    if view == "share":
        chance = 1 / np.maximum(middle * (1 - middle / exposure), 1e-9)
        away = _logit(observed + 0.5, exposure + 1) - _logit(middle + 0.5, exposure + 1)
    else:
        chance, away = 1 / (middle + 0.5), np.log((observed + 0.5) / (middle + 0.5))
    if _square(away, chance, 0.0) <= _USUAL:
        return Spread(centre)
    low, high = 0.0, float(np.max(away**2)) * 10 + 1
    for _ in range(_HALVINGS):
        more = (low + high) / 2
        low, high = (more, high) if _square(away, chance, more) > _USUAL else (low, more)
    return Spread(centre, float(np.sqrt((low + high) / 2)))


def _square(away: np.ndarray, chance: np.ndarray, more: float) -> float:
    score = away / np.sqrt(chance + more)
    return float(np.mean(np.clip(score, *np.quantile(score, [WINSORISED, 1 - WINSORISED])) ** 2))


def classes_of(table: pd.DataFrame, spread: Spread, view: str) -> np.ndarray:
    """The class of every area.

    Outside means: beyond the limits drawn, and a count as far from the middle as is by itself as rare as the limits
    say. The second rule matters below about ten expected events: the funnel's lower limit lies above zero even where no
    events at all are nothing unusual (0 where 2 are expected happens 13 times in 100).
    """
    classes = np.where(table["expected"].to_numpy() > 0, 2, -1)
    ratio, rare = table["ratio"].to_numpy(), rarity(table, spread.centre, view)
    for step, level in enumerate(LEVELS, 1):
        low, high = ratio_limits_expected(
            table["exposure"].to_numpy(), table["expected"].to_numpy(), spread, level, view
        )
        unusual = rare < (1 - level) / 2
        classes = np.where((ratio < low) & unusual, 2 - step, np.where((ratio > high) & unusual, 2 + step, classes))
    return np.array([*CLASSES, ""], dtype=object)[classes]


def rarity(table: pd.DataFrame, centre: float, view: str) -> np.ndarray:
    """How often chance alone gives a count as low as the one observed, or as high, whichever is rarer: Poisson, or
    binomial for a share."""
    from scipy.special import betainc, gammainc, gammaincc

    observed, expected, size = (table[name].to_numpy(float) for name in ("observed", "expected", "exposure"))
    expected = expected * centre
    if view == "share":
        spare, part = np.maximum(size - observed, 1e-9), np.minimum(expected / size, 1 - 1e-9)
        return np.minimum(
            betainc(spare, observed + 1, 1 - part),
            np.where(observed > 0, betainc(np.maximum(observed, 1e-9), spare + 1, part), 1.0),
        )
    return np.minimum(gammaincc(observed + 1, expected), np.where(observed > 0, gammainc(observed, expected), 1.0))


def ratio_limits_expected(
    exposure: np.ndarray, expected: np.ndarray, spread: Spread, level: float, view: str
) -> tuple[np.ndarray, np.ndarray]:
    """Limits of observed ÷ expected around the median area: centre × exp(±√(a² + (z τ)²)).

    ``a`` is how far chance alone reaches on the scale of the logarithm, by exact Poisson limits (of a share exact
    binomial ones, on the logit): with
    τ = 0 the limits are the exact ones, with many events exp(±z √(1 ÷ E + τ²)).
    """
    from scipy.special import betaincinv, expit, ndtri

    expected, tail = np.where(expected > 0, expected, np.nan) * spread.centre, (1 - level) / 2
    more = -ndtri(tail) * spread.tau
    if view != "share":
        low, high = (np.log(limit) for limit in funnel_limits(expected, level))
        return spread.centre * np.exp(-np.hypot(low, more)), spread.centre * np.exp(np.hypot(high, more))
    spare, middle = np.maximum(exposure - expected, 1e-9), _logit(expected, exposure)
    low, high = betaincinv(expected, spare + 1, tail), betaincinv(expected + 1, spare, 1 - tail)
    parts = [
        expit(middle - np.hypot(middle - _logit(low, 1.0), more)),
        expit(middle + np.hypot(_logit(high, 1.0) - middle, more)),
    ]
    return tuple(spread.centre * part * exposure / expected for part in parts)


def _logit(part: np.ndarray, whole: np.ndarray | float) -> np.ndarray:
    return np.log(np.maximum(part, 1e-12) / np.maximum(whole - part, 1e-12))
