"""Which earlier figure stands beside a figure, and may the two be compared at all?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from disclosure import Block, SafeTable
from disclosure.remembered import remembered
from loaders import SourceCard
from loaders.statuses import STATUSES
from measures.lines.line import Line, final, within
from measures.lines.scope import Scope

_KNOWN = ("no_population", "window_break", "zero_denominator")


@dataclass(frozen=True)
class Pair:
    """Figures (``now``) of one area or several, and those of the same period a year before (``before``), lines of the
    same shape.

    ``why``: the key of the reason why the two are not compared, '' where they are. ``apart``, ``apart_before``: the
    share of the place's count of that window that was allocated to no area; 0 for the place itself.
    """

    now: Line
    before: Line
    why: np.ndarray
    apart: np.ndarray
    apart_before: np.ndarray

    @property
    def flat(self) -> Pair:
        """The areas one behind the other."""
        return Pair(
            self.now.mapped(np.ravel),
            self.before.mapped(np.ravel),
            *map(np.ravel, (self.why, self.apart, self.apart_before)),
        )


@dataclass(frozen=True)
class Known:
    """What is known of the figures of a line beside their values; arrays as long as the line, but for ``cut``.

    ``doubts``: reasons against each single figure; ``apart``: the share of the place's count that no area has; ``cut``:
    does a cut lie between a figure and that of a year before, as long as what is shown; ``years``: of which year the
    residents are; ``basis``: the years in which a new basis of the residents begins.
    """

    doubts: np.ndarray
    apart: np.ndarray
    cut: np.ndarray
    years: np.ndarray
    basis: list[int]


def pair(line: Line, year: int, known: Known) -> Pair:
    """Set each figure beside that of a year before. ``line`` has ``year`` cells more in front than are shown."""
    doubts, years = known.doubts, known.years
    now, before = line.cut(slice(year, None)), line.cut(slice(0, line.length - year))
    why = _missing(now, "no_figure")
    _add(why, known.cut, "window_break")
    _add(why, ~np.isfinite(before.values), _missing(before, "no_figure_before"))
    for start in known.basis:
        _add(
            why,
            (years[..., :-year] < start) & (years[..., year:] >= start) & (years[..., :-year] > 0),
            "population_basis",
        )
    for key in ("unreliable", "estimated", "provisional"):
        _add(why, (doubts[..., :-year] == key) | (doubts[..., year:] == key), key)
    apart = np.broadcast_to(known.apart, line.values.shape)
    return Pair(now, before, why, apart[..., year:], apart[..., :-year])


def _add(why: np.ndarray, where: np.ndarray, key) -> None:
    """A reason for the cells that have none yet: the one that lasts longest is said first."""
    where = where & (why == "")
    why[where] = key[where] if isinstance(key, np.ndarray) else key


def _missing(line: Line, otherwise: str) -> np.ndarray:
    """Why each cell without a value has none, '' where there is one."""
    why = np.full(line.values.shape, "", object)
    empty = np.flatnonzero(~np.isfinite(line.values))
    why.flat[empty] = [
        _reason(*cell, otherwise) for cell in zip(line.statuses.flat[empty], line.reasons.flat[empty], strict=True)
    ]
    return why


@lru_cache(maxsize=1024)
def _reason(status: str, reasons: str, otherwise: str) -> str:
    if status in ("c", "z"):
        return {"c": "withheld", "z": "not_applicable"}[status]
    return next((key for key in _KNOWN if key in reasons.split("|")), otherwise)


def doubts(safe: SafeTable, blocks: Sequence[Block], width: int) -> np.ndarray:
    """What speaks against each figure of ``width`` periods: 'provisional', 'unreliable', 'estimated' or '', ``[area,
    period]``. ``blocks``: the cells of each variable that the figure is made of."""
    marks = [doubt_words(safe)[block.status, block.reason] for block in blocks]
    doubted = np.full(marks[0].shape, "", object)
    for key in ("provisional", "estimated", "unreliable"):
        doubted[_in_any(marks, key, width)] = key
    return doubted


def _in_any(marks: list[np.ndarray], key: str, width: int) -> np.ndarray:
    return within(np.any([mark == key for mark in marks], axis=0), width)


@remembered()
def doubt_words(safe: SafeTable) -> np.ndarray:
    """What speaks against a cell, by the numbers of its status and its reason."""
    return np.array([[doubt_of(status, reasons) for reasons in safe.reasons] for status in STATUSES], dtype=object)


@lru_cache(maxsize=1024)
def doubt_of(status: str, reasons: str) -> str:
    """What speaks against a single published cell: 'provisional', 'estimated', 'unreliable' or ''."""
    if not final(status, reasons):
        return "provisional"
    if status == "e":
        return "estimated"
    return "unreliable" if status == "u" and "unallocated" not in reasons else ""


def cut_positions(source: SourceCard, all_periods: tuple[str, ...], area: str, category: str) -> list[int]:
    """The numbers of the periods that start a new, not comparable stretch of this line."""
    return [
        all_periods.index(cut.at)
        for cut in source.breaks
        if cut.effect == "cut" and cut.at in all_periods and cut.touches(area, category)
    ]


def cuts_between(cuts: Sequence[int], scope: Scope) -> np.ndarray:
    """Does a cut lie between the periods of each figure shown and those of the figure a year before? Positions are
    those of the table.
    """
    ends = np.arange(scope.start, scope.start + len(scope.shown))[:, None]
    first = ends - scope.year - scope.width + 1
    return ((first < np.array([cuts])) & (np.array([cuts]) <= ends)).any(axis=1)


def padded(values: np.ndarray, length: int, empty) -> np.ndarray:
    """The last ``length`` values, with ``empty`` in front where there are fewer."""
    short = max(0, length - values.shape[-1])
    front = np.full((*values.shape[:-1], short), empty, values.dtype)
    return np.concatenate([front, values], axis=-1)[..., values.shape[-1] + short - length :]
