"""Which counts of a lattice are hidden, so that none of them can be worked out?

Small counts first (primary), then the cheapest others (secondary), then proof by ``disclosure.protection.audit``, which
does not know the true counts. What is not proved within its time takes its whole block with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from disclosure.protection.audit import RangesProved, prove
from disclosure.protection.bounds import FREE, Known
from disclosure.protection.flows import Flows
from disclosure.protection.lattice import Lattice
from disclosure.protection.policy import Policy


class Unprotectable(ValueError):
    """No pattern of hidden counts keeps the required range: nothing of the dataset may be shown."""


@dataclass
class Protection:
    """For each cell of the lattice: is it hidden, was it small itself (primary), was it withheld with its block?

    ``blocks``: what was withheld whole, in words. ``proof``: the proof over the hidden cells, in the order of the
    lattice.
    """

    primary: np.ndarray
    hidden: np.ndarray
    withheld: np.ndarray
    blocks: list[str] = field(default_factory=list)
    proof: RangesProved | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def unsafe(self) -> int:
        return int((~self.proof.safe).sum()) if self.proof is not None else len(self.hidden)


def primary(lattice: Lattice, policy: Policy) -> np.ndarray:
    """Counts from one to the threshold of their category; never a zero."""
    most = np.where(np.isin(lattice.names("category"), policy.sensitive), policy.sensitive_threshold, policy.threshold)
    return lattice.published & (lattice.count >= 1) & (lattice.count <= most)


def attacker(lattice: Lattice, shown: np.ndarray, may_be_zero: np.ndarray) -> Known:
    """What a reader knows of the cells that are not shown: every equation, and that nothing hidden singly is zero."""
    secret = np.flatnonzero(~shown)
    open_rows = lattice.equations[:, secret]
    rest = -(lattice.equations @ np.where(shown, lattice.count, 0))
    low = np.where(may_be_zero[secret], 0, 1).astype(np.int64)
    return Known(sparse.csr_array(open_rows), rest, rest.copy(), low, np.full(len(secret), FREE))


def protect(lattice: Lattice, policy: Policy, say: Callable[[str], None] = lambda words: None) -> Protection:
    """Hide until the audit has proved every hidden cell safe. Raises Unprotectable."""
    small = primary(lattice, policy)
    protection = Protection(small, small | ~lattice.published, np.zeros(len(small), dtype=bool))
    say(f"{int(lattice.published.sum())} counts, {lattice.equations.shape[0]} totals, {int(small.sum())} small counts")
    began = time.monotonic()
    flows = Flows(lattice, policy, protection.hidden, protection.withheld)
    _secondary(flows, protection, say)
    protection.seconds["protect"] = time.monotonic() - began
    for turn in range(int(policy.seconds["rounds"]) + 4):
        began = time.monotonic()
        protection.proof = _proof(lattice, protection, policy, say)
        protection.seconds["audit"] = time.monotonic() - began
        failed = np.flatnonzero(~protection.proof.safe)
        if len(failed) == 0:
            return protection
        say(f"round {turn + 1}: {len(failed)} counts not proved yet")
        _again(flows, protection, failed, turn, policy)
        _secondary(flows, protection, say)
    raise Unprotectable(f"{protection.unsafe} hidden counts cannot be proved safe")


def _secondary(flows: Flows, protection: Protection, say: Callable[[str], None]) -> None:
    """Every hidden count gets room to move, the newly hidden ones too; totals first, because they move their parts."""
    flow, reported = 0, time.monotonic()
    stuck = np.zeros(len(protection.hidden), dtype=bool)
    while True:
        room = flows.high - flows.low >= flows.policy.range - 1
        waiting = np.flatnonzero(protection.hidden & flows.lattice.published & ~room & ~stuck)
        if len(waiting) == 0:
            return
        target = waiting[np.argmax(flows.price[waiting])]
        stuck[target] = True  # one flow each: what it leaves open is for the audit to tell
        if not flows.move(int(target)):
            _block(flows, protection, int(target))
        flow += 1
        if time.monotonic() - reported > 5:
            say(
                f"flow {flow}: {int((protection.hidden & flows.lattice.published).sum())} hidden, "
                f"{len(waiting)} still to move"
            )
            reported = time.monotonic()


def _proof(lattice: Lattice, protection: Protection, policy: Policy, say: Callable[[str], None]) -> RangesProved:
    shown = ~protection.hidden
    secret = np.flatnonzero(~shown)
    known = attacker(lattice, shown, protection.withheld | ~lattice.published)
    ranges = prove(known, lattice.published[secret], policy.range, policy.seconds["audit"], say)
    every = RangesProved(
        *(
            np.zeros(len(shown), dtype=column.dtype)
            for column in (ranges.low, ranges.high, ranges.exact, ranges.unlimited, ranges.safe)
        )
    )
    every.low[:], every.high[:], every.safe[:] = lattice.count, lattice.count, True
    for name in ("low", "high", "exact", "unlimited"):
        getattr(every, name)[secret] = getattr(ranges, name)
    every.safe[secret] = ranges.safe | ~lattice.published[secret]
    return every


def _again(flows: Flows, protection: Protection, failed: np.ndarray, turn: int, policy: Policy) -> None:
    """First a flow of whole numbers for each count that failed; later its block (each block once a turn)."""
    before = protection.withheld.copy()
    for target in failed:
        done = protection.withheld[target] and not before[target]
        if not done and (turn >= policy.seconds["rounds"] or not flows.move(int(target), whole=True)):
            _block(flows, protection, int(target))


def _block(flows: Flows, protection: Protection, target: int) -> None:
    """Withhold every cell of the target's grain and year, zeros too; when that was done already, every cell of that
    year."""
    lattice = flows.lattice
    same = np.array([name[:4] for name in lattice.names("period")]) == lattice.names("period")[target][:4]
    if not protection.withheld[target]:
        for axis in ("category", "area", "period"):
            same &= lattice.level(axis) == lattice.level(axis)[target]
    elif protection.withheld[same & lattice.published].all():
        raise Unprotectable("a whole year is withheld and a count in it is still not safe")
    protection.hidden |= same
    protection.withheld |= same
    grain = " × ".join(str(lattice.level(axis)[target]) for axis in ("area", "category", "period"))
    protection.blocks.append(f"{grain} in {lattice.names('period')[target][:4]}")
