"""Finds what is not whole: periods that were not over when their figures were published, and answers that were cut."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from loaders import periods
from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault
from loaders.privacy.headings import speaks_of

REASON = "unfinished"
PORTAL_LIMITS = {  # rows after which portals cut an answer, and at which workbooks end
    *(100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 25_000, 32_000, 50_000, 100_000),
    *(65_535, 1_048_575),
}
FEWEST_GROUPS = 3  # of rows that stand together


def without_unfinished(cells: pd.DataFrame, card: SourceCard, release: Release) -> pd.DataFrame:
    """The cells; those of a period that ends after the release was published have no value, status x and a reason.

    Residents are counted on a day and stay; ``ahead`` in the release lets every period stay.
    """
    end = _last_day(release.published)
    early = [period for period in cells["period"].cat.categories if periods.dates(period)[1] > end]
    if release.ahead or not early:
        return cells
    counted = [code for code, variable in card.variables.items() if not _of_residents(code, variable)]
    rows = (cells["period"].isin(early) & cells["variable"].isin(counted) & cells["value"].notna()).to_numpy()
    marks = {"status": "x", "reason": REASON} if rows.any() else {}
    marked = {name: cells[name].astype(object).mask(rows, word).astype("category") for name, word in marks.items()}
    return cells.assign(value=cells["value"].mask(rows), **marked)


def _last_day(published: str) -> date:
    return date.fromisoformat(published) if len(published) == 10 else periods.dates(published)[1]


def _of_residents(code: str, variable: dict) -> bool:
    spoken = (code, variable.get("column", ""), variable.get("heading", ""), *variable.get("label", {}).values())
    return any(speaks_of(text, "residents") for text in spoken if text)


def cut_faults(cells: pd.DataFrame, release: Release, rows: int) -> list[Fault]:
    """A fault where a file has as many rows as portals give at once, and the last of its groups of rows is shorter.

    Groups are rows of one area, category or period that stand together; all but the last have the same number.
    """
    if release.complete or rows not in PORTAL_LIMITS:
        return []
    in_order = cells.sort_values(["row", "number"], kind="stable").drop_duplicates("row")
    for axis in ("area", "category", "period"):
        codes = in_order[axis].cat.codes.to_numpy()
        sizes = np.diff(np.flatnonzero(np.r_[True, codes[1:] != codes[:-1], True]))
        together = len(sizes) == len(np.unique(codes))
        if together and len(sizes) >= FEWEST_GROUPS and len({*sizes[:-1]}) == 1 and 1 < sizes[0] > sizes[-1]:
            last = in_order[axis].iloc[-1]
            todo = "Fetch the rest (limit, offset); if this is all, say complete = true in the release."
            row_counts = f"{rows} rows, and {sizes[-1]} of '{last}' where each other has {sizes[0]}"
            return [
                Fault(f"'{release.file}'", "looks like an answer that was cut", "the whole table", row_counts, todo)
            ]
    return []
