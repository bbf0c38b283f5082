"""Which counts of a dataset are published, and how do they add up?

The lattice holds one cell for each area, category and period at a declared grain, and one equation for each total: the
parts of a place, of a group of categories, of a quarter or a year add up to it. All of it is whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from disclosure.protection.policy import LEVELS
from disclosure.safe_table import SafeTable
from loaders import CategoryTree, periods
from loaders.statuses import STATUSES

AXES = ("category", "area", "period")


@dataclass(frozen=True)
class Axis:
    """The codes of one axis, parts before or after totals, with the level of each and the parts of each total."""

    codes: tuple[str, ...]
    levels: tuple[str, ...]
    parts: dict[int, tuple[int, ...]]


@dataclass(frozen=True)
class Lattice:
    """The cells of a dataset at the declared grains.

    ``at``: for each cell its place on each axis (category, area, period). ``count``: its number; −1 where only its
    existence is known. ``published``: False for cells finer than any grain, which stand here because a total needs
    them. ``equations``: rows of +1 for the parts and −1 for the total; each is zero. ``number``: cell by place, −1 =
    none.
    """

    axes: dict[str, Axis]
    positions: np.ndarray
    count: np.ndarray
    published: np.ndarray
    equations: sparse.csr_array
    number: np.ndarray

    def level(self, axis: str) -> np.ndarray:
        """The level of every cell on one axis."""
        return np.array(self.axes[axis].levels, dtype=object)[self.positions[:, AXES.index(axis)]]

    def names(self, axis: str) -> np.ndarray:
        """The code of every cell on one axis."""
        return np.array(self.axes[axis].codes, dtype=object)[self.positions[:, AXES.index(axis)]]


def lattice_of(table: SafeTable, tree: CategoryTree, grains: tuple[dict, ...], whole_cube: int = 0) -> Lattice:
    """The lattice of a table of one variable with everything in it (before protection). A cell that has no number is in
    no lattice.

    Where the table has at most ``whole_cube`` cells at all grains, those finer than the declared ones stand in it too,
    unpublished.
    """
    axes = {"category": _categories(table, tree), "area": _areas(table), "period": _periods(table)}
    counts, present = _with_longer_periods(table, axes["period"])
    declared = np.zeros(counts.shape, dtype=bool)
    for grain in grains:
        declared |= _at_least(axes, grain)
    published = declared & present
    cells = present if present.sum() <= whole_cube else published | (_siblings(axes, published) & present)
    return _numbered(axes, counts, cells, published)


def _categories(table: SafeTable, tree: CategoryTree) -> Axis:
    roots = [code for code, node in tree.nodes.items() if not node.parent]
    row = {code: number for number, code in enumerate(table.categories)}
    levels, parts = [], {}
    for code in table.categories:
        children = tree.children(code) if code in tree.nodes else []
        counted = [child.code for child in children if child.in_total or tree.nodes[code].level != "all"]
        top = code not in tree.nodes or code in roots
        one_root = len(roots) < 2
        under_root = not top and tree.nodes[code].parent in roots and one_root
        levels.append("all" if top and one_root else "group" if children or top or under_root else "type")
        if counted:
            parts[row[code]] = tuple(row[child] for child in counted)
    return Axis(table.categories, tuple(_leaves_are_types(levels, parts, table, tree, roots)), parts)


def _leaves_are_types(levels, parts, table: SafeTable, tree: CategoryTree, roots) -> list[str]:
    """In a tree of two storeys what stands under 'all' are types; in one of three, a leaf there is as coarse as a
    group."""
    deep = any(tree.nodes[code].parent and tree.nodes[tree.nodes[code].parent].parent for code in tree.nodes)
    if deep or not tree.nodes:
        return levels
    return ["type" if level == "group" and row not in parts else level for row, level in enumerate(levels)]


def _areas(table: SafeTable) -> Axis:
    whole = len(table.areas) > 1
    return Axis(
        table.areas,
        ("place",) + ("area",) * (len(table.areas) - 1),
        {0: tuple(range(1, len(table.areas)))} if whole else {},
    )


def _coarser(axis: str, level: str) -> tuple[str, ...]:
    """The levels of an axis above one; none above weeks, half-years and financial years, which make up no other
    period."""
    return LEVELS[axis][LEVELS[axis].index(level) + 1 :] if level in LEVELS[axis] else ()


def _periods(table: SafeTable) -> Axis:
    """The table's periods, then the whole quarters and years that they make."""
    codes, levels, parts = list(table.periods), [periods.frequency_of(table.periods[0])] * len(table.periods), {}
    for longer in _coarser("period", levels[0]):
        finer = [(number, code) for number, code in enumerate(codes) if levels[number] == levels[-1]]
        members_of: dict[str, list[int]] = {}
        for number, code in finer:
            days = periods.dates(code)[0]
            name = f"{days.year:04d}" if longer == "year" else f"{days.year:04d}-Q{(days.month + 2) // 3}"
            members_of.setdefault(name, []).append(number)
        needed = periods.MONTHS[longer] // periods.MONTHS[levels[-1]]
        for name, members in members_of.items():
            if len(members) == needed:
                parts[len(codes)] = tuple(members)
                codes.append(name)
        levels += [longer] * (len(codes) - len(levels))
        if levels[-1] != longer:
            break
    return Axis(tuple(codes), tuple(levels), parts)


