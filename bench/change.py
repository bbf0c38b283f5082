"""How long does the server take for another choice, how much of the processor, and how many bytes go over the
socket?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from bench.servers import Server, running
from bench.table import Row, quantile, times
from bench.visitor import Run, Visitor

# in the pause a server tidies up after a change: part of its processor time, not of the next change
CHANGES, WARM, PAUSE = (40, 2, 0.15)
MOST_MS, MOST_MAP_KB = 60, 10
PAGES = {"trends": ("category",), "map": ("category", "to")}
BOXES = {"ours": {"category": "choose_category", "to": "choose_to"}, "plain": {"category": "category", "to": "month"}}


@dataclass
class Found:
    """Every change of one app on one page."""

    runs: list[Run] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, choice: tuple[str, str], run: Run, processor: float) -> None:
        """A page without its chart does not count as a change; it is named beside the figures."""
        if run.error:
            self.errors.append(f"{choice[0]} = {choice[1]}")
            return
        self.runs.append(run)
        self.processor.append(processor)

    def ms(self, share: float) -> float:
        return quantile([run.seconds * 1000 for run in self.runs], share)

    @property
    def kb(self) -> float:
        return quantile([run.size / 1000 for run in self.runs], 0.5)

    @property
    def processor_ms(self) -> float:
        return sum(self.processor) / len(self.processor) * 1000


def measure() -> list[Row]:
    """Forty changes of each page, ours and the plain page taking turns; no choice comes twice."""
    with ExitStack() as stack:
        servers = {app: stack.enter_context(running(app)) for app in BOXES}
        timed = {page: asyncio.run(_page(page, servers)) for page in PAGES}
    rows = []
    for page, by_app in timed.items():
        rows += [_time(page, **by_app), _processor(page, **by_app)]
    return rows + [_bytes(page, **by_app) for page, by_app in timed.items()]


async def _page(page: str, servers: dict[str, Server]) -> dict[str, Found]:
    visitors = {
        "ours": Visitor(servers["ours"].port, page, "place=london&lang=en"),
        "plain": Visitor(servers["plain"].port),
    }
    return await turns(page, servers, visitors)


async def turns(page: str, servers: dict[str, Server], visitors: dict[str, Visitor]) -> dict[str, Found]:
    """One change after another on a page, the servers taking turns."""
    timed = {app: Found() for app in visitors}
    choices = {}
    for app, visitor in visitors.items():
        await visitor.open()
        choices[app] = _choices("plain" if app == "plain" else "ours", page, visitor)
    for turn in range(CHANGES + WARM):
        for app, visitor in visitors.items():
            before, choice = servers[app].processor(), next(choices[app])
            run = await visitor.choose(*choice)
            await asyncio.sleep(PAUSE)
            if turn >= WARM:
                timed[app].add(choice, run, servers[app].processor() - before)
    for app, visitor in visitors.items():
        await visitor.close()
        if not timed[app].runs:
            raise RuntimeError(f"no change on {page} ({app}) drew a chart: {timed[app].errors[:3]}")
    return timed


def _choices(app: str, page: str, visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Boxes in turn, each label once: a cache of results has nothing to give."""
    boxes = [BOXES[app][name] for name in PAGES[page]]
    labels = {box: iter(visitor.options(box)) for box in boxes}
    turn = 0
    while True:
        box = boxes[turn % len(boxes)]
        yield box, next(labels[box])
        turn += 1


def _time(page: str, ours: Found, plain: Found) -> Row:
    words = {
        app: f"{timed.ms(0.5):.0f} / {timed.ms(0.95):.0f} ms{_wrong(timed)}"
        for app, timed in (("ours", ours), ("plain", plain))
    }
    what = f"A change on {page}, question to end of script (p50 / p95)"
    return Row(
        what,
        words["ours"],
        words["plain"],
        ratio=times(ours.ms(0.95), plain.ms(0.95)),
        target=f"p95 ≤ {MOST_MS} ms",
        met=ours.ms(0.95) <= MOST_MS,
    )


def _wrong(timed: Found) -> str:
    return f"; {len(timed.errors)} of {CHANGES} failed ({'; '.join(timed.errors[:3])})" if timed.errors else ""


def _processor(page: str, ours: Found, plain: Found) -> Row:
    ratio = times(ours.processor_ms, plain.processor_ms)
    return Row(
        f"A change on {page}, processor time (mean)",
        f"{ours.processor_ms:.0f} ms",
        f"{plain.processor_ms:.0f} ms",
        ratio=ratio,
    )


def _bytes(page: str, ours: Found, plain: Found) -> Row:
    target, met = (f"≤ {MOST_MAP_KB} kB", ours.kb <= MOST_MAP_KB) if page == "map" else ("—", None)
    return Row(
        f"A change on {page}, bytes on the socket (median)",
        f"{ours.kb:.1f} kB",
        f"{plain.kb:.1f} kB",
        ratio=times(ours.kb, plain.kb),
        target=target,
        met=met,
    )
