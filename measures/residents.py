"""How many residents does a rate divide by, of which year, and is that year near enough?"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from disclosure import SafeTable
from loaders import SourceCard, periods


@lru_cache(maxsize=4096)
def residents(table: SafeTable, variable: str, areas: tuple[str, ...], shown: tuple[str, ...], view: str, oldest_months: int):
    """Residents of ``areas`` together for each period shown, with status and reason of each and the year they are of (four arrays; year 0 = none).

    The year is that of the period, or of the middle of a rolling window; where that year has no figure, the latest
    earlier one of the same basis up to ``oldest_months`` older, marked 'e' with its year; beyond that none ('x').
    """
    by_year: dict[int, float] = {}
    if all(table.has(area=area) for area in areas):
        totals = np.sum([table.series(variable, "", area).values for area in areas], axis=0)
        by_year = {int(year): value for year, value in zip(table.periods, totals, strict=True) if np.isfinite(value)}
    values = np.full(len(shown), np.nan)
    statuses, reasons = np.full(len(shown), "", object), np.full(len(shown), "", object)
    years = np.zeros(len(shown), dtype=int)
    for at, period in enumerate(shown):
        wanted = int(middle(period, view)[:4])
        year = max((known for known in by_year if known <= wanted), default=None)
        if year is None or (wanted - year) * 12 > oldest_months:
            statuses[at], reasons[at] = "x", "no_population"
            continue
        values[at], years[at] = by_year[year], year
        if year != wanted:
            statuses[at], reasons[at] = "e", f"population {year}"
    return values, statuses, reasons, years


def middle(period: str, view: str) -> str:
    """The period whose year gives the residents: that of the figure, or of the middle of a rolling window."""
    if not view.startswith("rolling"):
        return period
    return periods.shift(period, -(periods.per_year(period) // 2 - 1))


def basis_years(card: SourceCard, area: str) -> list[int]:
    """The years in which the residents of an area are first counted on a new basis."""
    return [int(cut.at[:4]) for cut in card.breaks if cut.effect == "cut" and (not cut.areas or area in cut.areas)]
