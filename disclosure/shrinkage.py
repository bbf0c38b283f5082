"""Means and variances of few observations each, drawn towards what all of them share (empirical Bayes)."""

from __future__ import annotations

import numpy as np

_ALMOST_ALL = 1e4  # degrees of freedom that count as all


def moderated(own: np.ndarray, df: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Variances drawn towards what is usual, and their degrees of freedom (Smyth 2004, section 6.2)."""
    from scipy.special import digamma, polygamma

    known = np.isfinite(own)
    if known.sum() < 2:
        usual = float(own[known].mean()) if known.any() else 0.01
        return np.where(known, own, usual), df
    logs = np.log(own[known]) - digamma(df[known] / 2) + np.log(df[known] / 2)
    spread = logs.var(ddof=1) - polygamma(1, df[known] / 2).mean()
    grid = np.geomspace(0.5, _ALMOST_ALL, 400)
    common = float(grid[np.argmin(np.abs(polygamma(1, grid / 2) - spread))]) if spread > 0 else _ALMOST_ALL
    level = float(np.exp(logs.mean() + digamma(common / 2) - np.log(common / 2)))
    filled = np.where(known, own, level)
    return (common * level + df * filled) / (common + df), common + df


def pooled(means: np.ndarray, error: np.ndarray) -> tuple[float, float]:
    """The mean of all groups, and the variance of the groups' true means around it (DerSimonian and Laird 1986)."""
    weight = 1 / error
    common = float(means @ weight / weight.sum())
    if len(means) < 2:
        return common, 0.0
    excess = float(weight @ (means - common) ** 2) - (len(means) - 1)
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    between = max(0.0, excess / scale)
    weight = 1 / (error + between)
    return float(means @ weight / weight.sum()), between
