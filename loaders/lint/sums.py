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
MATCHED = 0.9  # of the comparisons of a column of figures
ROUNDED = 0.5
DIGITS, FEW_DIGITS = 6, 2  # that agree in all cells together, before a row is called the sum of some others


def sum_remarks(card: SourceCard, place: Place, frame: pd.DataFrame) -> Iterator[Fault]:
    """A remark for each area that is the sum of all others, or within a fiftieth of it, in half of the periods or more.

    ``frame``: a row for each cell of the dataset.
    """
    if card.kind != "observations":
        return
    parts = frame[frame["area"] != place.code]
    yield from _run_remarks(card, place, parts)
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


def _run_remarks(card: SourceCard, place: Place, parts: pd.DataFrame) -> Iterator[Fault]:
    """A remark for each area that is the sum of those that stand next to it in the place's list, as regions are, and
    for the sum of such sums.
    """
    codes = [area.code for area in place.areas if area.code in set(parts["area"])]
    if len(codes) <= LEAST_AREAS:
        return
    everything = len(codes)
    keys = [parts["area"].astype(str), *(parts[name].astype(str) for name in ("variable", "category", "period"))]
    table = parts["value"].groupby(keys).sum(min_count=1).unstack("area").reindex(columns=codes)
    named: set[str] = set()
    while codes:
        sums = list(_runs(table[codes].to_numpy(dtype=float).T))
        for number, first, last in sums:
            if codes[number] in named or (last - first == everything - 2):
                continue  # the sum of all others is named elsewhere
            named.add(codes[number])
            ends = f"{area_with_name(place, codes[first])} to {area_with_name(place, codes[last])}"
            yield Fault(
                f"{card.id}, area {area_with_name(place, codes[number])}",
                "an area is the sum of others that stand beside it",
                "areas that lie beside one another",
                f"the sum of {ends}: these are counted twice",
                "If it is a total, leave its rows out with 'ignore_rows' and take it out of the place.",
            )
        within = {row for _, first, last in sums for row in range(first, last + 1)}
        codes = [code for row, code in enumerate(codes) if row not in within] if within else []


def _runs(cells: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Each row that is the sum of the run of rows below or above it, with the first and last row of the run."""
    for number in range(len(cells)):
        for run in (range(number + 1, len(cells)), range(number - 1, -1, -1)):
            end = end_of_run(cells, number, run)
            if end >= 0:
                yield number, *sorted((run[0], end))
                break


def end_of_run(cells: np.ndarray, number: int, run: range, digits: float = DIGITS) -> int:
    """The last row of the run, from its start on, whose rows add up to a row; -1 where none does.

    Small numbers add up by chance: the digits that agree must be many, unless a name says that the row is a total.
    """
    stated, added = cells[number], np.zeros(cells.shape[1])
    known = ~np.isnan(stated)
    for length, row in enumerate(run, 1):
        added = added + cells[row]
        fits = known & ~np.isnan(added) & (added > 0)
        equal = fits & (np.abs(added - stated) <= ROUNDED)
        if length > 1 and equal.sum() > MATCHED * fits.sum() and np.log10(1 + stated[equal]).sum() >= digits:
            return row
        if fits.any() and (added[fits] > stated[fits] + ROUNDED).all():
            return -1
    return -1
