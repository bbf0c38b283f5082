"""Guesses the kinds that the rows of a table name: the finest column, its groups, and the kind that is their sum."""

from __future__ import annotations

import numpy as np

from loaders.draft.tables.guess import Guess
from loaders.draft.tables.sums import cube_of
from loaders.formats.text_table import Column
from loaders.gate.table_shape import decides
from loaders.privacy import headings
from loaders.tables.table_area import JOIN


def name_kinds(guessed: Guess, left: list[Column], figures: list[int]) -> None:
    """The finest column of kinds, with the one above it as its group; columns that do not nest name a kind together."""
    left = [
        column
        for column in left
        if not any(
            other is not column and other.distinct == column.distinct and decides(other, column)
            for other in left[: left.index(column)]
        )
    ]
    finest = max(left, key=lambda column: (column.distinct, left.index(column)))
    groups = [column for column in left if column is not finest and decides(finest, column)]
    crossing = [column for column in left if column is not finest and column not in groups]
    columns = [*crossing, finest]
    guessed.columns["category"] = finest.heading if not crossing else [column.heading for column in columns]
    if groups and not crossing:
        group = max(groups, key=lambda column: column.distinct)
        guessed.columns["group"] = group.heading
        pairs = {(int(a), int(b)) for a, b in zip(finest.codes, group.codes, strict=True)}
        guessed.kinds = {finest.texts[a].as_py(): group.texts[b].as_py() for a, b in sorted(pairs)}
    else:
        rows = zip(*(np.array(column.texts.to_pylist(), dtype=object)[column.codes] for column in columns), strict=True)
        guessed.kinds = dict.fromkeys(
            JOIN.join(row) for row in dict.fromkeys(rows) if not any(map(headings.is_total, row))
        )
    for column in columns:
        totals = [text for text in column.texts.to_pylist() if headings.is_total(text)]
        if column is finest and not crossing and not groups:
            totals += _sum_of_kinds(guessed, column, figures, totals)
        if totals:
            guessed.words.setdefault("ignore_rows", {})[column.heading] = totals
            guessed.kinds = {text: group for text, group in guessed.kinds.items() if text not in totals}


def _sum_of_kinds(guessed: Guess, kinds: Column, figures: list[int], totals: list[str]) -> list[str]:
    """The kind that is the sum of all others, where no total is called so."""
    area = guessed.columns.get("area", "")
    cube = cube_of(guessed, kinds, [column for column in guessed.table.columns if column.heading == area], figures)
    whole = "" if totals else cube.sum_of_all([text for text in cube.texts if text])
    return [text for text in kinds.texts.to_pylist() if whole and text.strip() == whole]
