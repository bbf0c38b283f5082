"""``python -m bench.large [--times N]``: a simulated place of 28.8 million observations, or N times as many. How long
does it take to build, how much memory and disk, and how fast is it then? Prints a table.

300 areas and 240 months; 400 types in one file like that of a police force. N times as many types have their counts in
an engine (DuckDB), from which they are pulled: a list of offences, of causes of death or of goods has thousands of
entries, while a place whose pages name its areas has hundreds of those. The pages of the place and London's are asked
in turn, in one run. ``--built``: change the filters of what the last run built.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.change import PAGES, Found, turns
from bench.servers import Server, running
from bench.simulated.place import Size, write_place
from bench.simulated.records import VARIABLE, address, write_records
from bench.table import OUT, PROJECT, Row, markdown, times
from bench.visitor import Visitor

MOST_SECONDS, MOST_MIB, MOST_TIMES = 120, 2048, 2.0
BOUNDED_MIB = 3072  # whatever the size
FULL = Size()
PLACES = {"large": "simulated", "london": "london"}
NOTES = (
    "The figures of the place are simulated (bench/simulated/place.py) and are in no part of the dashboard.",
    "Ratios of one run on one machine, the two places taking turns; the seconds hold for that machine only.",
)


def measure(size: Size = FULL, built: bool = False) -> list[Row]:
    """Write the place, pull and build it, then change the filters of its pages and of London's."""
    root = OUT / "large"
    rows = [] if built else list(_made(root, size))
    rows.append(_disk(root))
    with ExitStack() as stack:
        servers = {
            "large": stack.enter_context(running("ours", data=root)),
            "london": stack.enter_context(running("ours")),
        }
        for page in PAGES:
            rows += _changed(page, asyncio.run(_page(page, servers)))
        rows.append(_memory(servers))
    return rows


def _made(root: Path, size: Size):
    """The rows of what it takes to have the place, from its file or from an engine."""
    if size.types <= FULL.types:
        write_place(root, size)
    else:
        write_records(root, size)
        pulled = _run(root, "loaders", "pull", "counts")
        yield Row(f"Pull of {size.observations / 1e6:.1f} million counts from DuckDB", str(pulled), target="—")
    built, large = _run(root, "measures", "build"), size.types > FULL.types
    what = f"Build of {size.observations / 1e6:.1f} million observations"
    target = f"< {BOUNDED_MIB} MiB" if large else f"< {MOST_SECONDS} s, {MOST_MIB} MiB"
    met = built.mib < (BOUNDED_MIB if large else MOST_MIB) and (large or built.seconds < MOST_SECONDS)
    yield Row(what, str(built), target=target, met=met)


@dataclass(frozen=True)
class Used:
    """What a command took: seconds, seconds of processor time, and its peak of resident memory."""

    seconds: float
    processor: float
    mib: float

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s ({self.processor:.0f} s of processor time), {self.mib:.0f} MiB"


def _run(root: Path, *words: str) -> Used:
    """A command in a process of its own."""
    began, environment = time.perf_counter(), {**os.environ, "FIGURES_DATA": str(root), VARIABLE: address(root)}
    process = subprocess.Popen([sys.executable, "-m", *words], cwd=PROJECT, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return Used(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _disk(root: Path) -> Row:
    """How large the files are that the place is made of."""
    folders = {"published": root / "open" / "simulated" / "counts", "built": root / "built"}
    sizes = {
        word: sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        for word, folder in folders.items()
    }
    return Row("On the disk", ", ".join(f"{word} {size / 1e6:.0f} MB" for word, size in sizes.items()))


async def _page(page: str, servers: dict[str, Server]) -> dict[str, Found]:
    visitors = {app: Visitor(server.port, page, f"place={PLACES[app]}&lang=en") for app, server in servers.items()}
    return await turns(page, servers, visitors)


def _changed(page: str, timed: dict[str, Found]) -> list[Row]:
    rows = []
    for share, word in ((0.5, "p50"), (0.95, "p95")):
        ours, london = (timed[app].ms(share) for app in PLACES)
        rows.append(
            Row(
                f"A change on {page} of the large place, question to end of script ({word})",
                f"{ours:.0f} ms",
                other=f"London: {london:.0f} ms",
                ratio=times(ours, london),
                target=f"≤ {MOST_TIMES:.0f} ×",
                met=ours <= MOST_TIMES * london,
            )
        )
    ours, london = (timed[app].processor_ms for app in PLACES)
    what = f"A change on {page} of the large place, processor time (mean)"
    rows.append(Row(what, f"{ours:.0f} ms", other=f"London: {london:.0f} ms", ratio=times(ours, london)))
    return rows


def _memory(servers: dict[str, Server]) -> Row:
    ours, london = (servers[app].memory() for app in PLACES)
    return Row(
        "Memory of the server of the large place, after the changes",
        f"{ours:.0f} MB",
        other=f"London: {london:.0f} MB",
        ratio=times(ours, london),
    )


def main(words: list[str] | None = None) -> None:
    """Measure what is asked for and print it."""
    asked = argparse.ArgumentParser("bench.large", description=__doc__.splitlines()[0])
    asked.add_argument("--times", type=int, default=1, help="how many times 28.8 million")
    asked.add_argument("--built", action="store_true", help="take the place that the last run built")
    chosen = asked.parse_args(words)
    print(markdown(measure(Size(types=FULL.types * chosen.times), chosen.built), NOTES))


if __name__ == "__main__":
    main()
