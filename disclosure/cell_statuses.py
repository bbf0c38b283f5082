"""Which status does each cell carry, and why?

When several hold, the stronger one stays (``loaders.statuses``). Every reason is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.safe_table import SafeTable
from disclosure.unallocated import is_large, share_of
from loaders import Place, SourceCard
from loaders.cards.tables import is_counted
from loaders.statuses import STRENGTH, WITHOUT_VALUE

PIECE = (
    2_000_000  # cells that are worked on at a time, so that a very large table needs little more memory than its own
)
COLUMNS = {
    "variables": "variable",
    "categories": "category",
    "areas": "area",
    "periods": "period",
}  # axis of a table → column of its cells
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


def positions(cells: pd.DataFrame, axes: dict[str, list[str]]) -> tuple[np.ndarray, ...]:
    """Where the cells stand in a dense table: one array of numbers for each axis; −1 where the axis does not have their
    code."""
    return tuple(
        np.append(pd.Index(axes[axis]).get_indexer(cells[column].cat.categories), -1)[cells[column].cat.codes]
        for axis, column in COLUMNS.items()
    )


def places(cells: pd.DataFrame, axes: dict[str, list[str]]) -> Iterator[tuple[slice, tuple[np.ndarray, ...]]]:
    """The positions of the cells, some rows at a time."""
    for start in range(0, len(cells), PIECE):
        rows = slice(start, start + PIECE)
        yield rows, positions(cells.iloc[rows], axes)


def release_of(cells: pd.DataFrame) -> dict[str, str]:
    """Period → the release that it was taken from."""
    period, release = cells["period"].cat, cells["release"].cat
    numbers = np.full(len(period.categories), -1)
    numbers[period.codes] = release.codes
    return {
        code: release.categories[number] for code, number in zip(period.categories, numbers, strict=True) if number >= 0
    }


class Reasons(list):
    """The distinct reasons of a table; ``number`` gives the place of a reason, adding it when it is new."""

    def __init__(self, words: Iterable[str] = ()):
        super().__init__(words)
        self._numbers = {reason: number for number, reason in enumerate(self)}

    def number(self, words: str) -> int:
        if words not in self._numbers:
            self._numbers[words] = len(self)
            self.append(words)
        return self._numbers[words]


def published(values, cells: pd.DataFrame, axes: dict, card: SourceCard, place: Place):
    """Statuses of the published cells before anything is added up: not covered, not in use, not available.

    An area that has figures in any period and none in this one was not published. That there was no such area is for
    the card to say ([[cells]] with status z); only a row of what is in no area may come and go.
    """
    status = np.zeros(values.shape, dtype=np.int8)
    reason = np.zeros(values.shape, dtype=np.int16)
    words = Reasons([""])
    covered = set(cells["area"].unique())
    leaf = np.array([not card.tree.children(code) for code in axes["categories"]])
    own = np.array([area != place.code or area in covered for area in axes["areas"]])
    own_leaf = (leaf[:, None] & own[None, :])[None, :, :, None]
    for number, area in enumerate(axes["areas"]):
        if area not in covered and area != place.code:
            status[:, :, number] = NOT_COVERED
    marked = _from_file(status, reason, words, cells, axes)
    _out_of_use(values, status, reason, words, cells, axes, card)
    _declared(values, status, reason, words, axes, card)
    paused = np.isin(axes["periods"], card.pauses)
    _mark(status, reason, words, np.isnan(values) & (status == 0) & own_leaf & paused, "x", "paused")
    empty = np.isnan(values) & (status == 0) & own_leaf
    outside = np.isin(axes["areas"], [row.code for row in place.unallocated])[None, None, :, None]
    absent = empty & outside & (np.isnan(values) & ~marked).all(axis=(0, 1), keepdims=True)
    _mark(status, reason, words, absent, "z", "no_such_area")
    _mark(status, reason, words, empty & ~absent, "x", "not_published")
    return status, reason, words


def _from_file(status, reason, words, cells: pd.DataFrame, axes) -> np.ndarray:
    """Statuses that the publisher marked in the file itself; comes back: which cells bear one."""
    marked = np.zeros(status.shape, dtype=bool)
    if "status" not in cells:
        return marked
    bearing = cells[(cells["status"] != "") | (cells["reason"] != "")]  # a mark may say something and change no status
    for (code, why), part in bearing.groupby(["status", "reason"]):
        where = np.zeros(status.shape, dtype=bool)
        where[positions(part, axes)] = True
        marked |= where
        _mark(status, reason, words, where, code, why)
    return marked


def whole_table(
    values, status, reason, words, axes, card: SourceCard, place: Place, release: str, history: History = ALONE
) -> None:
    """Statuses that need the totals: unallocated shares, breaks, provisional cells, and those revised since."""
    _mark(status, reason, words, status == NOT_COVERED, "x", "not_covered")
    rates = np.array([not is_counted(card.variables[code]) for code in axes["variables"]])[:, None, None, None]
    if rates.any():
        _mark(status, reason, words, rates & np.isnan(values) & (status == 0), "x", "not_added_up")
    _unallocated(values, status, reason, words, axes, place)
    _breaks(values, status, reason, words, axes, card)
    if release in ("latest", card.latest.id):
        fresh = _fresh(axes, card, history)
        _mark(status, reason, words, np.broadcast_to(fresh, values.shape) & ~np.isnan(values), "p", "provisional")
    if history.before is not None:
        _mark(status, reason, words, _differs(values, axes, history.before), "r", "revised")


def _fresh(axes, card: SourceCard, history: History) -> np.ndarray:
    """Which periods of each category are still to change: as the releases before tell, else as the card says."""
    count = len(axes["periods"])
    said = card.provisional_periods
    newest = [
        said if history.provisional is None else history.provisional.get(code, said) for code in axes["categories"]
    ]
    return (np.arange(count) >= count - np.array(newest)[:, None])[None, :, None, :]


def _out_of_use(values, status, reason, words, cells: pd.DataFrame, axes, card: SourceCard) -> None:
    """A category that the period's release does not have, or that nobody was counted under outside its years."""
    nodes = card.tree.nodes
    taken = release_of(cells)
    declared = {
        publication.id: set(publication.categories.values()) if publication.categories else set(nodes)
        for publication in card.releases
    }
    idle = (np.isnan(values) | (values == 0)).all(axis=(0, 2))
    unused = np.zeros(idle.shape, dtype=bool)
    for row, code in enumerate(axes["categories"]):
        if code in nodes and not card.tree.children(code):
            unused[row] = [
                code not in declared.get(taken.get(period, ""), nodes)
                or (idle[row, column] and not nodes[code].in_use(period))
                for column, period in enumerate(axes["periods"])
            ]
    where = unused[None, :, None, :] & (np.isnan(values) | (values == 0)) & (status != NOT_COVERED)
    values[where] = np.nan
    _mark(status, reason, words, where, "z", "no_such_category")


