"""Guesses what each row of headings names: periods, areas, categories, or what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from loaders.draft.tables.table_area import BLANK, NUMBER, PERIOD, cell_kinds
from loaders.formats.text_table import Column, TextTable
from loaders.gate.guessed_roles import names_by_numbers
from loaders.gate.table_shape import says_nothing
from loaders.period_wordings import period_wording
from loaders.privacy import headings
from loaders.tables.table_area import JOIN

MOSTLY = 0.6
PARTS = ("month", "quarter", "half")
MANY = 8  # texts in one row of headings: more are kinds of one thing rather than several things
UNIT = re.compile(r"[(（\[][^()（）\[\]]{1,12}[)）\]]\s*$")
AREA_ENDINGS = tuple("구군시区县市郡町村")


@dataclass
class Heads:
    """``kinds``: the card's ``heads``; ``figures``: positions of the columns that are read; ``ignore``: texts of
    columns that are not.

    ``texts``: what the headings say, by kind, in order; ``unnamed``: a column without a heading says nothing.
    """

    kinds: list[str] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    ignore: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    frequency: str = ""
    wording: list[str] = field(default_factory=list)
    unnamed: bool = False

    @property
    def long(self) -> bool:
        """Does every heading only name what its column counts?"""
        return set(self.kinds) <= {"variable", ""}


def guess_header(table: TextTable, names: set[str]) -> Heads:
    """The rows of headings over the figures; ``names``: what areas are called elsewhere (outlines, a list)."""
    numbered = _with_all_periods(
        table, [position for position, column in enumerate(table.columns) if _is_numeric(column)]
    )
    names_rows = names_by_numbers(table, numbered)
    silent = [position for position, column in enumerate(table.columns) if says_nothing(column)]
    numeric = [position for position in numbered if position not in (*names_rows, *silent)]
    heads = table.heads or [(column.heading,) for column in table.columns]
    heads_found = Heads(figures=numeric, unnamed=any(not table.columns[position].heading for position in silent))
    rows = [[heads[position][row] for position in numeric] for row in range(len(heads[0]) if heads else 0)]
    heads_found.kinds = [_kind(texts, names) for texts in rows]
    if not _parts_of_years(heads_found, rows):
        _periods(heads_found, rows)
    _open(heads_found, rows)
    for kind in ("area", "category", "variable"):
        of_kind = [row for row, head in enumerate(heads_found.kinds) if head == kind]
        sayings = [
            [heads[position][row] for row in of_kind if heads[position][row]] for position in heads_found.figures
        ]
        if kind != "variable":
            heads_found.ignore += dict.fromkeys(text for texts in sayings for text in texts if headings.is_total(text))
        heads_found.texts[kind] = list(
            dict.fromkeys(JOIN.join(texts) for texts in sayings if texts and not set(texts) & set(heads_found.ignore))
        )
    return heads_found


def _with_all_periods(table: TextTable, numbered: list[int]) -> list[int]:
    """A column under a period beside other periods is one of figures, whatever stands in it: the reader names what is
    no number.
    """
    texts = [column.heading.strip() for column in table.columns]
    frequency, _, known = period_wording(texts[position] for position in numbered)
    if not known:
        return numbered
    return [
        position
        for position, text in enumerate(texts)
        if position in numbered
        or (text not in known and period_wording([*known, text])[::2] == (frequency, [*known, text]))
    ]


def _is_numeric(column: Column) -> bool:
    """Are its cells numbers? A year under no heading of periods is one, a month by its name is none."""
    kinds = cell_kinds(column.texts)
    if headings.speaks_of(column.heading, "period") and {*kinds.tolist()} - {BLANK} == {PERIOD}:
        return False
    years = np.zeros(len(kinds), dtype=bool)
    for row in np.flatnonzero(kinds == PERIOD):
        years[row] = column.texts[int(row)].as_py().strip().isdigit()
    used = int(column.used[(kinds == NUMBER) | years].sum())
    return column.numeric or (bool(column.distinct) and 2 * used >= int(column.used[~column.blank].sum()))


def _kind(texts: list[str], names: set[str]) -> str:
    """``period``, ``area``, '' where the row says one thing over everything, ``?`` where more must be known."""
    distinct = list(dict.fromkeys(filter(None, texts)))
    known = period_wording(distinct)[2]
    beside = [text for text in distinct if text not in known and headings.speaks_of(text, "rates")]
    if len(known) >= max(1, MOSTLY * (len(distinct) - (len(beside) if len(known) > 1 else 0))):
        return "period"
    if len(distinct) > 1 and sum(text in names for text in distinct) >= MOSTLY * len(distinct):
        return "area"
    if len(distinct) > MANY and sum(text.strip().endswith(AREA_ENDINGS) for text in distinct) >= MOSTLY * len(distinct):
        return "area"
    return "" if len(distinct) == 1 and len(texts) > 1 else "?"


def _parts_of_years(heads: Heads, rows: list[list[str]]) -> bool:
    """Months, quarters or halves under (or over) their years: two rows that name a period together."""
    for year in (row for row, kind in enumerate(heads.kinds) if kind == "period"):
        for part in (row for row in range(len(rows)) if row != year and heads.kinds[row] in ("?", "period")):
            first, second = sorted((year, part))
            both = [" ".join(filter(None, texts)) for texts in zip(rows[first], rows[second], strict=True)]
            distinct = list(dict.fromkeys(both))
            frequency, wording, known = period_wording(distinct)
            if frequency in PARTS and len(known) > len(set(rows[year])) and len(known) >= MOSTLY * len(distinct):
                heads.kinds = [
                    "period" if row in (year, part) else "" if kind == "period" else kind
                    for row, kind in enumerate(heads.kinds)
                ]
                _keep(heads, both, (frequency, wording, known))
                return True
    return False


def _keep(heads: Heads, texts: list[str], wording: tuple[str, list[str], list[str]]) -> None:
    """Columns under no period are not read."""
    heads.frequency, heads.wording, known = wording
    heads.texts["period"] = known
    heads.ignore += [text for text in dict.fromkeys(texts) if text and text not in known]
    heads.figures = [column for column, text in zip(heads.figures, texts, strict=True) if text in known]


def _periods(heads: Heads, rows: list[list[str]]) -> None:
    """Columns under no period are not read; one row of periods is enough."""
    over = [row for row, kind in enumerate(heads.kinds) if kind == "period"]
    for row in over[:1]:
        _keep(heads, rows[row], period_wording(rows[row]))
    for row in over[1:]:
        heads.kinds[row] = ""


def _open(heads: Heads, rows: list[list[str]]) -> None:
    """Of rows that are neither periods nor areas one names what is counted: the one with units, or the lowest. The
    others name kinds.

    A row with a total, or of many texts, names kinds; without periods or areas in the headings every text is
    something counted.
    """
    left = [row for row, kind in enumerate(heads.kinds) if kind == "?"]
    totalled = len(left) > 1 and any(headings.is_total(text) for row in left for text in rows[row])
    crossed = totalled or any(kind in ("period", "area") for kind in heads.kinds)
    counted = next((row for row in left if _units(rows[row])), None)
    if (
        counted is None
        and left
        and not any(map(headings.is_total, rows[left[-1]]))
        and len(set(rows[left[-1]])) <= MANY
    ):
        counted = left[-1]
    for row in left:
        heads.kinds[row] = "category" if crossed and row != counted else "variable"


def _units(texts: list[str]) -> bool:
    distinct = list(dict.fromkeys(filter(None, texts)))
    return 2 * sum(bool(UNIT.search(text)) for text in distinct) > len(distinct)
