"""Finds what a workbook does not display: sheets, rows and columns that are hidden, in XLSX and OpenDocument."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.formats.workbooks.workbook_xml import bare, walk

_PIECE = 8 << 20
_HIDDEN = rb'\bhidden\s*=\s*["\'](?:1|true|on)["\']'
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*" + _HIDDEN + rb"[^>]*)(?<!/)>(.*?)</(?:\w+:)?row>", re.DOTALL)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*" + _HIDDEN + rb"[^>]*)>")
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|is)\b")
_LAST_ROW = b"</row>"


@dataclass(frozen=True)
class Hidden:
    """One thing that is not displayed. ``kind``: sheet, rows or columns; ``numbers``: which rows or columns, from 1."""

    kind: str
    sheet: str
    numbers: tuple[int, ...] = ()

    def say(self, language: str) -> str:
        """The finding as a sentence without a stop, in English or Chinese."""
        which = _spans([str(n) for n in self.numbers] if self.kind == "rows" else list(map(_letters, self.numbers)))
        if language == "zh":
            part = {"sheet": "", "rows": f"的第{which}行", "columns": f"的{which}列"}[self.kind]
            return f"工作表“{self.sheet}”{part}被隐藏；未发现涉及个人的内容，请向发布方核实其是否属于发布内容"
        word = {"rows": "row", "columns": "column"}.get(self.kind, "")
        many = len(self.numbers) > 1
        part = f"{word}{'s' if many else ''} {which} of " if word else ""
        verb = "are" if many else "is"
        counted = "what it holds is read like the rest" if word and not many else "what they hold is read like the rest"
        counted = counted if word else "nothing private was found in it"
        return (
            f"{part}sheet '{self.sheet}' {verb} hidden: {counted}; find out whether the publisher meant to publish it"
        )


def _spans(names: list[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def hidden_in_sheet(archive: zipfile.ZipFile, member: str, sheet: str) -> list[Hidden]:
    """The hidden rows that hold something, and the hidden columns, of one sheet of an XLSX file."""
    rows: list[int] = []
    columns: list[int] = []
    for piece in _pieces(archive, member):
        rows += [_attribute(attributes, b"r", 0) for attributes, cells in _ROW.findall(piece) if _FILLED.search(cells)]
        for attributes in _COLUMN.findall(piece):
            first, last = _attribute(attributes, b"min", 1), _attribute(attributes, b"max", 1)
            columns += range(first, min(last, first + 8) + 1) if last < 16_000 else []  # all to the right are blank
    hidden = [Hidden("rows", sheet, tuple(rows))] if rows else []
    return [*hidden, Hidden("columns", sheet, tuple(dict.fromkeys(columns)))] if columns else hidden


def _attribute(attributes: bytes, name: bytes, usual: int) -> int:
    match = re.search(rb"\b" + name + rb"\s*=\s*[\"'](\d+)[\"']", attributes)
    return int(match[1]) if match else usual


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """A member in pieces that end after a row."""
    rest = b""
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            rest += piece
            end = rest.rfind(_LAST_ROW) + len(_LAST_ROW)
            if end >= len(_LAST_ROW):
                yield rest[:end]
                rest = rest[end:]
    yield rest


def hidden_in_open_document(archive: zipfile.ZipFile) -> tuple[list[Hidden], list[str]]:
    """What an OpenDocument workbook hides, and the texts in no cell of it: comments, tracked changes."""
    document = walk(archive, "content.xml", _OpenDocument())
    return document.hidden(), document.texts


class _OpenDocument:
    """Hidden sheets, rows and columns of ``content.xml``; texts outside the cells."""

    def __init__(self):
        self.texts: list[str] = []
        self._styles: set[str] = set()  # of sheets that are not displayed
        self._sheets: dict[str, dict] = {}
        self._style = ""
        self._path: list[str] = []
        self._row, self._rows, self._hides, self._filled = 1, 1, False, False
        self._column = 1

    def hidden(self) -> list[Hidden]:
        hidden = []
        for name, seen in self._sheets.items():
            hidden += [Hidden("sheet", name)] if seen["style"] in self._styles else []
            hidden += [Hidden(kind, name, tuple(seen[kind])) for kind in ("rows", "columns") if seen[kind]]
        return hidden

    def start(self, name: str, attributes: dict) -> None:
        name, said = bare(name), {bare(key): text for key, text in attributes.items()}
        self._path.append(name)
        hides = said.get("visibility") in ("collapse", "filter")
        if name == "style":
            self._style = said.get("name", "")
        elif name == "table-properties" and said.get("display") == "false":
            self._styles.add(self._style)
        elif name == "table":
            self._sheets[said.get("name", "")] = {"style": said.get("style-name", ""), "rows": [], "columns": []}
            self._row = self._column = 1
        elif name == "table-column" and self._sheets:
            many = int(said.get("number-columns-repeated", 1))
            self._sheet["columns"] += range(self._column, self._column + min(many, 8)) if hides and many < 1000 else []
            self._column += many
        elif name == "table-row":
            self._rows, self._hides, self._filled = int(said.get("number-rows-repeated", 1)), hides, False
        elif name == "table-cell" and said.get("value-type"):
            self._filled = True
        elif name in ("named-expression", "named-range"):
            self.texts += [said.get("name", ""), said.get("expression", "")]

    @property
    def _sheet(self) -> dict:
        return self._sheets[next(reversed(self._sheets))]

    def end(self, name: str) -> None:
        self._path.pop()
        if bare(name) == "table-row":
            if self._hides and self._filled and self._sheets:
                self._sheet["rows"] += range(self._row, self._row + min(self._rows, 8))
            self._row += self._rows

    def text(self, text: str) -> None:
        if text.strip() and ("annotation" in self._path or "tracked-changes" in self._path):
            self.texts.append(text.strip())
