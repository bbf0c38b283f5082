"""Which status does each cell carry, and why?

When several hold, the stronger one stays (``loaders.statuses``). Every reason is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.draft_table import COLUMNS, DraftTable, Reasons, positions
from disclosure.extent import Extent
from disclosure.safe_table import SafeTable
from disclosure.unallocated import is_large, share_of
from loaders import Place, SourceCard
from loaders.cards.tables import is_counted
from loaders.statuses import WITHOUT_VALUE

INCOMPLETE = "incomplete"  # reason of a sum that lacks some of its parts: 'incomplete area 2 camden hackney'
MOST_NAMED, MOST_REASONS = 5, 20_000  # parts that one reason names; reasons after which they are only counted
NOT_COVERED = -1  # while the table is built: an area that the publisher does not cover at all; weaker than any status


@dataclass(frozen=True)
class History:
    """What earlier releases tell of a table: ``before``, the figures that it replaced; ``provisional``, category → how
    many of its newest periods usually still change (None: the card says it for all)."""

    before: SafeTable | None = None
    provisional: Mapping[str, int] | None = None


ALONE = History()


def mark_published(draft: DraftTable, cells: pd.DataFrame, extent: Extent, silent: np.ndarray | None = None) -> None:
    """Statuses of the published cells before anything is added up: not covered, not in use, not available.

    An area that has figures in any period and none in this one was not published. That there was no such area is for
    the card to say ([[cells]] with status z); only a row of what is in no area may come and go. ``silent``: ``[area,
    period]`` without anything in any category, where the draft is not the whole table.
    """
    axes, card, place = draft.axes, extent.card, extent.place
    leaf = np.array([not card.tree.children(code) for code in axes["categories"]])
    own = np.array([area != place.code or area in extent.covered for area in axes["areas"]])
    own_leaf = (leaf[:, None] & own[None, :])[None, :, :, None]
    said = mark_unused(draft, cells, extent)
    silent = ~said.any(axis=(0, 1)) if silent is None else silent
    paused = np.isin(axes["periods"], card.pauses)
    draft.mark(np.isnan(draft.values) & (draft.status == 0) & own_leaf & paused, "x", "paused")
    empty = np.isnan(draft.values) & (draft.status == 0) & own_leaf
    outside = np.isin(axes["areas"], [row.code for row in place.unallocated])[None, None, :, None]
    absent = empty & outside & silent[None, None]
    draft.mark(absent, "z", "no_such_area")
    draft.mark(empty & ~absent, "x", "not_published")


def mark_unused(draft: DraftTable, cells: pd.DataFrame, extent: Extent) -> np.ndarray:
    """Statuses of areas that are not covered and of categories that are not in use, those of the file and of the card;
    comes back: of which cells anything is said."""
    for number, area in enumerate(draft.axes["areas"]):
        if area not in extent.covered and area != extent.place.code:
            draft.status[:, :, number] = NOT_COVERED
    marked = _from_file(draft, cells)
    _out_of_use(draft, extent)
    _declared(draft, extent.card)
    return marked | ~np.isnan(draft.values)


def _from_file(draft: DraftTable, cells: pd.DataFrame) -> np.ndarray:
    """Statuses that the publisher marked in the file itself; comes back: which cells bear one."""
    marked = np.zeros(draft.status.shape, dtype=bool)
    if "status" not in cells:
        return marked
    bearing = cells[(cells["status"] != "") | (cells["reason"] != "")]  # a mark may say something and change no status
    for (code, why), part in bearing.groupby(["status", "reason"]):
        where = np.zeros(draft.status.shape, dtype=bool)
        where[positions(part, draft.axes)] = True
        marked |= where
        draft.mark(where, code, why)
    return marked


def mark_whole(draft: DraftTable, card: SourceCard, place: Place, release: str, history: History = ALONE) -> None:
    """Statuses that need the totals: unallocated shares, breaks, provisional cells, and those revised since."""
    draft.mark(draft.status == NOT_COVERED, "x", "not_covered")
    rates = np.array([not is_counted(card.variables[code]) for code in draft.axes["variables"]])[:, None, None, None]
    if rates.any():
        draft.mark(rates & np.isnan(draft.values) & (draft.status == 0), "x", "not_added_up")
    _unallocated(draft, place)
    for number, declared in enumerate(card.cells):
        if not (declared.get("mark") or declared["status"]):  # a note, which sums do not inherit
            draft.mark(draft.where(declared) & ~np.isnan(draft.values), "", f"cell {number}")
    for number, cut in enumerate(card.breaks):
        if cut.at in draft.axes["periods"]:
            where = draft.where({"categories": cut.categories, "areas": cut.areas, "periods": [cut.at]})
            draft.mark(where & ~np.isnan(draft.values), "b", f"break {number}")
    if release in ("latest", card.latest.id):
        fresh = np.broadcast_to(_fresh(draft, card, history), draft.values.shape)
        draft.mark(fresh & ~np.isnan(draft.values), "p", "provisional")
    if history.before is not None:
        draft.mark(_differs(draft, history.before), "r", "revised")


def _fresh(draft: DraftTable, card: SourceCard, history: History) -> np.ndarray:
    """Which periods of each category are still to change: as the releases before tell, else as the card says."""
    count, usual = len(draft.axes["periods"]), card.provisional_periods
    learnt = {} if history.provisional is None else history.provisional
    newest = np.array([learnt.get(code, usual) for code in draft.axes["categories"]])
    return (np.arange(count) >= count - newest[:, None])[None, :, None, :]


def _out_of_use(draft: DraftTable, extent: Extent) -> None:
    """A category that the period's release does not have, or that nobody was counted under outside its years."""
    card, values, releases = extent.card, draft.values, extent.release_of
    nodes = card.tree.nodes
    idle = (np.isnan(values) | (values == 0)).all(axis=(0, 2))
    unused = np.zeros(idle.shape, dtype=bool)
    for row, code in enumerate(draft.axes["categories"]):
        if code in nodes and not card.tree.children(code):
            unused[row] = [
                code not in extent.declared.get(releases.get(period, ""), nodes)
                or (idle[row, column] and not nodes[code].in_use(period))
                for column, period in enumerate(draft.axes["periods"])
            ]
    where = unused[None, :, None, :] & (np.isnan(values) | (values == 0)) & (draft.status != NOT_COVERED)
    values[where] = np.nan
    draft.mark(where, "z", "no_such_category")


