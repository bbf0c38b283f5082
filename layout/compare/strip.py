"""The areas chosen among all others of the place: a line of ticks above their dots."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import charts
from layout.compare.choice import Comparison
from layout.frame.blocks import Block, picture
from layout.frame.reader import Reader
from layout.trends.series import names_of
from measures.comparability.figure import POINTS
from measures.figures.compute import compute

FEWEST = 3  # areas of a strip


def strip_of_all(asked: Comparison, reader: Reader) -> dict[str, Block]:
    """Its title → all areas of the place with the first of those chosen named; {} where two periods are compared, or
    where counts of areas of different size would stand on one line."""
    query, place = asked.query, reader.place
    if asked.by != "areas" or query.view in ("count", "rolling") or query.view in POINTS:
        return {}
    table = reader.shelf.table(asked.measure.card.dataset)
    areas = tuple(code for code in (place.code, *(area.code for area in place.areas)) if table.has(area=code))
    if len(areas) < FEWEST:
        return {}
    made = compute(replace(query, areas=areas, first=query.last), reader.shelf)
    chosen = [row.area for _, row in asked.rows if row.area != place.code and np.isfinite(row.value)]
    names = names_of(reader, asked.measure.card)
    if not chosen:
        return {}
    drawn = charts.strips_picture([charts.Strip(_title(reader), made)], chosen, names, reader.say)
    return {_title(reader): picture(drawn, "all_areas")}


def _title(reader: Reader) -> str:
    say = reader.say
    return say("All {areas}", areas=say.pick(reader.place.areas_word))
