"""A steady hour's shape in five minutes: readers come, make some changes and go; does the memory stay flat?"""

from __future__ import annotations

import asyncio
import math
import random
import time
from dataclasses import dataclass, field

from bench.load.behind import Site, behind_proxy
from bench.load.readers import Changes, Reader, arrived, leave
from bench.servers import cores
from bench.table import Row, quantile

SECONDS, LOOK = 300.0, 5.0
A_SECOND, SWING, WAVES = 1.5, 0.5, 4  # arrivals, by how much they rise and fall, and how often in the hour
CHANGES, PAUSE = (1, 6), (1.0, 6.0)  # of one reader; seconds between them
MOST_GROWTH = 0.05  # of the memory between the second and the last fifth of the time
SLOWEST = 1.0


@dataclass
class Hour:
    """What came of it. ``memory``: MB of the servers, one number every few seconds; ``came``, ``refused``: readers."""

    changes: Changes = field(default_factory=Changes)
    memory: list[float] = field(default_factory=list)
    came: int = 0
    refused: int = 0

    @property
    def growth(self) -> float:
        """By how much the last fifth is above the second, in which everything was asked for once."""
        fifth = max(len(self.memory) // 5, 1)
        second, last = self.memory[fifth : 2 * fifth], self.memory[-fifth:]
        return (sum(last) / len(last)) / (sum(second) / len(second)) - 1


def measure() -> list[Row]:
    """Two servers behind the proxy."""
    available = cores()
    with behind_proxy([available[turn % len(available)] for turn in range(2)]) as site:
        hour = asyncio.run(_hour(site, SECONDS))
    p95 = quantile(hour.changes.seconds, 0.95)
    what = f"A steady hour's shape in {SECONDS / 60:.0f} minutes, two servers"
    lost = hour.refused + hour.changes.failed
    words = (
        f"{hour.came} readers, {len(hour.changes.seconds)} changes, p95 {p95:.2f} s, {lost} without a page; memory "
        f"{hour.memory[0]:.0f} → {hour.memory[-1]:.0f} MB, {hour.growth:+.1%} from the second fifth to the last"
    )
    target = f"p95 < {SLOWEST:.0f} s, memory within {MOST_GROWTH:.0%}"
    return [Row(what, words, target=target, met=p95 < SLOWEST and hour.growth <= MOST_GROWTH and not lost)]


async def _hour(site: Site, seconds: float) -> Hour:
    hour, dice, visits = Hour(), random.Random(1), set()
    began = looked = time.monotonic()
    while (now := time.monotonic() - began) < seconds:
        rate = A_SECOND * (1 + SWING * math.sin(2 * math.pi * WAVES * now / seconds))
        await asyncio.sleep(dice.expovariate(rate))
        visit = asyncio.create_task(_visit(site, hour, random.Random(dice.random())))
        visits.add(visit)
        visit.add_done_callback(visits.discard)
        if time.monotonic() - looked >= LOOK:
            looked = time.monotonic()
            hour.memory.append(site.memory())
    await asyncio.wait(visits, timeout=60) if visits else None
    return hour


async def _visit(site: Site, hour: Hour, dice: random.Random) -> None:
    """One reader: a page, some changes, and away."""
    hour.came += 1
    readers, refused = await arrived(site, 1, 60.0, first=hour.came)
    hour.refused += refused
    for reader in readers:
        await _changes(reader, hour, dice)
    await leave(readers)


async def _changes(reader: Reader, hour: Hour, dice: random.Random) -> None:
    for _ in range(dice.randint(*CHANGES)):
        await asyncio.sleep(dice.uniform(*PAUSE))
        due = time.perf_counter()
        try:
            hour.changes.add(due, await reader.change(dice))
        except Exception:  # the socket closed or the page did not come
            hour.changes.failed += 1
            return