def _declared(draft: DraftTable, card: SourceCard) -> None:
    """Statuses that the card declares for single cells, because the publisher's file cannot say them."""
    for number, declared in enumerate(card.cells):
        if declared.get("mark") or not declared["status"]:
            continue
        where = draft.where(declared)
        if declared["status"] in WITHOUT_VALUE:
            draft.values[where] = np.nan
        draft.mark(where, declared["status"], f"cell {number}")


def _unallocated(draft: DraftTable, place: Place) -> None:
    """A category of which many counts of a period went to no area: the figure of every area is too low then."""
    areas = draft.axes["areas"]
    apart = np.flatnonzero(np.isin(areas, place.of_unknown_area))
    own = np.isin(areas, [area.code for area in place.areas])
    if not len(apart) or areas[0] != place.code:
        return
    for part in np.ndindex(draft.values.shape[:2]):
        counts = draft.values[part]
        share = share_of(counts[0], counts[apart])
        for column in np.flatnonzero(is_large(share)):
            where = np.zeros(counts.shape, dtype=bool)
            where[own, column] = np.isfinite(counts[own, column])
            draft.mark(where, "u", f"unallocated {share[column]:.3f}", part)


def _differs(draft: DraftTable, before: SafeTable) -> np.ndarray:
    """Which cells, published or added up, had another number in the release before the one that speaks for their
    period?"""
    matches = [pd.Index(draft.axes[axis]).get_indexer(getattr(before, axis)) for axis in COLUMNS]
    own_cells = np.ix_(*(numbers[numbers >= 0] for numbers in matches))
    their_cells = np.ix_(*(numbers >= 0 for numbers in matches))
    now, then = draft.values[own_cells], before.values[their_cells]
    where = np.zeros(draft.values.shape, dtype=bool)
    where[own_cells] = np.isfinite(now) & np.isfinite(then) & (now != then)
    return where


def mark_incomplete(
    reason: np.ndarray, sums: np.ndarray, lacking: np.ndarray, words: Reasons, names: tuple[str, list[str]]
) -> None:
    """Give each of the ``sums`` that lack a part the reason that names what is lacking, beside what its part says.

    ``lacking``: one row = one such sum, which of the parts it lacks; ``names``: the axis and the codes of the parts.
    """
    axis, codes = names
    patterns, pattern_of = np.unique(lacking, axis=0, return_inverse=True)
    old = reason[sums]
    new = np.empty_like(old)
    for number, pattern in enumerate(patterns):
        rows = pattern_of.ravel() == number
        absent = [codes[part] for part in np.flatnonzero(pattern)]
        named = " ".join(map(_word, absent[:MOST_NAMED])) if len(words) < MOST_REASONS else ""
        why = " ".join(filter(None, (INCOMPLETE, axis, str(len(absent)), named)))
        for before in np.unique(old[rows]):
            own = [key for key in words[before].split("|") if key and not key.startswith((INCOMPLETE, "not_published"))]
            new[rows & (old == before)] = words.number("|".join([*own, why]))
    reason[sums] = new


def _word(code: str) -> str:
    """A code as one word of a reason."""
    return code.replace("%", "%25").replace(" ", "%20").replace("|", "%7C")
