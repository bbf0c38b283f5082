"""A table that is being put together: its axes, and the value, status and reason of every cell so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import EllipsisType

import numpy as np
import pandas as pd

from disclosure.safe_table import Dense, SafeTable
from loaders.statuses import STRENGTH

# cells that are worked on at a time, so that a very large table needs little more memory than its own
PIECE = 2_000_000
# axis of a table → column of its cells, in the order of the table
COLUMNS = {"variables": "variable", "categories": "category", "areas": "area", "periods": "period"}


class Reasons(list):
    """The distinct reasons of a table; ``number`` gives the place of a reason, adding it when it is new."""

    def __init__(self, words: Iterable[str] = ()):
        super().__init__(words)
        self._numbers = {reason: number for number, reason in enumerate(self)}

    def number(self, words: str) -> int:
        if words not in self._numbers:
            self._numbers[words] = len(self)
            self.append(words)
        return self._numbers[words]


@dataclass(frozen=True, eq=False)
class DraftTable:
    """``axes``: the codes of each axis of COLUMNS. ``values``, ``status``, ``reason``: one number for each cell,
    ``[variable, category, area, period]``; a status is the number of its strength, a reason its place in ``words``."""

    axes: dict[str, list[str]]
    values: np.ndarray
    status: np.ndarray
    reason: np.ndarray
    words: Reasons

    @classmethod
    def without_cells(cls, axes: dict[str, list[str]], words: Reasons | None = None) -> DraftTable:
        """Every cell without a value, a status and a reason; ``words``: reasons that it shares with other tables."""
        shape = [len(axes[axis]) for axis in COLUMNS]
        status, reason = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int16)
        return cls(axes, np.full(shape, np.nan), status, reason, Reasons([""]) if words is None else words)

    @property
    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Values, statuses and reasons."""
        return self.values, self.status, self.reason

    def where(self, chosen: Mapping[str, Collection[str]]) -> np.ndarray:
        """Which cells bear one of the codes chosen of each axis; of an axis without any, all do."""
        mask = np.ones(self.values.shape, dtype=bool)
        for number, axis in enumerate(COLUMNS):
            if chosen.get(axis):
                shape = [-1 if other == number else 1 for other in range(len(COLUMNS))]
                mask &= np.isin(self.axes[axis], list(chosen[axis])).reshape(shape)
        return mask

    def mark(self, where: np.ndarray, code: str, why: str, part: tuple[int, ...] | EllipsisType = ...) -> None:
        """Give the cells a status unless a stronger one stands there, and add the reason to those they have.

        ``where`` is a mask of the whole table, or of one ``part`` of it.
        """
        status, reason = self.status[part], self.reason[part]
        status[where] = np.maximum(status[where], STRENGTH[code])  # the number of a status is its strength
        for number in np.unique(reason[where]):
            joined = f"{self.words[number]}|{why}" if self.words[number] else why
            reason[where & (reason == number)] = self.words.number(joined)

    def safe_table(self, dataset: str, release: str, release_of: Mapping[str, str]) -> SafeTable:
        """The table as it may be shown. ``release_of``: period → the release that it was taken from."""
        return SafeTable(
            dataset,
            release,
            *(tuple(self.axes[axis]) for axis in COLUMNS),
            tuple(release_of.get(period, "") for period in self.axes["periods"]),
            Dense(*self.arrays),
            tuple(self.words),
        )


def positions(cells: pd.DataFrame, axes: Mapping[str, Iterable[str]]) -> tuple[np.ndarray, ...]:
    """Where the cells stand in a dense table: one array of numbers for each axis; −1 where the axis does not have their
    code."""
    return tuple(
        np.append(pd.Index(axes[axis]).get_indexer(cells[column].cat.categories), -1)[cells[column].cat.codes]
        for axis, column in COLUMNS.items()
    )


def places(cells: pd.DataFrame, axes: Mapping[str, Iterable[str]]) -> Iterator[tuple[slice, tuple[np.ndarray, ...]]]:
    """The positions of the cells, some rows at a time."""
    for start in range(0, len(cells), PIECE):
        rows = slice(start, start + PIECE)
        yield rows, positions(cells.iloc[rows], axes)
