"""Every number that a published table prints, those too that its card leaves out, as one grid."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from loaders.cards.source_card import Release, SourceCard
from loaders.formats.text_table import Column
from loaders.tables.cell_values import CellReader
from loaders.tables.column_roles import columns_of, words_of
from loaders.tables.published_file import read_cut
from loaders.tables.table_area import Cut

Cell = tuple[int, int]  # row of the file and number of the column, both from 1


@dataclass
class Grid:
    """Every number of a published table, totals too, ``[row, column]``: NaN where there is none.

    ``half``: half of the last digit printed; ``withheld``: where the publisher withheld a number; ``rows`` and
    ``numbers``: the rows and columns of the file; ``headings``: of the columns of numbers; ``keys``: the texts of the
    other columns, by their heading; ``kinds``: those of them that name areas, categories or variables.
    """

    values: np.ndarray
    half: np.ndarray
    withheld: np.ndarray
    rows: np.ndarray
    numbers: np.ndarray
    headings: list[str]
    keys: dict[str, np.ndarray] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        return int(self.rows[row]), int(self.numbers[column])


def grid_of(card: SourceCard, release: Release) -> Grid:
    """The numbers of a release's file with all that the card leaves out of it. Raises SourceError."""
    words = {key: value for key, value in words_of(card, release).items() if key not in ("ignore", "ignore_rows")}
    table = read_cut(card, release, words)
    named = columns_of(card, release)
    apart = {heading for axis in ("area", "period") for heading in named.get(axis, ())}
    apart |= {variable["status"] for variable in card.variables.values() if variable.get("status")}
    reader, columns = CellReader(words), []
    for column in table.columns:
        read = None if column.heading in apart else _numbers(column, reader)
        if read is not None:
            columns.append((column, *read))
    return _grid(table, columns, named)


def _grid(table: Cut, columns: list[tuple], named: dict[str, list[str]]) -> Grid:
    shape = len(table.rows), len(columns)
    arrays = [
        np.array(part, dtype=kind).reshape(shape[::-1]).T.copy()
        for part, kind in (
            ([values for _, values, _, _ in columns], float),
            ([half for _, _, half, _ in columns], float),
            ([withheld for _, _, _, withheld in columns], bool),
        )
    ]
    numeric = {column.position for column, *_ in columns}
    keys = {
        column.heading: np.array(column.texts.to_pylist(), dtype=object)[column.codes]
        for column in table.columns
        if column.position not in numeric or any(column.heading in headings for headings in named.values())
    }
    kinds = [heading for axis, headings in named.items() if axis != "period" for heading in headings if heading in keys]
    numbers = np.array([column.position + 1 for column, *_ in columns], dtype=int)
    return Grid(*arrays, table.rows, numbers, [column.heading for column, *_ in columns], keys, kinds)


def _numbers(column: Column, reader: CellReader) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Values, half of their last digit, and which are withheld; None where the column holds something else."""
    texts = [text.strip().removesuffix("%").rstrip() for text in column.texts.to_pylist()]
    values, special = reader.values(texts)
    withheld = np.array([special[n].status == "c" if n in special else False for n in range(len(texts))], dtype=bool)
    known = np.isfinite(values) | withheld | column.blank
    known |= np.array([bool(special[n].status) if n in special else False for n in range(len(texts))], dtype=bool)
    if not known.all() or not np.isfinite(values).any():
        return None
    half = np.array([_half(text) for text in texts])
    return values[column.codes], half[column.codes], withheld[column.codes]


def _half(text: str) -> float:
    """Half of the last digit that a number is printed with: '12.34' is right to 0.005."""
    digits = text.rpartition(".")[2] if "." in text else ""
    return 0.5 * 10.0 ** -sum(map(str.isdigit, digits))


def is_whole(values: np.ndarray) -> bool:
    known = values[np.isfinite(values)]
    return bool(len(known)) and bool((known % 1 == 0).all())
