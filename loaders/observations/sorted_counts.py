"""Reads a release of very many counts a category at a time, so that it never has to fit into memory.

``python -m loaders pull`` writes such a file where an engine has millions of counts: Parquet, sorted by category, area
and period, one row group for each category, in our own codes. Whatever is not exactly that is refused: another column,
a code that card and place do not know, a key that stands twice, a row group whose check sums do not fit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from loaders import periods
from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault, SourceError
from loaders.gate.admission import let_in
from loaders.gate.counted_table import counted_table
from loaders.observations.unfinished import without_unfinished
from loaders.observations.validate import summary_faults
from loaders.places.place import Place
from loaders.statuses import STATUSES
from loaders.tables.published_file import byte_faults

SORTED = {b"sorted_by": b"category, area, period"}
LARGE = 4_000_000  # rows: a sorted file of more is read a category at a time
KEYS = ("area", "category", "period")
TODO = "Pull it again: python -m loaders pull."


def is_sorted(card: SourceCard, release: Release) -> bool:
    """Is the file of a release sorted counts, and too many to be read at once?"""
    path = card.folder / release.file
    if path.suffix != ".parquet" or not path.is_file():
        return False
    try:
        about = pq.read_metadata(path)
    except (OSError, pa.ArrowException):
        return False  # the reader of all files says what is wrong with it
    return about.num_rows > LARGE and SORTED.items() <= (about.metadata or {}).items()


@dataclass(frozen=True)
class Told:
    """What a release tells of, over all its categories: codes in their order, and how much it adds up to."""

    areas: list[str]
    categories: list[str]
    periods: list[str]
    rows: int
    total: int


class SortedCounts:
    """The counts of one release; one category of them is in memory at a time. Raises SourceError with every fault of
    what is opened or read."""

    def __init__(self, card: SourceCard, release: Release, place: Place):
        self.card, self.release, self._place = card, release, place
        self.heading = next(iter(card.variables.values())).get("column", "")
        try:
            self._file = pq.ParquetFile(card.folder / release.file, page_checksum_verification=True)
        except (OSError, pa.ArrowException) as error:
            self._refuse("", "cannot be read as sorted counts", "Parquet", type(error).__name__)
        names = self._file.schema_arrow.names
        if names != [*KEYS, self.heading]:
            self._refuse("", "has other columns", ", ".join([*KEYS, self.heading]), ", ".join(names))
        if not pa.types.is_integer(self._file.schema_arrow.field(self.heading).type):
            self._refuse(f", column {self.heading}", "holds no counts", "whole numbers", "others")
        if not (release.first and release.last):
            self._refuse("", "does not say which periods it has", "'from' and 'to' of the release", "nothing")
        known = {area.code for area in (*place.areas, *place.unallocated)}
        self._codes = {"area": sorted(known), "period": periods.span(release.first, release.last)}
        same = {"variable": [next(iter(card.variables))], "reason": [""], "status": STATUSES, "release": [release.id]}
        self._kinds = {key: pd.CategoricalDtype(pd.Index(codes, dtype=object)) for key, codes in same.items()} | {
            key: pd.CategoricalDtype(codes, ordered=key == "period") for key, codes in self._codes.items()
        }

    @cached_property
    def groups(self) -> dict[str, int]:
        """Category → the number of its row group, in the order of the file."""
        about, groups = self._file.metadata, {}
        for number in range(about.num_row_groups):
            spread = about.row_group(number).column(KEYS.index("category")).statistics
            if spread is None or not spread.has_min_max or spread.min != spread.max:
                self._refuse(f", row group {number + 1}", "holds several categories", "one", "several, or unknown")
            if spread.min in groups:
                self._refuse(f", row group {number + 1}", "a category stands twice", "each once", spread.min)
            groups[spread.min] = number
        return groups

    def cells(self, category: str) -> pd.DataFrame:
        """The cells of a category as ``Observations.frame`` has them, with their release; none of one that the file
        does not have."""
        flat = self._read(self.groups[category]) if category in self.groups else self._file.schema_arrow.empty_table()
        numbers = {key: self._numbers(flat, key, category) for key in self._codes}
        values = flat[self.heading].to_numpy()
        self._in_order(numbers, values, category)
        nothing = np.zeros(len(flat), np.int8)
        kinds = self._kinds | {"category": pd.CategoricalDtype([category])}
        frame = pd.DataFrame(
            {
                key: pd.Categorical.from_codes(numbers.get(key, nothing), dtype=kind, validate=False)
                for key, kind in kinds.items()
            }
            | {"value": values.astype(float)},
            copy=False,
        )
        return without_unfinished(frame, self.card, self.release)

    def survey(self) -> Told:
        """Read all of it once, a category at a time; then it has to pass the gate like any table. Raises SourceError
        with every fault of the whole."""
        there = {key: np.zeros(len(codes), dtype=bool) for key, codes in self._codes.items()}
        uses, total = Counter(), 0
        for category in self.groups:
            frame = self.cells(category)
            for key, held in there.items():
                held[frame[key].cat.codes] = True
            counts, used = np.unique(frame["value"].to_numpy().astype(np.int64), return_counts=True)
            uses.update(dict(zip(counts.tolist(), used.tolist(), strict=True)))
            total += int(counts @ used)
        areas, when = (list(compress(self._codes[key], held)) for key, held in there.items())
        rows, faults = self._file.metadata.num_rows, byte_faults(self.card, self.release)
        faults += summary_faults(when, self.groups, (rows, total), self.card, self.release)
        keys = {"area": areas, "category": list(self.groups), "period": when}
        let_in(counted_table(self.release.file, keys, self.heading, uses), self.card, self.release, self._place, faults)
        if faults:
            raise SourceError(f"{self.card.id}/{self.release.file}", faults)
        return Told(areas, list(self.groups), when, rows, total)

    def _read(self, number: int) -> pa.Table:
        """A row group; one that cannot be read is a fault, and no zeros."""
        try:
            return self._file.read_row_group(number, use_threads=False)
        except (OSError, pa.ArrowException) as error:
            self._refuse(f", row group {number + 1}", "cannot be read", "its rows", type(error).__name__)

    def _numbers(self, flat: pa.Table, key: str, category: str) -> np.ndarray:
        """For each row the number of its code. Raises SourceError where nobody knows the code."""
        part = flat[key].unify_dictionaries().combine_chunks() if len(flat) else flat[key].combine_chunks()
        part = part if pa.types.is_dictionary(part.type) else part.dictionary_encode()
        numbered = {code: number for number, code in enumerate(self._codes[key])}
        of_text = np.array([numbered.get(text, -1) for text in part.dictionary.to_pylist()] + [-1], dtype=np.int32)
        numbers = of_text[part.indices.fill_null(len(of_text) - 1).to_numpy(zero_copy_only=False)]
        if (numbers < 0).any():
            expected = (
                "a code that card and place know" if key == "area" else f"{self.release.first} to {self.release.last}"
            )
            self._refuse(
                f", category {category}, column {key}", "has an unknown code", expected, f"{(numbers < 0).sum()} rows"
            )
        return numbers

    def _in_order(self, numbers: dict[str, np.ndarray], values: np.ndarray, category: str) -> None:
        where = f", category {category}"
        keys = numbers["area"].astype(np.int64) * len(self._codes["period"]) + numbers["period"]
        if not (np.diff(keys) > 0).all():
            self._refuse(where, "is not sorted, or a key stands twice", "each area and period once, in order", "others")
        if values.dtype.kind not in "iu" or (values < 0).any():
            self._refuse(f"{where}, column {self.heading}", "holds no counts", "zero or more", "others")

    def _refuse(self, where: str, what: str, expected: str, found: str) -> None:
        raise SourceError(self.card.id, [Fault(f"'{self.release.file}'{where}", what, expected, found, TODO)])
