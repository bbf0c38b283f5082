"""Readers with an open page behind the proxy, each from an address of its own."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from dataclasses import dataclass, field

from websockets.asyncio.client import connect

from bench.change import BOXES
from bench.load.behind import HOST, Site, address_of
from bench.visitor import Counting, Run, Visitor

PAGES = (("trends", ("category",)), ("map", ("category", "to")))  # every other reader looks at trends and at the map
AT_ONCE = 12  # readers who open their page at the same moment
LONGEST_OPENING = 60.0


class Reader(Visitor):
    """One session over TLS from the address of its number."""

    def __init__(self, site: Site, trust: ssl.SSLContext, number: int):
        page, boxes = PAGES[number % len(PAGES)]
        super().__init__(site.port, page, "place=london&lang=en")
        self._site, self._trust, self._number = site, trust, number
        self.boxes = tuple(BOXES["ours"][name] for name in boxes)

    async def open(self) -> Run:
        """Connect through the proxy and see the page."""
        port = self._site.port
        async with asyncio.timeout(LONGEST_OPENING):
            self._socket = await connect(
                f"wss://{HOST}:{port}/_stcore/stream",
                host="127.0.0.1",
                port=port,
                local_addr=(address_of(self._number), 0),
                ssl=self._trust,
                server_hostname=HOST,
                origin=f"https://{HOST}:{port}",
                subprotocols=["streamlit"],
                max_size=None,
                create_connection=Counting,
                additional_headers={"Accept-Language": "en"},
                proxy=None,
                open_timeout=LONGEST_OPENING,
            )
            return await self._run()

    async def change(self, dice: random.Random) -> Run:
        """Another choice in one of its boxes."""
        box = dice.choice(self.boxes)
        return await self.choose(box, dice.choice(self.options(box)))


@dataclass
class Changes:
    """Seconds of every change, from when it was due to the end of the script; ``failed``: changes without a chart."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def add(self, due: float, run: Run) -> None:
        self.seconds.append(time.perf_counter() - due)
        self.failed += bool(run.error)


async def arrived(site: Site, count: int, longest: float, first: int = 0) -> tuple[list[Reader], int]:
    """So many readers with an open page, and how many got none; only those who came within ``longest`` seconds.
    ``first``: the number of the first one."""
    trust, doors, readers, refused = site.trust(), asyncio.Semaphore(AT_ONCE), [], 0
    ends = time.monotonic() + longest

    async def arrive(number: int) -> None:
        nonlocal refused
        async with doors:
            if time.monotonic() > ends:
                return
            reader = Reader(site, trust, number)
            try:
                run = await reader.open()
            except Exception:  # refused, too slow, cut off: it has no page, whatever the cause
                refused += 1
                return
            refused += bool(run.error)
            readers.append(reader)

    await asyncio.gather(*(arrive(number) for number in range(first, first + count)))
    return readers, refused


async def using(reader: Reader, every: float, window: float, dice: random.Random, changes: Changes) -> None:
    """Changes at fixed moments, the first at any moment of the first ``every`` seconds; what comes late counts as
    waiting."""
    due = time.perf_counter() + dice.random() * every
    until = time.perf_counter() + window
    while due < until:
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        try:
            changes.add(due, await reader.change(dice))
        except Exception:  # the socket closed or the page did not come: this reader has left
            changes.failed += 1
            return
        due += every


async def leave(readers: list[Reader]) -> None:
    await asyncio.gather(*(reader.close() for reader in readers), return_exceptions=True)
