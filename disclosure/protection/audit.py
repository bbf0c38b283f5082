"""Within what range can each hidden count still lie, for someone who has read everything published?

A count is *safe* when two tables of whole numbers that the reader cannot tell apart differ in it by the required range.
Both are checked with integer arithmetic; an objective of the solver is never proof of safety. The method is the
"shuttle" of bounds with integer programs (Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, ch.
6; Hundepool et al. 2012, Statistical Disclosure Control, ch. 4.4): bounds first, then parts, then linear programs in
two directions, then integer programs for what is left. The true counts are not needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from disclosure.protection.bounds import FREE, Known, fits, separate_parts, tighten
from disclosure.protection.highs import Program

_NEAR = 1e-6  # how far from whole a solver's number may be before it counts as a fraction
_IDLE = 4  # directions in a row that prove nothing new before single counts are asked


@dataclass
class RangesProved:
    """For each unknown: ``low`` to ``high``, the least and the greatest value seen in a checked table of whole numbers.

    ``exact``: nothing outside that range is possible either. ``unlimited``: no upper limit follows from what is
    published. ``safe``: the range seen holds at least the required number of whole numbers.
    """

    low: np.ndarray
    high: np.ndarray
    exact: np.ndarray
    unlimited: np.ndarray
    safe: np.ndarray


def prove(
    known: Known,
    questioned: np.ndarray,
    width: int,
    seconds: float = 600.0,
    say: Callable[[str], None] = lambda words: None,
) -> RangesProved:
    """Is each unknown ``questioned`` safe, that is, can it still be any of ``width`` whole numbers or more?

    One that is not proved within its time is not safe. Raises Contradiction when the statements cannot all hold.
    """
    tight = tighten(known)
    size = len(tight.low)
    single = tight.low == tight.high
    ranges = RangesProved(
        tight.low.copy(), tight.high.copy(), single.copy(), np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    )
    until = time.monotonic() + seconds
    every = separate_parts(tight)
    for number, (rows, columns) in enumerate(every, 1):
        if not questioned[columns].any():
            continue
        _Part(tight.part(rows, columns), questioned[columns], width, until).into(ranges, columns)
        if len(columns) > 500:
            say(f"audit: part {number} of {len(every)} ({len(columns)} hidden counts) done")
    ranges.safe = (ranges.high - ranges.low >= width - 1) & questioned
    return ranges


class _Part:
    """Unknowns that hang together: tables of whole numbers are collected until every one asked about is settled."""

    def __init__(self, known: Known, questioned: np.ndarray, width: int, until: float):
        self.known, self.questioned, self.width, self.until = known, questioned, width, until
        self.cap = _cap(known)
        size = len(questioned)
        self.low, self.high = np.full(size, FREE), np.full(size, -FREE)
        self.exact_low, self.exact_high = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        if known.matrix.shape[0] == 0:
            self.low, self.high = known.low, np.minimum(known.high, self.cap)
            self.exact_low[:], self.exact_high[:] = True, True
            return
        sides = (
            np.where(known.row_low <= -FREE, -np.inf, known.row_low),
            np.where(known.row_high >= FREE, np.inf, known.row_high),
        )
        self.program = Program(known.matrix, *sides, known.low, np.minimum(known.high, self.cap))
        self._many_at_once()
        self._one_by_one()

    def into(self, ranges: RangesProved, columns: np.ndarray) -> None:
        possible = self.low <= self.high
        ranges.low[columns] = np.where(possible, self.low, self.known.low)
        ranges.high[columns] = np.where(possible, self.high, self.known.low)
        ranges.exact[columns] = self.exact_low & self.exact_high
        ranges.unlimited[columns] = (self.known.high >= FREE) & (self.high >= self.cap)

    def _open(self) -> np.ndarray:
        return np.flatnonzero(self.questioned & (self.high - self.low < self.width - 1))

    def _many_at_once(self) -> None:
        """Push all unsettled counts up or down at random: one table often settles hundreds."""
        chance = np.random.default_rng(len(self.questioned))
        idle = 0
        while idle < _IDLE and len(unsettled := self._open()) > 2 and time.monotonic() < self.until:
            direction = np.zeros(len(self.questioned))
            direction[unsettled] = chance.choice([-1.0, 1.0], len(unsettled))
            for cost in (direction, -direction):
                self._ask(cost)
            idle = 0 if len(self._open()) < len(unsettled) else idle + 1

    def _one_by_one(self) -> None:
        for count in self._open():
            for sign in (1.0, -1.0):
                if self.high[count] - self.low[count] >= self.width - 1 or time.monotonic() > self.until:
                    break
                self._extreme(count, sign)

    def _ask(self, cost: np.ndarray, whole: bool = False) -> np.ndarray | None:
        """The solver's answer, noted when it is a table of whole numbers that fits."""
        self.program.cost(cost)
        answer = self.program.cheapest(whole=whole, seconds=max(0.1, self.until - time.monotonic()))
        if answer is None:
            return None
        table = np.rint(answer).astype(np.int64)
        if np.abs(answer - table).max(initial=0) > _NEAR or not fits(self.known, table):
            return None
        np.minimum(self.low, table, out=self.low)
        np.maximum(self.high, table, out=self.high)
        return table

    def _extreme(self, count: int, sign: float) -> None:
        """The least (sign 1) or the greatest (−1) value of one count: by a linear program, else by an integer one."""
        cost = np.zeros(len(self.questioned))
        cost[count] = sign
        exact = self.exact_low if sign > 0 else self.exact_high
        for whole in (False, True):
            table = self._ask(cost, whole)
            if table is not None:
                exact[count] = self.program.finished
                return


def _cap(known: Known) -> int:
    """A number that stands for 'no upper limit': far above everything published."""
    sides = [
        np.abs(side[np.abs(side) < FREE]).max(initial=0)
        for side in (known.row_low, known.row_high, known.low, known.high)
    ]
    return int(max(1_000, 4 * min(max(sides), 10**9)))
