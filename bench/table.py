"""One line of the result, and all of them as a Markdown table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
OUT = PROJECT / "bench" / "out"
HEADINGS = ("What", "Ours", "Plain page", "Compared with", "Ratio", "Target", "Met")


@dataclass(frozen=True)
class Row:
    """What was measured, for ours and for the plain page ('—' where there is no such thing), and whether the target is
    met.

    ``other``: what the ratio compares ours with. ``met``: None where no target stands.
    """

    what: str
    ours: str
    plain: str = "—"
    other: str = "plain page"
    ratio: str = "—"
    target: str = "—"
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        return (
            self.what,
            self.ours,
            self.plain,
            self.other,
            self.ratio,
            self.target,
            {True: "yes", False: "**no**", None: "—"}[self.met],
        )


def markdown(rows: Iterable[Row], notes: Sequence[str]) -> str:
    """The table with what must be known to read it."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(row.cells() for row in rows)]
    return "\n".join(["| " + " | ".join(line) + " |" for line in lines] + ["", *(f"* {note}" for note in notes)]) + "\n"


def times(ours: float, other: float) -> str:
    """'0.42 ×': ours as a multiple of the other."""
    return f"{ours / other:.2f} ×" if other else "—"


def beside_the_least(what: str, seconds: dict[str, float], least: str, most: float) -> Row:
    """Seconds of ours and the plain page, held against ``most`` times those of the ``least`` app there is."""
    limit = most * seconds[least]
    return Row(
        what,
        f"{seconds['ours']:.2f} s",
        f"{seconds['plain']:.2f} s",
        f"{least.replace('_', '-')} app: {seconds[least]:.2f} s",
        times(seconds["ours"], seconds[least]),
        f"≤ {most} ×",
        seconds["ours"] <= limit,
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of all values do not exceed (nearest rank): of 40 values, p95 is the 38th."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]
