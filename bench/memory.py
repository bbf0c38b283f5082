"""How much memory does one more session take?"""

from __future__ import annotations

import asyncio

from bench.servers import Server, running
from bench.sessions import arrive
from bench.table import Row, times

FIRST, MORE = 6, 40


def measure() -> list[Row]:
    """Growth of the resident memory from the sixth session on, each with one page and one change, divided by the
    sessions."""
    growth = {}
    for app in ("ours", "plain"):
        with running(app) as server:
            growth[app] = asyncio.run(_grow(app, server))
    words = {app: f"{each:.2f} MB ({whole:.0f} MB in all)" for app, (each, whole) in growth.items()}
    return [
        Row(
            f"Memory of one session (of {MORE} more)",
            words["ours"],
            words["plain"],
            ratio=times(growth["ours"][0], growth["plain"][0]),
        )
    ]


async def _grow(app: str, server: Server) -> tuple[float, float]:
    """MB a session, and MB of the whole process with all of them."""
    visitors = [await _busy(app, server, number) for number in range(FIRST)]
    before = server.memory()
    visitors += [await _busy(app, server, FIRST + number) for number in range(MORE)]
    after = server.memory()
    await asyncio.gather(*(visitor.close() for visitor in visitors))
    return (after - before) / MORE, after


async def _busy(app: str, server: Server, number: int):
    visitor, boxes = await arrive(app, server, number)
    options = visitor.options(boxes[0])
    await visitor.choose(boxes[0], options[number % len(options)])
    return visitor
