"""An OpenDocument sheet, walked element by element for what its library does not tell (see ``beneath.py``)."""

from __future__ import annotations

import zipfile

from loaders.formats.sheet import Unreadable
from loaders.formats.workbooks.workbook_xml import RAISED, Beneath, bare, walk

REPEATED = 10_000  # cells that are written as one and need a word: an error, a raised figure


def of_open_document(archive: zipfile.ZipFile) -> dict[str, Beneath]:
    """Sheet name → what stands beneath it. Raises Unreadable, and expat's error for what is no XML."""
    return walk(archive, "content.xml", _OpenDocument()).sheets


class _OpenDocument:
    """The sheets of ``content.xml``. Rows and cells may be written once and repeated."""

    def __init__(self):
        self.sheets: dict[str, Beneath] = {}
        self._raised: set[str] = set()
        self._style, self._row, self._column, self._rows, self._columns = "", 0, 0, 1, 1
        self._cell: dict = {}
        self._spans: list[bool] = []
        self._depth = self._lines = self._notes = 0
        self._said, self._up = "", False

    @property
    def _sheet(self) -> Beneath:
        return self.sheets[next(reversed(self.sheets))]

    def start(self, name: str, attributes: dict) -> None:
        name, said = bare(name), {bare(key): text for key, text in attributes.items()}
        if name == "style":
            self._style = said.get("name", "")
        elif name == "text-properties" and said.get("text-position", "").startswith(("super", "+")):
            self._raised.add(self._style)
        elif name == "table":
            self.sheets[said.get("name", "")] = Beneath()
            self._row = 0
        elif name == "table-row":
            self._rows, self._column = int(said.get("number-rows-repeated", 1)), 0
        elif name in ("table-cell", "covered-table-cell"):
            self._begin(said)
        elif name == "annotation":
            self._notes += 1
        elif name == "p" and not self._notes:
            self._said += "\n" if self._lines else ""
            self._lines += 1
        elif name == "span":
            self._spans.append(said.get("style-name") in self._raised)

    def _begin(self, said: dict) -> None:
        self._cell, self._said, self._lines, self._up, self._spans = said, "", 0, False, []
        self._columns = int(said.get("number-columns-repeated", 1))

    def end(self, name: str) -> None:
        name = bare(name)
        if name == "table-row":
            self._row += self._rows
        elif name == "annotation":
            self._notes -= 1
        elif name == "span":
            self._spans.pop()
        elif name in ("table-cell", "covered-table-cell"):
            self._finish()
            self._column += self._columns

    def text(self, text: str) -> None:
        if self._lines and not self._notes:
            up = any(self._spans)
            self._said += text.translate(RAISED) if up else text
            self._up |= up

    def _finish(self) -> None:
        if not (self._said or self._cell.get("value-type")):
            return
        self._sheet.reach(self._row + self._rows - 1, self._column + self._columns - 1)
        wide, high = (int(self._cell.get(f"number-{axis}-spanned", 1)) for axis in ("columns", "rows"))
        if wide > 1 or high > 1:
            self._sheet.merged.append((self._row + 1, self._row + high, self._column, self._column + wide - 1))
        if self._up or self._cell.get("value-type") == "error":
            if self._rows * self._columns > REPEATED:
                raise Unreadable("an error or a raised figure stands in thousands of cells")
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + self._columns):
                    self._sheet.texts[row, column] = self._said or "#ERROR"
        self._said = ""
