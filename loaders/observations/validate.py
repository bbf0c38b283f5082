"""Does a published table fit together? Finds repeated keys, gaps, absent rows, and totals that do not fit."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from loaders import periods
from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault
from loaders.observations.table import KEYS, key_numbers

PIECE = 2_000_000  # rows that are looked at together


def table_faults(cells: pd.DataFrame, card: SourceCard, release: Release, rows: int) -> list[Fault]:
    """Every fault of the table as a whole; ``cells`` has one row per cell with its place in the file (row, column)."""
    unknown = np.any([cells[axis].cat.codes == -1 for axis in ("period", "area", "category")], axis=0)
    known = cells[~unknown] if unknown.any() else cells
    return [
        *_repeats(known, release),
        *summary_faults(
            sorted(known["period"].unique()), known["category"].unique(), (rows, _total(cells)), card, release
        ),
    ]


def summary_faults(
    present: list[str], categories: Iterable[str], sums: tuple[int, float], card: SourceCard, release: Release
) -> list[Fault]:
    """The faults that a table shows without its cells: the periods and categories that it has, how many rows it has and
    what they add up to."""
    return [*_gaps(present, card, release), *_tree(categories, card, release), *_sums(*sums, release)]


def _total(cells: pd.DataFrame) -> float:
    first = cells["variable"].iloc[0] if len(cells) else ""
    return cells.loc[cells["variable"] == first, "value"].sum()


def _repeats(cells: pd.DataFrame, release: Release):
    seen = np.zeros(math.prod(len(cells[axis].cat.categories) for axis in KEYS), dtype=bool)
    for start in range(0, len(cells), PIECE):
        seen[key_numbers(cells.iloc[start : start + PIECE])] = True
    if seen.sum() == len(cells):
        return
    again = cells[pd.Series(key_numbers(cells)).duplicated().to_numpy()]
    for row in again.itertuples():
        key = f"{row.area}, {row.category or 'no category'}, {row.period}"
        yield Fault(
            f"'{release.file}', row {row.row}, column {row.column}",
            "area, category and period stand twice",
            "each once",
            key,
            "Ask the publisher which row holds.",
        )


def _gaps(present: list[str], card: SourceCard, release: Release):
    if not present:
        return
    for missing in sorted(set(periods.every(present)) - {*present, *card.pauses}):
        yield Fault(
            f"'{release.file}'",
            f"a {card.frequency} is missing",
            f"every {card.frequency} from {present[0]} to {present[-1]}",
            f"no {missing}",
            "Ask the publisher; where nobody was counted then, name the period in pauses.",
        )
    for declared, held, word in ((release.first, present[0], "from"), (release.last, present[-1], "to")):
        if declared and declared != held:
            yield Fault(
                f"'{release.file}'",
                f"'{word}' of the release does not fit",
                declared,
                held,
                "Fix the card or the file's name.",
            )


def _tree(categories: Iterable[str], card: SourceCard, release: Release):
    named = set(categories) - {""}
    for code in sorted(named - set(card.tree.nodes)):
        yield Fault(
            f"{card.id}, release {release.id}",
            "a category has no row in categories.csv",
            "a row for each code",
            code,
            "Add it.",
        )
    for code in sorted(named):
        if code in card.tree.nodes and card.tree.children(code):
            yield Fault(
                f"{card.id}, release {release.id}",
                "a published category is also a sum of others",
                "a leaf",
                code,
                "Give it a code of its own.",
            )


def _sums(rows: int, total: float, release: Release):
    if release.rows is not None and rows != release.rows:
        yield Fault(
            f"'{release.file}'",
            "the number of rows does not fit",
            f"{release.rows} that are read (those left out do not count)",
            str(rows),
            "Fix the card or restore the file.",
        )
    if release.total is not None and abs(total - release.total) > 1e-6:
        yield Fault(
            f"'{release.file}'",
            "the sum of all values does not fit",
            f"{release.total}",
            f"{total:g}",
            "Fix the card or restore the file.",
        )
