"""What remains of a count when the usual season of its month is taken out?

STL: Cleveland, Cleveland, McRae and Terpenning (1990), "STL: A Seasonal-Trend Decomposition Procedure Based on Loess",
Journal of Official Statistics 6(1), by statsmodels; robust, so that an unusual year (2020) does not bend the season.
"""

from __future__ import annotations

import numpy as np

SHORTEST = 36  # months; a season is not told from chance by fewer than three of each month
FEWEST = 5.0  # events a month on average; below, what is called season is chance
SURE = 0.01  # how rarely chance alone may show as much of a season as is found (Kruskal and Wallis; Friedman)
_STILL = 1e-9
_YEAR = 12
# Spans of the smoothing in months, and how far apart it is worked out: every tenth of a span, as in the authors'
# program
_STL = {"period": _YEAR, "seasonal": 13, "robust": True, "seasonal_jump": 2, "trend_jump": 3, "low_pass_jump": 2}


def season_of(scaled: np.ndarray, spans: dict = _STL, rounds: dict | None = None) -> np.ndarray:
    """The seasonal part of a monthly series without gaps, on the scale that it is given in. ``rounds``: how often it is
    smoothed.
    """
    from statsmodels.tsa.seasonal import STL  # slow to import, and most figures were adjusted by the build

    return STL(scaled, **spans).fit(**(rounds or {})).seasonal


def has_season(scaled: np.ndarray) -> bool:
    """Do the months of the year differ by more than chance, once the level is taken out (a line through the means of
    the years)?

    Kruskal and Wallis over the months and Friedman over whole years, either below ``SURE``; both on ranks, so that one
    odd year decides nothing
    (ESS guidelines on seasonal adjustment 2024, item 3.1: test for a season first). A series that does not move at all
    has none.
    """
    from scipy.stats import friedmanchisquare, kruskal

    left = _without_level(scaled[len(scaled) % _YEAR :])
    if np.ptp(left) < _STILL:
        return False
    months = list(np.round(left, 9).reshape(-1, _YEAR).T)
    return bool(min(kruskal(*months).pvalue, friedmanchisquare(*months).pvalue) < SURE)


def _without_level(years: np.ndarray) -> np.ndarray:
    """Whole years without a line through their means, at either end as steep as between the two nearest."""
    means = years.reshape(-1, _YEAR).mean(axis=1)
    middles = np.concatenate([[-1], np.arange(len(means)), [len(means)]]) * _YEAR + (_YEAR - 1) / 2
    known = np.concatenate([[2 * means[0] - means[1]], means, [2 * means[-1] - means[-2]]])
    return years - np.interp(np.arange(len(years)), middles, known)


def without_season(counts: np.ndarray, final: np.ndarray) -> np.ndarray:
    """A stretch of monthly counts without gaps or breaks, seasonally adjusted; NaN all through where it is too short,
    too small or has no season.

    The season is worked out on the log scale, or on that of the square root where a zero stands, from ``final`` months
    only; the provisional ones at the end are given the season of the same month a year before.
    """
    known = int(np.flatnonzero(final)[-1]) + 1 if final.any() else 0
    if known < SHORTEST or counts[:known].mean() < FEWEST:
        return np.full(len(counts), np.nan)
    zeros = (counts == 0).any()
    scaled = np.sqrt(counts) if zeros else np.log(counts)
    if not has_season(scaled[:known]):
        return np.full(len(counts), np.nan)
    season = season_of(scaled[:known])
    for month in range(known, len(counts)):
        season = np.append(season, season[month - _YEAR])
    level = scaled - season
    return np.maximum(level, 0) ** 2 if zeros else np.exp(level)


def stretches(values: np.ndarray, cuts: list[int]) -> list[slice]:
    """The longest runs of values without a gap and without a cut inside; a cut is the number of the first value after
    it.
    """
    known = np.isfinite(values)
    starts = [start for start in np.flatnonzero(known) if start == 0 or not known[start - 1] or start in cuts]
    ends = [
        start + 1
        for start in np.flatnonzero(known)
        if start + 1 == len(values) or not known[start + 1] or start + 1 in cuts
    ]
    return [slice(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
