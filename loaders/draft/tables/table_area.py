"""Finds where the table stands in a sheet: titles above, headings one over another, figures, footnotes below.

Guessed from what the cells look like. Years are numbers too, so a row of nothing but periods is a heading; below the
first heading row a further one says nothing new in the columns that name the rows (it is blank there, or repeats the
heading).
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.formats.numbers import LIKE_A_MARK, LIKE_A_NUMBER, usual_digits
from loaders.formats.sheet import Sheet
from loaders.formats.text_table import FEW_TEXTS, Column
from loaders.gate.table_shape import may_be_periods, period_like

BLANK, NUMBER, PERIOD, MARK, TEXT = range(5)
TOP = 40  # rows among which the first row of figures is sought
WIDEST = 5000  # columns: a hundred years by month of four things
MOSTLY = 0.8
LONGEST_MARK = 4
# for Arrow: short texts, and those that begin as a number or a mark does
_NO_WORDS = rf"(?s)^\s*(?:.{{0,{LONGEST_MARK}}}\s*$|[*†‡§^~]{{0,2}}[-+−–‒﹣－＋(（]?\pN|[:\[])"
_MARKS = ("na", "n/a", "nil", "c", "x", "z", "p", "r", "e", "k", "u")


def standing(sheet: Sheet) -> dict | None:
    """``skip_rows``, ``head_rows``, ``fill_across``, ``fill_down`` and ``ends_at``, where they differ from the usual;
    None without figures.
    """
    if len(sheet.columns) > WIDEST:
        return None
    kinds = np.column_stack([_kinds(column) for column in sheet.columns])
    figures = _figures(kinds)
    keys = [row for row in range(len(sheet.columns)) if row not in figures]
    body = _first_figures(kinds, figures)
    head = next((row for row in range(body or 0) if _is_heading(kinds[row, figures])), None)
    if body is None or head is None:
        return None
    body = _headings_end(sheet, kinds, figures, keys, head, body)
    filled = np.isin(kinds[body:, figures], (NUMBER, PERIOD, MARK)).any(axis=1)
    last = body + int(np.flatnonzero(filled)[-1])
    words = {"skip_rows": int(sheet.rows[head]) - 1, "head_rows": body - head}
    words |= {
        "fill_across": _across(sheet, kinds, figures, head, body),
        "fill_down": _down(sheet, kinds, keys, head, body, last),
    }
    words["ends_at"] = _end(sheet, last)
    usual = {"skip_rows": 0, "head_rows": 1, "fill_across": [], "fill_down": [], "ends_at": ""}
    return {word: value for word, value in words.items() if value != usual[word]}


def cell_kinds(texts: pa.Array) -> np.ndarray:
    """What each of some texts looks like. Of many only those are looked at closely that may be more than words."""
    if len(texts) <= FEW_TEXTS:
        return np.array([cell_kind(text) for text in texts.to_pylist()], dtype=np.uint8)
    dated = may_be_periods(texts)
    kinds = np.full(len(texts), TEXT, dtype=np.uint8)
    close = dated | np.asarray(pc.match_substring_regex(texts, _NO_WORDS))
    for row, text in zip(np.flatnonzero(close), texts.filter(pa.array(close)).to_pylist(), strict=True):
        kinds[row] = cell_kind(text, bool(dated[row]))
    return kinds


def cell_kind(text: str, dated: bool = True) -> int:
    """What one cell looks like; ``dated``: it may be a period."""
    text = usual_digits(text.strip())
    if not text:
        return BLANK
    if text.isdigit() and len(text) not in (4, 6):
        return NUMBER
    if dated and len(text) >= 4 and period_like(text):
        return PERIOD
    if LIKE_A_NUMBER.fullmatch(text):
        return NUMBER
    if LIKE_A_MARK.fullmatch(text):
        return MARK
    bare = not any(sign.isalnum() for sign in text) or text.casefold() in _MARKS or re.fullmatch(r"<\d", text)
    return MARK if bare and len(text) <= LONGEST_MARK else TEXT


def _kinds(column: Column) -> np.ndarray:
    return cell_kinds(column.texts)[column.codes]


def _figures(kinds: np.ndarray) -> list[int]:
    """The columns whose lower part is numbers and marks."""
    rows = kinds[(kinds != BLANK).sum(axis=1) > 1] if kinds.shape[1] > 1 else kinds  # notes stand in one cell
    rows = rows if len(rows) else kinds
    numbered = np.flatnonzero((rows == NUMBER).any(axis=1))
    rows = rows[: numbered[-1] + 1] if len(numbered) else rows  # a legend below may hold the sign between cells
    lower = rows[len(rows) - max(1, len(rows) // 3) :]
    positions = []
    for position in range(kinds.shape[1]):
        filled = lower[:, position][lower[:, position] != BLANK]
        number = np.isin(filled, (NUMBER, PERIOD))
        fits = len(filled) and (number | (filled == MARK)).mean() >= MOSTLY
        if fits and (number.any() or positions):
            positions.append(position)
    return positions


def _first_figures(kinds: np.ndarray, figures: list[int]) -> int | None:
    for number, row in enumerate(kinds[:TOP, figures]):
        marks = (row == MARK).sum()
        if (row == NUMBER).any() or (marks and 2 * marks >= (row != BLANK).sum() and not (row == TEXT).any()):
            return number
    return None


def _is_heading(row: np.ndarray) -> bool:
    """Titles stand over one column at most; a single period may stand over all."""
    filled = row[row != BLANK]
    return len(filled) > 1 or (len(filled) == 1 and (len(row) == 1 or filled[0] == PERIOD))


def _headings_end(sheet: Sheet, kinds: np.ndarray, figures: list[int], keys: list[int], head: int, body: int) -> int:
    """The first row after the headings: one that names something in the columns of the rows, where the headings above
    do not.
    """
    above = sheet.texts(head)
    for row in range(head + 1, body):
        texts = sheet.texts(row)
        new = [
            position
            for position in keys
            if texts[position].strip() and texts[position] != above[position] and above[position].strip()
        ]
        if (keys and new) or (not keys and not (kinds[row, figures] == TEXT).any()):
            return row
        above = [position or other for position, other in zip(above, texts, strict=True)]
    return body


def _across(sheet: Sheet, kinds: np.ndarray, figures: list[int], head: int, body: int) -> list[int]:
    """Heading rows that say a text once for several columns.

    The lowest row never does, and merged cells of a workbook say it themselves.
    """
    rows = set(map(int, sheet.rows[head:body]))
    if any(top in rows for top, _, left, right in sheet.merged if right > left):
        return []
    return [row - head + 1 for row in range(head, body - 1) if (kinds[row, figures] == BLANK).any()]


def _down(sheet: Sheet, kinds: np.ndarray, keys: list[int], head: int, body: int, last: int) -> list[str]:
    """Headings of columns that say a text once for several rows: some are blank where another column still names the
    row.
    """
    filled = []
    for position in keys:
        blank = kinds[body : last + 1, position] == BLANK
        others = [other for other in keys if other != position]
        if (
            blank.any()
            and not blank[0]
            and others
            and (kinds[body : last + 1][blank][:, others] != BLANK).any(axis=1).all()
        ):
            texts = [" ".join(sheet.texts(row)[position].split()) for row in range(head, body)]
            filled.append(" / ".join(dict.fromkeys(filter(None, texts))))
    return filled


def _end(sheet: Sheet, last: int) -> str:
    """How the first row below the figures begins."""
    if last + 1 >= len(sheet.rows):
        return ""
    text = next((cell.strip() for cell in sheet.texts(last + 1) if cell.strip()), "")
    label = re.match(r".{1,12}?[:：]", text)
    return label[0] if label else text[:12]
