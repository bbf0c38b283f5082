"""Gathers what the areas are called in the tables, in a list of areas, and in the boundaries."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import numpy as np

from loaders.formats.text_table import Column, TextTable
from loaders.privacy import headings

MOSTLY = 0.8
SCRIPTS = {
    "zh": ("CJK", ("HANGUL", "HIRAGANA", "KATAKANA")),
    "en": ("LATIN", ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")),
}


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


def name_areas(areas: dict[str, str], lists: list[TextTable], place: str) -> list[Named]:
    """Every area of the tables (text → the publisher's code or ''), with what the lists add; codes that nobody gives
    are made.

    Texts that differ in spaces, hyphens and capitals only are one area.
    """
    alike: dict[str, Named] = {}
    for text, code in areas.items():
        one = alike.setdefault(headings.squeezed(text), Named(text))
        one.code = one.code or code
        one.aliases += [text] if text != one.text else []
    found = list(alike.values())
    for table in lists:
        _add(found, table)
    made = codes([one.text for one in found], f"{place}_")
    for one in found:
        one.minted = not one.code
        one.code = one.code or made[one.text]
    return found


def shared(texts: set[str], names: set[str]) -> float:
    """The share of the texts that are names, whatever their spaces, hyphens and capitals."""
    plain = set(map(headings.squeezed, names))
    return sum(headings.squeezed(one) in plain for one in texts) / max(len(texts), 1)


def texts_of(table: TextTable) -> set[str]:
    """Every text of a list of areas: what an area may be called."""
    return {text.strip() for column in table.columns for text in column.texts.to_pylist()} - {""}


def _add(found: list[Named], table: TextTable) -> None:
    """What a list says of the areas that one of its columns names."""
    texts = [
        [text.strip() for text in np.array(one.texts.to_pylist(), dtype=object)[one.codes]] for one in table.columns
    ]
    best = max(texts, key=lambda some: sum(one.text in set(some) for one in found))
    if sum(one.text in set(best) for one in found) < MOSTLY * len(found):
        return
    languages = [_language(column) for column in table.columns]
    for one in found:
        if one.text not in best:
            continue
        row = best.index(one.text)
        for column, language, cells in zip(table.columns, languages, texts, strict=True):
            if language:
                one.names.setdefault(language, cells[row])
            elif headings.speaks_of(column.heading, "code"):
                one.code = one.code or cells[row]
            elif column.distinct == table.rows and cells[row] != one.text:
                one.aliases.append(cells[row])


def _language(column: Column) -> str:
    """The language in whose letters every text of a column stands; '' for codes, numbers and other languages."""
    there = [
        {unicodedata.name(letter, "").split()[0] for letter in text if letter.isalpha()}
        for text in column.texts.to_pylist()
    ]
    coded = headings.speaks_of(column.heading, "code") or column.numeric
    fits = (
        code
        for code, (own, others) in SCRIPTS.items()
        if there and all(own in one and not one & set(others) for one in there)
    )
    return "" if coded or column.distinct < len(column.codes) else next(fits, "")


def codes(texts: list[str], start: str) -> dict[str, str]:
    """A code for every text: the text itself in small letters where it has any, else a number."""
    made: dict[str, str] = {}
    for number, text in enumerate(texts, 1):
        plain = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") if text.isascii() else ""
        code = plain or f"{start}{number:02d}"
        made[text] = code if code not in made.values() else f"{code}_{number}"
    return made
