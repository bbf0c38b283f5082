"""Finds columns that count the kinds of one thing: a column beside them is their sum."""

from __future__ import annotations

import numpy as np

from loaders.draft.tables.guess import Guess
from loaders.draft.tables.headings import MANY, Heads
from loaders.draft.tables.sums import Cube, run_of, turned
from loaders.formats.text_table import Column
from loaders.gate.column_kinds import is_count
from loaders.privacy import headings

FEWEST = 3  # columns: a sum and two kinds


def name_columns_as_kinds(guessed: Guess, heads: Heads) -> list[int]:
    """Name the kinds, with their groups, where headings hold them; the positions of the figures that are none of them.

    The columns of sums are left out. Nothing changes where no column is the sum of all others, or of all groups; nor
    where a cell has no number: beside it the publisher's own sum is a figure of its own.
    """
    columns = [guessed.table.columns[position] for position in heads.figures if heads.long]
    counts = {column.heading: column for column in columns if _counts(column)}
    if guessed.table.heads or guessed.kinds or len(counts) < FEWEST or len(counts) > len({*counts}):
        return []
    cube = turned(list(counts), [""] * len(counts), list(counts.values()))
    whole, groups = ("", {}) if np.isnan(cube.cells).any() else _whole_and_groups(cube, list(counts))
    if not whole:
        if len(counts) > MANY:
            guessed.remarks.append(_question(len(counts)))
        return []
    sums = {whole, *groups.values()}
    guessed.kinds = {text: groups.get(text, "") for text in counts if text not in sums}
    heads.kinds, heads.texts["category"] = ["category"], list(guessed.kinds)
    rest = [position for position in heads.figures if guessed.table.columns[position].heading not in counts]
    heads.figures = [position for position in heads.figures if guessed.table.columns[position].heading in guessed.kinds]
    guessed.ignore += [guessed.table.columns[position].heading for position in rest]
    guessed.words |= {"layout": "crossed", "heads": ["category"], "ignore": sorted(sums)}
    return rest


def _question(columns: int) -> str:
    return (
        f"look: {columns} columns of counts are drafted as {columns} things that are counted; if they are kinds of one "
        'thing, write layout = "crossed" and heads = ["category"] in [table]: docs/data.md, Which shape is mine?'
    )


def _whole_and_groups(cube: Cube, texts: list[str]) -> tuple[str, dict[str, str]]:
    """The text that is the sum of all others, or of all groups ('' where none is), and the group of each text."""
    if whole := cube.sum_of_all(texts):
        return whole, {}
    runs = {label: run_of(texts, first, last) for label, first, last in cube.subtotals(texts)}
    within = {text for run in runs.values() for text in run}
    whole = cube.sum_of_all([text for text in texts if text not in within])
    groups = {text: label for label, run in runs.items() if label != whole for text in run}
    return ("", {}) if within & {*groups.values()} else (whole, groups)


def _counts(column: Column) -> bool:
    """Plain counts, and no residents: rates, changes and corrections are no kinds."""
    spoken = any(headings.speaks_of(column.heading, group) for group in ("residents", "rates"))
    return column.numeric and is_count(column) and not spoken and not bool((column.numbers < 0).any())
