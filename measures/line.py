"""One series on its way to the reader: values with statuses and reasons, and the marks that arithmetic adds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from disclosure import Series

_STRENGTH = {code: rank for rank, code in enumerate(("", "r", "e", "b", "p", "u", "k", "z", "x", "c"))}


@lru_cache(maxsize=4096)
def _with(reasons: str, why: str) -> str:
    known = reasons.split("|") if reasons else []
    return "|".join([*known, why]) if why and why not in known else reasons


def final(status: str, reasons: str) -> bool:
    """Is a figure free of provisional periods?"""
    return status != "p" and "provisional" not in reasons.split("|")


@dataclass(frozen=True)
class Line:
    """Values over periods with what they were worked out from.

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
        none = np.full(len(series.values), np.nan)
        return cls(series.values.copy(), series.statuses.copy(), series.reasons.copy(), none, none.copy())

    @classmethod
    def joined(cls, lines: list[Line]) -> Line:
        """Lines one behind the other."""
        return cls(*(np.concatenate([getattr(line, name) for line in lines]) for name in cls.__dataclass_fields__))

    def mark(self, where: np.ndarray, status: str, why: str) -> Line:
        """Add a status and its reason to some cells; the stronger status stays, every reason is kept."""
        for at in np.flatnonzero(where):
            if _STRENGTH[status] > _STRENGTH[self.statuses[at]]:
                self.statuses[at] = status
            self.reasons[at] = _with(self.reasons[at], why)
        return self

    def cut(self, keep: slice) -> Line:
        return Line(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))

    def last(self, length: int) -> Line:
        """The last ``length`` cells; where the line is shorter, 'x' without a value in front."""
        short = max(0, length - len(self.values))
        none, empty = np.full(short, np.nan), np.full(short, "", object)
        front = Line(none, np.full(short, "x", object), empty, none, none)
        parts = (np.concatenate([getattr(front, name), getattr(self, name)]) for name in self.__dataclass_fields__)
        return Line(*parts).cut(slice(len(self.values) + short - length, None))


def carry(line: Line, other: Series, where: np.ndarray | None = None) -> Line:
    """Carry the marks of a second series (the denominator, say) over to a line of the same length."""
    for at in np.flatnonzero(other.statuses != "" if where is None else where & (other.statuses != "")):
        here = np.zeros(len(line.values), dtype=bool)
        here[at] = True
        for why in other.reasons[at].split("|"):
            line.mark(here, other.statuses[at], why)
    return line
