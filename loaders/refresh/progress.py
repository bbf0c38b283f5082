"""One line at a terminal that is written over itself: how far a run has come. Nothing where nobody looks."""

from __future__ import annotations

import sys


def show_progress(line: str) -> None:
    """Write the line over the one before; an empty one wipes it."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{line}", end="", file=sys.stderr, flush=True)


def show_bytes(label: str, came: int, of: int) -> None:
    """How much of an answer has come, and of how much where that is known."""
    bar = f"[{'#' * (20 * came // of):<20}] {came / of:4.0%}" if 0 < came <= of else ""
    show_progress(f"{label}: {came / 1e6:.1f} MB {bar}")
