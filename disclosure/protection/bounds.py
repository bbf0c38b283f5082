"""What follows from statements without any solver: bounds, parts that have nothing to do with each other, and checks.

Everything here is 64-bit integer arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

FREE = np.int64(1) << 60  # no bound on this side
LARGEST = np.int64(1) << 52  # the largest bound that still is one


class Contradiction(ValueError):
    """The statements cannot all hold: totals do not add up, or two publications disagree."""


@dataclass(frozen=True)
class Known:
    """What an attacker knows of a vector of whole numbers: ``row_low ≤ matrix · x ≤ row_high`` and ``low ≤ x ≤
    high``."""

    matrix: sparse.csr_array
    row_low: np.ndarray
    row_high: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def part(self, rows: np.ndarray, columns: np.ndarray) -> Known:
        """Some unknowns with the rows that speak of them; the others must have one value each, which the rows lose."""
        others = np.ones(len(self.low), dtype=bool)
        others[columns] = False
        fixed = self.matrix[rows] @ np.where(others, self.low, 0)
        low = np.where(self.row_low[rows] > -FREE, self.row_low[rows] - fixed, -FREE)
        high = np.where(self.row_high[rows] < FREE, self.row_high[rows] - fixed, FREE)
        return Known(sparse.csr_array(self.matrix[rows][:, columns]), low, high, self.low[columns], self.high[columns])


class _Terms(NamedTuple):
    """Every term of every statement: the row of the statement, the column of the unknown, and its factor."""

    row: np.ndarray
    column: np.ndarray
    factor: np.ndarray


def fits(known: Known, table: np.ndarray) -> bool:
    """Is this table of whole numbers one that the attacker cannot rule out? Exact."""
    if table.dtype != np.int64:
        raise TypeError("only whole numbers can be checked")
    sums = known.matrix @ table
    inside = (known.low <= table).all() and (table <= known.high).all()
    return bool(inside and (known.row_low <= sums).all() and (sums <= known.row_high).all())


def tighten(known: Known, rounds: int = 200) -> Known:
    """Bounds that follow row by row, repeated until nothing moves (Savelsbergh 1994, ORSA J. Comput. 6, section 1).

    ``2 + x + y = 5`` with x, y ≥ 1 gives x, y ≤ 2. Raises Contradiction.
    """
    matrix = known.matrix
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    terms = _Terms(row, matrix.indices, matrix.data)
    low, high = known.low.copy(), known.high.copy()
    for _ in range(rounds):
        before = low.copy(), high.copy()
        for sign, side in ((1, known.row_high), (-1, -known.row_low)):
            _one_side(terms._replace(factor=terms.factor * sign), side, low, high)
        if (low > high).any():
            raise Contradiction("two statements cannot both hold")
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    _check_rows(terms, known, low, high)
    return Known(matrix, known.row_low, known.row_high, low, high)


def _one_side(terms: _Terms, side: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
    """From ``factor · x ≤ side``: no term can exceed the side less the least that the other terms can be."""
    row, column, factor = terms
    smallest = np.where(factor > 0, low[column], high[column])
    unbounded = np.abs(smallest) >= FREE
    least = np.where(unbounded, 0, factor * np.where(unbounded, 0, smallest))
    total = _sum_by(row, least, len(side))
    free = _sum_by(row, unbounded.astype(np.int64), len(side))
    usable = (side[row] < FREE) & (free[row] - unbounded == 0)
    room = side[row] - (total[row] - least)
    up, down = usable & (factor > 0), usable & (factor < 0)
    np.minimum.at(high, column[up], room[up] // factor[up])
    np.maximum.at(low, column[down], -(room[down] // -factor[down]))


def _sum_by(row: np.ndarray, what: np.ndarray, size: int) -> np.ndarray:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, row, what)
    return total


def _check_rows(terms: _Terms, known: Known, low: np.ndarray, high: np.ndarray) -> None:
    row, column, factor = terms
    fixed = np.where(low == high, low, 0)
    open_terms = _sum_by(row, (low != high)[column].astype(np.int64), len(known.row_low))
    sums = _sum_by(row, factor * fixed[column], len(known.row_low))
    wrong = (open_terms == 0) & ((sums < known.row_low) | (sums > known.row_high))
    if wrong.any():
        raise Contradiction(f"{int(wrong.sum())} totals do not add up")


def separate_parts(known: Known):
    """Rows and open unknowns of each part that shares no statement with another part, the smallest first."""
    is_open = known.low != known.high
    linked = known.matrix[:, np.flatnonzero(is_open)]
    speaking = np.flatnonzero(np.diff(linked.indptr) > 0)
    linked = sparse.csr_array(linked[speaking])
    graph = sparse.block_array([[None, linked], [linked.T, None]], format="csr")
    _, label = csgraph.connected_components(graph, directed=False)
    columns, rows = np.flatnonzero(is_open), speaking
    order = np.argsort(label[len(rows) :], kind="stable")
    of_row = label[: len(rows)]
    row_order = np.argsort(of_row, kind="stable")
    starts = np.flatnonzero(np.diff(label[len(rows) :][order], prepend=-1))
    parts = []
    for members in np.split(order, starts[1:]) if len(order) else []:
        number = label[len(rows) + members[0]]
        begin, end = np.searchsorted(of_row[row_order], [number, number + 1])
        parts.append((rows[row_order[begin:end]], columns[members]))
    return sorted(parts, key=lambda part: len(part[1]))
