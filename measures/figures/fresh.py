"""How far do figures still move, going by how much figures of their group and age were revised before?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from disclosure import SafeTable
from disclosure.remembered import remembered
from disclosure.triangle import AREAS, PLACE
from disclosure.usual_revision import STEPS, Usual, group_of, step_of, usual_of_tables
from loaders import SourceCard, periods
from measures.figures.query import Query
from measures.figures.views import width_of
from measures.store.shelf import Shelf

BANDED = ("count", "rate", "rolling", "rolling_rate")


def may_be_revised(card: SourceCard) -> bool:
    """Has the dataset a second release? A protected one shows its newest only, for the older could undo the
    protection.
    """
    return card.kind in ("observations", "areas") and card.disclosure == "as_published" and len(card.releases) > 1


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

    Of a sum of months each moves by what is usual at its age, all of them one way: 100, of which 20 move by 10 %, moves
    by 2 %. Zero where nothing is known or nothing moves any more.
    """
    found = np.zeros((2, len(query.areas), len(shown)))
    for row, area in enumerate(query.areas):
        usual = usual_of_area(query, shelf, area)
        if usual and shown:
            found[:, row] = _moving(usual, query, shelf, area, shown)
    return found


def _moving(usual: dict[int, Usual], query: Query, shelf: Shelf, area: str, shown: Sequence[str]) -> np.ndarray:
    card = shelf.measures[query.measure]
    safe = shelf.table(card.dataset, query.release)
    rates = _rates(usual, safe.periods)
    width, start = width_of(shown[0], query.view), safe.position(shown[0])
    ends = start + np.arange(len(shown))
    if width == 1:
        return rates[:, ends]
    values = safe.block(card.numerator or card.variable, query.category, [area]).values[0]
    whole, moved = (_windows(one, width) for one in (values, values * rates))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(moved / whole, posinf=0.0, neginf=0.0)[:, ends]


def _rates(usual: dict[int, Usual], every: Sequence[str]) -> np.ndarray:
    """How far a single figure of each period may move: the lower end and the upper."""
    months = max(1, 12 // periods.per_year(every[0]))
    steps = [step_of(age * months) for age in range(len(every) - 1, -1, -1)]
    return np.array(
        [[getattr(usual[step], end) if step in usual else 0.0 for step in steps] for end in ("low", "high")]
    )


def _windows(values: np.ndarray, width: int) -> np.ndarray:
    """Sums of the ``width`` values that end at each place, NaN where there are fewer."""
    padded = np.concatenate([np.full((*values.shape[:-1], width - 1), np.nan), values], axis=-1)
    return np.lib.stride_tricks.sliding_window_view(padded, width, axis=-1).sum(axis=-1)
