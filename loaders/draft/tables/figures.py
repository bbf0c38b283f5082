"""Guesses what the figures of a table count, and which of them are rates or changes."""

from __future__ import annotations

import numpy as np

from loaders.draft.tables.guess import Guess
from loaders.draft.tables.headings import UNIT, Heads
from loaders.draft.tables.legend import scale_of
from loaders.draft.tables.table_area import PERIOD, cell_kind
from loaders.formats.text_table import Column, TextTable
from loaders.gate.column_kinds import SELDOM, is_count, whole_with_changes
from loaders.privacy import headings
from loaders.tables.cell_values import CellReader
from loaders.tables.table_area import JOIN


def heads_at(table: TextTable, position: int) -> tuple[str, ...]:
    return table.heads[position] if table.heads else (table.columns[position].heading,)


def is_figure(column: Column, signs: dict[str, str]) -> bool:
    """Is this how many?

    Numbers that are written in their publisher's own way, or stand among marks, are judged by their heading.
    """
    plain = column.numeric and not signs
    named = any(headings.speaks_of(column.heading, group) for group in ("period", "code", "note"))
    years = all(cell_kind(text) == PERIOD for text in column.texts.to_pylist() if text.strip())
    changes = column.numeric and whole_with_changes(column) and not named
    people = column.numeric and headings.speaks_of(column.heading, "residents") and not named and not years
    shares = column.numeric and any(text.strip().endswith(("%", "％")) for text in column.texts.to_pylist())
    return is_count(column) or people or changes or shares or (not plain and not named and not years)


def name_figures(guessed: Guess, heads: Heads, signs: dict) -> None:
    """What is counted; figures with decimals are the publisher's own rates and shares, which are never added up."""
    sayings = heads.texts.get("variable", [])
    columns: dict[str, list[Column]] = {}
    for position in heads.figures:
        column = guessed.table.columns[position]
        if guessed.words.get("heads") and set(heads_at(guessed.table, position)) & set(heads.ignore):
            continue
        text = (
            column.heading
            if heads.long and not guessed.words.get("heads")
            else _said_of(guessed, heads, position)
            if sayings
            else ""
        )
        columns.setdefault(text, []).append(column)
    for text, same_thing in columns.items():
        numbers = np.concatenate(
            [
                CellReader({**guessed.words, **signs}, "flags" in (guessed.table.found or {})).values(
                    member.texts.to_pylist()
                )[0]
                for member in same_thing
            ]
        )
        scale = scale_of(guessed.table.above)
        whole = bool((np.round(numbers[~np.isnan(numbers)] * scale, 6) % 1 == 0).all())
        guessed.variables[text] = whole
        times = np.concatenate([member.used for member in same_thing])
        below = float(times[numbers < 0].sum()) / max(float(times[~np.isnan(numbers)].sum()), 1.0)
        if words := {**_uncounted(text, below, whole), **({"scale": scale} if scale > 1 else {})}:
            guessed.uncounted[text] = words


def _uncounted(text: str, below: float, whole: bool) -> dict:
    """What the card says of a variable whose figures are no plain counts: changes, corrections, or rates.

    ``below``: the share of its figures that is below zero.
    """
    if below and whole and below < SELDOM and not headings.speaks_of(text, "rates"):
        return {"corrections": True}
    return {"kind": "change"} if below else {} if whole else {"kind": "rate"}


def _said_of(guessed: Guess, heads: Heads, position: int) -> str:
    return JOIN.join(
        text
        for text, kind in zip(heads_at(guessed.table, position), heads.kinds, strict=True)
        if kind == "variable" and text
    )


def unit_of(text: str) -> tuple[str, str]:
    """A heading without its unit, and the unit: ``deaths (people)``."""
    match = UNIT.search(text)
    return (text[: match.start()].strip(), match[0].strip(" ()（）[]")) if match and match.start() else (text, "")
