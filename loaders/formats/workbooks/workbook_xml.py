"""What stands in a workbook that the library which reads it does not tell?

How far the cells reach (the library sets aside memory for the whole rectangle), errors of formulas (it gives a blank),
raised figures (it
reads 12¹ as 121) and the joined cells of OpenDocument sheets.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from loaders.formats.sheet import Unreadable

CELLS = 1 << 24  # of the rectangle that holds all filled cells of a sheet: about half a gibibyte
WALKED = 32 << 20  # bytes of a member that is walked element by element: some seconds
RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")


@dataclass
class Beneath:
    """Of one sheet: what to read instead of what the library gives, by row and column from 0, and the joined cells."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    height: int = 0
    width: int = 0

    def reach(self, row: int, column: int) -> None:
        """A filled cell stands there. Raises Unreadable when the sheet spans too much."""
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        if self.height * self.width > CELLS:
            raise Unreadable("a sheet spans more than 16 million cells")


def walk(archive: zipfile.ZipFile, member: str, reader):
    """The reader, after it has seen every element of a member."""
    if archive.getinfo(member).file_size > WALKED:
        raise Unreadable("a sheet is larger than 32 MiB and not as Excel writes it: save it anew as XLSX, or as CSV")
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _no_entities
    with archive.open(member) as file:
        parser.ParseFile(file)
    return reader


def _no_entities(*_):
    raise Unreadable("the workbook defines entities of its own")


def bare(name: str) -> str:
    return name.rpartition(":")[2]
