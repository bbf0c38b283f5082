"""Another dataset of the same place that holds the same counts shows what this one hides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from disclosure.attack.constraints import Constraints
from disclosure.attack.publications import Universe, read_built
from disclosure.builds import Build
from disclosure.safe_table import Block, SafeTable
from loaders.statuses import STATUSES

FEWEST = 3  # cells that two lines must share to be called the same counts
ENOUGH = 3  # digits of agreement, beyond those that the number of lines makes likely
MOSTLY = 0.95  # so much of many cells must agree: a release may have revised some


def add_copies(
    notes: Constraints, universes: dict[str, Universe], build: Build, entry: dict, others: list[dict]
) -> None:
    """Note every hidden cell that another dataset shows on a line of the same counts. Raises SourceError."""
    own = read_built(build, entry, "latest")
    for other in others:
        table = read_built(build, other, "latest")
        for variable, category, area, period, value in _shown_elsewhere(own, table):
            universe = universes[variable]
            cell = universe.find(category, area, period)
            if cell is not None and universe.hidden[cell] and value % 1 == 0:
                notes.equal(universe.names()[cell], int(value))


def _shown_elsewhere(own: SafeTable, other: SafeTable) -> Iterator[tuple[str, str, str, str, float]]:
    """Withheld cells of a table that another one shows: variable, category, area, period and the number shown."""
    areas = [code for code in own.areas if other.has(area=code)]
    periods = [code for code in own.periods if other.position(code) is not None]
    searched = np.log10(len(own.variables) * len(own.categories) * len(other.variables) * len(other.categories))
    for variable, category, block in own.blocks() if areas and periods else ():
        if not (block.status == STATUSES.index("c")).any():
            continue
        own_part = _part(own, block, areas, periods)
        hidden = own_part.status == STATUSES.index("c")
        for _, _, beside in other.blocks():
            other_part = _part(other, beside, areas, periods)
            if _same_counts(own_part.values, other_part.values, searched + ENOUGH):
                for row, column in np.argwhere(hidden & np.isfinite(other_part.values)):
                    yield variable, category, areas[row], periods[column], float(other_part.values[row, column])


def _part(table: SafeTable, block: Block, areas: list[str], periods: list[str]) -> Block:
    rows, columns = [table.areas.index(code) for code in areas], [table.position(code) for code in periods]
    return block.only(rows).only(slice(None), columns)


def _same_counts(own_counts: np.ndarray, other_counts: np.ndarray, digits: float) -> bool:
    """Are two lines the same counts wherever both have a number, more often than chance explains?"""
    both = np.isfinite(own_counts) & np.isfinite(other_counts)
    same = both & (own_counts == other_counts)
    if both.sum() < FEWEST or same.sum() < (MOSTLY * both.sum() if both.sum() >= 20 else both.sum()):
        return False
    return bool(np.log10(1 + np.unique(own_counts[same])).sum() >= digits)
