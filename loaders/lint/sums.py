"""Finds areas that are nearly the sum of all others: with one of them a place counts everything twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from loaders.cards.source_card import SourceCard
from loaders.errors import Fault
from loaders.lint.freshness import area_with_name
from loaders.places.place import Place

NEARLY = 0.02  # of the sum of the others
FEWEST = 20  # events in a period: below, a likeness tells nothing
LEAST_AREAS = 3


def sum_remarks(card: SourceCard, place: Place, frame: pd.DataFrame) -> Iterator[Fault]:
    """A remark for each area that is the sum of all others, or within a fiftieth of it, in half of the periods or more.

    ``frame``: a row for each cell of the dataset.
    """
    if card.kind != "observations":
        return
    parts = frame[frame["area"] != place.code]
    doubled: dict[str, str] = {}
    for _, cells in parts.groupby("variable", observed=True):
        table = cells.groupby(["area", "period"], observed=True)["value"].sum(min_count=1).unstack("area")
        if table.shape[1] < LEAST_AREAS:
            continue
        values = table.to_numpy(dtype=float)
        figures = np.nan_to_num(values)
        others = figures.sum(axis=1, keepdims=True) - figures
        known = ~np.isnan(values) & (others >= FEWEST)
        near = known & (np.abs(figures - others) <= NEARLY * others)
        for code, periods, alike in zip(table.columns, known.sum(axis=0), near.sum(axis=0), strict=True):
            if periods and 2 * alike >= periods:
                doubled.setdefault(str(code), f"{alike} of {periods} periods")
    for code, where in doubled.items():
        name = area_with_name(place, code)
        yield Fault(
            f"{card.id}, area {name}",
            "an area is the sum of all others, or nearly",
            "areas that lie beside one another",
            f"so in {where}: the place would be twice as large as it is",
            "If it is a total, leave its rows out with 'ignore_rows' and take it out of the place.",
        )
