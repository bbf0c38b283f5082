"""What does each row of headings name: periods, areas, categories, or what is counted?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.draft.table_area import NUMBER, PERIOD, cell_kind
from loaders.formats.text_table import Column, TextTable
from loaders.period_wordings import period_wording
from loaders.privacy import headings
from loaders.tables.table_area import JOIN

MOSTLY = 0.6
MANY = 8  # texts in one row of headings: more are kinds of one thing rather than several things
UNIT = re.compile(r"[(（\[][^()（）\[\]]{1,12}[)）\]]\s*$")
AREA_ENDINGS = tuple("구군시区县市郡町村")


@dataclass
class Heads:
    """``kinds``: the card's ``heads``; ``figures``: positions of the columns that are read; ``ignore``: texts of columns that are not.

    ``texts``: what the headings say, by kind, in order.
    """

    kinds: list[str] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    ignore: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    frequency: str = ""
    wording: list[str] = field(default_factory=list)

    @property
    def long(self) -> bool:
        """Does every heading only name what its column counts?"""
        return set(self.kinds) <= {"variable", ""}


def guess_header(table: TextTable, names: set[str]) -> Heads:
    """The rows of headings over the figures; ``names``: what areas are called elsewhere (outlines, a list)."""
    numeric = [at for at, column in enumerate(table.columns) if _is_numeric(column)]
    heads = table.heads or [(one.heading,) for one in table.columns]
    found = Heads(figures=numeric)
    rows = [[heads[at][row] for at in numeric] for row in range(len(heads[0]) if heads else 0)]
    found.kinds = [_kind(texts, names) for texts in rows]
    _periods(found, rows)
    _open(found, rows)
    for kind in ("area", "category", "variable"):
        of_kind = [row for row, one in enumerate(found.kinds) if one == kind]
        said = [[heads[at][row] for row in of_kind if heads[at][row]] for at in found.figures]
        if kind != "variable":
            found.ignore += dict.fromkeys(text for texts in said for text in texts if headings.is_total(text))
        found.texts[kind] = list(
            dict.fromkeys(JOIN.join(texts) for texts in said if texts and not set(texts) & set(found.ignore))
        )
    return found


def _is_numeric(column: Column) -> bool:
    kinds = [cell_kind(text) for text in column.texts.to_pylist()]
    used = sum(int(count) for kind, count in zip(kinds, column.used, strict=True) if kind in (NUMBER, PERIOD))
    return column.numeric or (bool(column.distinct) and 2 * used >= int(column.used[~column.blank].sum()))


def _kind(texts: list[str], names: set[str]) -> str:
    """``period``, ``area``, '' where the row says one thing over everything, ``?`` where more must be known."""
    distinct = list(dict.fromkeys(filter(None, texts)))
    if len(period_wording(distinct)[2]) >= max(1, MOSTLY * len(distinct)):
        return "period"
    if len(distinct) > 1 and sum(one in names for one in distinct) >= MOSTLY * len(distinct):
        return "area"
    if len(distinct) > MANY and sum(one.strip().endswith(AREA_ENDINGS) for one in distinct) >= MOSTLY * len(distinct):
        return "area"
    return "" if len(distinct) == 1 and len(texts) > 1 else "?"


def _periods(found: Heads, rows: list[list[str]]) -> None:
    """Columns under no period are not read; one row of periods is enough."""
    over = [at for at, kind in enumerate(found.kinds) if kind == "period"]
    for at in over[:1]:
        found.frequency, found.wording, known = period_wording(rows[at])
        found.texts["period"] = known
        others = [text for text in dict.fromkeys(rows[at]) if text and text not in known]
        found.ignore += others
        found.figures = [column for column, text in zip(found.figures, rows[at], strict=True) if text in known]
    for at in over[1:]:
        found.kinds[at] = ""


def _open(found: Heads, rows: list[list[str]]) -> None:
    """Of rows that are neither periods nor areas one names what is counted: the one with units, or the lowest. The others name kinds.

    A row with a total, or of many texts, names kinds; without periods or areas in the headings every text is something counted.
    """
    left = [at for at, kind in enumerate(found.kinds) if kind == "?"]
    crossed = any(kind in ("period", "area") for kind in found.kinds)
    counted = next((at for at in left if _units(rows[at])), None)
    if (
        counted is None
        and left
        and not any(map(headings.is_total, rows[left[-1]]))
        and len(set(rows[left[-1]])) <= MANY
    ):
        counted = left[-1]
    for at in left:
        found.kinds[at] = "category" if crossed and at != counted else "variable"


def _units(texts: list[str]) -> bool:
    distinct = list(dict.fromkeys(filter(None, texts)))
    return 2 * sum(bool(UNIT.search(one)) for one in distinct) > len(distinct)
