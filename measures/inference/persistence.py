"""How alike are neighbouring months, and what does that do to a factor that was estimated from a few years?

A bend fitted over five years also takes out slow turns of the level, which two years set beside each other do show.
How much it takes
out follows from the autocorrelation of the months by linear algebra alone; the autocorrelation is that of all areas
together, found by
setting the autocovariances of their residuals against what a fit leaves of them (moments; Cressie 1993, 2.4 for the
principle).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import nnls

LAGS = 7  # autocovariances that are set against what is expected: of a month with itself up to six months apart
_GRID = (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97)


@dataclass(frozen=True)
class Persistence:
    """Independent variance (``white``) and that of a level which is ``rho`` times as alike from one period to the
    next (``latent``)."""

    white: float = 1.0
    latent: float = 0.0
    rho: float = 0.0

    def covariance(self, positions: np.ndarray) -> np.ndarray:
        """Of the periods ``at`` with each other."""
        return self.white * np.eye(len(positions)) + self.latent * _alike(positions, self.rho)


def _alike(positions: np.ndarray, rho: float) -> np.ndarray:
    return float(rho) ** np.abs(np.subtract.outer(positions, positions))


def persistence(
    residuals: np.ndarray, positions: np.ndarray, design: np.ndarray, rhos: tuple[float, ...] = _GRID
) -> Persistence:
    """Of Pearson's residuals ``[series, period]`` of models with that design; of several series together."""
    forms = _expected(positions.tobytes(), design.tobytes(), design.shape)
    apart = np.subtract.outer(positions, positions)
    products = residuals.T @ residuals / len(residuals)
    observed = np.array([products[apart == lag].sum() / max((apart == lag).sum(), 1) for lag in range(LAGS)])
    closest, least = Persistence(), np.inf
    for rho in rhos:
        (white, latent), away = nnls(forms[rho], observed)
        if away < least:
            closest, least = Persistence(float(white), float(latent), rho), away
    return closest if closest.white + closest.latent > 0 else Persistence()


@lru_cache(maxsize=64)
def _expected(positions: bytes, design: bytes, shape: tuple[int, int]) -> dict[float, np.ndarray]:
    """For every fading of the grid, the autocovariances ``[lag, (white, latent)]`` that a fit leaves of a unit
    variance of either kind."""
    positions, left_over = np.frombuffer(positions, dtype=int), _kept(np.frombuffer(design).reshape(shape))
    apart = np.subtract.outer(positions, positions)
    lags = [(apart == lag, max((apart == lag).sum(), 1)) for lag in range(LAGS)]
    closest = {}
    for rho in _GRID:
        residue = [left_over @ form @ left_over for form in (np.eye(len(positions)), _alike(positions, rho))]
        closest[rho] = np.array([[form[lag].sum() / pairs for form in residue] for lag, pairs in lags])
    return closest


def _kept(design: np.ndarray) -> np.ndarray:
    """What a least-squares fit leaves of a series."""
    return np.eye(len(design)) - design @ np.linalg.pinv(design)


@lru_cache(maxsize=512)
def _left(positions: bytes, design: bytes, shape: tuple[int, int], width: int) -> np.ndarray:
    """What a fit leaves of the sums of windows, as a form of two periods."""
    rows = windows(np.frombuffer(positions, dtype=int), width) @ _kept(np.frombuffer(design).reshape(shape))
    return rows.T @ rows


def windows(positions: np.ndarray, width: int) -> np.ndarray:
    """Ones where a window holds a period, ``[window, period]``: ``width`` neighbours that reach over at most one
    period left out."""
    starts = [
        start for start in range(len(positions) - width + 1) if positions[start + width - 1] - positions[start] <= width
    ]
    rows = np.zeros((len(starts), len(positions)))
    for row, start in zip(rows, starts, strict=True):
        row[start : start + width] = 1
    return rows


def taken_out(
    alike: Persistence, positions: np.ndarray, design: np.ndarray, width: int, year: int
) -> tuple[float, float]:
    """By how much a factor must be multiplied for what the fit took out, and how many degrees of freedom it has.

    The factor wanted is that of the difference of two windows of ``width`` periods a year apart; its degrees of
    freedom are Satterthwaite's,
    (tr AV)² ÷ tr (AV)².
    """
    form = _left(positions.tobytes(), design.tobytes(), design.shape, width)
    product = form @ alike.covariance(positions)
    two = np.concatenate([np.arange(width), np.arange(width) + year])
    signs = np.repeat([-1.0, 1.0], width)
    wanted = signs @ alike.covariance(two) @ signs / (2 * width)
    seen = np.trace(product) / np.trace(form)
    return float(wanted / seen), float(np.trace(product) ** 2 / np.sum(product * product.T))
