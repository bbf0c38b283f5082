"""What sheets does a file hold, whatever its format? The gate and the reader both read by this module, so neither sees what the other does not.

A file that breaks its library is unreadable; what the library says about it is dropped, for it may quote a cell.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from loaders.columns import TextTable, column
from loaders.cut import cut
from loaders.drafts.standing import standing
from loaders.outlines import DRAWN, outlines
from loaders.tables import answers, cube, parquet, sdmx, text, workbook
from loaders.tables.limits import archive_members, whole_json
from loaders.tables.sheet import Sheet, Unreadable

__all__ = ["Sheet", "Unreadable", "read_sheets", "read_tables"]

HEAD = 20  # rows among which the heading row is sought: publishers put titles above it
_JSON = (".json", ".geojson", ".topojson", ".jsonstat")


def read_sheets(path: Path, words: dict | None = None) -> list[Sheet]:
    """Every sheet of a file. ``words``: what the card says of ``encoding``, ``delimiter`` and ``decimal``. Raises Unreadable."""
    found = _calmly(_sheets, path, words or {})
    if not found:
        raise Unreadable("it holds no table")
    return found


def read_tables(path: Path) -> list[TextTable]:
    """Every table of a file as it looks without a card: the heading row is guessed. Raises Unreadable."""
    return _calmly(_tables, path)


def _calmly(read, path: Path, *more):
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


def _sheets(path: Path, words: dict) -> list[Sheet]:
    start = _start(path)
    if start.startswith(b"PAR1"):
        return parquet.sheets(path, words)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return workbook.sheets(path, words)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Unreadable("it is a web page, not a table")
    if _is_json(path, start):
        return _json_sheets(whole_json(path), words)
    return text.sheets(path, words)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise Unreadable("the file is empty")
    return start


def _is_json(path: Path, start: bytes) -> bool:
    return path.suffix.casefold() in _JSON or start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b'{"', b"[{", b"[["))


def _json_sheets(read, words: dict) -> list[Sheet]:
    """The dialect is told by what an answer of it must have."""
    if isinstance(read, list):
        return answers.listed(read, words)
    if "dataSets" in read or "dataSets" in (read.get("data") or {}):
        return sdmx.sdmx_json(read, words)
    if "about" in read and "rows" in read:
        return answers.listed(read["rows"], words)  # a file of this site
    if "records" in (read.get("result") or {}):
        return answers.ckan(read, words)
    if read.get("features") and "attributes" in read["features"][0]:
        return answers.arcgis(read, words)
    if read.get("class") in ("dataset", "collection") or any(isinstance(one, dict) and "dimension" in one for one in read.values()):
        return cube.json_stat(read, words)
    raise Unreadable("it is no table that is known")


def _tables(path: Path) -> list[TextTable]:
    start = _start(path)
    if start.startswith(b"SQLite format 3") or (start.startswith(b"PK") and any(name.endswith(".shp") for name in archive_members(path))):
        return [_attributes(path)]
    if _is_json(path, start):
        read = whole_json(path)
        if isinstance(read, dict) and read.get("type") in DRAWN:
            return [_texts_of(read, path.name)]
    sheets = _sheets(path, {})
    names = [path.name if len(sheets) == 1 and not one.name else f"{path.name}, sheet {number}" for number, one in enumerate(sheets, 1)]
    return [_of_workbook(_guessed(sheet, name), sheet, len(sheets)) for sheet, name in zip(sheets, names, strict=True)]


def _of_workbook(table: TextTable, sheet: Sheet, sheets: int) -> TextTable:
    """Of several sheets each is called by its name."""
    words = {"sheet": sheet.name, **table.found["words"]} if sheets > 1 else table.found["words"]
    return replace(table, found={**table.found, "words": words})


def _texts_of(read, name: str) -> TextTable:
    """Boundaries: every text of the file in one column; the numbers of lines are no texts."""

    def texts(node) -> list[str]:
        inner = node.items() if isinstance(node, dict) else ((None, one) for one in node) if isinstance(node, list) else ()
        own = [node] if isinstance(node, str) else []
        return own + [text for key, one in inner if key not in ("arcs", "coordinates") for text in (texts(one) if not _number(one) else [str(one)])]

    found = texts(read)
    return TextTable(name, [column("texts", 0, pa.chunked_array([pa.array(found, pa.string())]))], len(found), (), {"format": "JSON"})


def _number(value) -> bool:
    return isinstance(value, (int, float))


def _attributes(path: Path) -> TextTable:
    """Boundaries in a database or an archive: what stands beside each line."""
    frame = outlines(path, beside=True).astype(str)
    columns = [column(name, at, pa.chunked_array([pa.array(frame[name], pa.string())])) for at, name in enumerate(frame.columns)]
    return TextTable(path.name, columns, len(frame), (), {"format": "boundaries"})


def _guessed(sheet: Sheet, name: str) -> TextTable:
    """Headings that stand one over another and notes below are cut off; else the first of the fullest rows is taken for the headings."""
    words = None if sheet.headed else standing(sheet)
    if words and {"head_rows", "ends_at", "fill_down"} & set(words):
        found = cut(sheet, words, name)
        if not found.faults:
            above = words.get("skip_rows", 0) + 1
            return replace(found.table, found={**sheet.found, "heading_row": above, "words": words})
    first = [sheet.texts(at) for at in range(1 if sheet.headed else min(HEAD, len(sheet.rows)))]
    filled = [sum(one.strip() != "" for one in row) for row in first]
    at = filled.index(max(filled))
    body = np.arange(at + 1, len(sheet.rows))
    if sheet.found["format"] == "CSV" and (sheet.widths[at:] != sheet.widths[at]).any():
        raise Unreadable("rows have more or fewer cells than there are headings")
    if not len(body) and sheet.found["format"] == "CSV":
        raise Unreadable("the table has no rows")
    columns = [one.only(body, first[at][one.position]) for one in sheet.columns]
    above = tuple(one for row in first[:at] for one in row)
    return TextTable(name, columns, len(body), above, {**sheet.found, "heading_row": int(sheet.rows[at]), "words": _skipped(sheet, at)})


def _skipped(sheet: Sheet, at: int) -> dict:
    above = int(sheet.rows[at]) - 1
    return {"skip_rows": above} if above else {}
