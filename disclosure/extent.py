"""Of which areas, categories and periods do the releases of a dataset tell at all?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from disclosure.draft_table import COLUMNS, DraftTable, Reasons
from loaders import Place, SourceCard, periods


@dataclass(frozen=True)
class Extent:
    """What is known of a table before its cells are looked at.

    ``axes``: the codes of each axis; ``covered``: the areas that have any row; ``release_of``: period → the release
    that it is taken from; ``told``: of each release the codes that its rows have, along each axis.
    """

    card: SourceCard
    place: Place
    axes: dict[str, list[str]]
    covered: frozenset[str]
    release_of: Mapping[str, str]
    told: tuple[Mapping[str, list[str]], ...]

    @cached_property
    def declared(self) -> dict[str, set[str]]:
        """Release → the categories that its card says it has; of one that names none, all."""
        nodes = set(self.card.tree.nodes)
        return {entry.id: set(entry.categories.values()) if entry.categories else nodes for entry in self.card.releases}

    def empty_draft(self, category: str | None = None, words: Reasons | None = None) -> DraftTable:
        """Every cell of the table, or of one of its categories, without a value."""
        axes = self.axes if category is None else {**self.axes, "categories": [category]}
        return DraftTable.without_cells(axes, words)


def extent_of(cells: pd.DataFrame, card: SourceCard, place: Place) -> Extent:
    """The extent of a table by all of its cells; one row = one published cell."""
    several = [cells[cells["release"] == release] for release in cells["release"].unique()]
    parts = several if len(several) > 1 else [cells]
    told = tuple({axis: list(part[column].unique()) for axis, column in COLUMNS.items()} for part in parts)
    covered = frozenset(cells["area"].unique())
    return Extent(
        card, place, axes_of(covered, cells["period"].unique(), card, place), covered, _release_of(cells), told
    )


def axes_of(covered: frozenset[str], told, card: SourceCard, place: Place) -> dict[str, list[str]]:
    """The codes of each axis; ``covered``: the areas that have rows, ``told``: the periods that have some."""
    by_area = any(area.code in covered for area in place.areas)
    areas = [area.code for area in (*place.areas, *place.unallocated) if area.code in covered or area in place.areas]
    return {
        "variables": list(card.variables),
        "categories": list(card.tree.nodes) or [""],
        "areas": [place.code, *areas] if by_area else sorted(covered),
        "periods": periods.every(told),
    }


def _release_of(cells: pd.DataFrame) -> dict[str, str]:
    period, release = cells["period"].cat, cells["release"].cat
    numbers = np.full(len(period.categories), -1)
    numbers[period.codes] = release.codes
    return {
        code: release.categories[number] for code, number in zip(period.categories, numbers, strict=True) if number >= 0
    }
