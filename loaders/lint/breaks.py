"""Finds declared breaks that the figures do not show, and steps in the figures that no break declares.

A step is the change from the year before a period to the year that begins with it: from one year to the next, or in
figures by the month from twelve months to the next twelve, so that the season says nothing. A first look (the build
looks closer): a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from loaders import periods
from loaders.cards.source_card import Break, SourceCard
from loaders.errors import Fault
from loaders.schema.fields import is_period

LARGE_STEP = 0.25  # a step of so much …
UNUSUAL = 4  # … and so many times the middle one of the line's own steps: somebody should look
FEWEST = 20  # events in a period: below, a step tells nothing
LEAST_STEPS = 3


def breaks(card: SourceCard, frame: pd.DataFrame) -> Iterator[Fault]:
    """A remark for each step that nobody declared or explained, and for each cut that is not to be seen."""
    if card.kind != "observations":
        return
    declared = [cut for cut in card.breaks if is_period(cut.at)]
    for variable in card.variables:
        cells = frame[frame["variable"] == variable]
        for code, line in _lines(card, cells):
            yield from _undeclared(card, line, code, variable, declared)
        for cut in declared:
            yield from _unseen(card, cells, cut, variable)


def _lines(card: SourceCard, cells: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """The whole (of the categories that a total counts), then each group below it: a line of sums by period."""
    roots = [node.code for node in card.tree.nodes.values() if not node.parent]
    if len(roots) != 1:
        yield "", _sums(cells)
    for root in roots:
        yield root, _sums(cells[cells["category"].isin(card.tree.leaves(root))])
        for node in card.tree.children(root) if len(roots) == 1 else ():
            yield node.code, _sums(cells[cells["category"].isin(card.tree.leaves(node.code))])


def _sums(cells: pd.DataFrame) -> pd.Series:
    """The sum of each period, with a gap where there is none."""
    sums = cells.groupby("period")["value"].sum(min_count=1)
    return sums.reindex(periods.every(sums.index)) if len(sums) else sums


def log_steps(line: pd.Series) -> pd.Series:
    """The step into each period in logarithms: 0.25 is about a quarter more.

    NaN where a neighbour is missing, zero or small.
    """
    if not len(line):
        return line
    year = periods.per_year(line.index[0])
    sums = line.where(line >= FEWEST).rolling(year).sum()
    return np.log(sums.shift(1 - year) / sums.shift(1))


def _usual(steps: pd.Series) -> float:
    return float(steps.abs().median()) if steps.notna().sum() >= LEAST_STEPS else np.nan


def _undeclared(card: SourceCard, line: pd.Series, code: str, variable: str, declared: list[Break]) -> Iterator[Fault]:
    steps = log_steps(line)
    usual = _usual(steps)
    least = max(np.log1p(LARGE_STEP), 0 if np.isnan(usual) else UNUSUAL * usual)
    known = [cut.at for cut in declared if not cut.categories or not code or set(cut.categories) & _within(card, code)]
    for period in _largest(steps, least):
        if not any(_near(period, start) for start in known) and not _explained(card, period):
            of = ", ".join(filter(None, (variable, code)))
            todo = f"Declare it in [[breaks]], or say in 'notes' what happened in {period[:4]}."
            size = f"{np.expm1(steps[period]):+.0%} from {period} on, against the year before ({of})"
            yield Fault(card.id, "a step that no break declares", "changes like those of other years", size, todo)


def _within(card: SourceCard, code: str) -> set[str]:
    return {code, *(node.code for leaf in card.tree.leaves(code) for node in card.tree.path(leaf))}


def _largest(steps: pd.Series, least: float) -> Iterator[str]:
    """The periods of steps over ``least``, the largest first; one step is one period, not its slopes."""
    left = steps[steps.abs() > least].abs()
    while len(left):
        period = left.idxmax()
        yield period
        left = left[[not _near(period, period_left) for period_left in left.index]]


def _near(period: str, other: str) -> bool:
    """Do two periods lie within a year of one another? A break in a month may show in the year that begins after it."""
    return abs(_days(period, other)) < 370


def _days(period: str, other: str) -> int:
    """From the first day of one period to that of another."""
    return (periods.dates(other)[0] - periods.dates(period)[0]).days


def _explained(card: SourceCard, period: str) -> bool:
    return any(period[:4] in note.get("en", "") for note in card.notes)


def _unseen(card: SourceCard, cells: pd.DataFrame, cut: Break, variable: str) -> Iterator[Fault]:
    """A cut that none of the lines that it is declared for shows; lines that begin or end there show it."""
    if cut.effect != "cut":
        return
    mine = cells[cells["area"].isin(cut.areas)] if cut.areas else cells
    lines = [
        _sums(mine[mine["category"].isin(card.tree.leaves(code))]) for code in cut.categories if code in card.tree.nodes
    ]
    sizes = [size for line in lines or [_sums(mine)] if (size := _size_at(line, cut.at)) is not None]
    if sizes and max(sizes) <= 1:
        size = f"{max(sizes):.0%} of the usual step at {cut.at} ({variable})"
        todo = "Check 'at', 'areas' and 'categories' of it."
        yield Fault(card.id, "a declared break is not to be seen", "a step over the usual one", size, todo)


def _size_at(line: pd.Series, period: str) -> float | None:
    """How large the line's step at a break is beside its usual one; None where that cannot be told."""
    known = line.dropna()
    if not len(known):
        return None
    if any(_near(edge, period) for edge in (known.index[0], known.index[-1])):
        return np.inf
    steps = log_steps(line)
    near = steps[[0 <= _days(period, step_at) < 370 for step_at in steps.index]].abs().max()
    usual = _usual(steps)
    return None if np.isnan(near) or not usual > 0 else float(near / usual)
