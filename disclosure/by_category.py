"""The guard for tables beyond memory: one category at a time, with the same rules as for all at once.

A release of sorted counts is read a category at a time. What a category's cells say is worked out of it alone; a total
is added up while the categories pass by, and only totals stay in memory. Nothing may be withheld in a table that is too
large to be attacked: it is refused.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from disclosure import cell_statuses
from disclosure.draft_table import DraftTable, Reasons
from disclosure.extent import Extent, axes_of
from disclosure.guard import add_up_areas, put_published, withheld_in_very_large
from disclosure.running_sum import OF_A_CELL, RunningSum
from disclosure.safe_table import Block, SafeTable
from loaders import CategoryTree, Fault, Place, SourceError
from loaders.observations.sorted_counts import SortedCounts
from loaders.statuses import STRENGTH

MOST_TOTALS = 1 << 30  # bytes of the totals that stay in memory


def table_by_category(counts: SortedCounts, place: Place, release: str) -> SafeTable:
    """The safe table of a release of sorted counts; its cells are worked out a category at a time, whenever they are
    asked for. Raises SourceError with every fault of the release."""
    card, told = counts.card, counts.survey()
    axes = axes_of(frozenset(told.areas), told.periods, card, place)
    own = {"variables": axes["variables"], "categories": told.categories, "areas": told.areas, "periods": told.periods}
    releases = dict.fromkeys(told.periods, counts.release.id)
    extent = Extent(card, place, axes, frozenset(told.areas), releases, (own,))
    cells = ByCategory(counts, extent, release)
    cells.add_up()
    codes = (tuple(axes[axis]) for axis in ("variables", "categories", "areas", "periods"))
    of_periods = tuple(releases.get(period, "") for period in axes["periods"])
    return SafeTable(card.name, release, *codes, of_periods, cells, cells.all_reasons())


class ByCategory:
    """The cells of a table that is never whole in memory."""

    def __init__(self, counts: SortedCounts, extent: Extent, release: str):
        self._counts, self._extent, self._release = counts, extent, release
        self._words, self._silent = Reasons([""]), None
        tree = extent.card.tree
        leaves = {code: tree.leaves(code) for code in tree.nodes}
        self._sums = {code: RunningSum(below, self._words) for code, below in leaves.items() if below != [code]}
        self._totals_of = defaultdict(list)
        for code in self._sums:
            for leaf in leaves[code]:
                self._totals_of[leaf].append(code)
        size = len(extent.axes["areas"]) * len(extent.axes["periods"])
        if len(self._sums) * size * OF_A_CELL > MOST_TOTALS:
            expected, found = (
                f"{MOST_TOTALS // size // OF_A_CELL} totals",
                f"{len(self._sums)} categories with others below",
            )
            todo = "Divide the dataset by its groups of categories."
            raise SourceError(extent.card.id, [Fault(extent.card.id, "too many totals", expected, found, todo)])

    def add_up(self) -> None:
        """Let every category pass by once, and add it to the totals that it is a part of."""
        leaves = _in_order(self._extent.card.tree)
        if set(self._extent.axes["areas"]) & {row.code for row in self._extent.place.unallocated}:
            self._silent = self._told_of_nothing(leaves)
        for leaf in leaves:
            arrays = self._published(leaf).arrays
            for code in self._totals_of[leaf]:
                self._sums[code].add(leaf, arrays)

    def block(self, variable: int, category: int) -> Block:
        """The cells of one category, added up over areas and with all of their statuses."""
        code, extent = self._extent.axes["categories"][category], self._extent
        draft = self._total(code) if code in self._sums else self._published(code)
        add_up_areas(draft, extent.card, extent.place)
        cell_statuses.mark_whole(draft, extent.card, extent.place, self._release)
        return Block(*(cells[variable, 0] for cells in draft.arrays))

    def all_reasons(self) -> tuple[str, ...]:
        """The reasons of every cell; a reason gets its number when the first cell has it. Raises SourceError where
        anything is withheld in a table that is too large to be attacked."""
        withheld, size = 0, 0
        for number in range(len(self._extent.axes["categories"])):
            status = self.block(0, number).status
            withheld, size = withheld + int((status == STRENGTH["c"]).sum()), size + status.size
        withheld_in_very_large(self._extent.card, size, withheld)
        return tuple(self._words)

    def _told_of_nothing(self, leaves: list[str]) -> np.ndarray:
        """``[area, period]`` of which no category says anything."""
        silent = np.ones([len(self._extent.axes[axis]) for axis in ("areas", "periods")], dtype=bool)
        for leaf in leaves:
            draft, cells = self._draft(leaf)
            silent &= ~cell_statuses.mark_unused(draft, cells, self._extent).any(axis=(0, 1))
        return silent

    def _published(self, leaf: str) -> DraftTable:
        draft, cells = self._draft(leaf)
        cell_statuses.mark_published(draft, cells, self._extent, self._silent)
        return draft

    def _draft(self, leaf: str) -> tuple[DraftTable, object]:
        draft, cells = self._extent.empty_draft(leaf, self._words), self._counts.cells(leaf)
        own = {**self._extent.told[0], "categories": [leaf] if leaf in self._counts.groups else []}
        put_published(draft, cells, replace(self._extent, told=(own,)))
        return draft, cells

    def _total(self, code: str) -> DraftTable:
        draft = self._extent.empty_draft(code, self._words)
        for cells, added in zip(draft.arrays, self._sums[code].result(), strict=True):
            cells[:, 0] = added
        return draft


def _in_order(tree: CategoryTree) -> list[str]:
    """The categories that none stands below, those of one total next to each other."""

    def below(code: str) -> list[str]:
        children = tree.children(code)
        return [leaf for child in children for leaf in below(child.code)] if children else [code]

    return [leaf for code, node in tree.nodes.items() if node.parent not in tree.nodes for leaf in below(code)]
