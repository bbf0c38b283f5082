"""What is otherwise than in the release before: verdicts that turned, figures that moved, and what is new about
them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from disclosure.unallocated import is_large, unallocated_shares
from loaders import SourceCard
from measures.figures.change_verdict import SMALL_BASE
from measures.figures.fresh import still_moving
from measures.lines.query import Query
from measures.lines.scope import Scope
from measures.notable.extremes import extreme
from measures.notable.found import Apart, Extreme, Notable, Revised, Turned
from measures.store.shelf import Shelf

CLEAR = ("rise", "fall")


def turned(rows: pd.DataFrame, before: Notable | None) -> Iterator[Turned]:
    """The rises and falls that stand now and were given another verdict in the release before."""
    was = before.rows().set_index(["category", "area"])["verdict"].to_dict() if before else {}
    for row in rows[rows["stands"] & rows["verdict"].isin(CLEAR)].itertuples():
        verdict = was.get((row.category, row.area), "cannot_say")
        if verdict not in ("cannot_say", row.verdict):
            yield Turned(row.category, row.area, before.period, verdict, row.verdict)


def compared(
    query: Query, lines: dict[str, np.ndarray], known: tuple[str, ...], before: tuple[Notable, Shelf]
) -> Iterator[Revised]:
    """Every figure of the release before that may be held against how much figures of its kind and age had been revised
    until then.

    ``lines``: category → figures of this release, ``[area, period]`` of ``known``; ``before``: what stood out in the
    release before, and the shelf of it. Bases under 30 are left out: their percentage is mostly chance.
    """
    notable, shelf = before
    for period in dict.fromkeys((notable.period, notable.newest)):
        if period not in known:
            continue
        then = notable.rows(period).set_index(["category", "area"])["value"].to_dict()
        for category, figures in lines.items():
            areas = [number for number, area in enumerate(query.areas) if (category, area) in then]
            asked = replace(query, category=category, areas=tuple(query.areas[number] for number in areas))
            low, high = still_moving(asked, shelf, (period,))[:, :, 0]
            for place, number in enumerate(areas):
                old, new = then[category, query.areas[number]], float(figures[number, known.index(period)])
                if old >= SMALL_BASE and np.isfinite(new) and (low[place] or high[place]):
                    ends = float(low[place]), float(high[place])
                    yield Revised(category, query.areas[number], period, float(old), new, *ends)


def extremes(rows: pd.DataFrame, lines: dict[str, np.ndarray], scope: Scope) -> Iterator[Extreme]:
    """The rises to the highest and the falls to the lowest figure of their comparable stretch, of those that stand."""
    known = scope.safe.periods
    numbers = {area: number for number, area in enumerate(scope.query.areas)}
    for row in rows[rows["stands"] & rows["verdict"].isin(CLEAR)].itertuples():
        start = _comparable_from(scope, row.area, row.category)
        values, end = lines[row.category][numbers[row.area]], known.index(row.period)
        kind, first = extreme(values, start, end, scope.year)
        if (kind, row.verdict) in (("highest", "rise"), ("lowest", "fall")):
            marks = _marks(scope.source, (known[first], row.period), row.area, row.category)
            yield Extreme(row.category, row.area, kind, known[first], marks)


def _comparable_from(scope: Scope, area: str, category: str) -> int:
    """The number of the first period whose figure counts nothing from before the last change of what is counted."""
    known = scope.safe.periods
    ends = [
        known.index(cut.at) + scope.width - 1
        for cut in scope.source.breaks
        if cut.effect in ("cut", "no_trend") and cut.at in known and cut.touches(area, category)
    ]
    return max(ends, default=0)


def _marks(card: SourceCard, span: tuple[str, str], area: str, category: str) -> tuple[int, ...]:
    first, last = span
    return tuple(
        number
        for number, entry in enumerate(card.breaks)
        if entry.effect == "mark" and first <= entry.at <= last and entry.touches(area, category)
    )


def apart(scope: Scope, categories: tuple[str, ...], since: str) -> Iterator[Apart]:
    """The periods after ``since`` of which more than 5 % of a category was allocated to no area."""
    for category in categories:
        shares = unallocated_shares(scope.safe, scope.place, scope.variables, category, 1)
        late = {
            period: float(share)
            for period, share in zip(scope.safe.periods, shares, strict=True)
            if period > since and is_large(share)
        }
        if late:
            yield Apart(category, tuple(late), max(late.values()))


def new_breaks(card: SourceCard, first: str, last: str) -> tuple[int, ...]:
    """The numbers of the card's breaks after ``first`` and up to ``last``."""
    return tuple(number for number, entry in enumerate(card.breaks) if first < entry.at <= last)
