"""CSV and TSV in any usual encoding and with any usual delimiter.

In Eurostat's TSV the first column holds the codes of all dimensions but one (``freq,unit,geo\TIME_PERIOD``): each
becomes a column of its own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from loaders.formats.sheet import Sheet, Unreadable, sheet_of
from loaders.formats.text.encoding import delimiter_of, guess_encoding
from loaders.formats.text.plain_text import sheets_at_once

LONGEST = 1 << 20  # bytes of a line; a longer one is no row of a table
_PIECE = 1 << 22
_LINE_FEED, _RETURN = 10, 13
_SEVERAL = re.compile(r"\w+(,\w+)*\\\w+")


def sheets(path: Path, words: dict) -> list[Sheet]:
    """The one table of a text file; ``words`` may say ``encoding`` and ``delimiter``, else the bytes decide."""
    _refuse_long_lines(path)
    encoding = words.get("encoding") or guess_encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            head = file.read(200_000).lstrip("\ufeff").replace("\x00", "")
            mark = words.get("delimiter") or delimiter_of(head)
            file.seek(0)
            properties = {"format": "CSV", "encoding": encoding, "delimiter": mark}
            at_once = [] if "\\" in head.partition(mark)[0] else sheets_at_once(path, properties)
            return at_once or [sheet_of(_taken_apart(_rows(file, mark), properties), properties)]
    except (UnicodeError, LookupError, csv.Error) as error:  # the error may hold a cell: neither said nor chained
        raise Unreadable(f"it is no text of rows and cells in {encoding} ({type(error).__name__})") from None


def _rows(file, mark: str):
    """The rows; a mark of byte order before the first cell is none of its text."""
    for number, row in enumerate(csv.reader(file, delimiter=mark, strict=True)):
        if not number and row:
            row[0] = row[0].lstrip("\ufeff")
        yield row


def _taken_apart(rows: Iterator[list[str]], properties: dict) -> Iterator[list[str]]:
    """Eurostat's rows with a column for each dimension; all others as they are. A row with another number of codes
    keeps another width.

    ``found`` learns that letters behind the numbers are flags.
    """
    first = next(rows, [])
    several = bool(first) and _SEVERAL.fullmatch(first[0].strip())
    if not several:
        yield first
        yield from rows
        return
    properties["flags"] = "Eurostat"
    yield [*first[0].partition("\\")[0].strip().split(","), *first[1:]]
    for row in rows:
        yield [*row[0].strip().split(","), *row[1:]] if row else row


def _refuse_long_lines(path: Path) -> None:
    since = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            letters = np.frombuffer(piece, np.uint8)
            ends = np.flatnonzero((letters == _LINE_FEED) | (letters == _RETURN))
            first, last = (int(ends[0]), int(ends[-1])) if len(ends) else (len(piece), -1)
            if since + first > LONGEST or (
                len(ends) and max(np.diff(ends).max(initial=0), len(piece) - last) > LONGEST
            ):
                raise Unreadable("a line is longer than any row of a table")
            since = since + len(piece) if last < 0 else len(piece) - last - 1
