"""Says what a new release changes: rows, areas, categories, totals, revised cells, and jumps that nobody declared.

For maintainers. What looks like a table cut short is a *doubt*: then a person must say that it is right.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from loaders import periods
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault
from loaders.observations.table import KEYS
from loaders.refresh.changes import Changes, Jump, Revision, Side

MOST = 5  # revised cells and jumps that are written out
MOVED = 0.20  # a total of the shared periods that moves by more is doubted
FEWEST = 20  # events in a period: below, a jump tells nothing
# times the usual scatter of changes on the year before (median absolute deviation, as a standard deviation)
UNUSUAL = 5.0
LEAST = 0.25  # of a change on the year before, in logarithms: smaller steps are no suspected break


def compare_releases(card: SourceCard, before: pd.DataFrame, after: pd.DataFrame, rows: int) -> Changes:
    """Compare the series so far (spliced from all releases) with a new release; both one row = one cell."""
    spans = [(frame["period"].min(), frame["period"].max()) for frame in (after, before)]
    was, now = _both(before, after)
    revised, compared, marked = _revised(before, after)
    jumps = sorted(_suspected(card, before, after), key=lambda jump: (abs(jump.size), jump.period), reverse=True)
    return Changes(
        rows=rows,
        rows_before=card.latest.rows or 0,
        span=spans[0],
        span_before=spans[1],
        areas=_side(before, after, "area"),
        categories=_side(before, after, "category"),
        total=_total(after),
        shared=(was["period"].nunique(), _total(was), _total(now)) if len(was) else None,
        revised=len(revised),
        compared=compared,
        marked=marked,
        revisions=tuple(
            Revision(row.period, row.area, row.category, row.value_was, row.value_is)
            for row in revised.head(MOST).itertuples()
        ),
        suspected=len(jumps),
        jumps=tuple(jumps[:MOST]),
        doubts=tuple(_doubts(card, before, after)),
    )


def _total(frame: pd.DataFrame) -> float:
    """The sum of the first variable, as the card records it."""
    return float(frame.loc[frame["variable"] == frame["variable"].iloc[0], "value"].sum()) if len(frame) else 0.0


def _both(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    shared = set(before["period"]) & set(after["period"])
    return before[before["period"].isin(shared)], after[after["period"].isin(shared)]


def _side(before: pd.DataFrame, after: pd.DataFrame, axis: str) -> Side:
    was, now = set(before[axis]), set(after[axis])
    return Side(len(now), tuple(sorted(now - was)), tuple(sorted(was - now)))


def _revised(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, int, int]:
    """Cells to which the new release gives another value than the newest release that had them, the largest change
    first; of how many; and how many have another status alone."""
    both = before.merge(after, on=KEYS, suffixes=("_was", "_is"))
    same = (both["value_was"] == both["value_is"]) | (both["value_was"].isna() & both["value_is"].isna())
    moved = (
        both[~same]
        .assign(by=lambda cells: (cells["value_is"] - cells["value_was"]).abs())
        .sort_values("by", ascending=False, kind="stable")
    )
    return moved, len(both), int((same & (both["status_was"] != both["status_is"])).sum())


def _suspected(card: SourceCard, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Jump]:
    """New periods whose change on the year before is far out of the line's own usual changes.

    A first look: ``make data`` looks closer.
    """
    fresh = sorted(set(after["period"]) - set(before["period"]))
    declared = {cut.at for cut in card.breaks}
    joined = pd.concat([before[~before["period"].isin(set(after["period"]))], after])
    first = joined[joined["variable"] == joined["variable"].iloc[0]]
    lines = [(("", ""), first)]
    lines += [((area, ""), cells) for area, cells in first.groupby("area")]
    lines += [(("", category), cells) for category, cells in first.groupby("category") if category]
    for (area, category), cells in lines:
        for period, size in _jumps(cells.groupby("period")["value"].sum(min_count=1), fresh):
            if period not in declared:
                yield Jump(period, area, category, size)


def _jumps(line: pd.Series, fresh: list[str]):
    steps = {}
    for period, value in line.items():
        earlier = line.get(periods.year_before(period) or "")
        if earlier is not None and min(value, earlier) > 0 and max(value, earlier) >= FEWEST:
            steps[period] = float(np.log(value / earlier))
    usual = np.array([size for period, size in steps.items() if period not in fresh])
    if len(usual) < 4:
        return
    middle = np.median(usual)
    scatter = 1.4826 * np.median(np.abs(usual - middle))
    yield from (
        (period, steps[period])
        for period in fresh
        if period in steps and abs(steps[period] - middle) > max(UNUSUAL * scatter, LEAST)
    )


def _doubts(card: SourceCard, before: pd.DataFrame, after: pd.DataFrame):
    """What a table that was cut short, or another table, would look like."""
    todo = "If the publisher means it, run again with --accept."
    if after["period"].max() < before["period"].max():
        yield Fault(
            card.id, "the newest period is older than before", before["period"].max(), after["period"].max(), todo
        )
    if (
        not set(before["period"]) & set(after["period"])
        and periods.shift(before["period"].max(), 1) != after["period"].min()
    ):
        yield Fault(card.id, "there is a gap before the new release", "periods that touch", after["period"].min(), todo)
    was, now = _both(before, after)
    latest = was[was["release"] == card.latest.id]
    for axis in ("area", "category"):
        gone = sorted(set(latest[axis]) - set(after[axis]))
        if gone:
            yield Fault(
                card.id,
                f"an {axis} of the last release is gone"
                if axis == "area"
                else "a category of the last release is gone",
                "all that were there",
                ", ".join(gone[:10]),
                todo,
            )
    if len(was) and _total(was) and abs(_total(now) / _total(was) - 1) > MOVED:
        yield Fault(
            card.id, "the total of the shared periods moves", f"about {_total(was):g}", f"{_total(now):g}", todo
        )
