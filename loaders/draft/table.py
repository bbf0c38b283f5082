"""What does each column of a table without a card seem to be? The headings, the rows, and what is counted, put together."""

from __future__ import annotations

import re

import numpy as np

from loaders.draft.guess import Guess
from loaders.draft.headings import UNIT, Heads, guess_header
from loaders.draft.notation import marks, number_signs
from loaders.draft.row_keys import name_rows
from loaders.draft.table_area import PERIOD, cell_kind
from loaders.formats.text_table import Column, TextTable
from loaders.gate.table_shape import is_count
from loaders.privacy import headings
from loaders.tables.cell_values import CellReader
from loaders.tables.table_area import JOIN


def guess(table: TextTable, names: set[str] = frozenset()) -> Guess:
    """``names``: what areas are called in outlines or lists at hand."""
    heads = guess_header(table, names)
    made = Guess(table, dict((table.found or {}).get("words", {})), frequency=heads.frequency)
    signs = number_signs(text for at in heads.figures for text in table.columns[at].texts.to_pylist())
    if heads.long:
        heads.figures = [at for at in heads.figures if _is_count(table.columns[at], signs)]
    keys = [
        one
        for at, one in enumerate(table.columns)
        if at not in heads.figures and not set(_heads_at(table, at)) & set(heads.ignore)
    ]
    texts = [text for at in heads.figures for text in table.columns[at].texts.to_pylist()]
    _layout(made, heads)
    name_rows(made, heads, keys, names)
    _figures(made, heads, signs)
    if "period" not in (*made.columns, *heads.kinds):
        _period_of_all(made)
    made.frequency, _, first_month = made.frequency.partition("-")
    made.first_month = int(first_month or 0)
    made.words |= signs
    if found := marks(texts, made.words):
        made.words["marks"] = found
    return made


def _heads_at(table: TextTable, at: int) -> tuple[str, ...]:
    return table.heads[at] if table.heads else (table.columns[at].heading,)


def _is_count(column: Column, signs: dict[str, str]) -> bool:
    """Is this how many? Numbers that are written in their publisher's own way, or stand among marks, are judged by their heading."""
    plain = column.numeric and not signs
    named = any(headings.speaks_of(column.heading, group) for group in ("period", "code", "note"))
    years = all(cell_kind(text) == PERIOD for text in column.texts.to_pylist() if text.strip())
    return is_count(column) or (not plain and not named and not years)


def _layout(made: Guess, heads: Heads) -> None:
    stacked = len(heads.kinds) > 1
    made.words = {
        "layout": "wide" if heads.kinds == ["period"] else "long" if heads.long and not stacked else "crossed",
        **made.words,
    }
    if made.words["layout"] == "crossed":
        made.words["heads"] = heads.kinds
    if heads.wording:
        made.words["period_format"] = heads.wording[0] if len(heads.wording) == 1 else heads.wording
    if heads.ignore:
        made.words["ignore"] = list(heads.ignore)


def _period_of_all(made: Guess) -> None:
    """Where no cell says the period, the name of the file may: a single year in it."""
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", made.table.name))
    made.frequency = "year"
    made.words["period"] = years.pop() if len(years) == 1 else ""


def _figures(made: Guess, heads: Heads, signs: dict) -> None:
    """What is counted. Figures with decimals are the publisher's own rates and shares: they cannot be added up and are left out."""
    said = heads.texts.get("variable", [])
    columns: dict[str, list[Column]] = {}
    for at in heads.figures:
        column = made.table.columns[at]
        if made.words.get("heads") and set(_heads_at(made.table, at)) & set(heads.ignore):
            continue
        text = (
            column.heading if heads.long and not made.words.get("heads") else _said_of(made, heads, at) if said else ""
        )
        columns.setdefault(text, []).append(column)
    for text, those in columns.items():
        numbers = np.concatenate(
            [CellReader({**made.words, **signs}).values(one.texts.to_pylist())[0] for one in those]
        )
        whole = bool((numbers[~np.isnan(numbers)] % 1 == 0).all())
        if text and not whole and len(columns) > 1:
            _leave_out(made, text)
        else:
            made.variables[text] = whole


def _leave_out(made: Guess, text: str) -> None:
    if made.words["layout"] == "long":
        made.ignore.append(text)
    else:
        made.words["ignore"] = [*made.words.get("ignore", []), text]


def _said_of(made: Guess, heads: Heads, at: int) -> str:
    return JOIN.join(
        text for text, kind in zip(_heads_at(made.table, at), heads.kinds, strict=True) if kind == "variable" and text
    )


def unit_of(text: str) -> tuple[str, str]:
    """A heading without its unit, and the unit: ``deaths (people)``."""
    found = UNIT.search(text)
    return (text[: found.start()].strip(), found[0].strip(" ()（）[]")) if found and found.start() else (text, "")
