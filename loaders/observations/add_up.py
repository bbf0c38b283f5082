"""Adds up rows that a card says are parts of one figure, such as those of the localities of an area."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loaders.errors import Fault
from loaders.observations.table import KEYS, key_numbers
from loaders.tables.table_area import Cut

MOST_NAMED = 12


def added_up(cells: pd.DataFrame, table: Cut, headings: list[str]) -> tuple[pd.DataFrame, list[Fault]]:
    """One cell for each area, category, period and variable, with the place of its first part, and the faults.

    A sum of parts has the strongest status among them and that part's reason; with a part without a number it has none.
    Two rows with the same text in every one of ``headings`` are no parts: they are a fault.
    """
    parts = _part_numbers(table, headings, len(cells))
    keys = key_numbers(cells)
    known = keys >= 0
    again = pd.DataFrame({"key": keys, "part": parts})[known].duplicated().to_numpy()
    faults = [
        Fault(
            f"{table.where}, row {row.row}, column {row.column}",
            "two rows of 'add_up' are the same part",
            f"each of {', '.join(headings)} once",
            f"{row.area}, {row.category or 'no category'}, {row.period}",
            "Ask the publisher which row holds.",
        )
        for row in cells[known][again].head(MOST_NAMED).itertuples()
    ]
    whole, of_part = np.unique(keys[known], return_inverse=True)
    first = np.full(len(whole), len(cells))
    np.minimum.at(first, of_part, np.flatnonzero(known))
    status = cells["status"].cat.codes.to_numpy()[known]
    order = np.lexsort((-np.flatnonzero(known), status))
    strongest = np.empty(len(whole), dtype=np.int64)
    strongest[of_part[order]] = np.flatnonzero(known)[order]  # the last one written is the strongest, the first of such
    sums = cells.iloc[first].reset_index(drop=True)
    sums["value"] = np.bincount(of_part, weights=cells["value"].to_numpy()[known], minlength=len(whole))
    for column in ("status", "reason"):
        sums[column] = cells[column].iloc[strongest].array
    return pd.concat([sums, cells[~known]], ignore_index=True).astype(cells.dtypes[[*KEYS, "status"]]), faults


def _part_numbers(table: Cut, headings: list[str], length: int) -> np.ndarray:
    """For each cell, column after column, a number for what the columns of ``headings`` say in its row."""
    numbers = np.zeros(len(table.rows), dtype=np.int64)
    for column in table.columns:
        if column.heading in headings:
            _, numbers = np.unique(numbers * len(column.texts) + column.codes, return_inverse=True)
    return np.tile(numbers, length // max(len(numbers), 1))
