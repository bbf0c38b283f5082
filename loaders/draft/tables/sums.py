"""Finds by arithmetic which label of a table is the sum of all its others, in whatever shape the table stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from loaders.draft.places.unallocated import may_be_total, says_total
from loaders.draft.tables.guess import Guess
from loaders.draft.tables.nested_sums import nested_doubts, nested_sums, tops_of
from loaders.draft.tables.notation import number_signs
from loaders.formats.text_table import Column
from loaders.lint.sums import DIGITS, FEW_DIGITS, MATCHED, ROUNDED, end_of_run
from loaders.privacy import headings
from loaders.tables.cell_values import CellReader

FEWEST = 3  # comparisons, where a sum has two parts only
MOST_LABELS = 500  # among which the sums of some others are sought
DUST = 1e-6  # a sum of decimals that is nothing
LARGEST = 2e7  # cells of a cube; a table that spreads wider is not added up


class Cube:
    """The figures of a table by label (an area or a kind), group of rows (period and kind) and column of figures.

    ``cells``: labels × groups × figures, NaN where there is no number; ``present``, of the same shape: is there a row?
    A label that stands twice in one group leaves the cube empty: then nothing can be added up.
    """

    def __init__(self, labels: Column, beside: Sequence[Column], figures: Sequence[Column]):
        stripped = [text.strip() for text in labels.texts.to_pylist()]
        self.texts = list(dict.fromkeys(stripped))
        positions = {text: number for number, text in enumerate(self.texts)}
        rows = np.array([positions[text] for text in stripped], dtype=np.int64)[labels.codes]
        groups = numbered(beside, len(rows))
        shape = (len(self.texts), int(groups.max(initial=-1)) + 1, len(figures))
        self.single = np.prod(shape, dtype=float) <= LARGEST
        self.single = self.single and bool((np.bincount(rows * shape[1] + groups, minlength=1) < 2).all())
        self._sums: tuple | None = None  # of the labels that were added up last
        self.cells = np.full(shape if self.single else (len(self.texts), 0, 0), np.nan)
        self.present = np.zeros(self.cells.shape, dtype=bool)
        for number, column in enumerate(figures if self.single else ()):
            self.cells[rows, groups, number] = _numbers(column)
            self.present[rows, groups, number] = True

    def matches(self, text: str, among: Sequence[str]) -> tuple[int, float]:
        """How many sums of the others among the labels could be compared with a label, and the share that it equals.

        A group in which a figure of the others is no number is left out; an absent row adds nothing. Of several columns
        of figures the middle one counts, as rates and averages do not add up.
        """
        index = self.texts.index(text)
        stated, present = self.cells[index], self.present[index]
        sums, unknown, rows = self._added(tuple(among))
        sums, unknown = sums - np.nan_to_num(stated), unknown - (present & np.isnan(stated))
        fits = ~np.isnan(stated) & (unknown == 0) & (rows - present > 1) & (sums > DUST)
        equal = fits & (np.abs(sums - stated) <= ROUNDED)
        shares = [
            equal[:, column].sum() / fits[:, column].sum() for column in range(fits.shape[1]) if fits[:, column].any()
        ]
        return int(fits.sum()), float(np.median(shares)) if shares else 0.0

    def _added(self, among: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For each group and column: the sum over labels, how many of them have no number there, and how many a row."""
        if self._sums is None or self._sums[0] != among:
            rows = [self.texts.index(text) for text in among]
            cells, present = self.cells[rows], self.present[rows]
            unknown = (present & np.isnan(cells)).sum(axis=0)
            self._sums = among, (np.nansum(cells, axis=0), unknown, present.sum(axis=0))
        return self._sums[1]

    def sum_of_all(self, among: Sequence[str]) -> str:
        """The label that is the sum of all others among these, or ''."""
        if not self.single or len(among) < 3:
            return ""
        for text in among:
            compared, share = self.matches(text, among)
            if share > MATCHED and (compared >= FEWEST or (compared and len(among) > 3)):
                return text
        return ""

    def contradicts(self, text: str, among: Sequence[str]) -> bool:
        """Is a label, going by the figures, surely not the sum of the others?"""
        if not self.single or len(among) < 3:
            return False
        compared, share = self.matches(text, among)
        return bool(compared) and share < 0.5

    def totals(self, among: Sequence[str]) -> list[str]:
        """The labels that are sums of the others, by name or by arithmetic."""
        named = [text for text in among if says_total(text)]
        runs = self.subtotals([text for text in among if text not in named])
        named += [text for text, _, _ in runs if may_be_total(text)]
        rest = [text for text in among if text not in named]
        named += [text for text in rest if may_be_total(text) and not self.contradicts(text, rest)]
        if len(named) == len(among):
            return []
        rest = [text for text in among if text not in named]
        whole = self.sum_of_all(rest)
        return [*named, *([whole] if whole else [])]

    def nested(self, among: Sequence[str]) -> dict[str, list[str]]:
        """The labels that are sums of others, such as regions of districts → the labels that they are the sums of."""
        if not self.single or not FEWEST <= len(among) <= MOST_LABELS:
            return {}
        cells = self.cells[[self.texts.index(text) for text in among]].reshape(len(among), -1)
        return {among[row]: [among[part] for part in parts] for row, parts in nested_sums(cells).items()}

    def nested_totals(self, among: Sequence[str]) -> tuple[list[str], list[str]]:
        """The labels that are sums of all others, and a question for each that is the sum of some."""
        nested = self.nested(among)
        tops = tops_of(nested, among)
        return tops, nested_doubts({text: parts for text, parts in nested.items() if text not in tops})

    def subtotals(self, among: Sequence[str]) -> list[tuple[str, str, str]]:
        """Labels that are the sum of the run of labels below or above them: the label, and the ends of the run."""
        sums = []
        if not self.single or len(among) > MOST_LABELS:
            return sums
        cells = self.cells[[self.texts.index(text) for text in among]].reshape(len(among), -1)
        for number, text in enumerate(among):
            for run in (range(number + 1, len(among)), range(number - 1, -1, -1)):
                end = end_of_run(cells, number, run, FEW_DIGITS if may_be_total(text) else DIGITS)
                if end >= 0:
                    first, last = sorted((run[0], end))
                    sums.append((text, among[first], among[last]))
                    break
        return sums

    def called_totals(self, among: Sequence[str]) -> list[str]:
        """Labels that are called like totals and are none, going by the figures."""
        return [text for text in among if may_be_total(text) and not says_total(text)]

    def rivals(self) -> set[str]:
        """Labels that are spelt alike and stand side by side in one group: they are two, not one in two spellings."""
        alike: dict[str, list[str]] = {}
        for text in self.texts:
            alike.setdefault(headings.squeezed(text), []).append(text)
        held = {text: self.present[number].any(axis=1) for number, text in enumerate(self.texts)}
        return {
            text
            for same in alike.values()
            for text in same
            if any((held[text] & held[other]).any() for other in same if other != text)
        }

    def incomplete(self) -> set[str]:
        """Labels without a figure in a group or column where others have some: areas that began, ended or merged."""
        held = ~np.isnan(self.cells)
        by_group, by_figure = held.any(axis=2), held.any(axis=1)
        lacking = (~by_group & by_group.any(axis=0)).any(axis=1) | (~by_figure & by_figure.any(axis=0)).any(axis=1)
        return {text for text, lacks in zip(self.texts, lacking, strict=True) if lacks}


