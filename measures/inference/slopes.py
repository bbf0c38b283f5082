"""How steep is a line through a few years, and how sure is it where neighbouring years are alike?

Ordinary errors take years for independent; years that drift together then look like a trend (Granger and Newbold
1974). Here the
autocorrelation of the residuals is estimated, corrected for what a line through a few years takes out of it (Bence
1995, Ecology
76:628), and the error of the slope, the residual variance and its degrees of freedom follow from it by linear
algebra: with an
autocorrelation of ρ the years are worth about n · (1 − ρ) ÷ (1 + ρ) independent ones (Hamed and Rao 1998, J Hydrology
204:182).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEVEL = 0.05
_GRID = np.append(np.arange(0, 0.9, 0.05), [0.9, 0.93, 0.95])
_NEAR = 1e-10
_ROUNDS = 50


@dataclass(frozen=True)
class Slope:
    """Change a year (of the logarithm, or in the units of the figure), its limits and p; ``rho``: autocorrelation
    from year to year; ``df``: degrees of freedom."""

    slope: float
    low: float
    high: float
    p: float
    rho: float
    df: float


def slope_of_counts(events: np.ndarray, exposure: np.ndarray) -> Slope:
    """Of the logarithm of ``events`` over ``exposure``, one pair a year: a Poisson model, its variance never below
    that of chance."""
    years = np.arange(len(events)) - (len(events) - 1) / 2
    design = np.column_stack([np.ones(len(years)), years])
    line = np.array([np.log(events.sum() / exposure.sum()), 0.0])
    for _ in range(_ROUNDS):
        mean = exposure * np.exp(design @ line)
        step = np.linalg.solve(design.T @ (mean[:, None] * design), design.T @ (events - mean))
        line = line + step
        if np.abs(step).max() < _NEAR:
            break
    mean = exposure * np.exp(design @ line)
    weight = np.sqrt(mean)
    return _slope(line[1], (events - mean) / weight, weight[:, None] * design, 1.0)


def slope_of_points(values: np.ndarray, chance: float) -> Slope:
    """Of ``values`` in their own units, by least squares; ``chance``: the variance that chance alone gives one of
    them."""
    years = np.arange(len(values)) - (len(values) - 1) / 2
    design = np.column_stack([np.ones(len(years)), years])
    line = np.linalg.lstsq(design, values, rcond=None)[0]
    return _slope(line[1], values - design @ line, design, chance)


def _slope(slope: float, residuals: np.ndarray, design: np.ndarray, chance: float) -> Slope:
    from scipy.stats import t

    rho = autocorrelation(residuals, design)
    spread = _alike(len(residuals), rho)
    left_over = _kept(design)
    left = left_over @ spread
    scale, df = float(residuals @ residuals / np.trace(left)), float(np.trace(left) ** 2 / np.sum(left * left.T))
    df = min(df, max(2.0, len(residuals) * (1 - rho) / (1 + rho) - 2))
    if scale <= chance:  # no more than chance, which knows no autocorrelation
        scale, df, spread, rho = chance, np.inf, np.eye(len(residuals)), 0.0
    inside = np.linalg.inv(design.T @ design)
    error = float(np.sqrt(scale * (inside @ design.T @ spread @ design @ inside)[1, 1]))
    reach = float(t.isf(LEVEL / 2, df)) * error
    p = 2 * float(t.sf(abs(slope) / error, df)) if error > 0 else float(slope == 0)
    return Slope(float(slope), float(slope - reach), float(slope + reach), p, rho, df)


def autocorrelation(residuals: np.ndarray, design: np.ndarray) -> float:
    """From one year to the next, between 0 and 0.95: the ρ at which a fit would leave as much of it as these
    residuals show."""
    total = float(residuals @ residuals)
    if total <= 0:
        return 0.0
    left_over = _kept(design)
    forms = [left_over @ _alike(len(residuals), rho) @ left_over for rho in _GRID]
    usual = np.array([np.trace(form, 1) / np.trace(form) for form in forms])
    return float(np.interp(residuals[1:] @ residuals[:-1] / total, np.maximum.accumulate(usual), _GRID))


def _alike(length: int, rho: float) -> np.ndarray:
    return float(rho) ** np.abs(np.subtract.outer(np.arange(length), np.arange(length)))


def _kept(design: np.ndarray) -> np.ndarray:
    return np.eye(len(design)) - design @ np.linalg.pinv(design)
