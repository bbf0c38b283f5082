"""Rules by which a table without a private word in it still looks like one row for each person or event.

Refused: nothing that counts, repeated keys, a key with mostly different values, counts that are nearly all 1 in a
sparse table, moments written as numbers, positions of single events. Asked: a key that differs in every row,
coordinates, age or sex, many ones.
"""

from __future__ import annotations

import re

import numpy as np

from loaders.formats.text_table import Column, TextTable
from loaders.gate.column_kinds import is_count, is_figure
from loaders.gate.positions import like_coordinates, of_areas, positions, rounded, share
from loaders.gate.table_shape import MANY_ROWS, Matches, Shape, free_text
from loaders.privacy import headings, values

FEW_ROWS = 20  # below it a list of dates with a name each may be one of great events: a question
MOSTLY_DISTINCT = 0.5
NEARLY_ALL_ONES, MANY_ONES = 0.95, 0.90
SPARSE = 0.20
_CLOCKS = 48  # more times of day than half-hours: moments, not bands
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：时]?[0-5]\d([:：分][0-5]\d)?秒?分?")
_LOOKS = {"name_values": values.looks_like_names, "address_values": values.looks_like_addresses}
_TIME_OF_DAY = r"\d{1,2}[:H]\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?|\d{1,2}[时時시] ?\d{1,2}[分분]?"


def records(shape: Shape) -> Matches:
    """The rules that refuse, after headings and values."""
    if not shape.counts and shape.declared is None:
        yield "no_count", None
    yield from _moments(shape)
    yield from rounded(shape)
    yield from positions(shape)
    if shape.repeated():
        yield "repeated_keys", None
    for column in _mostly_distinct(shape):
        yield "distinct_key", column
    yield from _dated(shape)
    if shape.counts and shape.varying and shape.ones[0] > NEARLY_ALL_ONES and shape.filled < SPARSE:
        yield "records_of_ones", None


def events(shape: Shape) -> Matches:
    """Of a sheet that nobody reads: the rules by which its rows are persons or events, whatever their headings say."""
    yield from _dated(shape)
    yield from _moments(shape)
    yield from rounded(shape)
    yield from _clocks(shape)
    if shape.counts and shape.varying and shape.ones[0] > NEARLY_ALL_ONES and shape.filled < SPARSE:
        yield "records_of_ones", None
    if not shape.counts and len(shape.varying) > 1 and shape.table.rows >= FEW_ROWS and shape.repeated():
        yield "repeated_keys", None


def _clocks(shape: Shape) -> Matches:
    """A time of day beside the day: each row is a moment, in however few rows."""
    days = [column for column in shape.table.columns if shape.grain_of(column) == "day"]
    yield from (
        ("value_timestamp", column) for column in shape.table.columns if days and share(column, _TIME_OF_DAY) > 0.5
    )


def questions(shape: Shape) -> Matches:
    """The rules that ask a person."""
    refused = set(map(id, _mostly_distinct(shape)))
    for column in _unique(shape):
        if id(column) not in refused:
            yield "unique_row_key", column
    for column in (*shape.coordinates, *like_coordinates(shape)):
        if not of_areas(shape, column):
            yield "coordinate_columns", column
    for column in shape.table.columns:
        if column.distinct > 1 and headings.asks_age_or_sex(column.heading):
            yield "age_or_sex", column
        if not column.numeric and column.position not in shape.known:
            yield from ((rule, column) for rule, looks in _LOOKS.items() if looks(column.texts))
    positive, every = shape.ones
    if shape.counts and (every > MANY_ONES or (positive > NEARLY_ALL_ONES and _many_rows_unique(shape))):
        yield "mostly_ones", None
    if not shape.counts_named and shape.counts and shape.filled < SPARSE:
        yield "count_column", shape.counts[0]


def names(table: TextTable) -> Matches:
    """Of statements, registers and areas only this is asked: are the texts of a column names of persons?"""
    yield from (("name_values", column) for column in table.columns if values.looks_like_names(column.texts))


def _others(shape: Shape) -> list[Column]:
    return [
        column
        for column in (*shape.keys, *shape.beside)
        if column.position not in shape.known and column not in shape.coordinates
    ]


def _names(shape: Shape) -> list[Column]:
    """The columns that may name a row: rates, and counts that a card leaves out, are figures however they differ."""
    points = [column.position for column in like_coordinates(shape)]
    return [
        column
        for column in _others(shape)
        if column.position in points or not (column.numeric and (is_figure(column) or _is_left_out(shape, column)))
    ]


def _is_left_out(shape: Shape, column: Column) -> bool:
    return column in shape.beside and is_count(column)


def _mostly_distinct(shape: Shape) -> list[Column]:
    """Keys with over half of their values distinct in many rows; periods are what a long series differs in."""
    if shape.cells < MANY_ROWS:
        return []
    return [
        column
        for column in _names(shape)
        if column.distinct > MOSTLY_DISTINCT * shape.cells
        and shape.grains[column.position] != "period"
        and not (shape.grains[column.position] == "day" and len(shape.independent) == 1 and column in shape.keys)
    ]


def _unique(shape: Shape) -> list[Column]:
    """Keys that differ in every row although other columns tell the rows apart, or in many rows of a wide table."""
    rows = shape.table.rows
    alone = [column for column in _names(shape) if column.distinct == rows > 1 and shape.grains[column.position] == ""]
    if shape.wide:
        return alone if rows >= MANY_ROWS else []
    return alone if len(shape.varying) > 1 else [column for column in alone if column in shape.beside]


def _dated(shape: Shape) -> Matches:
    """Keys that differ in every row beside a column of days, in a table that is no cross of its keys."""
    days = [column for column in _others(shape) if shape.grains[column.position] == "day"]
    if days and not shape.wide and shape.table.rows >= FEW_ROWS:
        yield from (("dated_records", column) for column in _unique(shape) if not free_text(column))


def _many_rows_unique(shape: Shape) -> bool:
    return shape.table.rows >= MANY_ROWS and any(column.distinct == shape.table.rows for column in _names(shape))


def _moments(shape: Shape) -> Matches:
    """Seconds since 1970, days with fractions as spreadsheets count them, and times of day in a column of their own."""
    for column in _others(shape):
        filled = column.numbers[~np.isnan(column.numbers)]
        if column.numeric and len(filled) > max(20, MOSTLY_DISTINCT * shape.table.rows):
            seconds = bool(((filled > 9.4e8) & (filled < 2.2e9)).all() or ((filled > 9.4e11) & (filled < 2.2e12)).all())
            serial = bool(((filled > 20_000) & (filled < 80_000)).all()) and float((filled % 1 != 0).mean()) > 0.5
            if seconds or serial:
                yield "value_timestamp", column
        elif column.distinct > _CLOCKS and all(map(_CLOCK.fullmatch, column.texts.slice(0, 2000).to_pylist())):
            yield "value_timestamp", column
