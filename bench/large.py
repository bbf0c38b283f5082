"""``python -m bench.large``: a simulated place of 28.8 million observations. How long does it take to build, and how
fast is it then? Prints a table.

300 areas, 240 months and 400 types, in one file like that of a police force. Its pages and London's are asked in turn,
in one run.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from bench.change import PAGES, Found, turns
from bench.servers import Server, running
from bench.simulated import Size, write_place
from bench.table import OUT, PROJECT, Row, markdown, times
from bench.visitor import Visitor

MOST_SECONDS, MOST_MIB, MOST_TIMES = 120, 2048, 2.0
FULL = Size()
PLACES = {"large": "simulated", "london": "london"}
NOTES = (
    "The figures of the place are simulated (bench/simulated.py) and are in no part of the dashboard.",
    "Ratios of one run on one machine, the two places taking turns; the seconds hold for that machine only.",
)


def measure(size: Size = FULL) -> list[Row]:
    """Write the place, build it, then change the filters of its pages and of London's."""
    root = write_place(OUT / "large", size)
    rows = [_built(root, size)]
    with ExitStack() as stack:
        servers = {
            "large": stack.enter_context(running("ours", data=root)),
            "london": stack.enter_context(running("ours")),
        }
        for page in PAGES:
            rows += _changed(page, asyncio.run(_page(page, servers)))
        rows.append(_memory(servers))
    return rows


def _built(root: Path, size: Size) -> Row:
    """The build in a process of its own; its peak of resident memory."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "measures", "build"],
        cwd=PROJECT,
        env={**os.environ, "FIGURES_DATA": str(root)},
        check=True,
    )
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, processor = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
    what, target = f"Build of {size.observations / 1e6:.1f} million observations", f"< {MOST_SECONDS} s, {MOST_MIB} MiB"
    words = f"{seconds:.0f} s ({processor:.0f} s of processor time), {peak:.0f} MiB"
    return Row(what, words, target=target, met=seconds < MOST_SECONDS and peak < MOST_MIB)


async def _page(page: str, servers: dict[str, Server]) -> dict[str, Found]:
    visitors = {app: Visitor(server.port, page, f"place={PLACES[app]}&lang=en") for app, server in servers.items()}
    return await turns(page, servers, visitors)


def _changed(page: str, timed: dict[str, Found]) -> list[Row]:
    rows = []
    for share, word in ((0.5, "p50"), (0.95, "p95")):
        ours, london = (timed[app].ms(share) for app in PLACES)
        what = f"A change on {page} of the large place, question to end of script ({word})"
        rows.append(
            Row(
                what,
                f"{ours:.0f} ms",
                other=f"London: {london:.0f} ms",
                ratio=times(ours, london),
                target=f"≤ {MOST_TIMES:.0f} ×",
                met=ours <= MOST_TIMES * london,
            )
        )
    ours, london = (timed[app].processor_ms for app in PLACES)
    rows.append(
        Row(
            f"A change on {page} of the large place, processor time (mean)",
            f"{ours:.0f} ms",
            other=f"London: {london:.0f} ms",
            ratio=times(ours, london),
        )
    )
    return rows


def _memory(servers: dict[str, Server]) -> Row:
    ours, london = (servers[app].memory() for app in PLACES)
    return Row(
        "Memory of the server of the large place, after the changes",
        f"{ours:.0f} MB",
        other=f"London: {london:.0f} MB",
        ratio=times(ours, london),
    )


if __name__ == "__main__":
    print(markdown(measure(), NOTES))
