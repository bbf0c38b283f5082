"""How many readers does one processor core hold, when each makes a change every five seconds?"""

from __future__ import annotations

import asyncio
import os
import random
import time
from dataclasses import dataclass

from bench.change import BOXES
from bench.servers import Server, cores, running
from bench.table import Row, quantile, times
from bench.visitor import Visitor

EVERY, WINDOW, SLOWEST, LONGEST_STEP, TRIES = 5.0, 11.0, 1.0, 45.0, 2
STEPS = {"ours": (25, 50, 100, 125, 150, 200, 250, 300), "plain": (5, 10, 15, 20, 30, 40, 50, 60, 80)}
PAGES = {"ours": (("trends", ("category",)), ("map", ("category", "to"))), "plain": (("", ("category", "to")),)}
TARGET, UNDISTURBED = 5, 0.7


@dataclass(frozen=True)
class Step:
    """One step of the ladder.

    ``p95`` in seconds (inf when the step did not end); ``failed``: changes without a chart; ``server``, ``visitors``:
    how much of its core each side used; ``cost``: the server's processor seconds for one change.
    """

    count: int
    p95: float
    failed: int = 0
    server: float = 1.0
    visitors: float = 0.0
    cost: float = float("inf")

    @property
    def holds(self) -> bool:
        return self.p95 < SLOWEST


@dataclass(frozen=True)
class Ladder:
    """All steps of one app, up to the first that did not hold."""

    steps: list[Step]

    @property
    def most(self) -> int:
        return max((step.count for step in self.steps if step.holds), default=0)

    @property
    def bound(self) -> float:
        """How many sessions would use up the core, by the processor time of one change alone; other processes do not
        count in it."""
        return EVERY / min(step.cost for step in self.steps)

    @property
    def disturbed(self) -> bool:
        """Did a step fail although the server had much of its core left? Then other processes had it."""
        return any(not step.holds and step.server < UNDISTURBED for step in self.steps)

    def words(self) -> str:
        disturbed = "; the core was taken by other processes" if self.disturbed else ""
        return (
            f"{self.most} ({'; '.join(_told(step) for step in self.steps)}; processor time allows "
            f"{self.bound:.0f}{disturbed})"
        )


def _told(step: Step) -> str:
    busy = f", visitors {step.visitors:.0%}" if step.visitors > 0.8 else ""
    failed = f", {step.failed} without a chart" if step.failed else ""
    return f"{step.count}: {step.p95:.2f} s, server {step.server:.0%}{busy}{failed}"


def measure() -> list[Row]:
    """Each server on the first core, the visitors on the second. A disturbed run is judged by processor time only, and
    meets nothing."""
    available = cores()
    os.sched_setaffinity(0, {available[-1]})
    try:
        ours, plain = (_ladder(app, available[0]) for app in ("ours", "plain"))
    finally:
        os.sched_setaffinity(0, set(available))
    what = (
        f"Sessions on one core, a change every {EVERY:.0f} s, p95 < {SLOWEST:.0f} s (each step's p95 and the "
        "server's share of its core)"
    )
    if ours.disturbed or plain.disturbed:
        ratio, met = f"{times(ours.bound, plain.bound)} by processor time", None
    else:
        ratio, met = times(ours.most, plain.most), ours.most >= TARGET * plain.most
    return [Row(what, ours.words(), plain.words(), ratio=ratio, target=f"≥ {TARGET} ×", met=met)]


def _ladder(app: str, core: int) -> Ladder:
    """Steps up to the first that fails twice; once may be the machine's noise."""
    with running(app, core) as server:
        return Ladder(asyncio.run(_climb(app, server)))


async def _climb(app: str, server: Server) -> list[Step]:
    dice = random.Random(1)
    visitors: list[tuple[Visitor, tuple[str, ...]]] = []
    ladder: list[Step] = []
    for count in STEPS[app]:
        for _ in range(TRIES):
            step = await _step(app, server, visitors, count, dice)
            if step.holds or step.p95 == float("inf"):
                break
        ladder.append(step)
        if not step.holds:
            break
    await asyncio.gather(*(visitor.close() for visitor, _ in visitors), return_exceptions=True)
    return ladder


async def _step(app: str, server: Server, visitors: list, count: int, dice: random.Random) -> Step:
    try:
        async with asyncio.timeout(LONGEST_STEP):
            while len(visitors) < count:
                visitors.append(await arrive(app, server, len(visitors)))
            began, used, served = time.perf_counter(), time.process_time(), server.processor()
            lasted = await asyncio.gather(
                *(_use(visitor, boxes, random.Random(dice.random())) for visitor, boxes in visitors)
            )
            took = time.perf_counter() - began
    except TimeoutError:
        return Step(count, float("inf"))
    runs = [choice for each in lasted for choice in each]
    failed = sum(1 for _, error in runs if error)
    served = server.processor() - served
    visitors_share = (time.process_time() - used) / took
    return Step(
        count,
        quantile([seconds for seconds, _ in runs], 0.95),
        failed,
        served / took,
        visitors_share,
        served / len(runs),
    )


async def arrive(app: str, server: Server, number: int) -> tuple[Visitor, tuple[str, ...]]:
    """One more visitor, with the boxes that this one will use; of ours, every other one looks at trends and at the
    map."""
    page, boxes = PAGES[app][number % len(PAGES[app])]
    visitor = Visitor(server.port, page, "place=london&lang=en" if app == "ours" else "")
    await visitor.open()
    return visitor, tuple(BOXES[app][name] for name in boxes)


async def _use(visitor: Visitor, boxes: tuple[str, ...], dice: random.Random) -> list[tuple[float, str]]:
    """Changes at fixed moments, the first at any moment of the first five seconds; what came late counts as waiting."""
    due = time.perf_counter() + dice.random() * EVERY
    until = time.perf_counter() + WINDOW
    lasted = []
    while due < until:
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        box = dice.choice(boxes)
        run = await visitor.choose(box, dice.choice(visitor.options(box)))
        lasted.append((time.perf_counter() - due, run.error))
        due += EVERY
    return lasted