def _with_longer_periods(table: SafeTable, axis: Axis) -> tuple[np.ndarray, np.ndarray]:
    """Counts by category, area and period, longer periods too, and where there is one. What is not applicable adds
    nothing."""
    counts, status = table.values[0], table.status[0]
    nothing = status == STATUSES.index("z")
    for members in axis.parts.values():
        chosen = list(members)
        total = np.where(nothing[..., chosen], 0.0, counts[..., chosen]).sum(axis=-1)
        unused = nothing[..., chosen].all(axis=-1)
        counts = np.concatenate([counts, np.where(unused, np.nan, total)[..., None]], axis=-1)
        nothing = np.concatenate([nothing, unused[..., None]], axis=-1)
    return np.nan_to_num(counts, nan=-1).astype(np.int64), np.isfinite(counts)


def _at_least(axes: dict[str, Axis], grain: dict) -> np.ndarray:
    """Cells that are as coarse as a grain on every axis."""
    coarse = []
    for axis in AXES:
        order = LEVELS[axis]
        coarse.append(
            np.array(
                [level not in order or order.index(level) >= order.index(grain[axis]) for level in axes[axis].levels]
            )
        )
    return coarse[0][:, None, None] & coarse[1][None, :, None] & coarse[2][None, None, :]


def _numbered(axes: dict[str, Axis], counts: np.ndarray, cells: np.ndarray, declared: np.ndarray) -> Lattice:
    number = np.full(cells.shape, -1, dtype=np.int64)
    number[cells] = np.arange(int(cells.sum()))
    rows = [row for place, axis in enumerate(AXES) for row in _totals(number, place, axes[axis])]
    size = int(cells.sum())
    column = (
        np.concatenate([np.concatenate([parts, [total]]) for parts, total in rows])
        if rows
        else np.zeros(0, dtype=np.int64)
    )
    factor = (
        np.concatenate([np.r_[np.ones(len(parts), dtype=np.int64), -1] for parts, _ in rows])
        if rows
        else np.zeros(0, dtype=np.int64)
    )
    start = np.concatenate([[0], np.cumsum([len(parts) + 1 for parts, _ in rows])]).astype(np.int64)
    equations = sparse.csr_array((factor, column, start), shape=(len(rows), size))
    return Lattice(axes, np.argwhere(cells), counts[cells], declared[cells], equations, number)


def _siblings(axes: dict[str, Axis], declared: np.ndarray) -> np.ndarray:
    """Cells that are not published although a part beside them is: the total of both says something about them."""
    beside = np.zeros(declared.shape, dtype=bool)
    for place, axis in enumerate(AXES):
        for total, members in axes[axis].parts.items():
            some = declared.take(members, axis=place).any(axis=place) & declared.take(total, axis=place)
            where = [slice(None)] * 3
            where[place] = list(members)
            beside[tuple(where)] |= np.expand_dims(some, place)
    return beside


def _totals(number: np.ndarray, place: int, axis: Axis):
    """The parts and the total of every equation along one axis."""
    for total, members in axis.parts.items():
        totals = number.take(total, axis=place).ravel()
        parts = np.moveaxis(number.take(members, axis=place), place, 0).reshape(len(members), -1)
        for column in np.flatnonzero((totals >= 0) & (parts >= 0).any(axis=0)):
            yield parts[parts[:, column] >= 0, column], totals[column]
