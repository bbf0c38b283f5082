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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from measures.inference.limits import funnel_limits

CLASSES = ("lower_998", "lower_95", "within", "higher_95", "higher_998")
LEVELS = (0.95, 0.998)
WINSORISED = (
    0.1  # Spiegelhalter's share: the highest and the lowest tenth of the areas do not decide how wide the funnel is
)
_USUAL = 0.6787  # mean square of a normal score, the outer tenths winsorised: 0.8 − 2 z φ(z) + 0.2 z² with z = 1.2816
_HALVINGS = 60
Columns = Mapping[str, np.ndarray]  # of a table of areas, each with a value for every row


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
        if more in (low, high):
            break
        low, high = (more, high) if _square(away, chance, more) > _USUAL else (low, more)
    return Spread(centre, float(np.sqrt((low + high) / 2)))


def _square(away: np.ndarray, chance: np.ndarray, more: float) -> float:
    """The mean square of the scores, the outer tenths winsorised: at quantiles between two neighbours of the order."""
    score = away / np.sqrt(chance + more)
    ordered = np.sort(score)
    low, high = (_quantile(ordered, share) for share in (WINSORISED, 1 - WINSORISED))
    return float(np.mean(np.minimum(np.maximum(score, low), high) ** 2))


def _quantile(ordered: np.ndarray, share: float) -> float:
    """What ``np.quantile`` gives of numbers that stand in order, at a tenth of its cost."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def classes_of(columns: Columns, centre: float, taus: Sequence[float], view: str) -> list[np.ndarray]:
    """The class of every area, once for each ``tau``; columns as of ``measures.maps.funnel.Funnel.table``.

    Outside means: beyond the limits drawn, and a count as far from the middle as is by itself as rare as the limits
    say. The second rule matters below about ten expected events: the funnel's lower limit lies above zero even where no
    events at all are nothing unusual (0 where 2 are expected happens 13 times in 100).
    """
    exposure, expected, ratio = (columns[name] for name in ("exposure", "expected", "ratio"))
    rare, within = _rarity(columns, centre, view), np.where(expected > 0, 2, -1)
    numbers = [within.copy() for _ in taus]
    for step, level in enumerate(LEVELS, 1):
        limits, unusual = _Limits.of(exposure, expected, centre, level, view), rare < (1 - level) / 2
        for classes, tau in zip(numbers, taus, strict=True):
            low, high = limits.widened(tau)
            classes[(ratio < low) & unusual] = 2 - step
            classes[(ratio > high) & unusual] = 2 + step
    names = np.array([*CLASSES, ""], dtype=object)
    return [names[classes] for classes in numbers]


def _rarity(columns: Columns, centre: float, view: str) -> np.ndarray:
    """How often chance alone gives a count as low as the one observed, or as high, whichever is rarer: Poisson, or
    binomial for a share."""
    from scipy.special import betainc, gammainc, gammaincc

    observed, expected, size = (columns[name] for name in ("observed", "expected", "exposure"))
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
    return _Limits.of(exposure, expected, spread.centre, level, view).widened(spread.tau)


@dataclass(frozen=True)
class _Limits:
    """How far chance alone reaches below and above the median area, before areas are let differ: ``low`` and ``high``
    on the scale of the logarithm, of shares on the logit, where the median area lies at ``middle``; ``whole``: what a
    share of one would be as observed ÷ expected (None: no shares). ``z``: of the level."""

    centre: float
    z: float
    low: np.ndarray
    high: np.ndarray
    middle: np.ndarray | float = 0.0
    whole: np.ndarray | None = None

    @classmethod
    def of(cls, exposure: np.ndarray, expected: np.ndarray, centre: float, level: float, view: str) -> _Limits:
        from scipy.special import betaincinv, ndtri

        expected, tail = np.where(expected > 0, expected, np.nan) * centre, (1 - level) / 2
        z = -ndtri(tail)
        if view != "share":
            low, high = (np.log(limit) for limit in funnel_limits(expected, level))
            return cls(centre, z, -low, high)
        spare, middle = np.maximum(exposure - expected, 1e-9), _logit(expected, exposure)
        low, high = betaincinv(expected, spare + 1, tail), betaincinv(expected + 1, spare, 1 - tail)
        below, above = middle - _logit(low, 1.0), _logit(high, 1.0) - middle
        return cls(centre, z, below, above, middle, exposure / expected)

    def widened(self, tau: float) -> tuple[np.ndarray, np.ndarray]:
        """Limits of observed ÷ expected where areas differ by ``tau`` beyond chance."""
        from scipy.special import expit

        below, above = (
            self.middle + side * np.hypot(reach, self.z * tau) for side, reach in ((-1, self.low), (1, self.high))
        )
        if self.whole is None:
            return self.centre * np.exp(below), self.centre * np.exp(above)
        return self.centre * expit(below) * self.whole, self.centre * expit(above) * self.whole


def _logit(part: np.ndarray, whole: np.ndarray | float) -> np.ndarray:
    return np.log(np.maximum(part, 1e-12) / np.maximum(whole - part, 1e-12))
