"""What may be shown of a dataset, and at which grains?

For data shown ``as_published`` the guard adds published cells up to the grains that the publisher's own totals imply
(categories to groups, areas and unallocated counts to the place), never further down, and marks every cell. Of a
dataset that asks for protection only its protected table is read, and only when its audit proves it; else nothing of it
is shown: the guard fails closed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from disclosure import cell_statuses
from disclosure.cell_statuses import ALONE, History
from disclosure.draft_table import COLUMNS, PIECE, DraftTable, Reasons, places
from disclosure.extent import Extent, extent_of
from disclosure.parquet_table import IN_MEMORY
from disclosure.protection.protected import not_protected, protected_table
from disclosure.safe_table import SafeTable
from loaders import Fault, Place, SourceCard, SourceError
from loaders.cards.tables import is_counted
from loaders.statuses import STATUSES

PUBLISHED_DECIMALS = 9  # more than any publisher prints
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]  # values, statuses and reasons of cells


def guard(
    cells: pd.DataFrame, card: SourceCard, place: Place, release: str = "latest", history: History = ALONE
) -> SafeTable:
    """Observations of one release (or spliced from several) become a SafeTable.

    ``cells``: one row per published cell with area, category, period, variable, value, release; ``history``: what the
    releases before tell of them. Of a protected dataset neither is looked at. Raises
    SourceError when the card asks for a protection that has not been worked out, or that its audit does not prove.
    """
    if card.disclosure == "protect":
        return protected_table(card, place, release)
    if card.disclosure != "as_published":
        raise SourceError(card.id, [not_protected(card)])
    return as_published(cells, card, place, release, history)


def as_published(
    cells: pd.DataFrame, card: SourceCard, place: Place, release: str = "latest", history: History = ALONE
) -> SafeTable:
    """The table with every published cell and every sum of them, marked as ``history`` says.

    Of a dataset to be protected it must stay inside the build.
    """
    extent = extent_of(cells, card, place)
    draft = extent.empty_draft()
    put_published(draft, cells, extent)
    cell_statuses.mark_published(draft, cells, extent)
    _add_up_categories(draft, card)
    add_up_areas(draft, card, place)
    cell_statuses.mark_whole(draft, card, place, release, history)
    return draft.safe_table(card.name, release, extent.release_of)


def put_published(draft: DraftTable, cells: pd.DataFrame, extent: Extent) -> None:
    """The figures of ``cells``, which are all of the categories of the draft; where the card says that rows are left
    out in which nothing happened, those rows are zeros: in the areas, categories and periods of which the release of
    the period tells at all."""
    numbers = cells["value"].to_numpy()
    absent = np.zeros(draft.values.shape, dtype=bool) if extent.card.absent_rows == "zero" else None
    for told in extent.told if absent is not None else ():
        own = [pd.Index(draft.axes[axis]).get_indexer(told[axis]) for axis in COLUMNS]
        absent[np.ix_(*(numbers_of[numbers_of >= 0] for numbers_of in own))] = True
    for rows, position in places(cells, draft.axes):
        draft.values[position] = numbers[rows]
        if absent is not None:
            absent[position] = False
    if absent is not None:
        draft.values[absent] = 0.0


def _add_up_categories(draft: DraftTable, card: SourceCard) -> None:
    """A sum over published categories; 'not in use' adds nothing, a cell without a value makes the sum without one."""
    summed = _summed(draft, card)
    row = {code: number for number, code in enumerate(draft.axes["categories"])}
    size = draft.values.shape
    for code in card.tree.nodes:
        leaves = card.tree.leaves(code)
        if leaves != [code]:
            below = [row[leaf] for leaf in leaves]
            for areas in _pieces(size[2], size[3] * len(below)):
                parts = tuple(cells[summed][:, below, areas] for cells in draft.arrays)
                total = _sum(parts, 1, draft.words, ("category", leaves))
                for cells, added in zip(draft.arrays, total, strict=True):
                    cells[summed, row[code], areas] = added


def _summed(draft: DraftTable, card: SourceCard) -> slice | list[int]:
    """The variables that may be added up: not the publisher's own rates and changes."""
    variables = draft.axes["variables"]
    counted = [number for number, code in enumerate(variables) if is_counted(card.variables[code])]
    return slice(None) if len(counted) == len(variables) else counted


