"""An extract as a workbook (XLSX): the figures, what to know of them, and what each column holds, on a sheet each.

It holds no formula: a text that begins as one stays a text. It is written as it is read, a sheet's rows as numbers and
as numbers of texts; up to so many texts are held, later ones stand in their cells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.compute as pc

from language import LANGUAGES, translator
from routes.extracts.columns import DATES, meaning
from routes.extracts.pieces import PIECE, Sink, sized_pieces
from routes.extracts.workbook_parts import BOLD, DAY, MAIN, PARTS, TEXT

NOT_TOLD = ("sha256",)  # a long number that no person reads; programs find it in the other formats
HELD = 100_000  # texts that are held until the end, where they are written once each
LONGEST = 32_767  # characters of a cell, which no program reads more of
_FIRST_DAY, _SURE = date(1899, 12, 30), date(1900, 3, 1)  # of the programs' calendar; it has a day too much before this
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def as_xlsx(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """Rows as the sheet 'data', what the head says as 'notes', and the meaning of every column as 'columns'."""
    out = Sink()
    with ZipFile(out, "w") as archive:
        book = _Book(archive)
        for name, text in PARTS.items():
            book.write(name, text)
        names: list[str] = []
        for _ in book.sheet(1, _noted(tables, names)):
            yield from out.taken(PIECE)
        for number, table in ((2, notes_of(head)), (3, _meanings(names))):
            for _ in book.sheet(number, iter([table])):
                yield from out.taken(PIECE)
        for _ in book.texts():
            yield from out.taken(PIECE)
    yield from out.taken()


def _noted(tables: Iterator[pa.Table], names: list[str]) -> Iterator[pa.Table]:
    """The tables as they are; the names of their columns are written down."""
    for table in tables:
        names[:] = table.column_names
        yield table


def notes_of(head: dict) -> pa.Table:
    """Everything that the head says; one row = one text: where it stands in the head, what needs no language, and the
    words in every language.
    """
    rows = list(_told("", head))
    columns = {"subject": [row[0] for row in rows], "value": [row[1] for row in rows]}
    return pa.table(columns | {code: [row[2].get(code, "") for row in rows] for code in LANGUAGES})


def _told(subject: str, entry) -> Iterator[tuple[str, str, dict]]:
    """``said`` as rows, in order; a list's entries are known by their code, id or number (from 0, as in reasons)."""
    if isinstance(entry, dict):
        words = {code: entry[code] for code in LANGUAGES if isinstance(entry.get(code), str)}
        if any(words.values()):
            yield subject, "", words
        for name, value in entry.items():
            if name not in words and name not in NOT_TOLD:
                yield from _told(f"{subject}.{name}".strip("."), value)
    elif isinstance(entry, list | tuple):
        for number, value in enumerate(entry):
            known = value.get("code") or value.get("id") if isinstance(value, dict) else None
            yield from _told(f"{subject}.{known or number}", value)
    elif entry not in (None, ""):
        yield subject, json.dumps(entry) if isinstance(entry, bool) else str(entry), {}


def _meanings(names: list[str]) -> pa.Table:
    words = {code: [meaning(name, translator(code)) for name in names] for code in LANGUAGES}
    return pa.table(
        {"column": pa.array(names, pa.string())} | {code: pa.array(words[code], pa.string()) for code in words}
    )


