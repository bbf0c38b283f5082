"""The kind of a file by its first bytes: one table for what is asked of a publisher and for what is read."""

from __future__ import annotations

import pytest

from loaders.cards.refresh_schema import ENDINGS
from loaders.formats.read_sheets import Unreadable, read_sheets
from loaders.formats.signatures import (
    ARCHIVE,
    DATABASE,
    DOCUMENT,
    JSON,
    OLD_WORKBOOK,
    PARQUET,
    TEXT,
    WEB_PAGE,
    kind_by_ending,
    kind_of,
)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PAR1\x15\x04", PARQUET),
        (b"PK\x03\x04", ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1", OLD_WORKBOOK),
        (b"SQLite format 3\0", DATABASE),
        (b"%PDF-1.7", DOCUMENT),
        (b"\n<!DOCTYPE html>", WEB_PAGE),
        (b"\xef\xbb\xbf<?xml version", WEB_PAGE),
        (b'\xef\xbb\xbf{ "a": 1}', JSON),
        (b"[\n {", JSON),
        (b"[[1", JSON),
        (b"{}", JSON),
        (b"area,count\n", TEXT),
        (b"[c],3\n", TEXT),
        (b"<5,3\n", TEXT),
        (b"", ""),
    ],
)
def test_the_first_bytes_tell_the_kind(start, kind, tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(start)
    assert kind_of(path) == kind


@pytest.mark.parametrize(("format", "ending"), ENDINGS.items())
def test_every_format_that_a_card_may_ask_for_has_a_kind(format, ending):
    expected = {".json": JSON, ".xlsx": ARCHIVE, ".ods": ARCHIVE, ".parquet": PARQUET}.get(ending, TEXT)
    assert kind_by_ending(ending) == kind_by_ending(f"COUNTS{ending.upper()}") == expected


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"<html>moved</html>", "a web page"),
        (b"%PDF-1.7\n1,2\n", "a PDF"),
        (b"SQLite format 3\0" + bytes(100), "a database"),
        (b"", "empty"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(start, said, tmp_path):
    path = tmp_path / "counts.csv"
    path.write_bytes(start)
    with pytest.raises(Unreadable, match=said):
        read_sheets(path)
