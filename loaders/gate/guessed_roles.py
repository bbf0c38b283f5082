"""Guesses the roles of the columns of a table without a card: which name a cell, which count, which say nothing.

A number may name: a precinct, a day of the week, a code whose zeros were lost. A whole number is taken for a name where
only so each row has a key of its own, and the keys then form a cross that is nearly full, as those of an aggregate do.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from loaders.formats.text_table import Column, TextTable
from loaders.gate.column_kinds import (
    has_fractions,
    is_count,
    is_figure,
    looks_counted,
    mostly_numbers,
    speaks_of_nothing_else,
    whole_with_changes,
)
from loaders.gate.table_shape import Shape, holds_coordinates, period_like, says_nothing
from loaders.privacy import headings as lexicon

CROSS = 0.5  # the least share of all combinations that a cross of keys with numbers for names must have
SPARSE_CROSS = 0.2  # of rates alone: areas may lack in some years
MOST_NAMES = 3  # numbered names in one table, such as district, day of the week and hour


def guessed(table: TextTable) -> Shape:
    """The roles as headings and values suggest them."""
    shape = Shape(table)
    heads = table.heads or [(column.heading,) for column in table.columns]
    periods = [
        column
        for column, texts in zip(table.columns, heads, strict=True)
        if any(map(period_like, texts)) and (column.numeric or mostly_numbers(column))
    ]
    shape.wide = bool(periods)
    if periods:
        periods += [
            column
            for column, texts in zip(table.columns, heads, strict=True)
            if column not in periods and any(map(period_like, texts)) and (~np.isnan(column.numbers)).any()
        ]
    for column in table.columns:
        if says_nothing(column):
            continue
        if column in periods or (not periods and is_count(column)):
            shape.counts.append(column)
        elif holds_coordinates(column):
            shape.coordinates.append(column)
        else:
            shape.keys.append(column)
    return shape if shape.wide else _of_long_table(shape)


def _of_long_table(shape: Shape) -> Shape:
    """Among the counts those that only name a cell become keys; rates are figures where nothing else is."""
    named = [column for column in shape.counts if _says_count(column)]
    crossed = not shape.repeated() and shape.filled >= CROSS  # the rows are named without a number
    attributes = [column for column in shape.counts if column not in named and _is_attribute(column)]
    names = attributes if named and not crossed else []
    shape = _with_keys(shape, names)
    shape = _with_keys(shape, _numbered_names(shape))
    if not shape.counts:
        shape = _with_figures(shape, [column for column in shape.keys if _is_rate(column)])
    if not shape.counts:
        shape = _with_figures(shape, [column for column in shape.keys if _is_nearly_count(column)])
    shape = _without_figures(shape)
    shape.counts_named = bool(named) or any(lexicon.speaks_of(column.heading, "rates") for column in shape.counts)
    return shape


def _says_count(column: Column) -> bool:
    return lexicon.counts(column.heading) or lexicon.speaks_of(column.heading, "rates")


def _with_keys(shape: Shape, names: list[Column]) -> Shape:
    """The same table with some of its counts as keys."""
    if not names:
        return shape
    keys = sorted([*shape.keys, *names], key=lambda column: column.position)
    counts = [column for column in shape.counts if column not in names]
    return Shape(shape.table, keys, counts, shape.coordinates, shape.beside)


def _numbered_names(shape: Shape) -> list[Column]:
    """Whole numbers without which several rows have one key, and with which the keys form a cross."""
    if not shape.repeated() and (shape.varying or shape.table.rows < 2):
        return []
    able = [column for column in shape.counts if 2 * column.distinct <= shape.table.rows and not has_fractions(column)]
    able.sort(key=lambda column: (not lexicon.speaks_of(column.heading, "area"), column.position))
    for number in range(1, min(MOST_NAMES, len(able), len(shape.counts) - 1) + 1):
        for names in combinations(able, number):
            tried = _with_keys(shape, list(names))
            if not tried.repeated() and tried.filled >= CROSS:
                return list(names)
    return []


def _with_figures(shape: Shape, figures: list[Column]) -> Shape:
    """The same table with some of its keys as figures, where the others still give each row a key of its own.

    They must cross areas and periods, as those of an aggregate do.
    """
    keys = [column for column in shape.keys if column not in figures]
    tried = Shape(shape.table, keys, figures, shape.coordinates, shape.beside)
    dated = any(grain == "period" for grain in tried.grains.values())
    return tried if figures and dated and not tried.repeated() and tried.filled >= SPARSE_CROSS else shape


def _without_figures(shape: Shape) -> Shape:
    """The same table with its rates and changes beside the keys, where the others give each row a key of its own."""
    figures = [column for column in shape.keys if column.numeric and (is_figure(column) or whole_with_changes(column))]
    keys = [column for column in shape.keys if column not in figures]
    tried = Shape(shape.table, keys, shape.counts, shape.coordinates, [*shape.beside, *figures])
    return tried if shape.counts and figures and keys and not tried.repeated() else shape


def _is_rate(column: Column) -> bool:
    """Decimals under a heading that speaks of nothing else."""
    return column.numeric and has_fractions(column) and speaks_of_nothing_else(column.heading)


def _is_nearly_count(column: Column) -> bool:
    """Counts among which a few texts stand: the reader names each of them."""
    return mostly_numbers(column) and speaks_of_nothing_else(column.heading) and looks_counted(column)


def names_by_numbers(table: TextTable, numeric: list[int]) -> list[int]:
    """Positions of numeric columns that name rows: beside counts, or left of periods where nothing else names them."""
    heads = table.heads or [(column.heading,) for column in table.columns]
    periods = [position for position in numeric if any(map(period_like, heads[position]))]
    if not periods:
        keys = {column.position for column in guessed(table).keys}
        return [position for position in numeric if position in keys and is_count(table.columns[position])]
    before = [position for position in numeric if position < periods[0] and looks_named(table.columns[position])]
    texts = [column for column in table.columns[: periods[0]] if column.position not in numeric and column.distinct > 1]
    spoken = [position for position in before if _speaks_of_areas(table.columns[position].heading)]
    return spoken or ([] if texts else before[:1])


def looks_named(column: Column) -> bool:
    """Could a numeric column name the rows: whole numbers, more than one, that do not only count the rows?"""
    return column.distinct > 1 and not has_fractions(column) and not says_nothing(column)


def _speaks_of_areas(heading: str) -> bool:
    return lexicon.speaks_of(heading, "area") or lexicon.speaks_of(heading, "code")


def _is_attribute(column: Column) -> bool:
    """A small whole number beside a named count, such as an hour, names a cell rather than counting."""
    return (
        column.distinct <= 60
        and bool((np.nan_to_num(column.numbers) < 100).all())
        and lexicon.speaks_of(column.heading, "category")
    )
