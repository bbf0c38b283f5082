"""Reads a published table cell by cell, in our words.

Whatever its format and layout, a table comes out in one shape. Nothing is improved: a cell is a number, or missing, or
marked by its publisher with a status that the card knows, and whatever else it holds is a fault with its sheet, row and
column.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault, SourceError
from loaders.formats.text_table import Column, coded
from loaders.gate.admission import let_in
from loaders.observations.add_up import added_up
from loaders.observations.table import Observations
from loaders.observations.unfinished import cut_faults, without_unfinished
from loaders.observations.validate import table_faults
from loaders.period_formats import period_reader as period_reader
from loaders.places.place import Place
from loaders.tables.column_roles import (
    AXES,
    Roles,
    headings_of_variables,
    roles_of,
    spellings_of,
    whole_labels,
    words_of,
)
from loaders.tables.published_file import byte_faults, read_cut
from loaders.tables.table_area import JOIN, Cut
from loaders.tables.values import figures


def read_release(card: SourceCard, release: Release, place: Place) -> Observations:
    """Read one file of a dataset. Raises SourceError with every fault of the file."""
    cells, faults, rows = read_cells(card, release, place)
    faults += [*cut_faults(cells, release, rows), *table_faults(cells, card, release, rows)]
    if faults:
        raise SourceError(f"{card.id}/{release.file}", faults)
    cells = without_unfinished(cells.drop(columns=["row", "column", "number"]), card, release)
    return Observations(card, release, cells)


def read_cells(card: SourceCard, release: Release, place: Place) -> tuple[pd.DataFrame, list[Fault], int]:
    """Every cell with its place in the file (``row``, ``column`` by its heading, ``number`` of the column from 1), the
    faults so far, and the number of rows."""
    faults = byte_faults(card, release)
    table = read_cut(card, release, words_of(card, release))
    faults += table.faults
    let_in(table.table, card, release, place, faults)
    cells, more = cells_of(table, card, release, place, faults)
    return cells, more, table.table.rows


def cells_of(
    table: Cut, card: SourceCard, release: Release, place: Place, known: Sequence[Fault] = ()
) -> tuple[pd.DataFrame, list[Fault]]:
    """Every cell of a table of a file that the gate has let in, and its faults after those that are known."""
    faults = list(known)
    roles = roles_of(table.heads, [column.heading for column in table.columns], card, release)
    faults += _heading_faults(table, roles)
    if roles.missing or not table.table.rows:
        empty = Fault(table.where, "has no rows", "at least one row", "none", "Restore the published file.")
        raise SourceError(f"{card.id}/{release.file}", [*faults, *([empty] if not table.table.rows else [])])
    spelt = _Codes(table, roles, card, release, place)
    codes, unknown = spelt.axes()
    values, bad = figures(table, roles, card, release, codes["variable"])
    cells, headings = (
        pd.DataFrame({**codes, **spelt.places(), **values}, copy=False),
        words_of(card, release).get("add_up"),
    )
    if headings:
        cells, twice = added_up(cells, table, headings)
        faults += twice
    return cells, [*faults, *bad, *unknown]


def _heading_faults(table: Cut, roles: Roles) -> list[Fault]:
    where, headings = f"{table.where}, heading row", [name.heading for name in table.columns]
    faults = [
        Fault(where, "a column is missing", name, ", ".join(headings[:6]) + " …", "Fix 'columns' of the release.")
        for name in roles.missing
    ]
    for number in roles.unknown:
        faults.append(
            Fault(
                where,
                "a column that the card does not know",
                "only declared columns",
                f"'{headings[number]}'",
                "Declare or ignore it.",
            )
        )
    named = {headings[number] for columns in roles.keys.values() for number in columns}
    for heading in sorted(name for name in named if headings.count(name) > 1):
        faults.append(
            Fault(where, "a heading stands twice", "each once", f"'{heading}'", "Ask the publisher which column holds.")
        )
    return faults


class _Codes:
    """Published spellings become codes.

    A spelling that neither card nor place knows is a fault, said once with its rows.
    """

    def __init__(self, table: Cut, roles: Roles, card: SourceCard, release: Release, place: Place):
        self.cut, self.roles, self.rows, self.width = table, roles, len(table.rows), len(roles.values)
        words, variables, categories = words_of(card, release), headings_of_variables(card), spellings_of(card, release)
        wholes = whole_labels(words)
        self.lookups = {
            "period": period_reader(words, card.frequency),
            "area": lambda text: (
                place.code if text.strip() in wholes else card.area_codes.get(text) or place.code_of(text)
            ),
            "category": lambda text: categories.get(text) or categories.get(text.strip()),
            "variable": lambda text: variables.get(text.strip()),
        }
        self.usual = {
            "area": words.get("area", place.code),
            "category": words.get("category", ""),
            "variable": next(iter(card.variables)),
        }
        self.period = words.get("period", "")
        self.faults: list[Fault] = []

    def axes(self) -> tuple[dict[str, pd.Categorical], list[Fault]]:
        """For every cell its four codes: column after column."""
        return {axis: self._axis(axis) for axis in AXES}, self.faults

    def places(self) -> dict[str, np.ndarray | pd.Categorical]:
        """For every cell its row in the file, its column's heading and number."""
        columns = [self.cut.columns[number] for number in self.roles.values]
        numbers_of_cells = np.repeat(np.arange(self.width, dtype=np.int16), self.rows)
        numbers = np.array([column.position + 1 for column in columns], dtype=np.int16)
        return {
            "row": np.tile(self.cut.rows.astype(np.int32), self.width),
            "column": coded([column.heading for column in columns], numbers_of_cells),
            "number": numbers[numbers_of_cells],
        }

    def _axis(self, axis: str) -> pd.Categorical:
        headings, ordered = [meaning.get(axis) for meaning in self.roles.values.values()], axis == "period"
        if headings and headings[0] is not None:
            codes = headings if axis == "variable" else [self._code(axis, text, ", heading row") for text in headings]
            return coded(codes, np.repeat(np.arange(self.width, dtype=np.int16), self.rows), ordered)
        if self.roles.keys.get(axis):
            codes, numbers = self._of_rows(axis, [self.cut.columns[number] for number in self.roles.keys[axis]])
            return coded(codes, np.tile(numbers, self.width), ordered)
        return coded([self._same_all_over(axis)], np.zeros(self.rows * self.width, dtype=np.int8), ordered)

    def _same_all_over(self, axis: str) -> str | None:
        """What neither a column nor a heading says holds for the whole table."""
        return self._code(axis, self.period, ", [table] 'period' of the card") if axis == "period" else self.usual[axis]

    def _of_rows(self, axis: str, columns: list[Column]) -> tuple[list[str | None], np.ndarray]:
        """Codes, and for each row the number of its code.

        Several columns of one axis (year and month, group and type) are read as one text.
        """
        first_column = columns[0]
        if len(columns) > 1:
            texts = [np.array(column.texts.to_pylist(), dtype=object)[column.codes] for column in columns]
            numbers, known = pd.factorize(
                pd.Series(map((" " if axis == "period" else JOIN).join, zip(*texts, strict=True)), dtype=object)
            )
        else:
            numbers, known = first_column.codes, first_column.texts.to_pylist()
        first_rows = np.full(len(known), -1)
        first_rows[numbers[::-1]] = np.arange(len(numbers))[::-1]
        counted = np.bincount(numbers, minlength=len(known))
        column = f", column {first_column.heading}" if axis == "period" and len(columns) == 1 else ""
        wheres = [
            f", row {self.cut.rows[first_rows[number]]}{column} ({counted[number]} rows)"
            for number in range(len(known))
        ]
        return [self._code(axis, text, where) for text, where in zip(known, wheres, strict=True)], numbers.astype(
            np.int32
        )

    def _code(self, axis: str, text: str, where: str) -> str | None:
        code = self.lookups[axis](text)
        if code is None:
            what, todo = _UNKNOWN[axis]
            self.faults.append(
                Fault(f"{self.cut.where}{where}", what, "a name the card or place knows", f"'{text}'", todo)
            )
        return code


_UNKNOWN = {
    "period": ("not a period", "Fix the card's frequency, or write the publisher's wording into 'period_format'."),
    "area": ("unknown area", "Add it to [area_codes] or to the place's aliases."),
    "category": ("unknown category", "Add it to [releases.categories] and categories.csv."),
    "variable": ("unknown variable", "Add its heading to [variables], or leave the rows out with 'ignore_rows'."),
}
