"""Guesses from the texts of a table how its publisher writes periods, numbers and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

from language import REQUIRED
from loaders.draft.tables.legend import status_of
from loaders.formats.numbers import Notation, notation_of, proofs
from loaders.statuses import WITHOUT_VALUE
from loaders.tables.cell_values import CellReader

LONGEST_MARK = 4
_NUMBER = re.compile(r"^[-+]?\d[\d.,'’ \u00a0\u202f\u2009]*")
_MARK = re.compile(r"\[[^\[\]]*\]|[*†‡§#^~]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[^\s\[\]*†‡§#^~¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_BEFORE = re.compile(r"^([*†‡§#^~]{1,2})(?=\d)")
_FOOTNOTE = re.compile(r"\[note \d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[†‡§#]+", re.IGNORECASE)
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
    "b": "b",
    "c": "c",
    "*": "c",
    "**": "c",
    "z": "z",
    "p": "p",
    "r": "r",
    "e": "e",
    "k": "k",
    "u": "u",
    "^": "u",
    "~": "e",
    "np": "x",
    "n.p.": "x",
    "nd": "x",
    "n.d.": "x",
    "k.a.": "x",
    "k. a.": "x",
}


def number_signs(texts: Iterable[str]) -> dict[str, str]:
    """``thousands`` and ``decimal`` of the card, where numbers are not written plainly."""
    notation, _ = notation_of(proofs(pa.array(texts, pa.string())))
    signs = {"decimal": notation.decimal, "thousands": notation.thousands}
    return {word: sign for word, sign in signs.items() if sign != Notation()._asdict()[word]}


Meaning = str | int | dict[str, str]


def marks_in_doubt(meanings: dict[str, Meaning], legend: dict[str, str]) -> list[str]:
    """A question for each mark that publishers use for what is hidden and for what was never there, where none says
    which: letters such as X, and brackets or strokes with nothing between.
    """
    return [
        f"'{mark}' in the cells may say that a figure is withheld (c) or that there is none (x): "
        "ask the publisher, and say it in 'marks' of [table]."
        for mark, status in meanings.items()
        if status in WITHOUT_VALUE and (mark.casefold() == "x" or mark.casefold() not in MEANINGS)
        if not mark.startswith("<") and not {mark, mark.casefold()} & {*legend}
    ]


def status_marks(texts: Iterable[str], legend: dict[str, str]) -> dict[str, Meaning]:
    """What is usually meant by the texts of a column of statuses that are no letters of a list: ``..`` is not
    available.

    What nobody explains is left out: it is named when the table is read.
    """
    unknown = [text for text in map(str.strip, texts) if text and CellReader({}).flag(text) is None]
    meanings = {text: status_of(legend[text]) if text in legend else MEANINGS.get(text.casefold()) for text in unknown}
    return {text: "x" if status == 0 else status for text, status in meanings.items() if status is not None}


def marks(texts: Iterable[str], words: dict, legend: dict[str, str], flags: bool = False) -> dict[str, Meaning]:
    """Every mark in the cells that only a card can explain, with what it means.

    ``words``: the signs of the numbers; ``legend``: mark → how the publisher explains it beside the table; what stands
    in no legend
    is taken for what it usually means. A dash means zero where the table writes no 0; where it does, the dash is
    something else.
    """
    texts, read = list(texts), CellReader(words, flags)
    zeros = any(text.strip() == "0" for text in texts)
    meanings: dict[str, Meaning] = {}
    for text in map(str.strip, texts):
        if not text or not read.read(text).wrong:
            continue
        number = _BEFORE.sub("", text)
        rest = text[: -len(number)] + _NUMBER.sub("", number).strip() if number[0].isdigit() else text
        signs_only = len(text) <= LONGEST_MARK and not any(map(str.isalnum, text))
        for mark in [text] if signs_only else _MARK.findall(rest):
            alone = mark == text
            known = MEANINGS.get(mark.casefold())
            if mark in legend or mark.casefold() in legend:
                explanation = legend.get(mark) or legend[mark.casefold()]
                status = status_of(explanation) or (known if alone and known is not None else "")
                meanings[mark] = {"status": status, **dict.fromkeys(REQUIRED, explanation)} if status != 0 else 0
            elif mark in read.marks:
                continue
            elif _FOOTNOTE.fullmatch(mark) and not alone:
                meanings[mark] = ""
            elif known is not None and (alone or isinstance(known, str)):
                meanings[mark] = "u" if mark.startswith("*") and not alone else "x" if known == 0 and zeros else known
            elif alone and len(mark) <= (3 if mark.isalpha() else LONGEST_MARK):  # a longer word is no mark
                meanings[mark] = "c" if mark.startswith("<") else "x"
    return meanings
