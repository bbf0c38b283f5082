"""Guesses from the texts of a table how its publisher writes periods, numbers and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

from loaders import periods
from loaders.formats.numbers import Notation, notation_of, proofs
from loaders.period_formats import period_reader
from loaders.tables.cell_values import CellReader

FORMATS = {
    "year": ["{year}年", "{year}년", "{year}年度"],
    "quarter": [
        "{year} {quarter}/4",
        "{year} Q{quarter}",
        "Q{quarter} {year}",
        "{year}年第{quarter}季度",
        "{year}年{quarter}季度",
        "{year}년 {quarter}분기",
        "{year} {quarter}분기",
        "{year} 第{quarter}季度",
        "{year}年 第{quarter}季度",
        "{year} {quarter}季度",
        "{year}年 {quarter}季度",
    ],
    "half": [
        "{year} H{half}",
        "H{half} {year}",
        "{year}年{half}半年",
        "{year}年{half}",
        "{year} {half}半年",
        "{year}年 {half}半年",
    ],
    "month": [
        "{year}. {month}",
        "{year}.{month}",
        "{year}/{month}",
        "{month}/{year}",
        "{year}年{month}月",
        "{year}년 {month}월",
        "{month_name} {year}",
        "{month_name}-{year}",
        "{month_name}-{short_year}",
        "{month_name} {short_year}",
        "{year} {month_name}",
        "{year} {month}",
        "{year} {month}月",
        "{year}年 {month}月",
        "{year} {month}월",
        "{year}년 {month_name}",
        "{year}年 {month_name}",
        "{year}-{month}-{day}",
        "{year}/{month}/{day}",
        "{day}/{month}/{year}",
        "{day}.{month}.{year}",
        "{year}-{month}-{day} 00:00:00",
    ],
    "week": ["{year} W{week}", "W{week} {year}", "{year}年第{week}周"],
    "year_to_date": [
        "{year}年1-{month}月",
        "{year}年1—{month}月",
        "{year}年1–{month}月",
        "{year}年1至{month}月",
        "{year}年1～{month}月",
    ],
    "fiscal_year": ["{year} - {next}", "FY {year}/{next}"],
}
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


def period_wording(texts: Iterable[str]) -> tuple[str, list[str], list[str]]:
    """Frequency, wordings (none where they are ours) and the texts that they read, each as another period: those that
    read most of them.
    """
    texts = list(dict.fromkeys(texts))
    best: tuple[str, list[str], list[str]] = ("", [], [])
    ways = [
        *((name, "") for name in periods.FREQUENCIES),
        *((name, one) for name, wordings in FORMATS.items() for one in wordings),
    ]
    for frequency, wording in ways:
        best = max(best, _reads(texts, frequency, [wording] if wording else []), key=lambda one: len(one[2]))
    for frequency, wording in ways:
        if wording and best[1] and frequency == best[0] and len(best[2]) < len(texts):
            best = max(best, _reads(texts, frequency, [*best[1], wording]), key=lambda one: len(one[2]))
    return best


def _reads(texts: list[str], frequency: str, wordings: list[str]) -> tuple[str, list[str], list[str]]:
    read = period_reader({"period_format": wordings} if wordings else {}, periods.named(frequency))
    periods_read = {text: read(text) for text in texts}
    known = [text for text in texts if periods_read[text]]
    return (frequency, wordings, known) if len({periods_read[text] for text in known}) == len(known) else ("", [], [])


def number_signs(texts: Iterable[str]) -> dict[str, str]:
    """``thousands`` and ``decimal`` of the card, where numbers are not written plainly."""
    notation, _ = notation_of(proofs(pa.array(texts, pa.string())))
    signs = {"decimal": notation.decimal, "thousands": notation.thousands}
    return {word: sign for word, sign in signs.items() if sign != Notation()._asdict()[word]}


def marks(texts: Iterable[str], words: dict) -> dict[str, str | int]:
    """Every mark in the cells that only a card can explain, with what it usually means; ``words``: the signs of the
    numbers.

    A dash means zero where the table writes no 0; where it does, the dash is something else.
    """
    texts, read = list(texts), CellReader(words)
    zeros = any(text.strip() == "0" for text in texts)
    meanings: dict[str, str | int] = {}
    for text in map(str.strip, texts):
        if text and read.read(text).wrong:
            mark = re.sub(r"^[-+]?\d[\d.,' \u00a0\u202f]*", "", text).strip() if text[0].isdigit() else text
            alone = mark == text
            known = MEANINGS.get(mark.casefold())
            if known is not None and (alone or isinstance(known, str)):
                meanings[mark] = "u" if mark.startswith("*") and not alone else "x" if known == 0 and zeros else known
            elif alone and len(mark) <= (3 if mark.isalpha() else 4):  # a longer word is no mark: the reader names it
                meanings[mark] = "c" if mark.startswith("<") else "x"
    return meanings
