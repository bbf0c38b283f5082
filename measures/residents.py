"""How many residents does a rate divide by, of which year, and is that year near enough?"""

from __future__ import annotations

import numpy as np

from disclosure import SafeTable
from loaders import SourceCard, periods
from measures.remembered import MB, remembered


@remembered(8 * MB)
def residents(table: SafeTable, variable: str, groups: tuple[tuple[str, ...], ...], shown: tuple[str, ...], view: str, oldest_months: int):
    """Residents of each group of areas together for each period shown, with status and reason of each and the year they are of.

    Four arrays ``[group, period]``; year 0 = none. The year is that of the period, or of the middle of a rolling window; where that
    year has no figure, the latest earlier one of the same basis up to ``oldest_months`` older, marked 'e' with its year; beyond
    that none ('x').
    """
    years = np.array([int(year) for year in table.periods])
    wanted = np.array([int(middle(period, view)[:4]) for period in shown])
    counts = np.stack([_together(table, variable, areas) for areas in groups])
    last = _last_known(np.isfinite(counts), np.searchsorted(years, wanted, side="right") - 1)
    found = np.where(last >= 0, years[last], 0)
    found = np.where((wanted - found) * 12 > oldest_months, 0, found)
    values = np.where(found > 0, np.take_along_axis(counts, np.maximum(last, 0), axis=1), np.nan)
    older = found != wanted
    statuses = np.where(found == 0, "x", np.where(older, "e", "")).astype(object)
    return values, statuses, _reasons(found, older), found


def _together(table: SafeTable, variable: str, areas: tuple[str, ...]) -> np.ndarray:
    """The residents of areas together in every year; none where the table lacks one of them."""
    if not areas or not all(table.has(area=area) for area in areas):
        return np.full(len(table.periods), np.nan)
    return table.block(variable, "", areas).values.sum(axis=0)


def _last_known(known: np.ndarray, upto: np.ndarray) -> np.ndarray:
    """For each group and each number of a year, the newest year up to it that has a figure; −1 where none has."""
    newest = np.maximum.accumulate(np.where(known, np.arange(known.shape[1]), -1), axis=1)
    return np.where(upto >= 0, newest[:, np.maximum(upto, 0)], -1)


def _reasons(found: np.ndarray, older: np.ndarray) -> np.ndarray:
    words = {0: "no_population", **{year: f"population {year}" for year in np.unique(found) if year}}
    numbers, known = np.unique(np.where(older, found, -1), return_inverse=True)
    return np.array([words.get(int(year), "") for year in numbers], dtype=object)[known].reshape(found.shape)


def middle(period: str, view: str) -> str:
    """The period whose year gives the residents: that of the figure, or of the middle of a rolling window."""
    if not view.startswith("rolling"):
        return period
    return periods.shift(period, -(periods.per_year(period) // 2 - 1))


def basis_years(card: SourceCard, area: str) -> list[int]:
    """The years in which the residents of an area are first counted on a new basis."""
    return [int(cut.at[:4]) for cut in card.breaks if cut.effect == "cut" and (not cut.areas or area in cut.areas)]
