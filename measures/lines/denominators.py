"""How many residents does a rate divide by, of which year, and is that year near enough?"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from disclosure import SafeTable
from disclosure.remembered import MB, remembered
from loaders import Place, SourceCard, periods
from measures.lines.query import Query
from measures.lines.views import width_of
from measures.store.shelf import Shelf

MIDDLE = (6, 30)  # month and day of the middle of a year


class Residents(NamedTuple):
    """Of each group of areas and each period shown, ``[area, period]``: how many, with status and reason, and the year
    that they are of (0: none)."""

    values: np.ndarray
    statuses: np.ndarray
    reasons: np.ndarray
    years: np.ndarray


@remembered(8 * MB)
def residents(query: Query, shelf: Shelf, shown: tuple[str, ...]) -> Residents:
    """The residents that the rates of a query's areas divide by, of the place those of the areas that the dataset
    counts.

    Where residents are published by month or quarter, those of a year are of its middle. The year is that of the
    period, or of the middle of a rolling window; where that year has no figure, the latest earlier one of the same
    basis up to the card's ``oldest_months`` older, marked 'e' with its year; beyond that none ('x').
    """
    rate = shelf.measures[query.measure].rate
    table = shelf.table(rate["dataset"])
    held = of_years(table.periods)
    years = np.array(list(held) or [0])
    wanted = np.array([int(middle_of_period(period, query.view)[:4]) for period in shown])
    groups = [areas_of(query, shelf, area) for area in query.areas]
    counts = np.stack([_together(table, rate["variable"], areas, tuple(held.values())) for areas in groups])
    last = _last_known(np.isfinite(counts), np.searchsorted(years, wanted, side="right") - 1)
    used = np.where(last >= 0, years[last], 0)
    used = np.where((wanted - used) * 12 > rate["oldest_months"], 0, used)
    values = np.where(used > 0, np.take_along_axis(counts, np.maximum(last, 0), axis=1), np.nan)
    older = used != wanted
    statuses = np.where(used == 0, "x", np.where(older, "e", "")).astype(object)
    return Residents(values, statuses, _reasons(used, older), used)


def areas_of(query: Query, shelf: Shelf, area: str) -> tuple[str, ...]:
    """The areas whose residents a rate of this area divides by: of the place all that its dataset counts."""
    place, dataset = shelf.places[query.place], shelf.measures[query.measure].dataset
    return areas_counted(shelf.table(dataset, query.release), place) if area == place.code else (area,)


def areas_counted(safe: SafeTable, place: Place) -> tuple[str, ...]:
    """The areas of the place that the dataset counts at all: numerator and denominator cover the same ones."""
    whole = safe.block(safe.variables[0], safe.categories[0]).values
    return tuple(
        area.code
        for area in place.areas
        if safe.has(area=area.code) and np.isfinite(whole[safe.areas.index(area.code)]).any()
    )


@lru_cache(maxsize=64)
def of_years(held: tuple[str, ...]) -> dict[int, str]:
    """Year → the period in which its middle, 30 June, falls: June, the second quarter, the first half, or the year
    itself.
    """
    middles = {}
    for period in held:
        first, last = periods.dates(period)
        middles |= {year: period for year in (first.year, last.year) if first <= date(year, *MIDDLE) <= last}
    return dict(sorted(middles.items()))


def _together(table: SafeTable, variable: str, areas: tuple[str, ...], held: tuple[str, ...]) -> np.ndarray:
    """The residents of areas together in every year; none where the table lacks one of them."""
    if not held or not areas or not all(table.has(area=area) for area in areas):
        return np.full(max(len(held), 1), np.nan)
    return table.block(variable, "", areas).values.sum(axis=0)[[table.periods.index(period) for period in held]]


def _last_known(known: np.ndarray, upto: np.ndarray) -> np.ndarray:
    """For each group and each number of a year, the newest year up to it that has a figure; −1 where none has."""
    newest = np.maximum.accumulate(np.where(known, np.arange(known.shape[1]), -1), axis=1)
    return np.where(upto >= 0, newest[:, np.maximum(upto, 0)], -1)


def _reasons(used: np.ndarray, older: np.ndarray) -> np.ndarray:
    words = {0: "no_population", **{year: f"population {year}" for year in np.unique(used) if year}}
    numbers, known = np.unique(np.where(older, used, -1), return_inverse=True)
    return np.array([words.get(int(year), "") for year in numbers], dtype=object)[known].reshape(used.shape)


def middle_of_period(period: str, view: str) -> str:
    """The period whose year gives the residents: that of the figure, or of the middle of a rolling window."""
    return periods.shift(period, -max(0, width_of(period, view) // 2 - 1))


def basis_years(card: SourceCard, area: str) -> list[int]:
    """The years in which the residents of an area are first counted on a new basis."""
    cuts = [
        periods.dates(cut.at)[0] for cut in card.breaks if cut.effect == "cut" and (not cut.areas or area in cut.areas)
    ]
    return [day.year + (day > date(day.year, *MIDDLE)) for day in cuts]
