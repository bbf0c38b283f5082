"""A safe table as sorted Parquet: written by the build, and of a very large one read a block at a time.

One row = one cell, sorted by variable, category, area and period; one row group = one block, the cells of a variable
and category. A block is found by its number, so nothing is searched: of 28 million cells a block of 72,000 takes less
than a millisecond, and a query of the same file by DuckDB about twenty (docs/decisions/0025).
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.safe_table import Block, Dense, SafeTable
from loaders import Fault, SourceError

IN_MEMORY = 4_000_000  # cells: a table up to this size is read whole (44 MB), a larger one stays on the disk
KEPT = 48  # blocks of a table on the disk that are kept in memory, the last ones asked for
AXES = ("variables", "categories", "areas", "periods")
_CELLS = ["values", "status", "reason"]


class Stored:
    """The cells of a table on the disk. Several threads may ask at once."""

    def __init__(self, path: Path, categories: int, shape: tuple[int, int]):
        self._file = pq.ParquetFile(path, page_checksum_verification=True)
        self._name, self._categories, self._shape = path.name, categories, shape
        self._kept: OrderedDict[int, Block] = OrderedDict()
        self._lock = threading.Lock()

    def block(self, variable: int, category: int) -> Block:
        number = variable * self._categories + category
        with self._lock:
            if number not in self._kept:
                self._kept[number] = self._read(number)
            self._kept.move_to_end(number)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[number]

    def _read(self, number: int) -> Block:
        try:
            flat = self._file.read_row_group(number, columns=_CELLS, use_threads=False)
        except (OSError, pa.ArrowException) as error:
            what, todo = f"row group {number + 1} cannot be read", "Run: python -m measures build."
            fault = Fault(self._name, what, "the bytes that the build wrote", type(error).__name__, todo)
            raise SourceError(self._name, [fault]) from error
        return Block(*(flat[name].to_numpy().reshape(self._shape) for name in _CELLS))


def write_table(path: Path, table: SafeTable, head: dict) -> None:
    """Write a table with its axes and what ``head`` says of it."""
    head = {axis: getattr(table, axis) for axis in (*AXES, "release_of", "reasons")} | head
    schema, shape = _schema(head), (len(table.areas), len(table.periods))
    area, period, zeros = (
        _numbers(np.broadcast_to(numbers, shape)) for numbers in (np.arange(shape[0])[:, None], np.arange(shape[1]), 0)
    )
    within = [_keys(area, table.areas), _keys(period, table.periods)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True) as writer:
        for variable, category in np.ndindex(len(table.variables), len(table.categories)):
            block = table.cells.block(variable, category)
            columns = [_keys(zeros, [table.variables[variable]]), _keys(zeros, [table.categories[category]]), *within]
            columns += [
                pa.array(np.ravel(cells), kind)
                for cells, kind in zip((block.values, block.status, block.reason), _KINDS, strict=True)
            ]
            writer.write_table(pa.table(columns, schema=schema))


def _keys(numbers: pa.Array, codes: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(numbers, pa.array(codes, pa.string()))


_KINDS = (pa.float64(), pa.int8(), pa.int16())


def _schema(head: dict) -> pa.Schema:
    key = pa.dictionary(pa.int32(), pa.string())
    fields = [*((name, key) for name in ("variable", "category", "area", "period")), *zip(_CELLS, _KINDS, strict=True)]
    return pa.schema(fields, metadata={"head": json.dumps(head)})


def _numbers(numbers: np.ndarray) -> pa.Array:
    return pa.array(np.ravel(numbers).astype(np.int32))


def read_head(path: Path) -> dict:
    """The axes of a built table, and what the build said of it."""
    return json.loads(pq.read_schema(path).metadata[b"head"])


def read_table(path: Path, dataset: str, release: str) -> SafeTable:
    """A built table; its cells in memory, or left on the disk where they are very many."""
    head = read_head(path)
    axes = {axis: tuple(head[axis]) for axis in AXES}
    shape = [len(codes) for codes in axes.values()]
    cells = _whole(path, shape) if np.prod(shape) <= IN_MEMORY else Stored(path, shape[1], (shape[2], shape[3]))
    return SafeTable(dataset, release, *axes.values(), tuple(head["release_of"]), cells, tuple(head["reasons"]))


def _whole(path: Path, shape: list[int]) -> Dense:
    flat = pq.read_table(path, columns=_CELLS, page_checksum_verification=True)
    values, status, reason = (flat[name].to_numpy().reshape(shape) for name in _CELLS)
    values.setflags(write=False)
    return Dense(values, status, reason)