def add_up_areas(draft: DraftTable, card: SourceCard, place: Place) -> None:
    """The place is its areas and what was allocated to none of them; an area that is not covered is not in it."""
    summed = _summed(draft, card)
    own, *parts = draft.axes["areas"]
    if own == place.code and parts:
        size = draft.values.shape
        for some in _pieces(size[1], size[3] * size[2]):
            cells_below = tuple(cells[summed][:, some, 1:] for cells in draft.arrays)
            stated = draft.values[summed][:, some, 0].copy()
            added_up = _sum(cells_below, 2, draft.words, ("area", parts))
            total = _stated_where_incomplete(stated, added_up, draft.words)
            for cells, added in zip(draft.arrays, total, strict=True):
                cells[summed, some, 0] = added


def _stated_where_incomplete(stated: np.ndarray, total: Arrays, words: Reasons) -> Arrays:
    """The publisher's own figure of the place stands where its sum lacks a part that is not published.

    Where a part is withheld the sum stays without a value: the two together would say what is hidden.
    """
    values, status, reason = total
    replaced = ~np.isnan(stated) & np.isnan(values) & (status == STATUSES.index("x"))
    if not replaced.any():
        return total
    why = words.number("stated_total")
    return np.where(replaced, stated, values), np.where(replaced, 0, status), np.where(replaced, why, reason)


def _pieces(length: int, each: int) -> Iterator[slice]:
    """An axis in pieces, so that what is worked out of one piece stays small; ``each``: cells at one place of the
    axis."""
    step = max(1, PIECE // max(each, 1))
    return (slice(start, start + step) for start in range(0, length, step))


def _sum(parts: Arrays, axis: int, words: Reasons, names: tuple[str, list[str]]) -> Arrays:
    """Sums along an axis, as ``strongest_sum`` gives them. A sum that lacks some of its parts is incomplete: it has no
    value, and its reason names them (``names``: the axis and the codes along it)."""
    values, status, _ = parts
    nothing = adds_nothing(status)
    total, whole_status, whole_reason = strongest_sum(parts, axis)
    lacking = np.isnan(values) & ~nothing
    some = lacking.any(axis=axis) & ~(lacking | nothing).all(axis=axis) & (whole_status == STATUSES.index("x"))
    if some.any():
        cell_statuses.mark_incomplete(whole_reason, some, np.moveaxis(lacking, axis, -1)[some], words, names)
    return total, whole_status, whole_reason


def strongest_sum(parts: Arrays, axis: int) -> Arrays:
    """Sums along an axis. A sum takes the strongest status of its parts with the reason of the first that has it.

    Parts that are not applicable or not covered add nothing; where all parts are so, the sum is not applicable.
    """
    values, status, reason = parts
    nothing = adds_nothing(status)
    total = np.where(nothing, 0.0, values).sum(axis=axis)
    total = np.round(total, PUBLISHED_DECIMALS)  # 25.09, and no 25.089999999999996
    unused = nothing.all(axis=axis)
    total[unused] = np.nan
    rank = np.where(
        nothing & ~np.expand_dims(unused, axis), -1, np.maximum(status, 0)
    )  # 'not covered' is the weakest of those without a value
    strongest = np.expand_dims(np.argmax(rank, axis=axis), axis)
    whole_status, whole_reason = (np.take_along_axis(part, strongest, axis).squeeze(axis) for part in (status, reason))
    return total, whole_status, whole_reason


def adds_nothing(status: np.ndarray) -> np.ndarray:
    """Which cells add nothing to a sum: not applicable, or not covered."""
    return (status == STATUSES.index("z")) | (status == cell_statuses.NOT_COVERED)


def withheld_in_very_large(card: SourceCard, size: int, withheld: int) -> None:
    """Raises SourceError where cells are withheld in a table of so many that no attack can tell whether they are safe:
    none of it is shown."""
    if withheld and size > IN_MEMORY:
        what, expected = "withheld cells in a table too large to be attacked", f"at most {IN_MEMORY} cells"
        todo = "Divide it into several datasets by category."
        raise SourceError(card.id, [Fault(card.id, what, expected, f"{size} cells", todo)])
