"""Reads the elements of a workbook's parts one by one, and the records in its pivot caches."""

from __future__ import annotations

from loaders.formats.workbooks.workbook_xml import bare


class Elements:
    """The attributes and texts of every element of the names wanted, and all texts."""

    def __init__(self, *wanted: str):
        self.texts: list[str] = []
        self._wanted, self._open, self._elements = wanted, [], []

    def of(self, name: str) -> list[tuple[dict, str]]:
        return [(attributes, "".join(texts)) for element, attributes, texts in self._elements if element == name]

    def start(self, name: str, attributes: dict) -> None:
        self._open.append((bare(name), attributes, []))
        if bare(name) in self._wanted:
            self._elements.append(self._open[-1])

    def end(self, _name: str) -> None:
        text = "".join(self._open.pop()[2]).strip()
        if text:
            self.texts.append(text)

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)


class PivotFields:
    """The fields of a pivot cache: each heading with the values that its rows share by number."""

    def __init__(self):
        self.fields: list[tuple[str, list[str]]] = []

    def start(self, name: str, attributes: dict) -> None:
        if bare(name) == "cacheField":
            self.fields.append((attributes.get("name", ""), []))
        elif self.fields and bare(name) in ("s", "n", "d", "b", "e", "m"):
            self.fields[-1][1].append(attributes.get("v", ""))

    def end(self, _name: str) -> None:
        pass

    def text(self, _text: str) -> None:
        pass


class PivotRows:
    """The rows of a pivot cache as texts."""

    def __init__(self, shared: list[list[str]]):
        self.rows: list[list[str]] = []
        self._shared = shared

    def start(self, name: str, attributes: dict) -> None:
        name, value = bare(name), attributes.get("v", "")
        if name == "r":
            self.rows.append([])
        elif self.rows and name == "x":
            texts = self._shared[len(self.rows[-1])] if len(self.rows[-1]) < len(self._shared) else []
            self.rows[-1].append(texts[int(value)] if value.isdigit() and int(value) < len(texts) else "")
        elif self.rows and name in ("s", "n", "d", "b", "e", "m"):
            self.rows[-1].append(value)

    def end(self, _name: str) -> None:
        pass

    def text(self, _text: str) -> None:
        pass
