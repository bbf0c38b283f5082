"""How long from the start of the process to its first healthy answer?"""

from __future__ import annotations

from statistics import median

from bench.servers import running
from bench.table import Row, times

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
    other = f"one-line app: {middle['one_line']:.2f} s"
    return [
        Row(
            "Start of the process to healthy",
            f"{middle['ours']:.2f} s",
            f"{middle['plain']:.2f} s",
            other,
            times(middle["ours"], middle["one_line"]),
            f"≤ {MOST} ×",
            middle["ours"] <= MOST * middle["one_line"],
        )
    ]