def run_of(texts: Sequence[str], first: str, last: str) -> Sequence[str]:
    """The texts from the first to the last."""
    return texts[texts.index(first) : texts.index(last) + 1]


def turned(texts: Sequence[str], beside: Sequence[str], columns: Sequence[Column]) -> Cube:
    """The figures by label, where labels stand in the headings; ``beside``: what else each heading says."""
    one_row = Column("", 0, pa.array(list(dict.fromkeys(texts))), np.array([], dtype=np.int64))
    cube = Cube(one_row, [], [])
    others = list(dict.fromkeys(beside))
    places = [(cube.texts.index(text.strip()), others.index(other)) for text, other in zip(texts, beside, strict=True)]
    cube.single = bool(columns) and len(set(places)) == len(places)
    rows = len(columns[0].codes) if columns else 0
    cube.cells = np.full((len(cube.texts), len(others), rows), np.nan)
    for (label, group), column in zip(places, columns, strict=True):
        cube.cells[label, group] = _numbers(column)
    cube.present = ~np.isnan(cube.cells)
    return cube


def cube_of(guessed: Guess, labels: Column, beside: Sequence[Column], figures: Sequence[int]) -> Cube:
    """The figures by label, period and whatever else names the rows; ``figures``: positions of their columns."""
    period = guessed.columns.get("period", [])
    named = [period] if isinstance(period, str) else period
    columns = guessed.table.columns
    return Cube(
        labels,
        [*(column for column in columns if column.heading in named), *beside],
        [columns[position] for position in figures],
    )


def numbered(columns: Sequence[Column], rows: int) -> np.ndarray:
    """For each row the number of its combination of texts in some columns, from 0 on without a gap."""
    joint, size = np.zeros(rows, dtype=np.int64), 1
    for column in columns:
        joint, size = joint * len(column.texts) + column.codes, size * len(column.texts)
        if size > LARGEST:
            _, joint = np.unique(joint, return_inverse=True)
        else:
            used = np.bincount(joint, minlength=1) > 0
            joint = (np.cumsum(used) - 1)[joint]
        size = int(joint.max(initial=-1)) + 1
    return joint


def _numbers(column: Column) -> np.ndarray:
    texts = column.texts.to_pylist()
    return CellReader(number_signs(texts)).values(texts)[0][column.codes]
