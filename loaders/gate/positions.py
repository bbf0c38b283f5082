"""Finds positions of single events: coordinates that are no areas' own."""

from __future__ import annotations

import re

import numpy as np

from loaders.formats.text_table import Column
from loaders.gate.table_shape import MANY_ROWS, Matches, Shape, decides
from loaders.privacy import headings, values


def rounded(shape: Shape) -> Matches:
    """Identity numbers that a workbook has kept as rounded numbers: check digit lost, date of birth still there."""
    yield from (
        ("value_identity", column) for column in shape.table.columns if column.numeric and values.born_in_digits(column)
    )


def positions(shape: Shape) -> Matches:
    """Latitude and longitude by their headings, unless they belong to areas; few rows are left to the question."""
    if shape.declared is None and shape.table.rows >= MANY_ROWS:
        axes = {headings.axis(column.heading) for column in shape.coordinates}
        if "both" in axes or {"lat", "lon"} <= axes:
            yield from (("heading_coordinates", column) for column in shape.coordinates if not of_areas(shape, column))


def of_areas(shape: Shape, coordinate: Column) -> bool:
    """Do coordinates depend only on a column that stands in several rows each, as those of a district do?"""
    areas = [
        column for column in shape.keys if 2 * column.distinct <= shape.cells and shape.grains[column.position] == ""
    ]
    return any(decides(column, coordinate) for column in areas)


def like_coordinates(shape: Shape) -> list[Column]:
    """Columns of coordinate pairs, or two columns of finely cut numbers in a narrow range, however headed."""
    rest = [column for column in shape.table.columns if column not in shape.coordinates]
    pairs = [
        column
        for column in rest
        if column.distinct
        and not column.numeric
        and share(column, r"(?:POINT ?\()?-?\d{1,3}\.\d{3,}[ ,;]+-?\d{1,3}\.\d{3,}\)?") > 0.5
    ]
    fine = [
        column for column in rest if column.numeric and _narrow(column) and share(column, r"-?\d{1,3}\.\d{4,}") > 0.8
    ]
    return pairs + (fine if len(fine) > 1 and any(np.nanmax(np.abs(column.numbers)) <= 90 for column in fine) else [])


def share(column: Column, pattern: str) -> float:
    texts = [text.strip() for text in column.texts.slice(0, 2000).to_pylist() if text.strip()]
    return sum(bool(re.fullmatch(pattern, text.upper())) for text in texts) / max(len(texts), 1)


def _narrow(column: Column) -> bool:
    filled = column.numbers[~np.isnan(column.numbers)]
    cut = (
        len(filled) > 0
        and bool((filled % 1 != 0).any())
        and bool((np.abs(filled) <= 180).all())
        and float(np.ptp(filled)) < 10
    )
    return cut and not headings.speaks_of(column.heading, "rates")
