"""Reads a large text file at once by Arrow where it is plain: every row of one width, quotes around whole cells only.

Whatever is not so plain is left to the reader in Python, which gives the same sheet, and the reasons where there is
none.
"""

from __future__ import annotations

import codecs
from csv import reader
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from loaders.formats.sheet import Sheet, from_arrays

FEWEST = 1 << 20  # bytes: a smaller file is read as fast row by row
LONGEST_CELL = 1 << 17  # characters, as in the reader in Python
_PIECE = 1 << 22
_QUOTE, _NUL = 34, 0


def sheets_at_once(path: Path, properties: dict) -> list[Sheet]:
    """The one sheet of a plain file, [] where it is not plain; ``properties``: its ``encoding`` and ``delimiter``."""
    encoding = codecs.lookup(properties["encoding"]).name
    if path.stat().st_size < FEWEST or encoding.startswith("utf-16") or not _is_plain(path, properties["delimiter"]):
        return []
    try:
        columns = _columns(path, properties["delimiter"], encoding.removesuffix("-sig"))
    except (pa.ArrowInvalid, UnicodeError):
        return []
    if not columns or any(pc.max(pc.utf8_length(column.dictionary)).as_py() > LONGEST_CELL for column in columns):
        return []
    filled = np.flatnonzero(~np.logical_and.reduce([_blank(column) for column in columns]))
    if not len(filled):
        return []
    if len(filled) < len(columns[0]):
        columns = [column.take(pa.array(filled)) for column in columns]
    return [from_arrays([columns], filled + 1, np.full(len(filled), len(columns)), properties)]


def _is_plain(path: Path, delimiter: str) -> bool:
    """Does every quote open a cell or close it, and none stand within one?"""
    ends = np.frombuffer(f"\r\n{delimiter}".encode(), np.uint8)
    opened, before = True, b"\n"  # the last letter of a piece is never a quote, unless it ends the file
    with path.open("rb") as file:
        while piece := file.read(_PIECE) + file.readline():
            letters = np.frombuffer(before + piece + b"\n", np.uint8)
            before = piece[-1:]
            quotes = np.flatnonzero(letters == _QUOTE)
            if (letters == _NUL).any() or (letters[quotes + 1] == _QUOTE).any():
                return False
            first, second = (quotes[::2], quotes[1::2]) if opened else (quotes[1::2], quotes[::2])
            if not np.isin(letters[first - 1], ends).all() or not np.isin(letters[second + 1], ends).all():
                return False
            opened ^= bool(len(quotes) % 2)
    return opened


def _columns(path: Path, delimiter: str, encoding: str) -> list[pa.DictionaryArray]:
    """The columns, each text once. Raises ArrowInvalid where rows have not one width."""
    with path.open(encoding=encoding, newline="") as file:
        width = len(next(reader(file, delimiter=delimiter, strict=True), []))
    kinds = {f"f{number}": pa.dictionary(pa.int32(), pa.string()) for number in range(width)}
    table = csv.read_csv(
        path,
        csv.ReadOptions(autogenerate_column_names=True, encoding=encoding, block_size=_PIECE),
        csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False, newlines_in_values=True),
        csv.ConvertOptions(column_types=kinds, strings_can_be_null=False),
    )
    whole = (column.unify_dictionaries().combine_chunks() for column in table.columns)
    return [column.chunk(0) if isinstance(column, pa.ChunkedArray) else column for column in whole]


def _blank(column: pa.DictionaryArray) -> np.ndarray:
    blank = np.asarray(pc.equal(pc.utf8_trim_whitespace(column.dictionary), ""))
    return blank[column.indices.to_numpy(zero_copy_only=False)]
