"""Says what a new release changes: rows, areas, categories, totals, revised cells, and jumps that nobody declared.

For maintainers. What looks like a table cut short is a *doubt*: then a person must say that it is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from loaders import periods
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault
from loaders.observations.table import KEYS

MOST = 5  # revised cells and jumps that are written out
MOVED = 0.20  # a total of the shared periods that moves by more is doubted
FEWEST = 20  # events in a period: below, a jump tells nothing
# times the usual scatter of changes on the year before (median absolute deviation, as a standard deviation)
UNUSUAL = 5.0
LEAST = 0.25  # of a change on the year before, in logarithms: smaller steps are no suspected break


@dataclass(frozen=True)
class Changes:
    """What a new release says beside what was there: lines for the maintainer, and what is doubtful about it."""

    lines: list[str] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)


def compare_releases(card: SourceCard, before: pd.DataFrame, after: pd.DataFrame, rows: int) -> Changes:
    """Compare the series so far (spliced from all releases) with a new release; both one row = one cell."""
    lines = [f"{rows} rows (the last release had {card.latest.rows or 'a number not recorded'})"]
    spans = [f"{frame['period'].min()} to {frame['period'].max()}" for frame in (after, before)]
    lines.append(f"periods {spans[0]} (so far {spans[1]})")
    lines += [
        line
        for axis, word in (("area", "areas"), ("category", "categories"))
        for line in _named(before, after, axis, word)
    ]
    lines.append(f"total {_total(after):,.10g}")
    lines += [*_shared(before, after), *_revised(before, after), *_suspected(card, before, after)]
    return Changes(lines, list(_doubts(card, before, after)))


def _total(frame: pd.DataFrame) -> float:
    """The sum of the first variable, as the card records it."""
    return float(frame.loc[frame["variable"] == frame["variable"].iloc[0], "value"].sum()) if len(frame) else 0.0


def _both(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    shared = set(before["period"]) & set(after["period"])
    return before[before["period"].isin(shared)], after[after["period"].isin(shared)]


def _named(before: pd.DataFrame, after: pd.DataFrame, axis: str, word: str):
    codes_before, codes_after = set(before[axis]), set(after[axis])
    yield f"{len(codes_after)} {word}"
    for codes, label in ((codes_after - codes_before, "new"), (codes_before - codes_after, "not in this release")):
        if codes:
            yield f"  {label}: {', '.join(sorted(codes))}"


def _shared(before: pd.DataFrame, after: pd.DataFrame):
    was, now = _both(before, after)
    if len(was):
        count = was["period"].nunique()
        yield f"total of the {count} periods that were there before: {_total(was):,.10g}, now {_total(now):,.10g}"


def _revised(before: pd.DataFrame, after: pd.DataFrame):
    """Cells to which the new release gives another value or another status than the newest release that had them."""
    both = before.merge(after, on=KEYS, suffixes=("_was", "_is"))
    same = (both["value_was"] == both["value_is"]) | (both["value_was"].isna() & both["value_is"].isna())
    moved = (
        both[~same]
        .assign(by=lambda cells: (cells["value_is"] - cells["value_was"]).abs())
        .sort_values("by", ascending=False, kind="stable")
    )
    marked = int((same & (both["status_was"] != both["status_is"])).sum())
    yield f"{len(moved)} of {len(both)} cells revised; {marked} with another status"
    for row in moved.head(MOST).itertuples():
        figures = f"{_shown(row.value_was)}, now {_shown(row.value_is)}"
        yield f"  {row.period}  {row.area}  {row.category or 'all'}: {figures}"


def _shown(value: float) -> str:
    return "no figure" if np.isnan(value) else f"{value:g}"


def _suspected(card: SourceCard, before: pd.DataFrame, after: pd.DataFrame):
    """New periods whose change on the year before is far out of the line's own usual changes.

    A first look: ``make data`` looks closer.
    """
    fresh = sorted(set(after["period"]) - set(before["period"]))
    declared = {cut.at for cut in card.breaks}
    joined = pd.concat([before[~before["period"].isin(set(after["period"]))], after])
    first = joined[joined["variable"] == joined["variable"].iloc[0]]
    jumps = []
    for key, line in [
        ("all areas", first),
        *first.groupby("area"),
        *((f"all areas, {code}", cells) for code, cells in first.groupby("category") if code),
    ]:
        jumps += [
            (abs(size), period, key, size)
            for period, size in _jumps(line.groupby("period")["value"].sum(min_count=1), fresh)
            if period not in declared
        ]
    yield f"{len(jumps)} new breaks suspected"
    for _, period, key, size in sorted(jumps, reverse=True)[:MOST]:
        yield f"  {period}  {key}: {np.expm1(size):+.0%} on the year before"


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
