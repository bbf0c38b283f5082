"""Excel and OpenDocument workbooks: each sheet is a grid, a formula is the value it was saved with, a macro is never looked at."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from loaders.tables.limits import WHOLE, archive_members
from loaders.tables.sheet import Sheet, Unreadable, sheet_of


def sheets(path: Path, words: dict) -> list[Sheet]:
    """Every sheet that is not empty. Numbers are written with the decimal sign of ``words``, as the publisher would show them."""
    import python_calamine

    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        archive_members(path)
    elif path.stat().st_size > WHOLE:
        raise Unreadable("the workbook is larger than 128 MiB")
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    point = words.get("decimal", ".")
    made = [_sheet(book, name, point) for name in book.sheet_names]
    if not any(made):
        raise Unreadable("the workbook is empty")
    return [one for one in made if one]


def _sheet(book, name: str, point: str) -> Sheet | None:
    sheet = book.get_sheet_by_name(name)
    before = [""] * (sheet.start[1] if sheet.start else 0)  # the library leaves out the blank columns on the left
    rows = ([*before, *(_cell(one, point) for one in row)] for row in sheet.iter_rows())
    merged = [(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    try:
        return sheet_of(rows, {"format": "Excel"}, name=name, merged=merged)
    except Unreadable:
        return None


def _cell(value, point: str) -> str:
    """A cell as text: whole numbers without a point, a date without the midnight that a workbook gives it."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f").replace(".", point)
    return "" if value is None else str(value).removesuffix(" 00:00:00")
