"""How much more does a series fluctuate than chance alone would make it?

Counted events that come one by one, independently, vary by chance with a variance equal to their number. Offences do not:
weather, holidays, campaigns and late entries move them together. The factor between the two is estimated here, once at
build time for every series, and every comparison of a count, rate or share is widened by it.
"""

from __future__ import annotations

import warnings
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from loaders import periods
from measures import built
from measures.cards import MeasureCard
from measures.figures import divided
from measures.pairs import cut_positions, doubt_of
from measures.shelf import Shelf
from measures.verdict import TESTED

SEASONS = 3  # years of final figures needed before a factor is estimated from months or quarters
_FILE = "dispersion.json"
LEAST, MOST = 5, 60  # and at least, at most, so many periods


@dataclass(frozen=True)
class Dispersion:
    """Observed variance ÷ variance by chance: of a single period (``one``) and of a year's sum (``year``), never below 1.

    ``periods``: how many the estimate rests on; 0 where they are too few to say, and then both factors are 1.
    """

    one: float = 1.0
    year: float = 1.0
    periods: int = 0


def dispersion(shelf: Shelf, dataset: str, variables: tuple[str, ...], category: str, area: str) -> Dispersion:
    """The factor of a series of the default release: as the build stored it, or estimated now."""
    return _stored(shelf, dataset).get(_key(variables, category, area)) or estimate(shelf, dataset, variables, category, area)


def scale_of(shelf: Shelf, card: MeasureCard, view: str, category: str, area: str, width: int) -> float:
    """The factor that widens the comparison of two figures of ``width`` periods; NaN where none is known or asked for."""
    if not (card.tested and view in TESTED):
        return np.nan
    found = dispersion(shelf, card.dataset, divided(card, view), category, area)
    return np.nan if found.periods == 0 else found.one if width == 1 else found.year


@lru_cache(maxsize=4096)
def estimate(shelf: Shelf, dataset: str, variables: tuple[str, ...], category: str, area: str) -> Dispersion:
    """Estimate from the latest stretch between two cuts that has enough final figures, at most the latest 60 of them.

    A Poisson model (binomial for a share) with a trend that may bend once (a straight one for years, which are few) and the
    months of the year says what was to be expected; the sums of the residuals over a window of periods, squared, are set
    against what chance alone would give them.
    """
    table, source = shelf.table(dataset), shelf.cards[dataset]
    series = [table.series(name, category, area) for name in variables]
    final = np.all([np.isfinite(one.values) & [doubt_of(*cell) == "" for cell in _cells(one)] & (one.statuses != "u") for one in series], axis=0)
    year = periods.per_year(table.periods[0])
    edges = [0, *sorted(cut_positions(source, table.periods, area, category)), len(final)]
    for first, end in reversed(list(pairwise(edges))):
        at = np.flatnonzero(final[first:end])[-MOST:] + first
        if len(at) >= max(LEAST, SEASONS * year if year > 1 else 0):
            season = (periods.ordinal(table.periods[0]) + at) % year
            return _estimated([one.values[at] for one in series], at, season, year)
    return Dispersion()


def _cells(series):
    return zip(series.statuses, series.reasons, strict=True)


def _estimated(counts: list[np.ndarray], at: np.ndarray, season: np.ndarray, year: int) -> Dispersion:
    if counts[0].sum() == 0:
        return Dispersion(periods=len(at))
    if len(counts) == 2 and (counts[0] > counts[1]).any():
        return Dispersion()
    design = _design(at, season, year)
    expected, variance = _expected(counts, design)
    if not abs(expected.sum() / counts[0].sum() - 1) < 1e-6:  # so few events, so placed, that neither season nor trend can be fitted
        design = design[:, :1]
        expected, variance = _expected(counts, design)
    one, whole = (excess(counts[0] - expected, variance, design, width) for width in (1, year))
    return Dispersion(max(1.0, one), max(1.0, one, whole), len(at))


def _design(at: np.ndarray, season: np.ndarray, year: int) -> np.ndarray:
    trend = (at - at.mean()) / len(at)
    bend = [trend**2] if year > 1 else []  # without it every slow turn of the level would count as fluctuation
    return np.column_stack([np.ones(len(at)), trend, *bend, *(season == one for one in range(1, year))]).astype(float)


def _expected(counts: list[np.ndarray], design: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the model expects in each period, and the variance that chance alone would give it; NaN where it cannot be fitted."""
    from statsmodels.genmod.families import Binomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a month of the year without any event has no finite effect; its expectation is right
        part, whole = (counts[0], np.ones(len(design))) if len(counts) == 1 else counts
        model = GLM(part, design, family=Poisson()) if len(counts) == 1 else GLM(np.column_stack([part, whole - part]), design, family=Binomial())
        try:
            rate = np.asarray(model.fit().fittedvalues)
        except ValueError:
            rate = np.full(len(design), np.nan)
    return whole * rate, whole * rate * (1 - rate if len(counts) == 2 else 1)


def excess(residuals: np.ndarray, variance: np.ndarray, design: np.ndarray, width: int) -> float:
    """Variance of sums of ``width`` residuals ÷ what independent events would give them.

    For one period this is Pearson's chi-squared ÷ (n − p) (McCullagh and Nelder 1989, 4.5); for longer windows the
    expectation takes into account what the fitted trend and season take out of each sum.
    """
    weighed = design * variance[:, None]
    left = np.diag(variance) - weighed @ np.linalg.pinv(design.T @ weighed) @ weighed.T
    window = np.lib.stride_tricks.sliding_window_view(np.eye(len(residuals)), width, axis=0).sum(axis=2)
    chance = window @ variance
    some = chance > (1e-6 if width == 1 else 1)  # a year in which not one event is expected says nothing of sums
    if not some.any():
        return 1.0
    window, chance = window[some], chance[some]
    found, usual = (window @ residuals) ** 2 / chance, np.einsum("ij,jk,ik->i", window, left, window) / chance
    return float(found.sum() / usual.sum()) if usual.sum() > 1e-6 else 1.0


def write(shelf: Shelf, dataset: str) -> Path:
    """Estimate every series of the dataset's measures and store it for the server."""
    card, table = shelf.cards[dataset], shelf.table(dataset)
    asked = {divided(one, view) for one in shelf.measures.values() if one.dataset == dataset and one.tested for view in one.views if view in TESTED}
    found = {
        _key(variables, category, area): list(asdict(estimate(shelf, dataset, variables, category, area)).values())
        for variables in sorted(asked) for category in table.categories for area in table.areas
    }  # fmt: skip
    return built.keep(shelf.root, card, _FILE, found)


@lru_cache(maxsize=32)
def _stored(shelf: Shelf, dataset: str) -> dict[str, Dispersion]:
    return {key: Dispersion(*parts) for key, parts in (built.kept(shelf.root, shelf.cards[dataset], _FILE) or {}).items()}


def _key(variables: tuple[str, ...], category: str, area: str) -> str:
    return " ".join(("/".join(variables), category, area))
