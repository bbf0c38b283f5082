"""How many sessions do servers behind the proxy hold, when each makes a change every so many seconds?"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass

from bench.load.behind import Site, behind_proxy
from bench.load.readers import Changes, arrived, leave, using
from bench.servers import cores
from bench.sessions import UNDISTURBED
from bench.table import Row, quantile

EVERY, WINDOW, SLOWEST = 30.0, 33.0, 1.0  # seconds: somebody who reads what was drawn, then chooses again
LONGEST_ARRIVAL, REST = 75.0, 25
TARGETS = {1: 500, 2: 950}  # servers, each on a core of its own → sessions


@dataclass(frozen=True)
class Crowd:
    """``count`` readers who had a page, of ``asked``; ``changes`` of the window; processor seconds of the servers and
    of the readers and the proxy in it; how long it ``lasted``."""

    asked: int
    count: int
    changes: Changes
    servers: float
    others: float
    lasted: float

    @property
    def p95(self) -> float:
        return quantile(self.changes.seconds, 0.95) if self.changes.seconds else float("inf")

    def words(self, number: int) -> str:
        cost = self.servers / max(len(self.changes.seconds), 1)
        came = f"{self.count} of {self.asked} had a page; " if self.count < self.asked else ""
        return (
            f"{came}p95 {self.p95:.2f} s of {len(self.changes.seconds)} changes, {self.changes.failed} failed; servers "
            f"{self.servers / self.lasted / number:.0%} of a core each, "
            f"readers and proxy {self.others / self.lasted:.0%}; "
            f"{cost * 1000:.0f} ms of processor a change: processor time allows {number * EVERY / cost:.0f}"
        )


def measure() -> list[Row]:
    """One server and then two; the readers and the proxy have whatever cores there are. Where the servers did not get
    their cores, because other processes had them, nothing is met or missed: processor time alone counts.
    """
    rows = []
    available = cores()
    for number, count in TARGETS.items():
        with behind_proxy([available[turn % len(available)] for turn in range(number)]) as site:
            crowd = asyncio.run(_crowd(site, count))
        held = crowd.count == count and crowd.p95 < SLOWEST and not crowd.changes.failed
        disturbed = not held and crowd.servers / crowd.lasted / number < UNDISTURBED
        what = f"{count} sessions, {number} server{'s' * (number > 1)} behind the proxy, a change every {EVERY:.0f} s"
        rows.append(Row(what, crowd.words(number), target=f"p95 < {SLOWEST:.0f} s", met=None if disturbed else held))
    return rows


async def _crowd(site: Site, count: int) -> Crowd:
    await _at_rest(site)
    readers, _ = await arrived(site, count, LONGEST_ARRIVAL)
    changes, dice = Changes(), random.Random(1)
    began, servers, others = time.perf_counter(), site.processor(), time.process_time() + site.processor_of_proxy()
    tasks = [using(reader, EVERY, WINDOW, random.Random(dice.random()), changes) for reader in readers]
    try:
        async with asyncio.timeout(WINDOW * 2):
            await asyncio.gather(*tasks)
    except TimeoutError:
        changes.failed += len(readers) * int(WINDOW / EVERY) - len(changes.seconds)
    lasted = time.perf_counter() - began
    used = site.processor() - servers, time.process_time() + site.processor_of_proxy() - others
    await leave(readers)
    return Crowd(count, len(readers), changes, *used, lasted)


async def _at_rest(site: Site) -> None:
    """Wait until the servers have warmed up: next to no processor for a second."""
    for _ in range(REST):
        before = site.processor()
        await asyncio.sleep(1)
        if site.processor() - before < 0.05 * len(site.servers):
            return
