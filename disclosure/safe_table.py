"""The only table that measures accept: every value with its status, at the grains its publisher released."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Protocol

import numpy as np

from loaders.statuses import STATUSES

STATUS_WORDS = np.array(STATUSES, dtype=object)


@dataclass(frozen=True)
class Series:
    """One area, category and variable over all periods of its table: values (NaN = none), statuses and reasons."""

    values: np.ndarray
    statuses: np.ndarray
    reasons: np.ndarray


@dataclass(frozen=True)
class Block:
    """The cells of one variable and category: three arrays ``[area, period]``; ``status`` and ``reason`` are numbers of
    words."""

    values: np.ndarray
    status: np.ndarray
    reason: np.ndarray

    def only(self, areas, periods=slice(None)) -> Block:
        """Some of the areas (numbers) and periods (a slice)."""
        return Block(*(cells[areas, periods] for cells in (self.values, self.status, self.reason)))


class Cells(Protocol):
    """Where the cells of a table are kept: in memory (``Dense``) or, of a very large table, on the disk
    (``disclosure.parquet_table``)."""

    def block(self, variable: int, category: int) -> Block: ...


@dataclass(frozen=True, eq=False)
class Dense:
    """All cells in memory, as arrays ``[variable, category, area, period]``."""

    values: np.ndarray
    status: np.ndarray
    reason: np.ndarray

    def block(self, variable: int, category: int) -> Block:
        return Block(self.values[variable, category], self.status[variable, category], self.reason[variable, category])


@dataclass(frozen=True, eq=False)
class SafeTable:
    """A complete table: every combination of variable, category, area and period has a cell with a status and a reason.

    ``reasons`` holds the distinct reason keys that the numbers of reasons point into; several keys of one cell are
    joined by '|'. ``release_of`` names for each period the release it was taken from.
    """

    dataset: str
    release: str
    variables: tuple[str, ...]
    categories: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    release_of: tuple[str, ...]
    cells: Cells
    reasons: tuple[str, ...]
    _at: dict[str, dict[str, int]] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for axis in ("variables", "categories", "areas", "periods"):
            self._at[axis] = {code: number for number, code in enumerate(getattr(self, axis))}

    @cached_property
    def reason_words(self) -> np.ndarray:
        return np.array(self.reasons, dtype=object)

    @property
    def size(self) -> int:
        """How many cells the table has."""
        return len(self.variables) * len(self.categories) * len(self.areas) * len(self.periods)

    def has(self, *, area: str | None = None, category: str | None = None) -> bool:
        """Does the table have the area and the category? What is not asked about does not count."""
        return (area is None or area in self._at["areas"]) and (category is None or category in self._at["categories"])

    def block(
        self, variable: str, category: str, areas: Sequence[str] | None = None, periods: slice = slice(None)
    ) -> Block:
        """The cells of a variable and category, of every area or those named in their order. Raises KeyError for an
        unknown code."""
        block = self.cells.block(self._at["variables"][variable], self._at["categories"][category])
        return block if areas is None else block.only([self._at["areas"][area] for area in areas], periods)

    def blocks(self) -> Iterator[tuple[str, str, Block]]:
        """Every variable and category with its cells."""
        for variable, category in product(self.variables, self.categories):
            yield variable, category, self.block(variable, category)

    def count(self, status: str) -> int:
        """How many cells have a status."""
        return sum(int((block.status == STATUSES.index(status)).sum()) for _, _, block in self.blocks())

    def series(self, variable: str, category: str, area: str) -> Series:
        """The cells of one line. Raises KeyError for a code that the table does not have."""
        cells = self.block(variable, category).only(self._at["areas"][area])
        return Series(cells.values, STATUS_WORDS[cells.status], self.reason_words[cells.reason])

    def position(self, period: str) -> int | None:
        """The number of the period in the table, or None."""
        return self._at["periods"].get(period)

    # what follows reads a whole table and is for the build, which holds it in memory

    @property
    def values(self) -> np.ndarray:
        return self.cells.values

    @property
    def status(self) -> np.ndarray:
        return self.cells.status

    @property
    def reason(self) -> np.ndarray:
        return self.cells.reason
