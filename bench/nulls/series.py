"""Series without true change, made as the published ones behave, and the product's judgement of their last period."""

from __future__ import annotations

import numpy as np
from scipy.optimize import nnls

from measures.figures.estimates import from_months, from_years
from measures.inference.limits import Noise, ratio_limits, share_difference

_RHOS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
_MATCHED = (0, 1, 2, 3, 4)  # lags whose autocovariances are matched


def level(rng: np.random.Generator, shape: tuple[int, int], rho: float, sd: float, common: float = 0.0) -> np.ndarray:
    """Logarithms of a level ``[series, period]`` that returns to its mean; ``common``: the part of its variance that
    all series share."""
    rows = rng.normal(size=(shape[0] + 1, shape[1]))
    for month in range(1, shape[1]):
        rows[:, month] = rho * rows[:, month - 1] + np.sqrt(1 - rho**2) * rows[:, month]
    return sd * (np.sqrt(common) * rows[:1] + np.sqrt(1 - common) * rows[1:])


def matched(counts: np.ndarray, months: np.ndarray, season: np.ndarray) -> tuple[float, float, float, float]:
    """ρ and sd of the level, sd of the white noise, and the mean correlation of the areas, of the logarithms of
    ``counts`` without season and bend."""
    trend = (months - months.mean()) / len(months)
    design = np.column_stack(
        [np.ones(len(months)), trend, trend**2, *(season == month_of_year for month_of_year in range(1, 12))]
    ).astype(float)
    residual = np.eye(len(months)) - design @ np.linalg.pinv(design)
    left, apart = np.log(counts + 0.5) @ residual, np.subtract.outer(months, months)
    chance = residual * np.mean(1 / counts.mean(axis=1))
    observed = np.array([((left.T @ left / len(left) - chance @ residual) * (apart == lag)).sum() for lag in _MATCHED])
    fits = []
    for rho in _RHOS:
        forms = [residual @ form @ residual for form in (np.eye(len(months)), rho ** np.abs(apart))]
        parts, away = nnls(np.array([[(form * (apart == lag)).sum() for form in forms] for lag in _MATCHED]), observed)
        fits.append((away, rho, *np.sqrt(parts)))
    _, rho, white, latent = min(fits)
    alike = np.corrcoef(left)
    return rho, float(latent), float(white), float((alike.sum() - len(alike)) / (len(alike) * (len(alike) - 1)))


def judged_months(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """p of the last month and of the last twelve against those of a year before, of every series."""
    noise = from_months(
        [counts], np.ones(counts.shape, dtype=bool), [[] for _ in counts], np.ones(len(counts), dtype=bool), 0
    )
    factor, df = noise.factor[..., 0], noise.df[..., 0]
    return (
        ratio_limits(counts[:, -1], 1, counts[:, -13], 1, Noise(factor[0], df[0]))[3],
        ratio_limits(counts[:, -12:].sum(axis=1), 1, counts[:, -24:-12].sum(axis=1), 1, Noise(factor[1], df[1]))[3],
    )


def judged_years(counts: np.ndarray) -> np.ndarray:
    """p of the last year against the year before, of every series."""
    noise = from_years(
        [counts], np.ones(counts.shape, dtype=bool), [[] for _ in counts], np.ones(len(counts), dtype=bool), 1
    )
    return ratio_limits(counts[:, -1], 1, counts[:, -2], 1, Noise(noise.factor[0, :, -1], noise.df[0, :, -1]))[3]


def judged_shares(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """p of the last quarter against that of a year before."""
    inside = np.full(len(part), len(part) > 1)
    noise = from_years([part, whole], np.ones(part.shape, dtype=bool), [[] for _ in part], inside, 4)
    return share_difference(
        part[:, -1], whole[:, -1], part[:, -5], whole[:, -5], Noise(noise.factor[0, :, -1], noise.df[0, :, -1])
    )[3]
