"""What do many series of one kind say together about how much each of them fluctuates?

Each of a few dozen areas has so few years that its own factor is mostly noise. Its factor is drawn towards what areas
of its size
have, the more so the less the areas differ beyond what estimation alone makes them differ: empirical Bayes (Smyth
2004, SAGMB 3(1):3),
with the mean count as covariate, robust against a few areas that fluctuate far more (Phipson, Lee, Majewski,
Alexander and Smyth 2016,
Ann Appl Stat 10:946), for counts as Lund, Nettleton, McCarthy and Smyth 2012 (SAGMB 11(5)) use it.
"""

from __future__ import annotations

from functools import cache

import numpy as np

FEWEST = 5  # areas; of fewer nothing is learnt for each other
TAILS = (0.05, 0.1)  # of the areas with the smallest and the largest factors that do not decide how alike the areas are
_GRID = np.array([0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 20, 40, 100, 1000])  # degrees of freedom of what areas have in common
_NODES = (np.arange(200) + 0.5) / 200
_LEAST = 1e-4  # of what is usual for its size: a factor below it counts as this


def moderated(own: np.ndarray, df: np.ndarray, mean: np.ndarray, most: float = np.inf) -> tuple[np.ndarray, np.ndarray]:
    """The factors of areas, each drawn towards what is usual for its size, and the degrees of freedom that it then
    rests on.

    ``own``: each area's variance ÷ what chance gives; ``df``: its degrees of freedom (0: unknown); ``mean``: its mean
    count; ``most``:
    the degrees of freedom of all areas together, fewer than their sum where areas move together. With s² ~ σ² χ²(d) ÷
    d and
    σ² ~ s₀² d₀ ÷ χ²(d₀) the factor is (d₀ s₀² + d s²) ÷ (d₀ + d) on d₀ + d degrees of freedom.
    """
    known = (df > 0) & np.isfinite(own)
    if known.sum() < FEWEST:
        return np.where(known, own, np.nan), np.where(known, df, 0.0)
    usual = 1 + extra_variation(own[known], df[known], mean[known]) * mean
    level, common = _prior(own[known] / usual[known], df[known])
    usual, common = usual * level, min(common, most)
    weight = np.full(len(own), common)
    weight[known] = _trusted(own[known] / usual[known], df[known], common)
    filled, own_df = np.where(known, own, 0.0), np.where(known, df, 0.0)
    return (weight * usual + own_df * filled) / (weight + own_df), np.minimum(weight + own_df, most)


def extra_variation(own: np.ndarray, df: np.ndarray, mean: np.ndarray) -> float:
    """c of the usual factor 1 + c · mean: a level that fluctuates by a share √c adds so much to chance (Breslow
    1984); never below 0.

    The c at which the factors ÷ (1 + c · mean) average 1, those beyond the outer tails set to them.
    """
    low, high = 0.0, max(1e-9, float(np.max(own / np.maximum(mean, 1e-9))))
    weight = df / df.sum()
    for _ in range(60):
        c = (low + high) / 2
        ratio = own / (1 + c * mean)
        ratio = np.clip(ratio, *np.quantile(ratio, [TAILS[0], 1 - TAILS[1]]))
        low, high = (c, high) if ratio @ weight > 1 else (low, c)
    return (low + high) / 2


def _prior(ratio: np.ndarray, df: np.ndarray) -> tuple[float, float]:
    """Level s₀² and degrees of freedom d₀ of what areas have in common: d₀ from the spread of the logarithms of their
    factors, s₀² from their mean.

    Both are winsorised, and set against what F(d, d₀) winsorised alike would show. A spread within one standard error
    of estimation alone
    is taken for estimation: a few areas of a few years cannot show that they differ.
    """
    ratio = np.clip(ratio, *np.quantile(ratio, [TAILS[0], 1 - TAILS[1]]))
    means, spreads, error = _expected(round(float(np.median(df)), 1))
    spread = np.log(np.maximum(ratio, _LEAST)).var() * len(ratio) / (len(ratio) - 1) - error / np.sqrt(len(ratio))
    common = float(np.exp(np.interp(-spread, -spreads, np.log(_GRID))))
    return float((ratio @ df / df.sum()) / np.interp(np.log(common), np.log(_GRID), means)), common


@cache
def _expected(df: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Mean, and variance of the logarithm, of F(d, d₀) winsorised, for every d₀ of the grid; and √n × the standard
    error of the variance at the last."""
    from scipy.stats import f

    values = np.maximum(f.ppf(_NODES[None], df, _GRID[:, None]), _LEAST)
    low, high = np.quantile(values, [TAILS[0], 1 - TAILS[1]], axis=1, keepdims=True)
    values = np.clip(values, low, high)
    logs = np.log(values)
    return values.mean(axis=1), logs.var(axis=1), float(((logs[-1] - logs[-1].mean()) ** 2).std())


def _trusted(ratio: np.ndarray, df: np.ndarray, common: float) -> np.ndarray:
    """How many degrees of freedom of the others each area is given: fewer where its factor is too large to be one of
    them.

    Phipson and others 2016, section 4: the probability of belonging is that of so large a factor ÷ how often one so
    large was seen.
    """
    from scipy.stats import f

    tail = np.maximum(f.sf(ratio, df, common), 1e-300)
    order = np.argsort(tail)
    seen = np.empty(len(tail))
    seen[order] = (np.arange(len(tail)) + 0.5) / len(tail)
    belongs = np.minimum(tail / seen, 1)
    if belongs.min() == 1:
        return np.full(len(tail), common)
    odd = np.log(0.5) / np.log(tail.min()) * common  # with so few the largest factor is no longer a surprise
    degrees = belongs * common + (1 - belongs) * min(odd, common)
    degrees[order] = np.maximum.accumulate(degrees[order])
    return degrees
