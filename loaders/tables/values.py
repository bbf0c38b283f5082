"""Which number, status and reason does each cell of a table hold? Each distinct text is read once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import pandas as pd

from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault
from loaders.formats.text_table import Column, coded
from loaders.statuses import CORRECTION, STATUSES, STRENGTH, WITHOUT_VALUE
from loaders.tables.cell_values import CellReader
from loaders.tables.column_roles import Roles, words_of
from loaders.tables.figure_cells import FigureCells, VariableRules
from loaders.tables.table_area import Cut

_NEVER = "never change the file."
_NO_NUMBER = f"Ask the publisher, or say what the mark means in 'marks' of [table]; {_NEVER}"
_NEGATIVE = (
    f'Ask the publisher; say corrections = true, or kind = "change", in [variables], or explain it in marks; {_NEVER}'
)
_PARTS = f'Ask the publisher; say scale, whole = false or kind = "rate" in [variables]; {_NEVER}'


def figures(
    table_cut: Cut, roles: Roles, card: SourceCard, release: Release, variables: pd.Categorical
) -> tuple[dict, list[Fault]]:
    """Value, status and reason of every cell, column after column, and a fault for each cell that holds something
    else.
    """
    reader = CellReader(words_of(card, release), "flags" in (table_cut.table.found or {}))
    read_cells = FigureCells(len(table_cut.rows), len(roles.values))
    rules = VariableRules(card, variables)
    faults = []
    for number, position in enumerate(roles.values):
        cells = slice(number * read_cells.rows, (number + 1) * read_cells.rows)
        faults += _column(table_cut, table_cut.columns[position], reader, read_cells, cells, rules)
    faults += [
        *_flagged(table_cut, roles, card, reader, variables, read_cells),
        *_multiplied(table_cut, roles, read_cells),
    ]
    status = pd.Categorical.from_codes(read_cells.status, categories=pd.Index(STATUSES, dtype=object))
    return {
        "value": read_cells.value,
        "status": status,
        "reason": coded([_reason(card, release, reader, marks) for marks in read_cells.reasons], read_cells.reason),
    }, faults


def _reason(card: SourceCard, release: Release, reader: CellReader, marks: str) -> str:
    """The reason keys of the marks that a cell bears: the card's words for them, and what else they say than the one
    status that stays.
    """
    borne = [mark for mark in marks.split("|") if mark]
    worded = [reader.worded(mark) for mark in borne if reader.worded(mark)]
    statuses = [status for mark in borne if isinstance(status := reader.meaning(mark), str) and status]
    strongest = max(statuses, key=STRENGTH.__getitem__, default="")
    own = card.reason_of_marks(release, "|".join(mark for mark in borne if not reader.worded(mark)))
    also = [f"also {status}" for status in dict.fromkeys(statuses) if status != strongest]
    return "|".join(filter(None, [own, *also, *worded]))


def _column(
    table_cut: Cut, column: Column, reader: CellReader, read_cells: FigureCells, cells: slice, rules: VariableRules
) -> list[Fault]:
    """Read one column into its cells; a fault for each that is no count."""
    numbers, special = reader.values(column.texts.to_pylist())
    status, reason, wrong = (
        np.zeros(len(numbers), np.int8),
        np.zeros(len(numbers), np.int32),
        np.full(len(numbers), "", dtype=object),
    )
    for number, reading in special.items():
        status[number], reason[number], wrong[number] = (
            STRENGTH[reading.status],
            read_cells.reason_number(reading.why),
            reading.wrong,
        )
    values = _scaled(numbers, column.codes, rules.scales[cells])
    read_cells.value[cells], read_cells.status[cells], read_cells.reason[cells] = (
        values,
        status[column.codes],
        reason[column.codes],
    )
    with np.errstate(invalid="ignore"):
        below, parts = values < 0, ~np.isnan(values) & (values % 1 != 0)
    corrected = below & rules.corrections[cells]
    if corrected.any():
        _mark_corrections(read_cells, cells, corrected)
    kinds = (
        ((wrong != "")[column.codes], None, "a number", _NO_NUMBER),
        (below & rules.unsigned[cells], "a count is negative", "zero or more", _NEGATIVE),
        (parts & rules.whole[cells], "a count is not whole", "a whole number", _PARTS),
    )
    return [
        Fault(
            f"{table_cut.where}, row {table_cut.rows[row]}, column {column.heading}",
            what or wrong[column.codes[row]],
            expected,
            f"'{column.texts[int(column.codes[row])].as_py()}'",
            todo,
        )
        for odd, what, expected, todo in kinds
        for row in np.flatnonzero(odd)
    ]


def _scaled(numbers: np.ndarray, codes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """The value of each cell, multiplied as decimals are on paper: 1.13 ten thousands are 11,300 and nothing else."""
    if (scales == 1).all():
        return numbers[codes]
    values = np.empty(len(codes))
    for scale in np.unique(scales):
        times = Decimal(str(scale))
        scaled = np.array(
            [float(Decimal(repr(float(value))) * times) if value == value else value for value in numbers]
        )
        values[scales == scale] = scaled[codes[scales == scale]]
    return values


def _mark_corrections(read_cells: FigureCells, cells: slice, corrected: np.ndarray) -> None:
    """A count below zero takes back earlier ones: it is kept, and marked as revised."""
    for cell in np.flatnonzero(corrected) + cells.start:
        read_cells.status[cell] = max(read_cells.status[cell], STRENGTH["r"])
        read_cells.reason[cell] = read_cells.reason_number(
            "|".join(filter(None, (read_cells.reasons[read_cells.reason[cell]], CORRECTION)))
        )


def _flagged(
    table_cut: Cut,
    roles: Roles,
    card: SourceCard,
    reader: CellReader,
    variables: pd.Categorical,
    read_cells: FigureCells,
) -> list[Fault]:
    """Statuses that stand in columns of their own, for all figures (``columns.status``) or for one variable (its
    ``status``).
    """
    named = {variable["status"]: code for code, variable in card.variables.items() if variable.get("status")}
    columns = [(table_cut.columns[position], None) for position in roles.keys.get("status", [])]
    columns += [(column, named[column.heading]) for column in table_cut.columns if column.heading in named]
    faults: list[Fault] = []
    for column, variable in columns:
        known = [reader.flag(text) for text in column.texts.to_pylist()]
        for number, text in enumerate(column.texts.to_pylist()):
            if known[number] is None:
                row = table_cut.rows[np.flatnonzero(column.codes == number)[0]]
                where = f"{table_cut.where}, row {row}, column {column.heading}"
                faults.append(
                    Fault(where, "a mark that is not known", "a mark of [table] marks", f"'{text}'", _NO_NUMBER)
                )
        faults += _join(
            table_cut,
            column,
            [flag or ("", "") for flag in known],
            np.asarray(variables == variable) if variable else None,
            read_cells,
        )
    return faults


def _multiplied(table_cut: Cut, roles: Roles, read_cells: FigureCells) -> Iterator[Fault]:
    """Multiply the figures of each row by the power of ten in its column of multipliers, as UNIT_MULT of SDMX has
    it.
    """
    for position in roles.keys.get("multiplier", []):
        column = table_cut.columns[position]
        powers = np.where(column.blank, 0.0, column.numbers)
        odd = ~(np.isin(powers, np.arange(-12, 16)))
        for number in np.flatnonzero(odd):
            row = table_cut.rows[np.flatnonzero(column.codes == number)[0]]
            text = column.texts[int(number)].as_py()
            where = f"{table_cut.where}, row {row}, column {column.heading}"
            yield Fault(where, "a multiplier is no power of ten", "a whole number such as 3", f"'{text}'", _PARTS)
        factors = np.power(10.0, np.where(odd, 0.0, powers))[column.codes]
        read_cells.value[:] = np.round(
            read_cells.value * np.tile(factors, len(read_cells.value) // max(read_cells.rows, 1)), 9
        )


def _join(
    table_cut: Cut, column: Column, known: list[tuple[str, str]], mine: np.ndarray | None, read_cells: FigureCells
) -> list[Fault]:
    """Give the cells the statuses of a column beside them; the stronger one stands, every reason is kept."""
    status, why = (np.array(part, dtype=object) for part in zip(*known, strict=True))
    here = np.tile((why != "")[column.codes], len(read_cells.value) // max(read_cells.rows, 1))
    faults = []
    for cell in np.flatnonzero(here if mine is None else here & mine):
        number = column.codes[cell % read_cells.rows]
        read_cells.status[cell] = max(read_cells.status[cell], STRENGTH[status[number]])
        read_cells.reason[cell] = read_cells.reason_number(
            "|".join(filter(None, (read_cells.reasons[read_cells.reason[cell]], why[number])))
        )
        if status[number] in WITHOUT_VALUE and not np.isnan(read_cells.value[cell]):
            where, what = (
                f"{table_cut.where}, row {table_cut.rows[cell % read_cells.rows]}, column {column.heading}",
                "a number stands beside a mark that says there is none",
            )
            faults.append(Fault(where, what, "no number", f"'{why[number]}'", _NO_NUMBER))
    return faults
