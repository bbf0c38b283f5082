"""Excel (XLSX) and OpenDocument workbooks: each sheet is a grid, a formula is the value it was saved with, a macro is
never looked at.

A date is written ``2024-03-01``, whatever the sheet shows. Older and binary workbooks (XLS, XLSB) are refused: their
library ends the
whole program when such a file is damaged in certain ways, and we cannot see beneath them.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from loaders.formats.limits import archive_members
from loaders.formats.numbers import number_text
from loaders.formats.sheet import Sheet, Unreadable, sheet_of
from loaders.formats.signatures import OLD_WORKBOOK, kind_of
from loaders.formats.workbooks.ods import of_open_document
from loaders.formats.workbooks.workbook_xml import Beneath
from loaders.formats.workbooks.xlsx import of_excel


def sheets(path: Path, words: dict) -> list[Sheet]:
    """Every sheet that is not empty. Numbers are written with the decimal sign of ``words``, as the publisher would
    show them.
    """
    import python_calamine

    if kind_of(path) == OLD_WORKBOOK:
        raise Unreadable("it is an old Excel workbook (XLS) or one with a password: save it as XLSX or CSV")
    members = archive_members(path)
    if "content.xml" not in members and not any(name.startswith("xl/") for name in members):
        raise Unreadable(
            f"it is an archive of {len(members)} files, no workbook: unpack it and give the table by itself"
        )
    with zipfile.ZipFile(path) as archive:
        below = of_open_document(archive) if "content.xml" in archive.namelist() else of_excel(archive)
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    point = words.get("decimal", ".")
    sheets_read = [_sheet(book, name, point, below[name]) for name in book.sheet_names if name in below]
    if not any(sheets_read):
        raise Unreadable("the workbook is empty")
    return [sheet for sheet in sheets_read if sheet]


def _sheet(book, name: str, point: str, below: Beneath) -> Sheet | None:
    sheet = book.get_sheet_by_name(name)
    before = [""] * (sheet.start[1] if sheet.start else 0)  # the library leaves out the blank columns on the left
    rows = ([*before, *(_cell(cell, point) for cell in row)] for row in sheet.iter_rows())
    merged = [(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    try:
        return sheet_of(
            _mended(rows, below) if below.texts else rows,
            {"format": "Excel"},
            name=name,
            merged=[*merged, *below.merged],
        )
    except Unreadable:
        return None


def _mended(rows, below: Beneath):
    """The rows, with the texts that the library did not tell."""
    texts_of_row: dict[int, dict[int, str]] = {}
    for (row, column), text in below.texts.items():
        texts_of_row.setdefault(row, {})[column] = text
    for number, row in enumerate(rows):
        for column, text in texts_of_row.get(number, {}).items():
            row += [""] * (column + 1 - len(row))
            row[column] = text
        yield row


def _cell(value, point: str) -> str:
    """A cell as text: a date without the midnight that a workbook gives it."""
    return number_text(value, point).removesuffix(" 00:00:00")
