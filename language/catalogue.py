"""Which sentences does the site say, and which of them lack a translation? For maintainers; the site only reads the
result."""

from __future__ import annotations

import ast
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from language.settings import LANGUAGES, SPOKEN_IN_CODE
from language.translator import CATALOGUES

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("pages", "layout", "charts", "measures", "routes", "language", "updates")


def sentences_in_code() -> dict[str, list[str]]:
    """Every sentence that the code says with ``say("…")``, with the files where it stands.

    Read from the syntax tree: Babel's own extractor passes over calls inside f-strings (2.18).
    """
    files_of: dict[str, list[str]] = {}
    for folder in FOLDERS:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and _says(node.func)
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    files_of.setdefault(node.args[0].value, []).append(path.relative_to(PROJECT).as_posix())
    return files_of


def _says(function: ast.expr) -> bool:
    return getattr(function, "id", getattr(function, "attr", "")) == "say"


def missing_translations(code: str) -> list[str]:
    """The sentences without a translation into a language."""
    known = {message.id: message.string for message in _read(code)}
    return [text for text in sentences_in_code() if not known.get(text)]


def update(code: str) -> Path:
    """Write the catalogue anew: every sentence that is said, with its translation if there is one; the rest is
    dropped."""
    known = {message.id: message.string for message in _read(code)}
    catalogue = Catalog(locale=LANGUAGES[code].locale, project="Safety in Figures", fuzzy=False)
    for text, places in sorted(sentences_in_code().items(), key=lambda item: item[1][0]):
        catalogue.add(text, known.get(text, ""), locations=[(file, 0) for file in dict.fromkeys(places)])
    path = CATALOGUES / f"{code}.po"
    with path.open("wb") as out:
        write_po(out, catalogue, width=0, omit_header=False, include_lineno=False, sort_by_file=False)
    return path


def _read(code: str):
    path = CATALOGUES / f"{code}.po"
    if not path.exists():
        return []
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def languages() -> list[str]:
    """Languages that need a catalogue: all but English, which stands in the pages."""
    return [code for code in LANGUAGES if code != SPOKEN_IN_CODE]
