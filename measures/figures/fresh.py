"""How far do figures still move, going by how much figures of their group and age were revised before?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from disclosure import SafeTable
from disclosure.remembered import remembered
from disclosure.triangle import AREAS, PLACE
from disclosure.usual_revision import STEPS, Usual, group_of, step_of, usual_of_tables
from loaders import SourceCard, periods
from measures.lines.query import Query
from measures.lines.views import width_of
from measures.store.shelf import Shelf

BANDED = ("count", "rate", "rolling", "rolling_rate")


def may_be_revised(card: SourceCard) -> bool:
    """Has the dataset a second release? A protected one shows its newest only, for the older could undo the
    protection.
    """
    return card.is_table and card.disclosure == "as_published" and len(card.releases) > 1


def tables_of(shelf: Shelf, dataset: str) -> dict[str, SafeTable]:
    """The safe table of every release of a dataset, by its id, the oldest first."""
    return {release.id: shelf.table(dataset, release.id) for release in shelf.cards[dataset].releases}


@remembered()
def usual_revisions(shelf: Shelf, dataset: str, variable: str, level: str) -> Mapping[tuple[str, int], Usual]:
    """(category, number of the step of age) → the usual revision of a figure of the place or of an area; {} where no
    two publications share a period."""
    card = shelf.cards[dataset]
    if not may_be_revised(card):
        return {}
    return usual_of_tables(tables_of(shelf, dataset), card, shelf.places[card.place], variable, level)


def level_of_area(shelf: Shelf, query: Query, area: str) -> str:
    """At which level an area is revised: the place itself or one of its areas."""
    return PLACE if area == shelf.places[query.place].code else AREAS


def usual_of_area(query: Query, shelf: Shelf, area: str) -> dict[int, Usual]:
    """Number of the step of age → the usual revision that stands for an area in this view; {} where none is known."""
    card = shelf.measures[query.measure]
    source = shelf.cards[card.dataset]
    if query.view not in BANDED or card.kind != "count" or query.release not in ("latest", source.latest.id):
        return {}
    known = usual_revisions(shelf, card.dataset, card.numerator or card.variable, level_of_area(shelf, query, area))
    group = group_of(source, query.category)
    return {step: known[group, step] for step in range(len(STEPS) - 1) if (group, step) in known}


def still_moving(query: Query, shelf: Shelf, shown: Sequence[str]) -> np.ndarray:
    """By which share of itself each figure may still move, ``[end, area, period]``: the lower end and the upper.

    Of a sum of months the usual means add up, and the reaches as independent errors do: months of the place, of areas
    the steps of age. 100, of which 20 move by 10 %, moves by 2 %. Zero where nothing is known or nothing moves any
    more.
    """
    moving = np.zeros((2, len(query.areas), len(shown)))
    levels = [level_of_area(shelf, query, area) for area in query.areas]
    for level in dict.fromkeys(levels) if shown else ():
        rows = [row for row, own in enumerate(levels) if own == level]
        usual = usual_of_area(query, shelf, query.areas[rows[0]])
        if usual:
            moving[:, rows] = _moving(
                usual, replace(query, areas=tuple(query.areas[row] for row in rows)), shelf, shown
            )
    return moving


def _moving(usual: dict[int, Usual], query: Query, shelf: Shelf, shown: Sequence[str]) -> np.ndarray:
    """Of areas of one level; what is older than the last step, with a window that ends there, does not move."""
    card = shelf.measures[query.measure]
    safe = shelf.table(card.dataset, query.release)
    width, months = width_of(shown[0], query.view), max(1, 12 // periods.per_year(shown[0]))
    step = np.array([step_of(age * months) for age in range(min(STEPS[-1], len(safe.periods)))][::-1])
    begun = len(safe.periods) - len(step)  # the oldest period that is looked at, and before it what its window reaches
    read = slice(max(0, begun - width + 1), None)
    values = safe.block(card.numerator or card.variable, query.category, query.areas, read).values
    step = np.concatenate([np.full(values.shape[-1] - len(step), -1), step])
    parts = np.array(_parts(usual, values, (step, width), level_of_area(shelf, query, query.areas[0]) == AREAS))
    moving = np.zeros((2, len(query.areas), len(safe.periods)))
    moving[:, :, begun:] = np.nan_to_num(parts, posinf=0.0, neginf=0.0)[:, :, begun - read.start :]
    return moving[:, :, [safe.position(period) for period in shown]]


def _parts(
    usual: dict[int, Usual], values: np.ndarray, spans: tuple[np.ndarray, int], by_step: bool
) -> list[np.ndarray]:
    """Both ends of the usual revision of sums of ``values`` as shares of them. ``spans``: the step of each period, and
    how many periods a sum counts; ``by_step``: do figures of a step move together?"""
    step, width = spans
    mean, low, high = (
        np.array([getattr(usual[number], name) if number in usual else 0.0 for number in step])
        for name in ("mean", "low", "high")
    )
    together = [step == number for number in usual] if by_step else None
    ends = [_reach(values * (end - mean), width, together) for end in (low, high)]
    with np.errstate(divide="ignore", invalid="ignore"):
        centre, sums = _windows(values * mean, width), _windows(values, width)
        return [(centre + sign * reach) / sums for sign, reach in zip((-1, 1), ends, strict=True)]


def _reach(moved: np.ndarray, width: int, together: list[np.ndarray] | None) -> np.ndarray:
    """The root of the sum of squares of what moves by itself: each period, or the periods that move ``together``."""
    if together is None:
        return np.sqrt(_windows(moved**2, width))
    return np.sqrt(sum(_windows(np.where(some, moved, 0.0), width) ** 2 for some in together))


def _windows(values: np.ndarray, width: int) -> np.ndarray:
    """Sums of the ``width`` values that end at each place, NaN where there are fewer."""
    padded = np.concatenate([np.full((*values.shape[:-1], width - 1), np.nan), values], axis=-1)
    return np.lib.stride_tricks.sliding_window_view(padded, width, axis=-1).sum(axis=-1)
