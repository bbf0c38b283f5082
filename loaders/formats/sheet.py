"""What stands in a file, cell by cell, before anybody says what it means?

Columns hold each distinct text once (see ``loaders.formats.text_table``), so that a table of many millions of rows fits
into little memory.
Rows that are blank all through are left out; ``rows`` keeps the numbers of the others, as the publisher counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, zip_longest

import numpy as np
import pyarrow as pa

from loaders.formats.text_table import Column, column

_BATCH = 2_000_000  # cells


class Unreadable(ValueError):
    """The file is no table. Its text names a reason and never a value."""


@dataclass(eq=False)
class Sheet:
    """One grid of texts. ``name``: of the sheet in a workbook; ``rows``: the number of each row in the file, from 1.

    ``widths``: how many cells each row has; ``merged``: joined cells as (first row, last row, first column, last
    column), the
    rows from 1 and the columns from 0; ``found``: how the file was read; ``headed``: the first row names the columns
    for certain.
    """

    columns: list[Column]
    rows: np.ndarray
    widths: np.ndarray
    name: str = ""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    found: dict = field(default_factory=dict)
    headed: bool = False

    def texts(self, row: int) -> list[str]:
        """The cells of the row at a position of ``rows``."""
        return [column.texts[int(column.codes[row])].as_py() for column in self.columns]


def sheet_of(rows: Iterable[list[str]], properties: dict, **more) -> Sheet:
    """A sheet from the rows of a file, blank ones included so that they are counted."""
    numbers, widths, batches = [], [], []
    filled = ((number, row) for number, row in enumerate(rows, 1) if "".join(row).strip())
    while first := next(filled, None):
        batch = [first, *islice(filled, _BATCH // len(first[1]))]
        numbers.append(np.fromiter((number for number, _ in batch), np.int64))
        widths.append(np.fromiter((len(row) for _, row in batch), np.int64))
        columns = zip_longest(*(row for _, row in batch), fillvalue="")
        batches.append([pa.array(texts, pa.string()).dictionary_encode() for texts in columns])
    if not batches:
        raise Unreadable("the table has no rows")
    return from_arrays(batches, np.concatenate(numbers), np.concatenate(widths), properties, **more)


def from_arrays(batches: list[list[pa.Array]], rows: np.ndarray, widths: np.ndarray, found: dict, **more) -> Sheet:
    """A sheet from batches of columns; a batch with fewer columns than another is blank in the rest."""
    width = max(map(len, batches))
    columns = []
    for position in range(width):
        parts = [batch[position] if position < len(batch) else _blank(len(batch[0])) for batch in batches]
        columns.append(column("", position, pa.chunked_array(parts)))
    return Sheet(columns, rows, widths, found=found, **more)


def _blank(length: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int32)), pa.array([""]))
