"""How many documents a second does the server write, kept ones and new ones?"""

from __future__ import annotations

import asyncio
import http.client
import time
from collections.abc import Sequence

from bench.servers import Server, running
from bench.table import Row
from bench.visitor import Visitor

KEPT, NEW = 1500, 60  # documents a second that are wanted
REPEATS = 1000
CATEGORIES = ("robbery", "theft", "burglary", "drug_offences", "vehicle_offences", "violence_against_the_person")
AREAS = tuple(f"E090000{number:02}" for number in range(7, 17))


def measure() -> list[Row]:
    """One client over one connection, so that one processor works for it: the same address, then sixty of its kind."""
    with running("ours") as server:
        asyncio.run(_warm(server))
        client = http.client.HTTPConnection("127.0.0.1", server.port)
        _rate(client, ["/trends?lang=en"])
        rate = _rate(client, ["/trends?lang=en"] * REPEATS)
        states = [f"/trends?lang=en&category={category}&area={area}" for category in CATEGORIES for area in AREAS]
        new = _rate(client, states)
        client.close()
    return [
        Row("Documents a second, kept", f"{rate:,.0f}", target=f"≥ {KEPT:,}", met=rate >= KEPT),
        Row("Documents a second, new", f"{new:,.0f}", target=f"≥ {NEW}", met=new >= NEW),
    ]


async def _warm(server: Server) -> None:
    visitor = Visitor(server.port, "trends")
    await visitor.open()
    await visitor.close()


def _rate(client: http.client.HTTPConnection, addresses: Sequence[str]) -> float:
    begun = time.perf_counter()
    for address in addresses:
        client.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = client.getresponse()
        if answer.status != 200 or not answer.read():
            raise RuntimeError(f"{address} was answered with {answer.status}")
    return len(addresses) / (time.perf_counter() - begun)
