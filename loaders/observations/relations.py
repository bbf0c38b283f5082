"""How the numbers of one published file hang together: columns and rows that are sums of others, shares and rates.

Nothing of it is taken from the card alone: a relation holds in every row (or column) in which all its numbers are
printed, and often enough not to be chance. What it says of the cells that the publisher withheld comes out as
statements: a sum of withheld cells lies between two numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

import numpy as np
import pandas as pd

from loaders.cards.source_card import Release, SourceCard
from loaders.observations.number_grid import Cell, Grid, grid_of, is_whole
from loaders.observations.sums import sums_of
from loaders.privacy.headings import is_total

FACTORS = (1, 100, 1_000, 10_000, 100_000, 1_000_000)  # what a share or rate may have been multiplied by
MOST_COLUMNS = 30  # beyond so many columns of numbers, shares and rates are not looked for
ENOUGH = 3  # digits of agreement, beyond those that the search itself makes likely, from which a relation is no chance
_SCALE = 10**12  # digits that are kept of a rate before its interval is rounded outwards


@dataclass(frozen=True)
class Statement:
    """A sum of withheld cells, with factors, lies between two numbers, both included; ``words``: what prints it."""

    terms: dict[Cell, Fraction]
    low: Fraction
    high: Fraction
    words: str


def statements_of(card: SourceCard, release: Release, hidden: frozenset[Cell] = frozenset()) -> list[Statement]:
    """What one file says of its withheld cells (and of those ``hidden`` besides). Raises SourceError."""
    grid = grid_of(card, release)
    for row, column in hidden:
        where = np.ix_(grid.rows == row, grid.numbers == column)
        grid.values[where], grid.withheld[where] = np.nan, True
    return [*_of_columns(grid), *_of_rows(grid), *_of_ratios(grid)] if grid.withheld.any() else []


def _of_columns(grid: Grid) -> Iterator[Statement]:
    """Columns that are the sum of columns beside them."""
    whole = [n for n in range(len(grid.headings)) if is_whole(grid.values[:, n])]
    values = grid.values[:, whole].T
    for total, parts in sums_of(values, [is_total(grid.headings[n]) for n in whole]):
        cells = [whole[part] for part in parts]
        names = ", ".join(f"'{grid.headings[part]}'" for part in cells)
        words = f"'{grid.headings[whole[total]]}' is the sum of {names}"
        for row in range(len(grid.rows)):
            yield from _sum(grid, [(row, whole[total])], [(row, part) for part in cells], words)


def _of_rows(grid: Grid) -> Iterator[Statement]:
    """Rows that are the sum of other rows which differ from them in one key only."""
    whole = [n for n in range(len(grid.headings)) if is_whole(grid.values[:, n])]
    for heading in grid.kinds if whole else ():
        labels, names = pd.factorize(grid.keys[heading])
        others = [texts for key, texts in grid.keys.items() if key != heading and not _follows(texts, labels)]
        groups = pd.factorize(pd.Series(map("\0".join, zip(*others, strict=True))))[0] if others else 0 * labels
        row_of = np.full((len(names), groups.max(initial=0) + 1), -1)
        row_of[labels, groups] = np.arange(len(labels))
        if (row_of >= 0).sum() != len(labels):
            continue
        values = np.where(row_of[..., None] >= 0, grid.values[:, whole][row_of], np.nan).reshape(len(names), -1)
        for total, parts in sums_of(values, [is_total(name) for name in names]):
            words = f"'{names[total]}' is the sum of {len(parts)} others of '{heading}'"
            for group in np.flatnonzero((row_of[[total, *parts]] >= 0).all(axis=0)):
                for column in whole:
                    cells = [(int(row_of[part, group]), column) for part in parts]
                    yield from _sum(grid, [(int(row_of[total, group]), column)], cells, words)


def _follows(texts: np.ndarray, labels: np.ndarray) -> bool:
    """Does the text of each row follow from its label, as a name does from a code?"""
    codes = pd.factorize(texts)[0]
    return len(set(zip(labels, codes, strict=True))) == labels.max(initial=-1) + 1


def _sum(grid: Grid, total: list[tuple], parts: list[tuple], words: str) -> Iterator[Statement]:
    """What one printed sum says of its withheld cells; nothing where a cell of it is lacking for another reason."""
    signed = [*((place, -1) for place in total), *((place, 1) for place in parts)]
    terms = {grid.cell(*place): Fraction(sign) for place, sign in signed if grid.withheld[place]}
    known = [(place, sign) for place, sign in signed if not grid.withheld[place]]
    if terms and all(np.isfinite(grid.values[place]) for place, _ in known):
        rest = Fraction(-sum(int(grid.values[place]) * sign for place, sign in known))
        yield Statement(terms, rest, rest, words)


def _of_ratios(grid: Grid) -> Iterator[Statement]:
    """Columns that are another column divided by a third: shares of a base, rates with their residents."""
    width = len(grid.headings)
    if width > MOST_COLUMNS:
        return
    for ratio, part, base in permutations(range(width), 3):
        factor = _factor(grid, ratio, part, base, np.log10(width**3 * len(FACTORS)))
        if factor:
            words = f"'{grid.headings[ratio]}' is '{grid.headings[part]}' by '{grid.headings[base]}'"
            for row in np.flatnonzero(grid.withheld[:, part] | grid.withheld[:, base]):
                yield from _ratio(grid, row, (ratio, part, base), factor, words)


def _factor(grid: Grid, ratio: int, part: int, base: int, searched: float) -> int:
    """What the quotient of two columns was multiplied by to give the third; 0 where it does not give it."""
    shown, above, below = (grid.values[:, column] for column in (ratio, part, base))
    rows = np.isfinite(shown) & np.isfinite(above) & np.isfinite(below) & (below != 0)
    if rows.sum() < ENOUGH or not is_whole(above) or not is_whole(below):
        return 0
    quotient, half = above[rows] / below[rows], grid.half[rows, ratio]
    digits = np.log10(1 + np.unique(np.abs(shown[rows]) / (2 * half))).sum()
    fitting = [factor for factor in FACTORS if (np.abs(quotient * factor - shown[rows]) <= half * 1.001).all()]
    return fitting[0] if fitting and digits >= searched + ENOUGH and len(np.unique(shown[rows])) >= ENOUGH else 0


def _ratio(grid: Grid, row: int, columns: tuple[int, int, int], factor: int, words: str) -> Iterator[Statement]:
    ratio, part, base = columns
    shown, half = grid.values[row, ratio], grid.half[row, ratio]
    if not np.isfinite(shown):
        return
    low, high = (Fraction(round((shown + side * half) * _SCALE), _SCALE) for side in (-1.001, 1.001))
    above, below = (grid.values[row, column] for column in (part, base))
    if grid.withheld[row, part] and np.isfinite(below):
        yield Statement(
            {grid.cell(row, part): Fraction(1)}, low * int(below) / factor, high * int(below) / factor, words
        )
    elif grid.withheld[row, base] and np.isfinite(above) and low > 0:
        yield Statement(
            {grid.cell(row, base): Fraction(1)}, factor * int(above) / high, factor * int(above) / low, words
        )
