"""How much more does a series fluctuate than chance alone would make it?

Counted events that come one by one, independently, vary by chance with a variance equal to their number. Offences do not:
weather, holidays, campaigns and late entries move them together. The factor between the two is estimated here, once at
build time for every series, and every comparison of a count, rate or share is widened by it.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from disclosure import SafeTable
from disclosure.remembered import MB, remembered
from loaders import SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from measures.figures.area_lines import divided
from measures.figures.verdict import TESTED
from measures.figures.year_before import cut_positions, doubt_words
from measures.inference.glm import crossed, expected, inverse
from measures.store import artifacts
from measures.store.shelf import Shelf

SEASONS = 3  # years of final figures needed before a factor is estimated from months or quarters
LEAST, MOST = 5, 60  # and at least, at most, so many periods
_NOTHING = 1e-6  # events expected: none
_FILE = "dispersion.parquet"


def scales_of(
    shelf: Shelf, card: MeasureCard, view: str, category: str, areas: tuple[str, ...], width: int
) -> np.ndarray:
    """The factor of each area that widens the comparison of two figures of ``width`` periods; NaN where none is known or asked for."""
    if not (card.tested and view in TESTED):
        return np.full(len(areas), np.nan)
    table = shelf.table(card.dataset)
    known = np.array([table.areas.index(area) for area in areas], dtype=int)
    found = factors(shelf, card.dataset, divided(card, view), category)[known]
    return np.where(found[:, 2] == 0, np.nan, found[:, 0 if width == 1 else 1])


@remembered()
def factors(shelf: Shelf, dataset: str, variables: tuple[str, ...], category: str) -> np.ndarray:
    """One row = one area of the default release: the two factors and the number of periods; as the build stored them, or estimated now."""
    stored = _stored(shelf, dataset).get("/".join(variables))
    table = shelf.table(dataset)
    return (
        stored[table.categories.index(category)]
        if stored is not None
        else estimates(shelf.cards[dataset], table, variables, category)
    )


def estimates(source: SourceCard, table: SafeTable, variables: tuple[str, ...], category: str) -> np.ndarray:
    """Estimate the series of every area, from the latest stretch between two cuts that has enough final figures, at most the latest 60 of them.

    A Poisson model (binomial for a share) with a trend that may bend once (a straight one for years, which are few) and the
    months of the year says what was to be expected; the sums of the residuals over a window of periods, squared, are set
    against what chance alone would give them. Areas that rest on the same periods are estimated together. Periods are left out in which
    much of the whole count (the first category) was allocated to no area; a share that is high in one category all along is no fluctuation.
    """
    blocks = [table.block(name, category) for name in variables]
    sure = np.all(
        [np.isfinite(one.values) & (doubt_words(table)[one.status, one.reason] == "") for one in blocks], axis=0
    )
    sure &= ~np.any([_astray(table)[table.block(name, table.categories[0]).reason] for name in variables], axis=0)
    year, found = periods.per_year(table.periods[0]), np.tile([1.0, 1.0, 0.0], (len(table.areas), 1))
    together: dict[bytes, list[int]] = {}
    used: dict[bytes, np.ndarray] = {}
    for number, area in enumerate(table.areas):
        at = _latest_stretch(sure[number], cut_positions(source, table.periods, area, category), year)
        together.setdefault(at.tobytes(), []).append(number)
        used[at.tobytes()] = at
    for key, numbers in together.items():
        if len(at := used[key]):
            season = (periods.ordinal(table.periods[0]) + at) % year
            found[numbers] = estimated([one.values[np.ix_(numbers, at)] for one in blocks], at, season, year)
    return found


@remembered()
def _astray(table: SafeTable) -> np.ndarray:
    """Does a reason, by its number, say that much of the count was allocated to no area?"""
    return np.array([any(why.startswith("unallocated") for why in reasons.split("|")) for reasons in table.reasons])


def _latest_stretch(sure: np.ndarray, cuts: list[int], year: int) -> np.ndarray:
    """The numbers of the periods that an estimate rests on; none where there are too few."""
    for first, end in reversed(list(pairwise([0, *sorted(cuts), len(sure)]))):
        at = np.flatnonzero(sure[first:end])[-MOST:] + first
        if len(at) >= max(LEAST, SEASONS * year if year > 1 else 0):
            return at
    return np.array([], dtype=int)


def estimated(counts: list[np.ndarray], at: np.ndarray, season: np.ndarray, year: int) -> np.ndarray:
    """The factors of series ``[series, period]`` at the periods ``at``; one row = one series."""
    found = np.tile([1.0, 1.0, float(len(at))], (len(counts[0]), 1))
    odd = (counts[0] > counts[1]).any(axis=1) if len(counts) == 2 else np.zeros(len(found), dtype=bool)
    found[odd, 2] = 0
    some = np.flatnonzero(~odd & (counts[0].sum(axis=1) > 0))
    design = _design(at, season, year)
    for terms in (
        design,
        design[:, :1],
    ):  # where events are so few, so placed, that neither season nor trend can be fitted: their mean
        part, whole = counts[0][some], counts[1][some] if len(counts) == 2 else None
        mean, variance = expected(part, whole, terms)
        fits = (np.abs(mean.sum(axis=1) / part.sum(axis=1) - 1) < 1e-6) & (
            _lively(part, season) <= (mean > _NOTHING)
        ).all(axis=1)
        one, longer = (excess(*(each[fits] for each in (part - mean, variance)), terms, width) for width in (1, year))
        found[some[fits], 0], found[some[fits], 1] = np.maximum(1, one), np.maximum(1, np.maximum(one, longer))
        some = some[~fits]
    return found


def _lively(part: np.ndarray, season: np.ndarray) -> np.ndarray:
    """Where the month of the year has any event at all: the trend may not explain its quiet years away."""
    months = season[:, None] == np.unique(season)
    return (part @ months > 0)[:, np.searchsorted(np.unique(season), season)]


def _design(at: np.ndarray, season: np.ndarray, year: int) -> np.ndarray:
    trend = (at - at.mean()) / len(at)
    bend = [trend**2] if year > 1 else []  # without it every slow turn of the level would count as fluctuation
    return np.column_stack([np.ones(len(at)), trend, *bend, *(season == one for one in range(1, year))]).astype(float)


def excess(residuals: np.ndarray, variance: np.ndarray, design: np.ndarray, width: int) -> np.ndarray:
    """Variance of sums of ``width`` residuals ÷ what independent events would give them, of each series ``[series, period]``.

    For one period this is Pearson's chi-squared ÷ (n − p) (McCullagh and Nelder 1989, 4.5); for longer windows the
    expectation takes into account what the fitted trend and season take out of each sum.
    """
    weighed = design[None] * variance[:, :, None]
    inside = inverse(crossed(design, variance))
    taken, chance, sums = (_windows(one, width) for one in (weighed, variance, residuals))
    some = chance > (1e-6 if width == 1 else 1)  # a year in which not one event is expected says nothing of sums
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(some, sums**2 / chance, 0).sum(axis=1)
        usual = np.where(some, 1 - ((taken @ inside) * taken).sum(axis=2) / chance, 0).sum(axis=1)
        return np.where(usual > 1e-6, found / usual, 1.0)


def _windows(values: np.ndarray, width: int) -> np.ndarray:
    """Sums of ``width`` neighbours along the periods, the second axis."""
    if width == 1:
        return values
    sums = np.cumsum(values, axis=1)
    return sums[:, width - 1 :] - np.concatenate([np.zeros_like(sums[:, :1]), sums[:, :-width]], axis=1)


def write_factors(shelf: Shelf, dataset: str) -> Path:
    """Estimate every series of the default release and write the factors beside its built table; the path.

    One row = one category and area of a kind of figure (``figure``: its variables). Series of a card without any tested measure are left out.
    """
    card, table = shelf.cards[dataset], shelf.table(dataset)
    asked = sorted(
        {
            divided(one, view)
            for one in shelf.measures.values()
            if one.dataset == dataset and one.tested
            for view in one.views
            if view in TESTED
        }
    )
    found = [
        np.concatenate([estimates(card, table, variables, category) for category in table.categories])
        for variables in asked
    ]
    rows = np.concatenate(found) if found else np.empty((0, 3))
    figure = np.repeat(
        np.array(["/".join(one) for one in asked], dtype=object), len(table.categories) * len(table.areas)
    )
    columns = {
        "figure": pa.array(figure, pa.string()),
        "one": rows[:, 0],
        "year": rows[:, 1],
        "periods": rows[:, 2].astype(np.int16),
    }
    return artifacts.keep_table(shelf.built, card, _FILE, pa.table(columns))


@remembered(16 * MB)
def _stored(shelf: Shelf, dataset: str) -> dict[str, np.ndarray]:
    """Kind of figure → factors ``[category, area]``; nothing when file, card or code have changed since the build."""
    kept, table = artifacts.kept_table(shelf.built, shelf.cards[dataset], _FILE), shelf.table(dataset)
    if kept is None:
        return {}
    figure = kept["figure"].to_numpy(zero_copy_only=False)
    rows = np.column_stack([kept[name].to_numpy() for name in ("one", "year", "periods")])
    return {one: rows[figure == one].reshape(len(table.categories), len(table.areas), 3) for one in np.unique(figure)}
