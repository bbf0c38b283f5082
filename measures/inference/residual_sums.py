"""How far do months, and years of months, lie from what a trend and the season led one to expect?

A Poisson model (binomial for a share) with the months of the year and a trend that may bend once; the sums of its
residuals over a window,
squared, are set against what chance alone would give them. Without the bend every slow turn of the level would count
as fluctuation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from measures.inference.glm import crossed, expected, inverse
from measures.inference.moderation import moderated
from measures.inference.persistence import Persistence, persistence, taken_out, windows

FEWEST = 5  # areas whose months tell together how alike neighbouring months are
_NOTHING = 1e-6  # events expected: none


@dataclass(frozen=True)
class Fits:
    """Series that rest on the same periods: ``numbers`` are theirs; ``residuals`` are Pearson's, NaN where no model
    was fitted.

    ``raw``: variance ÷ what chance gives, of one period and of a year's sum, ``[2, series]``; ``mean``: events
    expected of a period.
    """

    numbers: np.ndarray
    positions: np.ndarray
    design: np.ndarray
    raw: np.ndarray
    mean: np.ndarray
    residuals: np.ndarray


def fits(counts: list[np.ndarray], numbers: np.ndarray, positions: np.ndarray, season: np.ndarray, year: int) -> Fits:
    """Fit the series ``numbers`` of ``counts`` at the periods ``at``. A series without any event has a factor of 1
    and a mean of 0."""
    parts = [counted[np.ix_(numbers, positions)] for counted in counts]
    design = design_of(positions, season, year)
    raw, mean, residuals = np.ones((2, len(numbers))), np.zeros(len(numbers)), np.full(parts[0].shape, np.nan)
    odd = (parts[0] > parts[1]).any(axis=1) if len(parts) == 2 else np.zeros(len(numbers), dtype=bool)
    raw[:, odd] = np.nan
    some = np.flatnonzero(~odd & (parts[0].sum(axis=1) > 0))
    for terms in (
        design,
        design[:, :1],
    ):  # where events are so few, so placed, that neither season nor trend can be fitted: their mean
        part, whole = parts[0][some], parts[1][some] if len(parts) == 2 else None
        fitted, variance = expected(part, whole, terms)
        good = (np.abs(fitted.sum(axis=1) / part.sum(axis=1) - 1) < 1e-6) & (
            _lively(part, season) <= (fitted > _NOTHING)
        ).all(axis=1)
        left, chance = (part - fitted)[good], variance[good]
        for row, width in enumerate((1, year)):
            raw[row, some[good]] = excess(left, chance, terms, windows(positions, width))
        mean[some[good]] = chance.mean(axis=1)
        residuals[some[good]] = left / np.sqrt(np.maximum(chance, _NOTHING))
        some = some[~good]
    return Fits(numbers, positions, design, raw, mean, residuals)


def _lively(part: np.ndarray, season: np.ndarray) -> np.ndarray:
    """Where the month of the year has any event at all: the trend may not explain its quiet years away."""
    months = season[:, None] == np.unique(season)
    return (part @ months > 0)[:, np.searchsorted(np.unique(season), season)]


def design_of(positions: np.ndarray, season: np.ndarray, year: int) -> np.ndarray:
    trend = (positions - positions.mean()) / len(positions)
    return np.column_stack(
        [np.ones(len(positions)), trend, trend**2, *(season == month for month in range(1, year))]
    ).astype(float)


def excess(residuals: np.ndarray, variance: np.ndarray, design: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Variance of sums of residuals ÷ what independent events would give them, of each series ``[series, period]``.

    For single periods this is Pearson's chi-squared ÷ (n − p) (McCullagh and Nelder 1989, 4.5); for longer windows the
    expectation takes into account what the fitted trend and season take out of each sum.
    """
    inside = inverse(crossed(design, variance))
    taken = np.einsum("wn,sn,np->swp", sums, variance, design, optimize=True)
    chance, sums_left = variance @ sums.T, residuals @ sums.T
    some = chance > (
        1e-6 if sums[0].sum() == 1 else 1
    )  # a year in which not one event is expected says nothing of sums
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = np.where(some, sums_left**2 / chance, 0).sum(axis=1)
        usual = np.where(some, 1 - ((taken @ inside) * taken).sum(axis=2) / chance, 0).sum(axis=1)
        return np.where(usual > 1e-6, squares / usual, 1.0)


def of_months(all_fits: list[Fits], inside: np.ndarray, year: int) -> tuple[np.ndarray, np.ndarray]:
    """Factors and degrees of freedom ``[2, series]`` of a category, of single periods and of a year's sums; NaN and 0
    where none is known.

    Those ``inside`` (areas of the place) tell together how alike neighbouring months are, and are moderated together.
    """
    factor, df, mean = np.full((2, len(inside)), np.nan), np.zeros((2, len(inside))), np.zeros(len(inside))
    fitted = [(fit, inside[fit.numbers] & np.isfinite(fit.residuals).all(axis=1)) for fit in all_fits]
    fullest, members = max(fitted, key=lambda pair: pair[1].sum())
    known: dict[tuple, tuple[float, float]] = {}
    shared = (
        persistence(fullest.residuals[members], fullest.positions, fullest.design) if members.sum() >= FEWEST else None
    )
    for fit in all_fits:
        mean[fit.numbers] = fit.mean
        for member, number in enumerate(fit.numbers):
            alike = shared if shared and inside[number] else _own(fit, member, shared)
            for row, width in enumerate((1, year)):
                if fit.mean[member] > 0 and len(fit.positions) > width:
                    key = id(fit.positions), alike, width
                    known[key] = known.get(key) or taken_out(alike, fit.positions, fit.design, width, year)
                    factor[row, number] = fit.raw[row, member] * known[key][0]
                    df[row, number] = known[key][1] / (
                        1 + 0.5 / (fit.mean[member] * width)
                    )  # of few events a square varies more
    worth = independent(fullest.residuals[members])
    for row, width in enumerate((1, year)):
        own = df[row, inside & (df[row] > 0)]
        most = worth * float(own.mean()) if len(own) else np.inf
        factor[row, inside], df[row, inside] = moderated(
            factor[row, inside], df[row, inside], mean[inside] * width, most
        )
    return factor, df


def _own(fit: Fits, member: int, shared: Persistence | None) -> Persistence:
    """How alike the months of a single series are: with the same fading as those of the areas, where there are
    areas."""
    residuals = fit.residuals[[member]]
    if not np.isfinite(residuals).all():
        return Persistence()
    return (
        persistence(residuals, fit.positions, fit.design, (shared.rho,))
        if shared
        else persistence(residuals, fit.positions, fit.design)
    )


def independent(residuals: np.ndarray) -> float:
    """As many areas as move independently would tell as much as these, which move together: n ÷ (1 + (n − 1) · mean
    r²), r² beyond chance."""
    number, length = residuals.shape
    if number < 2:
        return float(number)
    with np.errstate(invalid="ignore", divide="ignore"):
        alike = np.corrcoef(residuals) ** 2
    mean = (np.nansum(alike) - number) / (number * (number - 1))
    return number / (1 + (number - 1) * max(0.0, mean - 1 / (length - 1)))
