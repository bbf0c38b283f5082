"""Writes what engines answered, where it is very much, as sorted counts: in bounded memory, some categories at a time.

Each answer is put into order by itself, in a working file beside the new one; then the same categories are taken from
all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders import periods
from loaders.cards.source_card import SourceCard
from loaders.observations.sorted_counts import KEYS, LARGE, SORTED
from loaders.warehouse.counts_file import Counted, in_codes
from loaders.warehouse.known_words import Words
from loaders.warehouse.plan import Plan
from loaders.warehouse.question import AREA, CATEGORY, COUNT, PERIOD

CELLS = 3_000_000  # possible cells of the categories that are put together at a time
Rows = tuple[np.ndarray, np.ndarray]  # keys in their order, and the counts


def is_large(files: list[Path], card: SourceCard) -> bool:
    """Are there so many counts that they are written sorted, and as Parquet whatever the card says?"""
    by_both = {AREA, CATEGORY} <= card.warehouse.keys()
    return by_both and sum(pq.read_metadata(path).num_rows for path in files) > LARGE


def write_sorted(files: list[Path], words: Words, card: SourceCard, plan: Plan, path: Path) -> Counted:
    """Write sorted counts; the same counts give the same bytes. Raises OSError."""
    axes = sorted({*words.categories.values()}), sorted({*words.areas.values()}), periods.span(plan.first, plan.last)
    merge = _Merge(*axes)
    for number, file in enumerate(files):
        table = in_codes(pq.read_table(file), {AREA: words.areas, CATEGORY: words.categories}, card)
        merge.put(path.with_name(f"sorted-{number}.parquet"), table)
    heading = next(iter(card.variables.values()))["column"]
    key = pa.dictionary(pa.int32(), pa.string())
    schema = pa.schema([*((name, key) for name in KEYS), (heading, pa.int64())], metadata=SORTED)
    rows, total, held = 0, 0, []
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True) as writer:
        for category, keys, counts in merge.categories_with_counts():
            writer.write_table(_flat(category, keys, counts, axes, schema))
            rows, total = rows + len(keys), total + int(counts.sum())
            held.append(category)
    return Counted(rows, total, merge.span(), {name: name for name in (AREA, CATEGORY, PERIOD)}, held)


def _flat(category: str, keys: np.ndarray, counts: np.ndarray, axes: tuple, schema: pa.Schema) -> pa.Table:
    """The rows of one category; ``keys``: the numbers of its cells by area and period."""
    area, period = np.divmod(keys, len(axes[2]))
    numbers = ((area, axes[1]), (np.zeros(len(keys)), [category]), (period, axes[2]))
    columns = [
        pa.DictionaryArray.from_arrays(pa.array(number.astype(np.int32)), pa.array(codes, pa.string()))
        for number, codes in numbers
    ]
    return pa.table([*columns, pa.array(counts)], schema=schema)


@dataclass
class _Merge:
    """Answers that are put together. The key of a cell is its number by category, area and period."""

    categories: list[str]
    areas: list[str]
    periods: list[str]
    _parts: list[tuple[Path, dict[int, int]]] = field(default_factory=list)  # batch → the row group that has it

    def __post_init__(self) -> None:
        self._cells = len(self.areas) * len(self.periods)
        self._at_once = max(1, CELLS // self._cells)
        self._told = np.zeros(len(self.periods), dtype=bool)

    def put(self, path: Path, table: pa.Table) -> None:
        """Keep an answer, whose periods no other has, in the order of its keys; a row group for each batch of
        categories."""
        axes = {CATEGORY: self.categories, AREA: self.areas, PERIOD: self.periods}
        numbers = [pc.index_in(table[key], pa.array(codes, pa.string())).to_numpy() for key, codes in axes.items()]
        keys = np.ravel_multi_index(
            [part.astype(np.int64) for part in numbers], [len(codes) for codes in axes.values()]
        )
        self._told[numbers[2]] = True
        keys, counts = _added_up(keys, table[COUNT].to_numpy())
        batches, groups = keys // (self._cells * self._at_once), {}
        with pq.ParquetWriter(path, _PART, compression="zstd") as writer:
            for batch in np.unique(batches):
                rows = slice(*np.searchsorted(batches, [batch, batch + 1]))
                groups[int(batch)] = len(groups)
                writer.write_table(pa.table([keys[rows], counts[rows]], schema=_PART), row_group_size=len(keys))
        self._parts.append((path, groups))

    def categories_with_counts(self) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
        """Every category of which there is a record, with the keys within it and the counts. A period between others
        without any record has one row of 0."""
        empty = self._empty_periods()
        for batch in sorted({batch for _, groups in self._parts for batch in groups}):
            keys, counts = self._batch(batch)
            if len(empty):
                first = keys[0] - keys[0] % len(self.periods)
                keys, counts = _added_up(np.r_[keys, first + empty], np.r_[counts, np.zeros(len(empty), np.int64)])
                empty = empty[:0]
            of_row = keys // self._cells
            for category in np.unique(of_row):
                rows = slice(*np.searchsorted(of_row, [category, category + 1]))
                yield self.categories[category], keys[rows] % self._cells, counts[rows]
        for path, _ in self._parts:
            path.unlink()

    def _batch(self, batch: int) -> Rows:
        parts = []
        for path, groups in self._parts:
            if batch in groups:
                with pq.ParquetFile(path) as file:
                    parts.append(file.read_row_group(groups[batch], use_threads=False))
        flat = pa.concat_tables(parts)
        return _added_up(flat["key"].to_numpy(), flat["count"].to_numpy())

    def _empty_periods(self) -> np.ndarray:
        told = np.flatnonzero(self._told)
        return np.setdiff1d(np.arange(told[0], told[-1] + 1), told)

    def span(self) -> tuple[str, str]:
        """The first and the last period of which there is a record."""
        told = np.flatnonzero(self._told)
        return self.periods[told[0]], self.periods[told[-1]]


_PART = pa.schema([("key", pa.int64()), ("count", pa.int64())])


def _added_up(keys: np.ndarray, counts: np.ndarray) -> Rows:
    """Keys in their order, each once, with the sum of its counts."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    return keys[starts], np.add.reduceat(counts[order], starts)
