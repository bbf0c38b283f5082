"""Of what kind is a file, by its first bytes and by its ending? The one table of both."""

from __future__ import annotations

import re
from pathlib import Path

PARQUET, ARCHIVE, OLD_WORKBOOK, DATABASE, DOCUMENT, PICTURE, WEB_PAGE, JSON, TEXT = (
    "Parquet",
    "archive",
    "old workbook",
    "database",
    "PDF",
    "picture",
    "web page",
    "JSON",
    "text",
)
_BEGINNINGS = {
    PARQUET: rb"PAR1",
    ARCHIVE: rb"PK[\x03\x05\x07]",  # XLSX, ODS, a zipped Shapefile
    OLD_WORKBOOK: rb"\xd0\xcf\x11\xe0",  # XLS, or a workbook with a password
    DATABASE: rb"SQLite format 3\0",  # GeoPackage
    DOCUMENT: rb"%PDF",
    PICTURE: rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\x00|MM\x00\*|BM....\x00\x00\x00\x00",
    WEB_PAGE: rb"\s*<[a-zA-Z!?]",
    JSON: rb"\s*(\{\s*[\"}]|\[\s*[\[{])",
}
_FIRST = {kind: re.compile(rb"(?:\xef\xbb\xbf)?(?:" + begin + rb")", re.DOTALL) for kind, begin in _BEGINNINGS.items()}
_ENDINGS = {
    ".parquet": PARQUET,
    ".xlsx": ARCHIVE,
    ".ods": ARCHIVE,
    **dict.fromkeys((".json", ".geojson", ".topojson", ".jsonstat"), JSON),
}
_ENOUGH = 512  # bytes


def kind_of(path: Path) -> str:
    """The kind by the first bytes: one of the names above; ``TEXT`` for whatever begins as none of the others, '' for
    an empty file.
    """
    with path.open("rb") as file:
        start = file.read(_ENOUGH)
    return next((kind for kind, begin in _FIRST.items() if begin.match(start)), TEXT) if start else ""


def kind_by_ending(name: str) -> str:
    """The kind that a file's ending announces, such as that of ``counts.csv`` or ``.csv``."""
    return next((kind for ending, kind in _ENDINGS.items() if name.casefold().endswith(ending)), TEXT)
