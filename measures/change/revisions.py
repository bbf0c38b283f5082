"""How was a figure first published, and what changed since?"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from disclosure import STATUS_WORDS, SafeTable
from disclosure.remembered import MB, remembered
from disclosure.triangle import LEVELS
from loaders import SourceCard, periods
from loaders.observations.splice import holders
from measures.figures.fresh import may_be_revised, usual_revisions
from measures.store.shelf import Shelf

COLUMNS = (
    "variable",
    "area",
    "category",
    "period",
    "first_release",
    "first",
    "later_release",
    "later",
    "difference",
    "ratio",
    "status",
    "reason",
)


def revisions(shelf: Shelf, dataset: str) -> pd.DataFrame:
    """One row = one cell held by two releases whose value changed; ``status`` and ``reason`` are those of the later
    figure.

    ``ratio`` is later ÷ first − 1, NaN where the first figure is zero. Raises SourceError when the dataset cannot be
    read.
    """
    held = held_twice(shelf, dataset)
    return held[held["difference"] != 0].reset_index(drop=True)


@remembered(64 * MB)
def held_twice(shelf: Shelf, dataset: str) -> pd.DataFrame:
    """One row = one cell with a figure in a release and in the release before it that has the period, changed or
    not.
    """
    card = shelf.cards[dataset]
    parts = [_held(shelf, dataset, *pair) for pair in _pairs(card)] if may_be_revised(card) else []
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


class Held(NamedTuple):
    """A cell that two releases hold; two of the columns of ``held_twice`` for each of them."""

    area: str
    period: str
    first_release: str
    first: float
    later_release: str
    later: float


@remembered()
def held_of(shelf: Shelf, dataset: str, variable: str, category: str, area: str) -> tuple[Held, ...]:
    """The rows of ``held_twice`` of one variable, category and area, in their order."""
    rows = _rows_of(shelf, dataset).get((variable, category, area), np.array([], dtype=int))
    columns = (values[numbers[rows]].tolist() for numbers, values in _coded(shelf, dataset).values())
    return tuple(map(Held._make, zip(*columns, strict=True)))


@remembered(24 * MB)
def _coded(shelf: Shelf, dataset: str) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The columns of ``held_twice`` that ``Held`` has: of each the number of every row's value, and the values."""
    held = held_twice(shelf, dataset)
    coded = {name: pd.factorize(held[name]) for name in Held._fields}
    return {
        name: (numbers.astype(np.int32), np.array(values, dtype=object)) for name, (numbers, values) in coded.items()
    }


@remembered(24 * MB)
def _rows_of(shelf: Shelf, dataset: str) -> dict[tuple[str, str, str], np.ndarray]:
    """(variable, category, area) → the numbers of its rows in ``held_twice``."""
    return dict(held_twice(shelf, dataset).groupby(["variable", "category", "area"], sort=False).indices)


def _pairs(card: SourceCard):
    """(earlier, later, periods): every period of a release with the newest release before it that has the period."""
    shared: dict[tuple[int, int], list[str]] = {}
    for period, numbers in holders([periods.span(release.first, release.last) for release in card.releases]).items():
        for earlier, later in pairwise(numbers):
            shared.setdefault((later, earlier), []).append(period)
    for later, earlier in sorted(shared, key=lambda pair: (pair[0], -pair[1])):
        yield card.releases[earlier].id, card.releases[later].id, sorted(shared[later, earlier])


class Overlap(NamedTuple):
    """Two releases with the areas and periods that both hold."""

    before: SafeTable
    after: SafeTable
    areas: list[str]
    periods: list[str]


def _held(shelf: Shelf, dataset: str, earlier: str, later: str, shared: list[str]) -> pd.DataFrame:
    before, after = shelf.table(dataset, earlier), shelf.table(dataset, later)
    variables, categories, areas = (
        [code for code in getattr(before, axis) if code in getattr(after, axis)]
        for axis in ("variables", "categories", "areas")
    )
    when = [period for period in shared if before.position(period) is not None and after.position(period) is not None]
    overlap = Overlap(before, after, areas, when)
    parts = [_held_in(overlap, variable, category) for variable in variables for category in categories]
    parts = [part for part in parts if len(part)]
    return (
        pd.concat(parts, ignore_index=True).assign(first_release=earlier, later_release=later)[list(COLUMNS)]
        if parts
        else pd.DataFrame(columns=COLUMNS)
    )


def _held_in(overlap: Overlap, variable: str, category: str) -> pd.DataFrame:
    """The cells of one variable and category that both releases give a number for."""
    before, after, areas, when = overlap
    first, second = (
        table.block(variable, category, areas).only(slice(None), [table.position(period) for period in when])
        for table in (before, after)
    )
    known = np.isfinite(first.values) & np.isfinite(second.values)
    area, period = (
        np.array(codes, dtype=object)[numbers] for codes, numbers in zip((areas, when), np.nonzero(known), strict=True)
    )
    earlier_values, later_values = first.values[known], second.values[known]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(earlier_values == 0, np.nan, later_values / earlier_values - 1)
    columns = {
        "variable": variable,
        "area": area,
        "category": category,
        "period": period,
        "first": earlier_values,
        "later": later_values,
    }
    return pd.DataFrame(
        columns
        | {
            "difference": later_values - earlier_values,
            "ratio": ratio,
            "status": STATUS_WORDS[second.status[known]],
            "reason": after.reason_words[second.reason[known]],
        }
    )


def warm_revisions(shelf: Shelf):
    """Compare the releases of every dataset once; a step at a time, so that the caller may pause between them."""
    for dataset, card in shelf.cards.items():
        if may_be_revised(card) and shelf.readable(dataset):
            for level in LEVELS:
                usual_revisions(shelf, dataset, next(iter(card.variables)), level)
                yield
            held_of(shelf, dataset, "", "", "")
            yield
