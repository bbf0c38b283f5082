"""One series on its way to the reader: values with statuses and reasons, and the marks that arithmetic adds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from disclosure import STATUS_WORDS, Block, SafeTable, Series
from loaders.statuses import stronger


@lru_cache(maxsize=4096)
def _with(reasons: str, why: str) -> str:
    known = reasons.split("|") if reasons else []
    return "|".join([*known, why]) if why and why not in known else reasons


def final(status: str, reasons: str) -> bool:
    """Is a figure free of provisional periods?"""
    return status != "p" and "provisional" not in reasons.split("|")


def finals(statuses: np.ndarray, reasons: np.ndarray) -> np.ndarray:
    """Which figures are free of provisional periods? As ``final`` says of each, asked once for each kind of cell."""
    (number, status), (key, reason) = pd.factorize(statuses), pd.factorize(reasons)
    free = np.array([[final(one, other) for other in reason] for one in status], dtype=bool)
    return free[number, key] if free.size else np.zeros(len(statuses), dtype=bool)


def is_final(line: pd.DataFrame) -> pd.Series:
    """Which rows of a table with ``status`` and ``reason`` have no provisional period in them?"""
    return pd.Series(finals(line["status"].to_numpy(), line["reason"].to_numpy()), line.index, dtype=bool)


@dataclass(frozen=True)
class Line:
    """Values over periods with what they were worked out from; arrays ``[period]``, or ``[area, period]`` for several
    areas at once.

    ``values`` (NaN = none), ``statuses``, ``reasons``; ``numerators`` and ``denominators`` hold the parts of a rate or
    share and are NaN for a plain count. Everything derived from a cell without a value has none either.
    """

    values: np.ndarray
    statuses: np.ndarray
    reasons: np.ndarray
    numerators: np.ndarray
    denominators: np.ndarray

    @classmethod
    def of(cls, series: Series) -> Line:
        return cls._bare(series.values, series.statuses.copy(), series.reasons.copy())

    @classmethod
    def of_block(cls, block: Block, safe: SafeTable) -> Line:
        """The lines of every area of a block of that table."""
        return cls._bare(block.values, STATUS_WORDS[block.status], safe.reason_words[block.reason])

    @classmethod
    def of_counts(cls, values: np.ndarray) -> Line:
        """Plain counts without status or reason."""
        return cls._bare(values, *(np.full(values.shape, "", object) for _ in range(2)))

    @classmethod
    def _bare(cls, values: np.ndarray, statuses: np.ndarray, reasons: np.ndarray) -> Line:
        none = np.full(values.shape, np.nan)
        return cls(values.copy(), statuses, reasons, none, none.copy())

    @classmethod
    def joined(cls, lines: list[Line]) -> Line:
        """Lines one behind the other, or areas one below the other."""
        return cls(*(np.concatenate([getattr(line, name) for line in lines]) for name in cls.__dataclass_fields__))

    @classmethod
    def stacked(cls, lines: list[Line]) -> Line:
        """Lines of one area each become one of several areas."""
        return cls(*(np.stack([getattr(line, name) for line in lines]) for name in cls.__dataclass_fields__))

    @property
    def length(self) -> int:
        """How many periods."""
        return self.values.shape[-1]

    def each(self, what: Callable[[Line], Line]) -> Line:
        """What a function of one line makes of the line of every area."""
        if self.values.ndim == 1:
            return what(self)
        return Line.stacked([what(self.mapped(lambda values, row=row: values[row])) for row in range(len(self.values))])

    def mark(self, where: np.ndarray, status: str, why: str) -> Line:
        """Add a status and its reason to some cells; the stronger status stays, every reason is kept."""
        cells = np.flatnonzero(where)
        if len(cells):
            self.statuses.flat[cells] = [stronger(word, status) for word in self.statuses.flat[cells]]
            self.reasons.flat[cells] = [_with(word, why) for word in self.reasons.flat[cells]]
        return self

    def marked(self, statuses: Collection[str] | None = None) -> Iterator[tuple[str, str, np.ndarray]]:
        """Each status (one of those named, or any) with each of its reasons, and the cells that bear both; in the order
        in which they first occur.
        """
        cells = np.flatnonzero(self.statuses != "" if statuses is None else np.isin(self.statuses, list(statuses)))
        known: dict[tuple[str, str], int] = {}
        pairs = zip(self.statuses.flat[cells], self.reasons.flat[cells], strict=True)
        numbers = np.array([known.setdefault(pair, len(known)) for pair in pairs], dtype=int)
        for (status, reasons), number in known.items():
            where = np.zeros(self.values.size, dtype=bool)
            where[cells[numbers == number]] = True
            for why in reasons.split("|"):
                yield status, why, where.reshape(self.values.shape)

    def cut(self, keep: slice) -> Line:
        return self.mapped(lambda values: values[..., keep])

    def last(self, length: int) -> Line:
        """The last ``length`` cells; where the line is shorter, 'x' without a value in front."""
        short = (*self.values.shape[:-1], max(0, length - self.length))
        none, empty = np.full(short, np.nan), np.full(short, "", object)
        front = Line(none, np.full(short, "x", object), empty, none, none)
        parts = (
            np.concatenate([getattr(front, name), getattr(self, name)], axis=-1) for name in self.__dataclass_fields__
        )
        return Line(*parts).cut(slice(self.length + short[-1] - length, None))

    def mapped(self, what: Callable[[np.ndarray], np.ndarray]) -> Line:
        """The same done to each of the arrays."""
        return Line(*(what(getattr(self, name)) for name in self.__dataclass_fields__))


def within(marked: np.ndarray, width: int) -> np.ndarray:
    """Is any of the ``width`` periods that end here marked?"""
    if width == 1:
        return marked
    padded = np.concatenate([np.zeros((*marked.shape[:-1], width - 1), dtype=bool), marked], axis=-1)
    return np.lib.stride_tricks.sliding_window_view(padded, width, axis=-1).any(axis=-1)
