"""What did each publication say of the same figures, and how old were they then? The triangle of revisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from disclosure.safe_table import SafeTable
from loaders import SourceCard, periods

PLACE, AREAS = "place", "area"  # a total and its parts: what moves between areas leaves the total alone
LEVELS = (PLACE, AREAS)


@dataclass(frozen=True)
class Triangle:
    """Figures ``[publication, area, period]``, the oldest publication first; NaN where one does not hold the figure.

    ``ages``: ``[publication, period]``, how many months lie between a period and the last one that the publication
    holds.
    """

    values: np.ndarray
    ages: np.ndarray

    @cached_property
    def newest(self) -> np.ndarray:
        """For each figure the number of the newest publication that holds it, −1 where none does."""
        known = np.isfinite(self.values)
        last = len(known) - 1 - np.argmax(known[::-1], axis=0)
        return np.where(known.any(axis=0), last, -1)

    @cached_property
    def settled(self) -> np.ndarray:
        """Each figure as the newest publication gives it."""
        return np.take_along_axis(self.values, np.maximum(self.newest, 0)[None], axis=0)[0]


def publications(card: SourceCard) -> list[list[str]]:
    """The ids of the releases that are files of one publication: of one date, and without a period in common."""
    groups: list[list[str]] = []
    spans: list[set[str]] = []
    dates: list[str] = []
    for release in card.releases:
        covered = set(periods.span(release.first, release.last)) if release.first and release.last else set()
        if groups and covered and dates[-1] == release.published and spans[-1] and not spans[-1] & covered:
            groups[-1].append(release.id)
            spans[-1] |= covered
        else:
            groups.append([release.id])
            spans.append(covered)
            dates.append(release.published)
    return groups


def triangle_of(
    tables: Mapping[str, SafeTable], card: SourceCard, variable: str, category: str, areas: Sequence[str]
) -> Triangle:
    """The triangle of one variable and category; ``tables``: the safe table of every release by its id.

    The periods are those from the first to the last that any release holds (``known_periods``).
    """
    every = known_periods(tables)
    groups = publications(card)
    values = np.full((len(groups), len(areas), len(every)), np.nan)
    ages = np.full((len(groups), len(every)), -1)
    for number, ids in enumerate(groups):
        parts = [tables[name] for name in ids]
        last = max(table.periods[-1] for table in parts)
        months = 12 // periods.per_year(every[0]) if every else 12
        age = (every.index(last) - np.arange(len(every))) * max(months, 1)
        for table in parts:
            span = slice(every.index(table.periods[0]), every.index(table.periods[-1]) + 1)
            rows = [row for row, area in enumerate(areas) if table.has(area=area)]
            if not table.has(category=category) or variable not in table.variables or not rows:
                continue
            values[number, rows, span] = table.block(variable, category, [areas[row] for row in rows]).values
            ages[number, span] = age[span]
    return Triangle(values, ages)


def known_periods(tables: Mapping[str, SafeTable]) -> tuple[str, ...]:
    """Every period from the first to the last that any of the tables holds."""
    return tuple(periods.every({period for table in tables.values() for period in table.periods}))


def areas_of(card_area: str, inside: Sequence[str], level: str) -> list[str]:
    """The codes of a level: the place itself, or its areas."""
    return [card_area] if level == PLACE else list(inside)