class _Book:
    """A workbook that is being written: its sheets, then the texts of their cells."""

    def __init__(self, archive: ZipFile):
        self._archive, self._numbers = archive, dict[str, int]()

    def write(self, name: str, text: str) -> None:
        """A whole part of the workbook."""
        with self._part(name) as part:
            part.write(_HEAD + text.encode())

    def _part(self, name: str):
        entry = ZipInfo(name)  # of no day: the same extract is the same bytes
        entry.compress_type = ZIP_DEFLATED
        return self._archive.open(entry, "w")

    def sheet(self, number: int, tables: Iterator[pa.Table]) -> Iterator[None]:
        """Write a sheet, a piece at each step; its first row holds the headings and stays in sight."""
        with self._part(f"xl/worksheets/sheet{number}.xml") as part:
            part.write(_HEAD + f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'.encode())
            part.write(b'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
            part.write(
                b'</sheetView></sheetViews><sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>'
            )
            headed = False
            for piece in sized_pieces(map(self._in_cells, tables), self._rows):
                if not headed:
                    part.write(self._headings)
                    headed = True
                part.write(piece)
                yield
            part.write(b"</sheetData></worksheet>")

    def texts(self) -> Iterator[None]:
        """Write the texts that the cells of all sheets name by their number."""
        with self._part("xl/sharedStrings.xml") as part:
            part.write(_HEAD + f'<sst xmlns="{MAIN}">'.encode())
            for number, text in enumerate(self._numbers):
                part.write(f'<si><t xml:space="preserve">{_in_xml(text)}</t></si>'.encode())
                if not number % 1000:
                    yield
            part.write(b"</sst>")

    def _in_cells(self, table: pa.Table) -> pa.Table:
        """Every column as cells; a text is made a cell once for all its rows."""
        self._headings = f"<row>{''.join(self._text(name, BOLD) for name in table.column_names)}</row>".encode()
        return pa.table({name: self._cells(name, table[name].combine_chunks()) for name in table.column_names})

    def _cells(self, name: str, column: pa.Array) -> pa.Array:
        kind = column.type
        if pa.types.is_boolean(kind):
            return _valued('<c t="b"><v>', pc.cast(pc.cast(column, pa.int8()), pa.string()))
        if pa.types.is_floating(kind):
            return _valued("<c><v>", pc.cast(pc.if_else(pc.is_finite(column), column, None), pa.string()))
        if pa.types.is_integer(kind):
            return _valued("<c><v>", pc.cast(column, pa.string()))
        if pa.types.is_null(kind):
            return pa.array(["<c/>"] * len(column), pa.string())
        coded = column if pa.types.is_dictionary(kind) else column.dictionary_encode()
        make = self._day if name in DATES else self._text
        cells = [make(text) for text in coded.dictionary.to_pylist()]
        return pa.DictionaryArray.from_arrays(
            coded.indices.fill_null(len(cells)), pa.array([*cells, "<c/>"], pa.string())
        )

    def _text(self, text: str | None, style: int = 0) -> str:
        if not text:
            return "<c/>"
        text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        style = style or (TEXT if text.startswith(_BEGINS_A_FORMULA) else 0)
        styled = f' s="{style}"' if style else ""
        number = self._numbers.get(text)
        if number is None and len(self._numbers) < HELD:
            number = self._numbers[text] = len(self._numbers)
        if number is None:
            return f'<c t="inlineStr"{styled}><is><t xml:space="preserve">{_in_xml(text)}</t></is></c>'
        return f'<c t="s"{styled}><v>{number}</v></c>'

    def _day(self, text: str | None) -> str:
        """A day as the programs count days, so that they can sort and group by it."""
        try:
            day = date.fromisoformat(text or "")
        except ValueError:
            return self._text(text)
        return f'<c s="{DAY}"><v>{(day - _FIRST_DAY).days}</v></c>' if day >= _SURE else self._text(text)

    def _rows(self, table: pa.Table) -> bytes:
        if not table.num_rows:
            return b""
        columns = [table[name].combine_chunks() for name in table.column_names]
        plain = [
            column.dictionary.take(column.indices) if pa.types.is_dictionary(column.type) else column
            for column in columns
        ]
        lines = pc.binary_join_element_wise("<row>", *plain, "</row>", "")
        joined = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(lines)], pa.int32()), lines), "")
        return joined[0].as_buffer().to_pybytes()


def _valued(opening: str, texts: pa.Array) -> pa.Array:
    return pc.fill_null(pc.binary_join_element_wise(opening, texts, "</v></c>", ""), "<c/>")


def _in_xml(text: str) -> str:
    """A text as XML holds it; what XML cannot hold is written by its number, as the format has it."""
    return escape(_NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text))
