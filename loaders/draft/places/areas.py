"""Gathers what the areas are called in the tables, in a list of areas, and in the boundaries."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import numpy as np

from language import REQUIRED, fits_letters
from loaders.formats.numbers import without_notes
from loaders.formats.text_table import Column, TextTable
from loaders.privacy import headings

MOSTLY = 0.8
EVERYTHING = "all"  # the code of all kinds together, which no kind and no area may have


@dataclass
class Named:
    """One area: as the tables write it, with its code, its names by language and its other spellings, as far as a
    file says them.

    ``minted``: the code is ours.
    """

    text: str
    code: str = ""
    names: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    minted: bool = False

    def spellings(self) -> set[str]:
        return {self.text, self.code, *self.names.values(), *self.aliases} - {""}


def name_areas(
    areas: dict[str, str],
    lists: list[TextTable],
    place: str,
    rivals: set[str] = frozenset(),
    called: dict[str, str] | None = None,
) -> list[Named]:
    """Every area of the tables (text → the publisher's code or ''), with what the lists add; codes that nobody gives
    are minted.

    Texts that differ in spaces, hyphens and capitals only are one area, but for ``rivals``; ``called``: text → the name
    of an area that the tables write by its code.
    """
    alike: dict[str, Named] = {}
    for text, code in areas.items():
        area = alike.setdefault(text if text in rivals else headings.squeezed(text) or text, Named(text))
        area.code = area.code or code
        area.aliases += [text] if text != area.text else []
    named = list(alike.values())
    for table in lists:
        _add(named, table)
    for area in named:
        bare = (called or {}).get(area.text) or without_notes(area.text)
        area.names = area.names or (dict.fromkeys(REQUIRED, bare) if bare != area.text else {})
    given = {area.code for area in named}
    nameless = [area for area in named if not area.code]
    coined = codes([without_notes(area.text) for area in nameless], f"{place}_", {place, EVERYTHING, *given})
    minted = {area.text: coined[without_notes(area.text)] for area in nameless}
    for area in named:
        area.minted = not area.code
        area.code = area.code or minted[area.text]
    return named


def shared(texts: set[str], names: set[str]) -> float:
    """The share of the texts that are names, whatever their spaces, hyphens and capitals."""
    plain = set(map(_bare, names))
    return sum(_bare(text) in plain for text in texts) / max(len(texts), 1)


def _bare(text: str) -> str:
    """A name without spaces, hyphens and capitals; a code of digits without the zeros that spreadsheets lose."""
    squeezed = headings.squeezed(text)
    return squeezed.lstrip("0") or squeezed if squeezed.isdigit() else squeezed


def texts_of(table: TextTable) -> set[str]:
    """Every text of a list of areas: what an area may be called."""
    return {text.strip() for column in table.columns for text in column.texts.to_pylist()} - {""}


def _add(named: list[Named], table: TextTable) -> None:
    """What a list says of the areas that one of its columns names."""
    texts = [
        [text.strip() for text in np.array(area.texts.to_pylist(), dtype=object)[area.codes]] for area in table.columns
    ]
    spelt = [[_bare(text) for text in column] for column in texts]
    best = max(spelt, key=lambda bare: sum(_bare(area.text) in set(bare) for area in named))
    if sum(_bare(area.text) in set(best) for area in named) < MOSTLY * len(named):
        return
    languages = [_language(column) for column in table.columns]
    for area in named:
        if _bare(area.text) not in best:
            continue
        row = best.index(_bare(area.text))
        for column, language, cells in zip(table.columns, languages, texts, strict=True):
            if language:
                area.names.setdefault(language, cells[row])
            elif headings.speaks_of(column.heading, "code"):
                area.code = area.code or cells[row]
            elif column.distinct == table.rows and cells[row] != area.text:
                area.aliases.append(cells[row])


def _language(column: Column) -> str:
    """The language in whose letters every text of a column stands; '' for codes, numbers and other languages."""
    scripts = [
        {unicodedata.name(letter, "").split()[0] for letter in text if letter.isalpha()}
        for text in column.texts.to_pylist()
    ]
    coded = headings.speaks_of(column.heading, "code") or column.numeric
    fits = (code for code in REQUIRED if scripts and all(fits_letters(letters, code) for letters in scripts))
    return "" if coded or column.distinct < len(column.codes) else next(fits, "")


def codes(texts: list[str], start: str, taken: set[str] = frozenset()) -> dict[str, str]:
    """A code for every text, none of those taken: the text itself in small letters where it has any, else a number."""
    coded: dict[str, str] = {}
    for number, text in enumerate(texts, 1):
        plain = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") if text.isascii() else ""
        code = plain or f"{start}{number:02d}"
        while code in taken or code in coded.values():
            code = f"{code}_{number}"
        coded[text] = code
    return coded
