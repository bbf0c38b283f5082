"""Reads the tables of a file that no card describes yet, as they look: where the headings stand is guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from loaders.draft.tables.table_area import NUMBER, cell_kind, standing
from loaders.formats.geometry import DRAWN, outlines
from loaders.formats.limits import archive_members, whole_json
from loaders.formats.read_sheets import calmly, sheets_of
from loaders.formats.sheet import Sheet, Unreadable
from loaders.formats.signatures import ARCHIVE, DATABASE, JSON, kind_by_ending, kind_of
from loaders.formats.text.encoding import SAID_BY_THE_FILE
from loaders.formats.text_table import TextTable, column
from loaders.gate.table_shape import says_nothing
from loaders.tables.table_area import cut

FEWEST_HEADINGS = 3  # in a row that lacks one: a title stands over fewer columns
HEAD = 20  # rows among which the heading row is sought: publishers put titles above it


def read_tables(path: Path, encoding: str = "") -> list[TextTable]:
    """Every table of a file as it looks without a card: the heading row is guessed; ``encoding``: of a text file, where
    somebody says it.

    Raises Unreadable, without the file's name.
    """
    return calmly(_tables, path, encoding)


def _tables(path: Path, encoding: str) -> list[TextTable]:
    kind = kind_of(path)
    if kind == DATABASE or (kind == ARCHIVE and any(name.endswith(".shp") for name in archive_members(path))):
        return [_attributes(path)]
    if JSON in (kind, kind_by_ending(path.name)):
        read = whole_json(path)
        if isinstance(read, dict) and read.get("type") in DRAWN:
            return [_texts_of(read, path.name)]
    sheets = sheets_of(path, {"labels": True, **({"encoding": encoding} if encoding else {})})
    names = [
        path.name if len(sheets) == 1 and not sheet.name else f"{path.name}, sheet {number}"
        for number, sheet in enumerate(sheets, 1)
    ]
    return [_of_workbook(_guessed(sheet, name), sheet, len(sheets)) for sheet, name in zip(sheets, names, strict=True)]


def _of_workbook(table: TextTable, sheet: Sheet, sheets: int) -> TextTable:
    """Of several sheets each is called by its name."""
    words = {"sheet": sheet.name, **table.found["words"]} if sheets > 1 else table.found["words"]
    return replace(table, found={**table.found, "words": words})


def _texts_of(read, name: str) -> TextTable:
    """Boundaries: every text of the file in one column; the numbers of lines are no texts."""

    def texts(node) -> list[str]:
        inner = (
            node.items()
            if isinstance(node, dict)
            else ((None, inside) for inside in node)
            if isinstance(node, list)
            else ()
        )
        own = [node] if isinstance(node, str) else []
        return own + [
            text
            for key, inside in inner
            if key not in ("arcs", "coordinates")
            for text in (texts(inside) if not _number(inside) else [str(inside)])
        ]

    held = texts(read)
    return TextTable(
        name, [column("texts", 0, pa.chunked_array([pa.array(held, pa.string())]))], len(held), (), {"format": "JSON"}
    )


def _number(value) -> bool:
    return isinstance(value, (int, float))


def _attributes(path: Path) -> TextTable:
    """Boundaries in a database or an archive: what stands beside each line."""
    frame = outlines(path, beside=True).astype(str)
    columns = [
        column(name, position, pa.chunked_array([pa.array(frame[name], pa.string())]))
        for position, name in enumerate(frame.columns)
    ]
    return TextTable(path.name, columns, len(frame), (), {"format": "boundaries"})


def _guessed(sheet: Sheet, name: str) -> TextTable:
    """Headings that stand one over another and notes below are cut off.

    Else the first of the fullest rows is taken for the headings.
    """
    words = None if sheet.headed else standing(sheet)
    if words and {"head_rows", "ends_at", "fill_down"} & set(words):
        table_cut = cut(sheet, words, name)
        if not table_cut.faults:
            above = words.get("skip_rows", 0) + 1
            return replace(
                table_cut.table, found={**sheet.found, "heading_row": above, "words": {**_spelt(sheet), **words}}
            )
    first = [sheet.texts(head_row) for head_row in range(1 if sheet.headed else min(HEAD, len(sheet.rows)))]
    filled = [sum(cell.strip() != "" for cell in row) for row in first]
    head_row = _heading_row(sheet, first, filled)
    body = np.arange(head_row + 1, len(sheet.rows))
    if sheet.found["format"] == "CSV" and (sheet.widths[head_row:] != sheet.widths[head_row]).any():
        odd = int(np.flatnonzero(sheet.widths[head_row:] != sheet.widths[head_row])[0]) + head_row
        cells = f"row {sheet.rows[odd]} has {sheet.widths[odd]} cells, the headings are {sheet.widths[head_row]}"
        raise Unreadable(f"rows have more or fewer cells than there are headings: {cells}")
    if not len(body) and sheet.found["format"] == "CSV":
        raise Unreadable("the table has no rows")
    columns = [cell.only(body, first[head_row][cell.position]) for cell in sheet.columns]
    above = tuple(cell for row in first[:head_row] for cell in row)
    return TextTable(
        name,
        columns,
        len(body),
        above,
        {
            **sheet.found,
            "heading_row": int(sheet.rows[head_row]),
            "words": {**_spelt(sheet), **_skipped(sheet, head_row)},
        },
    )


def _heading_row(sheet: Sheet, first: list[list[str]], filled: list[int]) -> int:
    """The first of the fullest rows, or one above it that lacks only the headings of columns that say nothing."""
    fullest = filled.index(max(filled))
    for row in range(fullest):
        blank = [cells for cells in sheet.columns if not first[row][cells.position].strip()]
        body = np.arange(row + 1, len(sheet.rows))
        if all(says_nothing(cells.only(body, "")) for cells in blank):
            return row
        if len(blank) == 1 and filled[row] >= FEWEST_HEADINGS and _only_headings(first[row]):
            return row if not _only_headings(first[fullest]) else fullest
    return fullest


def _spelt(sheet: Sheet) -> dict:
    """The encoding, where the file does not say it itself, and whether labels stand beside codes."""
    encoding = sheet.found.get("encoding", "")
    spelt = {"encoding": encoding} if encoding and encoding not in SAID_BY_THE_FILE else {}
    return {**spelt, **({"labels": True} if sheet.found.get("labels") else {})}


def _only_headings(row: list[str]) -> bool:
    """Is no cell of a row a number, other than a period?"""
    return not any(cell_kind(cell) == NUMBER for cell in row)


def _skipped(sheet: Sheet, row: int) -> dict:
    above = int(sheet.rows[row]) - 1
    return {"skip_rows": above} if above else {}