def _declared(values, status, reason, words, axes, card: SourceCard) -> None:
    """Statuses that the card declares for single cells, because the publisher's file cannot say them."""
    for number, declared in enumerate(card.cells):
        if declared.get("mark"):
            continue
        where = np.ones(values.shape, dtype=bool)
        for place_of_axis, (axis, key) in enumerate(
            (("variables", "variables"), ("categories", "categories"), ("areas", "areas"), ("periods", "periods"))
        ):
            if declared.get(key):
                chosen = np.isin(axes[axis], declared[key])
                where &= chosen.reshape([-1 if n == place_of_axis else 1 for n in range(4)])
        if declared["status"] in WITHOUT_VALUE:
            values[where] = np.nan
        _mark(status, reason, words, where, declared["status"], f"cell {number}")


def _unallocated(values, status, reason, words, axes, place: Place) -> None:
    """A category of which many counts of a period went to no area: the figure of every area is too low then."""
    apart = [n for n, area in enumerate(axes["areas"]) if area in {outside.code for outside in place.unallocated}]
    own = np.isin(axes["areas"], [area.code for area in place.areas])
    if not apart or axes["areas"][0] != place.code:
        return
    for variable, category in np.ndindex(values.shape[:2]):
        counts = values[variable, category]
        share = share_of(counts[0], counts[apart])
        for column in np.flatnonzero(is_large(share)):
            where = np.zeros(counts.shape, dtype=bool)
            where[own, column] = np.isfinite(counts[own, column])
            _mark(
                status[variable, category],
                reason[variable, category],
                words,
                where,
                "u",
                f"unallocated {share[column]:.3f}",
            )


def _breaks(values, status, reason, words, axes, card: SourceCard) -> None:
    for number, cut in enumerate(card.breaks):
        if cut.at not in axes["periods"]:
            continue
        column = axes["periods"].index(cut.at)
        rows = [n for n, code in enumerate(axes["categories"]) if not cut.categories or code in cut.categories]
        areas = [n for n, code in enumerate(axes["areas"]) if not cut.areas or code in cut.areas]
        where = np.zeros(values.shape, dtype=bool)
        where[np.ix_(range(values.shape[0]), rows, areas, [column])] = True
        _mark(status, reason, words, where & ~np.isnan(values), "b", f"break {number}")


def _differs(values: np.ndarray, axes, before: SafeTable) -> np.ndarray:
    """Which cells, published or added up, had another number in the release before the one that speaks for their
    period?"""
    matches = [pd.Index(axes[axis]).get_indexer(getattr(before, axis)) for axis in COLUMNS]
    own_cells, their_cells = (
        np.ix_(*(numbers[numbers >= 0] for numbers in matches)),
        np.ix_(*(numbers >= 0 for numbers in matches)),
    )
    now, then = values[own_cells], before.values[their_cells]
    where = np.zeros(values.shape, dtype=bool)
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


def _mark(status: np.ndarray, reason: np.ndarray, words: Reasons, where: np.ndarray, code: str, why: str) -> None:
    """Give the cells a status unless a stronger one stands there, and add the reason to those they have."""
    status[where] = np.maximum(status[where], STRENGTH[code])  # the number of a status is its strength
    for old in np.unique(reason[where]):
        joined = f"{words[old]}|{why}" if words[old] else why
        reason[where & (reason == old)] = words.number(joined)
