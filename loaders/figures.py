"""Which number, status and reason does each cell of a table hold? Each distinct text is read once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loaders.cards import Release, SourceCard
from loaders.cells import STRENGTH, WITHOUT_VALUE, Reader
from loaders.columns import Column
from loaders.cut import Cut
from loaders.errors import Fault
from loaders.roles import Roles, words_of

_TODO = "Ask the publisher; never mend the file."
_NO_NUMBER = "Ask the publisher, or say what the mark means in 'marks' of [table]; never mend the file."


def figures(found: Cut, roles: Roles, card: SourceCard, release: Release, variables: np.ndarray) -> tuple[dict[str, np.ndarray], list[Fault]]:
    """Value, status and reason of every cell, column after column, and a fault for each cell that holds something else."""
    reader = Reader(words_of(card, release))
    columns = [found.columns[at] for at in roles.values]
    texts = [text for one in columns for text in one.texts.to_pylist()]
    starts = np.cumsum([0, *(len(one.texts) for one in columns)])
    at = np.concatenate([one.codes + start for one, start in zip(columns, starts, strict=False)])
    numbers, special = reader.values(texts)
    status, why, wrong = (np.full(len(texts), "", dtype=object) for _ in range(3))
    for number, one in special.items():
        status[number], why[number], wrong[number] = one.status, one.why, one.wrong
    made = {"value": numbers[at], "status": status[at], "reason": why[at]}
    whole = np.isin(variables.astype(str), [code for code, one in card.variables.items() if one.get("whole", True)])
    faults = _wrong_cells(found, columns, np.array(texts, dtype=object)[at], wrong[at], made["value"], whole)
    faults += _flagged(found, roles, card, reader, variables, made)
    numbers, known = pd.factorize(made["reason"])
    made["reason"] = np.array([card.reason_of_marks(release, one) for one in known], dtype=object)[numbers]
    return made, faults


def _wrong_cells(found: Cut, columns: list[Column], texts: np.ndarray, wrong: np.ndarray, values: np.ndarray, whole: np.ndarray) -> list[Fault]:
    """A fault for each cell that is no count, in the order of the columns."""
    faults = []
    rows = len(found.rows)
    with np.errstate(invalid="ignore"):
        broken = ~np.isnan(values) & whole & (values % 1 != 0)
    for cells, what, expected in (
        (wrong != "", "", "a number"),
        (values < 0, "a count is negative", "zero or more"),
        (broken, "a count is not whole", "a whole number"),
    ):
        for cell in np.flatnonzero(cells):
            where = f"{found.where}, row {found.rows[cell % rows]}, column {columns[cell // rows].heading}"
            faults.append(Fault(where, what or wrong[cell], expected, f"'{texts[cell]}'", _TODO if what else _NO_NUMBER))
    return faults


def _flagged(found: Cut, roles: Roles, card: SourceCard, reader: Reader, variables: np.ndarray, made: dict[str, np.ndarray]) -> list[Fault]:
    """Statuses that stand in columns of their own, for all figures (``columns.status``) or for one variable (its ``status``)."""
    named = {one["status"]: code for code, one in card.variables.items() if one.get("status")}
    columns = [(found.columns[at], None) for at in roles.keys.get("status", [])]
    columns += [(one, named[one.heading]) for one in found.columns if one.heading in named]
    faults: list[Fault] = []
    for column, variable in columns:
        known = [reader.flag(text) for text in column.texts.to_pylist()]
        for number, text in enumerate(column.texts.to_pylist()):
            if known[number] is None:
                row = found.rows[np.flatnonzero(column.codes == number)[0]]
                where = f"{found.where}, row {row}, column {column.heading}"
                faults.append(Fault(where, "a mark that is not known", "a mark of [table] marks", f"'{text}'", _NO_NUMBER))
        faults += _join(found, column, [one or ("", "") for one in known], variables == variable if variable else None, made)
    return faults


def _join(found: Cut, column: Column, known: list[tuple[str, str]], mine: np.ndarray | None, made: dict[str, np.ndarray]) -> list[Fault]:
    """Give the cells the statuses of a column beside them; the stronger one stands, every reason is kept."""
    rows = len(found.rows)
    numbers = np.tile(column.codes, len(made["value"]) // max(rows, 1))
    status = np.array([one for one, _ in known], dtype=object)[numbers]
    why = np.array([one for _, one in known], dtype=object)[numbers]
    if mine is not None:
        status, why = np.where(mine, status, ""), np.where(mine, why, "")
    for at in np.flatnonzero(why != ""):
        made["status"][at] = max(made["status"][at], status[at], key=STRENGTH.index)
        made["reason"][at] = "|".join(one for one in (made["reason"][at], why[at]) if one)
    wrong = np.flatnonzero(np.isin(status.astype(str), WITHOUT_VALUE) & ~np.isnan(made["value"]))
    what = "a number stands beside a mark that says there is none"
    return [
        Fault(f"{found.where}, row {found.rows[at % rows]}, column {column.heading}", what, "no number", f"'{why[at]}'", _NO_NUMBER) for at in wrong
    ]
