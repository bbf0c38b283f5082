"""How long from the start of the process to its first healthy answer?"""

from __future__ import annotations

from statistics import median

from bench.servers import running
from bench.table import Row, beside_the_least

REPEATS, MOST = 5, 1.5
STARTED = ("ours", "plain", "one_line")


def measure() -> list[Row]:
    """Median of five, the apps taking turns; a start of each that is not counted comes first."""
    seconds: dict[str, list[float]] = {app: [] for app in STARTED}
    for turn in range(REPEATS + 1):
        for app in STARTED:
            with running(app) as server:
                if turn:
                    seconds[app].append(server.healthy)
    middle = {app: median(values) for app, values in seconds.items()}
    return [beside_the_least("Start of the process to healthy", middle, "one_line", MOST)]
