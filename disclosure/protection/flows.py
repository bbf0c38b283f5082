"""Which further counts must be hidden so that a small one can move? The cheapest flow through the table finds them.

Cell suppression as a linear program (Kelly, Golden and Assad 1992, Networks 22; Fischetti and Salazar 2000, Management
Science 46): one count goes up by the required range, every equation still holds, and what moves must be hidden. Hidden
counts move for nothing, shown ones at a price, zeros not at all, and nothing falls under one. The flow is looked for
among near cells first, because a rectangle of four nearly always stands there, and in the whole lattice last.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from disclosure.protection.highs import Program
from disclosure.protection.lattice import AXES, Lattice
from disclosure.protection.policy import Policy

_NEAR = 1e-7
_HIDDEN_PRICE = 1e-3  # not quite nothing, so that a flow does not wander through hidden counts without need
_MOST_ROOM = 1e6


def prices(lattice: Lattice, policy: Policy) -> np.ndarray:
    """What hiding each cell costs: log(1 + n), more for totals (of an axis that has parts at all)."""
    price = np.log1p(np.maximum(lattice.count, 0)).astype(np.float64)
    for axis in AXES:
        levels = lattice.level(axis)
        if lattice.axes[axis].parts:
            for level in set(levels) & set(policy.penalties):
                price[levels == level] *= policy.penalties[level]
    return price


class Flows:
    """Flows in one lattice. ``hidden`` and ``withheld`` are its owner's arrays; a flow hides what it touches.

    ``low`` and ``high``: for each cell the least and the greatest number seen in a table that fits all that is shown.
    """

    def __init__(self, lattice: Lattice, policy: Policy, hidden: np.ndarray, withheld: np.ndarray):
        self.lattice, self.policy, self.hidden, self.withheld = lattice, policy, hidden, withheld
        self.price = prices(lattice, policy)
        self.low, self.high = lattice.count.copy(), lattice.count.copy()
        self._columns = sparse.csc_array(lattice.equations)
        self._near = _nearness(lattice)

    def move(self, target: int, *, whole: bool = False) -> bool:
        """Hide what must be hidden for ``target`` to take more values; False when nothing can move."""
        for cells in self._scopes(target):
            answer = self._cheapest(cells, int(np.searchsorted(cells, target)), whole)
            if answer is not None:
                change = np.zeros(len(self.hidden))
                change[cells] = answer
                self.hidden |= np.abs(change) > _NEAR
                self._note(change)
                return True
        return False

    def _scopes(self, target: int) -> Iterator[np.ndarray]:
        """Cells that the flow may touch: of the same grain and the same totals, of the same grain and year, all."""
        alike = (self._near["levels"] == self._near["levels"][target]).all(axis=1)
        same = (self._near["totals"] == self._near["totals"][target]).all(axis=1)
        year = self._near["year"] == self._near["year"][target]
        for chosen in (alike & same, alike & year, np.ones(len(same), dtype=bool)):
            yield np.flatnonzero(chosen | ~self.lattice.published)

    def _cheapest(self, cells: np.ndarray, target: int, whole: bool) -> np.ndarray | None:
        count, hidden = self.lattice.count[cells], self.hidden[cells]
        least = np.where(self.withheld[cells] | ~self.lattice.published[cells], 0, 1)
        still = ~hidden & (count == 0)
        up, down = np.where(still, 0.0, _MOST_ROOM), np.where(still, 0.0, count - least)
        need = float(self.policy.range - 1)
        low = np.zeros(2 * len(cells))
        low[target], down[target] = need, 0.0
        rows = sparse.csr_array(self._columns[:, cells])
        rows = rows[np.diff(rows.indptr) > 0]
        none = np.zeros(rows.shape[0])
        program = Program(sparse.csr_array(sparse.hstack([rows, -rows])), none, none, low, np.concatenate([up, down]))
        price = np.where(hidden, _HIDDEN_PRICE, self.price[cells])
        program.cost(np.concatenate([price, price]))
        answer = program.cheapest(whole=whole, seconds=self.policy.seconds["audit"] / 10)
        return None if answer is None else answer[: len(cells)] - answer[len(cells) :]

    def _note(self, change: np.ndarray) -> None:
        """A whole move that keeps every equation is a second table: all that it moves has that much room."""
        step = np.rint(change).astype(np.int64)
        if np.abs(change - step).max(initial=0) > 1e-6 or (self.lattice.equations @ step).any():
            return
        np.minimum(self.low, self.lattice.count + step, out=self.low)
        np.maximum(self.high, self.lattice.count + step, out=self.high)


def _nearness(lattice: Lattice) -> dict[str, np.ndarray]:
    """For each cell: its level on each axis, the totals of its category and period, and its year."""
    levels = np.stack([lattice.level(axis) for axis in AXES], axis=1)
    above = []
    for axis in ("category", "period"):
        total = np.arange(len(lattice.axes[axis].codes))
        for whole, members in lattice.axes[axis].parts.items():
            total[list(members)] = whole
        above.append(total[lattice.positions[:, AXES.index(axis)]])
    year = np.array([name[:4] for name in lattice.names("period")])
    return {"levels": levels, "totals": np.stack(above, axis=1), "year": year}
