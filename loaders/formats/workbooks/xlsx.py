"""The sheets of an Excel workbook, for what their library does not tell (see ``beneath.py``).

A sheet as Excel writes it is searched; any other, and one that holds errors or raised figures, is walked element by
element.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from loaders.formats.sheet import Unreadable
from loaders.formats.workbooks.workbook_xml import RAISED, Beneath, bare, walk

_PIECE = 8 << 20
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TAG = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*(?<!/)>')
_TELLING = (b't="e"', b"t='e'", b"vertAlign", b"\0", *(b":c" + end for end in (b" ", b">", b"/", b"\n", b"\r", b"\t")))
_OPENED = tuple(b"<c" + end for end in (b" ", b">", b"/", b"\n", b"\r", b"\t"))
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"


def of_excel(archive: zipfile.ZipFile) -> dict[str, Beneath]:
    """Sheet name → what stands beneath it. Raises Unreadable, and expat's error for what is no XML."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise Unreadable("it is a binary workbook (XLSB) or none: save it as XLSX or CSV")
    raised = _raised(archive) if "xl/sharedStrings.xml" in names else {}
    return {
        name: _of_sheet(archive, member, raised)
        for name, member in _places(archive)
        if member in names and "worksheet" in member
    }


def _places(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the member that holds it."""
    links = walk(archive, "xl/_rels/workbook.xml.rels", _Attributes("Relationship")).found
    targets = {one["Id"]: one["Target"] for one in links if "Id" in one and "Target" in one}
    for one in walk(archive, "xl/workbook.xml", _Attributes("sheet")).found:
        target = targets.get(next((text for key, text in one.items() if key.endswith(":id")), ""), "")
        yield one["name"], target[1:] if target.startswith("/") else str(PurePosixPath("xl", target))


def _raised(archive: zipfile.ZipFile) -> dict[str, str]:
    """The shared texts that hold raised figures, by their number; a workbook without any is not walked."""
    with archive.open("xl/sharedStrings.xml") as file:
        found = any(b"vertAlign" in piece for piece in _pieces(file, b"<"))
    return walk(archive, "xl/sharedStrings.xml", _Strings()).raised if found else {}


def _of_sheet(archive: zipfile.ZipFile, member: str, raised: dict[str, str]) -> Beneath:
    found = Beneath()
    with archive.open(member) as file:
        for piece in _pieces(file, b"<"):
            filled = [] if raised else _FILLED.findall(piece)
            if raised or any(one in piece for one in _TELLING) or not _all_seen(piece, filled):
                return walk(archive, member, _Sheet(raised)).sheet
            if filled:
                column = max(_number(one.decode()) for one in {one.rstrip(_DIGITS) for one in filled})
                found.reach(max(map(int, {one.lstrip(_LETTERS) for one in filled})) - 1, column)
    return found


def _all_seen(piece: bytes, filled: list[bytes]) -> bool:
    """Is every cell of a piece written as Excel does, so that none can have been overlooked?"""
    cells = sum(map(piece.count, _OPENED))
    return len(filled) == cells or len(_TAG.findall(piece)) == cells


def _pieces(file, mark: bytes) -> Iterator[bytes]:
    """A member in pieces that each end before a tag begins."""
    rest = b""
    while piece := file.read(_PIECE):
        rest += piece
        position = rest.rfind(mark)
        yield rest[:position] if position > 0 else b""
        rest = rest[max(position, 0) :]
        if len(rest) > 2 * _PIECE:
            raise Unreadable("a cell of the workbook is longer than any text")
    yield rest


class _Attributes:
    """The attributes of every element of one name."""

    def __init__(self, wanted: str):
        self.wanted, self.found = wanted, []

    def start(self, name: str, attributes: dict) -> None:
        if bare(name) == self.wanted:
            self.found.append(attributes)

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Rich:
    """A text of several runs, some of them raised; phonetic guides are none of it."""

    def __init__(self):
        self.whole, self.any_raised, self._up, self._guide = "", False, False, False

    def start(self, name: str, attributes: dict) -> None:
        if name == "r":
            self._up = False
        elif name == "vertAlign":
            self._up = attributes.get("val") == "superscript"
        elif name == "rPh":
            self._guide = True

    def end(self, name: str) -> None:
        self._guide = self._guide and name != "rPh"

    def text(self, text: str) -> None:
        if not self._guide:
            self.whole += text.translate(RAISED) if self._up else text
            self.any_raised |= self._up


class _Strings:
    """The shared texts of a workbook that hold raised figures, by their number."""

    def __init__(self):
        self.raised: dict[str, str] = {}
        self._number, self._rich, self._inside = -1, _Rich(), False

    def start(self, name: str, attributes: dict) -> None:
        name = bare(name)
        if name == "si":
            self._number, self._rich = self._number + 1, _Rich()
        self._rich.start(name, attributes)
        self._inside = name == "t"

    def end(self, name: str) -> None:
        name, self._inside = bare(name), False
        self._rich.end(name)
        if name == "si" and self._rich.any_raised:
            self.raised[str(self._number)] = self._rich.whole

    def text(self, text: str) -> None:
        if self._inside:
            self._rich.text(text)


class _Sheet:
    """One sheet of an Excel workbook."""

    def __init__(self, raised: dict[str, str]):
        self.sheet, self._raised = Beneath(), raised
        self._row, self._column, self._kind, self._said, self._rich, self._inside = -1, -1, "", "", None, ""

    def start(self, name: str, attributes: dict) -> None:
        name = bare(name)
        if name == "c":
            self._begin(attributes)
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 2)) - 1, -1
        elif name in ("v", "is"):
            self.sheet.reach(self._row, self._column)
            self._rich = _Rich() if name == "is" else None
        if self._rich:
            self._rich.start(name, attributes)
        self._inside = name

    def _begin(self, attributes: dict) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._kind, self._said, self._rich = attributes.get("t", ""), "", None
        self._column += 1
        if place:
            self._row, self._column = int(place[2]) - 1, _number(place[1])

    def end(self, name: str) -> None:
        name, self._inside = bare(name), ""
        if self._rich:
            self._rich.end(name)
        if name != "c":
            return
        if self._kind == "e":
            self.sheet.texts[self._row, self._column] = self._said or "#ERROR"
        elif self._kind == "s" and self._said in self._raised:
            self.sheet.texts[self._row, self._column] = self._raised[self._said]
        elif self._rich and self._rich.any_raised:
            self.sheet.texts[self._row, self._column] = self._rich.whole

    def text(self, text: str) -> None:
        if self._inside == "v" and (self._kind == "e" or (self._raised and self._kind == "s")):
            self._said += text
        elif self._inside == "t" and self._rich:
            self._rich.text(text)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
