"""Answers of data portals that were added up at the source: CKAN's datastore, Socrata, ArcGIS, and plain lists of rows.

An answer that stops before its end, or that holds the positions of single events, is refused.
"""

from __future__ import annotations

from loaders.formats.numbers import number_text
from loaders.formats.sheet import Sheet, Unreadable, sheet_of


def ckan(read: dict, words: dict) -> list[Sheet]:
    """The records of ``datastore_search``; the portal's own row number is left out."""
    result = read["result"]
    rows = result["records"]
    total = result.get("total")
    if (
        not read.get("success", True)
        or result.get("records_truncated")
        or (isinstance(total, int) and total > len(rows))
    ):
        raise Unreadable("the answer does not hold all rows: ask for them all")
    names = [value["id"] for value in result.get("fields", []) if value["id"] != "_id"] or None
    return [_sheet([{key: value for key, value in row.items() if key != "_id"} for row in rows], names, "CKAN", words)]


def arcgis(read: dict, words: dict) -> list[Sheet]:
    """The attributes of a query that grouped at the source."""
    if read.get("exceededTransferLimit") or read.get("properties", {}).get("exceededTransferLimit"):
        raise Unreadable("the answer does not hold all rows: ask for them all")
    if any(entry.get("geometry") for entry in read["features"]):
        raise Unreadable("the answer holds positions: ask for counts of areas")
    names = [entry["name"] for entry in read.get("fields", [])] or None
    return [_sheet([entry["attributes"] for entry in read["features"]], names, "ArcGIS", words)]


def rows_listed(read: list, words: dict) -> list[Sheet]:
    """A list of rows: objects, as Socrata writes them, or lists with the headings first."""
    if all(isinstance(row, list) for row in read):
        return [sheet_of(([_cell(cell, words) for cell in row] for row in read), {"format": "JSON"}, headed=True)]
    return [_sheet(read, None, "JSON", words)]


def _sheet(rows: list[dict], names: list[str] | None, kind: str, words: dict) -> Sheet:
    if not rows:
        raise Unreadable("the answer has no rows")
    if len(rows) > 5_000_000 or not all(isinstance(row, dict) for row in rows):
        raise Unreadable("the answer is no list of rows")
    names = names or list(dict.fromkeys(key for row in rows for key in row))
    if any(key not in names for row in rows for key in row):
        raise Unreadable("a row has a field that the answer does not declare")
    texts = ([_cell(row.get(name), words) for name in names] for row in rows)
    return sheet_of([names, *texts], {"format": kind}, headed=True)


def _cell(value, words: dict) -> str:
    if isinstance(value, (dict, list)):
        raise Unreadable("a field of the answer holds more than one value")
    return number_text(value, words.get("decimal", "."))
