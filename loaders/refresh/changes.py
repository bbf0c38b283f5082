"""What a new release changes, as data, and in words for a maintainer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.errors import Fault


@dataclass(frozen=True)
class Revision:
    """One cell to which the new release gives another value: ``was`` and ``now``, NaN for no figure."""

    period: str
    area: str
    category: str
    was: float
    now: float


@dataclass(frozen=True)
class Jump:
    """A new period whose change on the year before, ``size`` in logarithms, is far out of the usual ones of its line:
    that of an area, of a category, or ('' and '') of all together."""

    period: str
    area: str
    category: str
    size: float

    @property
    def line(self) -> str:
        """The line in codes."""
        return self.area or ", ".join(filter(None, ("all areas", self.category)))


@dataclass(frozen=True)
class Side:
    """How many areas (or categories) the new release has, and which come and go, by their codes."""

    number: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What a new release says beside what was there, and what is doubtful about it.

    ``span``: first and last period, ``span_before`` of the series so far; ``shared``: how many periods both have, and
    their total before and now (None where they share none); ``revised`` of ``compared`` cells, the largest first and
    not all of them written out; ``marked``: cells with another status alone.
    """

    rows: int
    rows_before: int
    span: tuple[str, str]
    span_before: tuple[str, str]
    areas: Side
    categories: Side
    total: float
    shared: tuple[int, float, float] | None
    revised: int
    compared: int
    marked: int
    revisions: tuple[Revision, ...]
    suspected: int
    jumps: tuple[Jump, ...]
    doubts: tuple[Fault, ...]

    @property
    def lines(self) -> list[str]:
        """The same for a maintainer to read."""
        rows_before = self.rows_before or "a number not recorded"
        lines = [f"{self.rows} rows (the last release had {rows_before})"]
        lines.append(f"periods {' to '.join(self.span)} (so far {' to '.join(self.span_before)})")
        for side, word in ((self.areas, "areas"), (self.categories, "categories")):
            lines.append(f"{side.number} {word}")
            named = ((side.new, "new"), (side.gone, "not in this release"))
            lines += [f"  {label}: {', '.join(codes)}" for codes, label in named if codes]
        lines.append(f"total {self.total:,.10g}")
        if self.shared:
            count, was, now = self.shared
            lines.append(f"total of the {count} periods that were there before: {was:,.10g}, now {now:,.10g}")
        lines.append(f"{self.revised} of {self.compared} cells revised; {self.marked} with another status")
        for cell in self.revisions:
            figures = f"{_shown(cell.was)}, now {_shown(cell.now)}"
            lines.append(f"  {cell.period}  {cell.area}  {cell.category or 'all'}: {figures}")
        lines.append(f"{self.suspected} new breaks suspected")
        return lines + [
            f"  {jump.period}  {jump.line}: {np.expm1(jump.size):+.0%} on the year before" for jump in self.jumps
        ]


def _shown(value: float) -> str:
    return "no figure" if np.isnan(value) else f"{value:g}"
