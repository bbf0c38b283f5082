"""Guesses from the texts of a table how its publisher writes periods, numbers and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

from loaders.formats.numbers import Notation, notation_of, proofs
from loaders.tables.cell_values import CellReader

MEANINGS = {  # what most publishers mean by a mark; a person asks this one
    "-": 0,
    "–": 0,
    "−": 0,
    "—": 0,
    "nil": 0,
    ".": "x",
    "..": "x",
    "...": "x",
    "…": "x",
    ":": "x",
    "x": "x",
    "na": "x",
    "n/a": "x",
    "c": "c",
    "*": "c",
    "**": "c",
    "z": "z",
    "p": "p",
    "r": "r",
    "e": "e",
    "k": "k",
    "u": "u",
}


def number_signs(texts: Iterable[str]) -> dict[str, str]:
    """``thousands`` and ``decimal`` of the card, where numbers are not written plainly."""
    notation, _ = notation_of(proofs(pa.array(texts, pa.string())))
    signs = {"decimal": notation.decimal, "thousands": notation.thousands}
    return {word: sign for word, sign in signs.items() if sign != Notation()._asdict()[word]}


def marks(texts: Iterable[str], words: dict, flags: bool = False) -> dict[str, str | int]:
    """Every mark in the cells that only a card can explain, with what it usually means; ``words``: the signs of the
    numbers.

    A dash means zero where the table writes no 0; where it does, the dash is something else.
    """
    texts, read = list(texts), CellReader(words, flags)
    zeros = any(text.strip() == "0" for text in texts)
    meanings: dict[str, str | int] = {}
    for text in map(str.strip, texts):
        if text and read.read(text).wrong:
            mark = re.sub(r"^[-+]?\d[\d.,'’ \u00a0\u202f\u2009]*", "", text).strip() if text[0].isdigit() else text
            alone = mark == text
            known = MEANINGS.get(mark.casefold())
            if known is not None and (alone or isinstance(known, str)):
                meanings[mark] = "u" if mark.startswith("*") and not alone else "x" if known == 0 and zeros else known
            elif alone and len(mark) <= (3 if mark.isalpha() else 4):  # a longer word is no mark: the reader names it
                meanings[mark] = "c" if mark.startswith("<") else "x"
    return meanings
