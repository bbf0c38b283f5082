"""Finds figures of another scale than those beside them: a share over 1, a column times ten, a slipped cell."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from loaders.cards.source_card import SourceCard
from loaders.errors import Fault
from loaders.lint.freshness import area_with_name
from loaders.places.place import Place

CLOSE = 0.12  # of a power of ten, in logarithms: from 0.76 to 1.32 times of it
FEWEST, FEWEST_OF_TEN = 20, 200  # events in the smaller figure: below, a hundredfold or tenfold of it is no rarity
STEADY = 3  # periods of one scale beside the first or the last
MOST_LARGE = 0.1  # of the shares of a variable: more over 1 are no slips
ASK = "Ask the publisher; never change the file. If it is right, say so in 'notes'."


def scale_remarks(card: SourceCard, place: Place, frame: pd.DataFrame) -> Iterator[Fault]:
    """A remark for each figure, or period of all areas, that another power of ten would bring among its neighbours.

    ``frame``: a row for each cell of the dataset.
    """
    if card.kind != "observations" or frame.empty:
        return
    parts = frame[frame["area"] != place.code] if frame["area"].nunique() > 1 else frame
    for variable, cells in parts.groupby("variable", observed=True):
        yield from _shares(card, place, str(variable), cells)
        table = cells.pivot_table(
            index="period", columns=["area", "category"], values="value", aggfunc="first", observed=True, sort=True
        )
        yield from _slips(card, place, table)


def _shares(card: SourceCard, place: Place, variable: str, cells: pd.DataFrame) -> Iterator[Fault]:
    """Figures over 1 of a variable that is otherwise between 0 and 1."""
    values = cells["value"].to_numpy(dtype=float)
    large = values > 1
    fractions = bool(((values > 0) & (values < 1)).any())
    if card.variables[variable].get("whole", True) or not fractions or not 0 < large.mean() <= MOST_LARGE:
        return
    for row in cells[large].itertuples():
        yield Fault(
            f"{card.id}, area {area_with_name(place, str(row.area))}, {row.period}",
            "a share over 1 among shares under 1",
            "one scale for all figures of a variable",
            f"{row.value:g} ({variable})",
            ASK,
        )


def _slips(card: SourceCard, place: Place, table: pd.DataFrame) -> Iterator[Fault]:
    """Cells that are 10, 100 … times both their neighbours in time; of most areas in one period it is said once.

    The first and the last period have one neighbour: their sums are held against those of the next few.
    """
    powers = _powers(table.to_numpy(dtype=float))
    for number, power in _ends(table.to_numpy(dtype=float)):
        yield _fault(f"{card.id}, {table.index[number]}", "most figures of a period", power)
    for number, period in enumerate(table.index):
        slipped = np.flatnonzero(powers[number])
        known = np.isfinite(table.to_numpy(dtype=float)[number]).sum()
        if len(slipped) > 1 and 2 * len(slipped) > known:
            power = int(np.median(powers[number][slipped]))
            yield _fault(f"{card.id}, {period}", "most figures of a period", power)
            continue
        for column in slipped:
            area, category = table.columns[column]
            of = f", {category}" if category else ""
            where = f"{card.id}, area {area_with_name(place, str(area))}{of}, {period}"
            yield _fault(where, "a figure", int(powers[number][column]))


def _ends(values: np.ndarray) -> Iterator[tuple[int, int]]:
    """The first and the last period where their sum is 10, 100 … times that of each of the periods beside it: the
    number of the row, and the power of ten. Only series that have a figure in all of these periods are added up.
    """
    for number, rows in (
        (0, range(1, 1 + STEADY)),
        (len(values) - 1, range(len(values) - 1 - STEADY, len(values) - 1)),
    ):
        if len(values) <= STEADY:
            return
        beside = values[[number, *rows]]
        sums = beside[:, ~np.isnan(beside).any(axis=0)].sum(axis=1)
        if sums.min() < FEWEST:
            continue
        steps = np.log10(sums[0]) - np.log10(sums[1:])
        power = int(np.round(np.median(steps)))
        enough = abs(power) > 1 or sums.min() >= FEWEST_OF_TEN
        if power and enough and (np.abs(steps - power) <= CLOSE).all():
            yield number, power


def _fault(where: str, what: str, power: int) -> Fault:
    times = f"{10**power:,} times" if power > 0 else f"a {10**-power:,}th of"
    return Fault(where, f"{what} of another scale", "figures like those before and after", f"about {times} them", ASK)


def _powers(values: np.ndarray) -> np.ndarray:
    """For each cell of periods by series the power of ten by which it differs from both neighbours, or 0.

    The neighbours must be of one scale themselves, and the smaller of the figures no small count.
    """
    powers = np.zeros(values.shape, dtype=int)
    if len(values) < 3:
        return powers
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(np.where(values > 0, values, np.nan))
    before, cell, after = logs[:-2], logs[1:-1], logs[2:]
    step = cell - (before + after) / 2
    power = np.nan_to_num(np.round(step)).astype(int)
    smaller = np.minimum(np.minimum(values[:-2], values[2:]), values[1:-1])
    fits = (
        (np.abs(step - power) <= CLOSE)
        & (np.abs(before - after) <= 2 * CLOSE)
        & (smaller >= np.where(np.abs(power) == 1, FEWEST_OF_TEN, FEWEST))
    )
    powers[1:-1] = np.where(fits, power, 0)
    return powers
