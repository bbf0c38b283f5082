"""What sheets does a file hold, whatever its format? The gate and the reader both read by this module, so neither sees
what the other does not.

A file that breaks its library is unreadable; what the library says about it is dropped, for it may quote a cell.
"""

from __future__ import annotations

from pathlib import Path

from loaders.formats import archived, parquet
from loaders.formats.answers import json_stat, portals, sdmx_json
from loaders.formats.limits import whole_json
from loaders.formats.sheet import Sheet, Unreadable
from loaders.formats.signatures import (
    ARCHIVE,
    DATABASE,
    DOCUMENT,
    JSON,
    OLD_WORKBOOK,
    PARQUET,
    PICTURE,
    WEB_PAGE,
    kind_by_ending,
    kind_of,
)
from loaders.formats.text import delimited
from loaders.formats.workbooks import workbook

__all__ = ["Sheet", "Unreadable", "read_sheets"]

_SAVE_ANEW = "; if it shows one, as a page saved as .xls does, open it in a spreadsheet and save it as XLSX"
_NO_TABLE = (WEB_PAGE, DOCUMENT, PICTURE, DATABASE)


def read_sheets(path: Path, words: dict | None = None) -> list[Sheet]:
    """Every sheet of a file. ``words``: what the card says of ``encoding``, ``delimiter`` and ``decimal``. Raises
    Unreadable.
    """
    sheets = calmly(sheets_of, path, words or {})
    if not sheets:
        raise Unreadable("it holds no table")
    return sheets


def calmly(read, path: Path, *more):
    """What a reader of a file gives; whatever breaks in it becomes Unreadable, without what the library says of a
    cell.
    """
    if not path.is_file():
        raise Unreadable("there is no such file")
    try:
        return read(path, *more)
    except Unreadable:
        raise
    except BaseException as error:  # a damaged file breaks each library in its own way, with the cell in the message
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":  # a library in Rust that gives up
            raise Unreadable(f"the file is damaged or not of its kind ({type(error).__name__})") from None
        raise


def sheets_of(path: Path, words: dict) -> list[Sheet]:
    """As ``read_sheets``, with the faults of the libraries as they come."""
    kind = kind_of(path)
    if not kind:
        raise Unreadable("the file is empty")
    if kind in _NO_TABLE:
        raise Unreadable(f"it is a {kind}, not a table{_SAVE_ANEW if kind == WEB_PAGE else ''}")
    if kind == PARQUET:
        return parquet.sheets(path, words)
    if kind == ARCHIVE:
        with archived.unpacked(path) as file:
            return sheets_of(file, words) if file else workbook.sheets(path, words)
    if kind == OLD_WORKBOOK:
        return workbook.sheets(path, words)
    if JSON in (kind, kind_by_ending(path.name)):
        return _json_sheets(whole_json(path), words)
    return delimited.sheets(path, words)


def _json_sheets(read, words: dict) -> list[Sheet]:
    """The dialect is told by what an answer of it must have."""
    if isinstance(read, list):
        return portals.rows_listed(read, words)
    if "dataSets" in read or "dataSets" in (read.get("data") or {}):
        return sdmx_json.sdmx_json(read, words)
    if "about" in read and "rows" in read:
        return portals.rows_listed(read["rows"], words)  # a file of this site
    if "records" in (read.get("result") or {}):
        return portals.ckan(read, words)
    if read.get("features") and "attributes" in read["features"][0]:
        return portals.arcgis(read, words)
    if read.get("class") in ("dataset", "collection") or any(
        isinstance(value, dict) and "dimension" in value for value in read.values()
    ):
        return json_stat.json_stat(read, words)
    raise Unreadable("it is no table that is known")
