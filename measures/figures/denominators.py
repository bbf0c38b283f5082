"""How many residents does a rate divide by, of which year, and is that year near enough?"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from disclosure import SafeTable
from disclosure.remembered import MB, remembered
from loaders import SourceCard, periods
from measures.figures.views import width_of

MIDDLE = (6, 30)  # month and day of the middle of a year


@remembered(8 * MB)
def residents(
    table: SafeTable,
    variable: str,
    groups: tuple[tuple[str, ...], ...],
    shown: tuple[str, ...],
    view: str,
    oldest_months: int,
):
    """Residents of each group of areas together for each period shown, with status and reason of each and the year they
    are of.

    Four arrays ``[group, period]``; year 0 = none. Where residents are published by month or quarter, those of a year
    are of its middle. The year is that of the period, or of the middle of a rolling window; where that
    year has no figure, the latest earlier one of the same basis up to ``oldest_months`` older, marked 'e' with its
    year; beyond
    that none ('x').
    """
    held = of_years(table.periods)
    years = np.array(list(held) or [0])
    wanted = np.array([int(middle_of_period(period, view)[:4]) for period in shown])
    counts = np.stack([_together(table, variable, areas, tuple(held.values())) for areas in groups])
    last = _last_known(np.isfinite(counts), np.searchsorted(years, wanted, side="right") - 1)
    found = np.where(last >= 0, years[last], 0)
    found = np.where((wanted - found) * 12 > oldest_months, 0, found)
    values = np.where(found > 0, np.take_along_axis(counts, np.maximum(last, 0), axis=1), np.nan)
    older = found != wanted
    statuses = np.where(found == 0, "x", np.where(older, "e", "")).astype(object)
    return values, statuses, _reasons(found, older), found


@lru_cache(maxsize=64)
def of_years(held: tuple[str, ...]) -> dict[int, str]:
    """Year → the period in which its middle, 30 June, falls: June, the second quarter, the first half, or the year
    itself.
    """
    found = {}
    for period in held:
        first, last = periods.dates(period)
        found |= {year: period for year in (first.year, last.year) if first <= date(year, *MIDDLE) <= last}
    return dict(sorted(found.items()))


def _together(table: SafeTable, variable: str, areas: tuple[str, ...], held: tuple[str, ...]) -> np.ndarray:
    """The residents of areas together in every year; none where the table lacks one of them."""
    if not held or not areas or not all(table.has(area=area) for area in areas):
        return np.full(max(len(held), 1), np.nan)
    return table.block(variable, "", areas).values.sum(axis=0)[[table.periods.index(period) for period in held]]


def _last_known(known: np.ndarray, upto: np.ndarray) -> np.ndarray:
    """For each group and each number of a year, the newest year up to it that has a figure; −1 where none has."""
    newest = np.maximum.accumulate(np.where(known, np.arange(known.shape[1]), -1), axis=1)
    return np.where(upto >= 0, newest[:, np.maximum(upto, 0)], -1)


def _reasons(found: np.ndarray, older: np.ndarray) -> np.ndarray:
    words = {0: "no_population", **{year: f"population {year}" for year in np.unique(found) if year}}
    numbers, known = np.unique(np.where(older, found, -1), return_inverse=True)
    return np.array([words.get(int(year), "") for year in numbers], dtype=object)[known].reshape(found.shape)


def middle_of_period(period: str, view: str) -> str:
    """The period whose year gives the residents: that of the figure, or of the middle of a rolling window."""
    return periods.shift(period, -max(0, width_of(period, view) // 2 - 1))


def basis_years(card: SourceCard, area: str) -> list[int]:
    """The years in which the residents of an area are first counted on a new basis."""
    cuts = [
        periods.dates(cut.at)[0] for cut in card.breaks if cut.effect == "cut" and (not cut.areas or area in cut.areas)
    ]
    return [day.year + (day > date(day.year, *MIDDLE)) for day in cuts]
