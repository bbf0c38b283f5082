"""Reads the explanations that stand around a table, under or over it, and the marks that they explain."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from loaders.period_formats import month_names

_EXPLAINED = re.compile(
    r"(?P<mark>[*†‡§#^~]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|[a-z]{1,2}(?=\s*[=:：–-])|\[[^\[\]]{1,9}\])\s*[=:：–-]?\s*(?P<words>\S.*)"
)
_QUOTED = re.compile(
    r"[「“\"'‘](?P<mark>[^「」“”\"'‘’\s]{1,3})[」”\"'’]\s*"
    r"(?:は|=|:|：|stands for|means|表示|为|은|는)\s*(?P<words>[^、，,;；。\n]+)"
)
_LISTED = re.compile(r"(?:^|[;,；，:：]\s*)(?P<mark>[-–—./…:*X]{1,3})\s*[=＝]\s*(?P<words>[^;；,，]+)")
_REFERENCE = re.compile(r"\[note \d{1,2}\]", re.IGNORECASE)
_SCALES = {"千": 1000, "万": 10_000, "萬": 10_000, "百万": 10**6, "亿": 10**8, "億": 10**8, "천": 1000, "만": 10_000}
_SCALES |= {"thousands": 1000, "millions": 10**6}
_SCALED = re.compile(
    r"(?:单位|單位|単位|단위)\s*[:：]\s*(百万|[千万萬亿億천만])|\bin (thousands|millions)\b", re.IGNORECASE
)
_NOTE = re.compile(r"(?P<mark>note \d{1,2})\s*[.:：–-]\s*(?P<words>\S.*)", re.IGNORECASE)

_UNTIL = re.compile(
    r"\b(?:to|until|till|through|up to|bis|jusqu\w*|au|hasta|até|al|tot|t/m)\b|[-–—~～]|至|截[至止]|まで|까지",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH_NUMBER = re.compile(r"(\d{1,2})\s*[月월]")


def explained(texts: Iterable[str]) -> dict[str, str]:
    """Mark → the words that explain it, for every line of the form ``b = break in series``, ``* 修订数``,
    ``「X」は秘匿、「-」は該当なし``, ``/ = keine Angabe; – = nichts`` or ``Note 3: …``.
    """
    meanings: dict[str, str] = {}
    for line in (line.strip() for text in texts for line in text.splitlines()):
        if note := _NOTE.fullmatch(line):
            meanings.setdefault(f"[{note['mark'].casefold()}]", note["words"].strip())
        elif several := [*_QUOTED.finditer(line), *_LISTED.finditer(line)]:
            meanings |= {mark["mark"]: mark["words"].strip() for mark in several if mark["mark"] not in meanings}
        elif mark := _EXPLAINED.fullmatch(line):
            meanings.setdefault(mark["mark"], mark["words"].strip())
    return meanings


def notes_of(texts: Iterable[str], around: Iterable[str]) -> list[str]:
    """The notes that titles, headings and names refer to, each once: its words where they stand ``around`` the table,
    else its marker.
    """
    legend = explained(around)
    markers = dict.fromkeys(marker for text in texts for marker in _REFERENCE.findall(text))
    return [f"{marker} {legend.get(marker.casefold(), '')}".strip() for marker in markers]


def part_doubts(periods: Iterable[str], around: Iterable[str]) -> list[str]:
    """A question for each period of which a note tells that it ends before its time: ``2024*``, ``* to September``; or
    ``2023: figures to September`` beside the table, of the latest period that it names.
    """
    around = list(around)
    legend = explained(around)
    named = list(dict.fromkeys(text.strip() for text in periods))
    doubts: dict[str, str] = {}
    for period in named:
        words = next((words for mark, words in legend.items() if period.casefold().endswith(mark)), "")
        if ends_early(words):
            doubts[period] = words
    for line in (line.strip() for text in around for line in text.splitlines()):
        years = {period: year[0] for period in named if (year := _YEAR.search(period)) and year[0] in line}
        period = max(years, key=years.__getitem__, default="")
        if period and period not in doubts and ends_early(line):
            doubts[period] = line
    return [
        f"'{period}' may be a part of its period: '{words}'. Ask the publisher; if it is one, withhold it in "
        "[[cells]] with status x, or name the period that it is in 'period_format'."
        for period, words in doubts.items()
    ]


def ends_early(words: str) -> bool:
    """Do words speak of a stretch of time that ends before a year does, such as ``to September``?"""
    return _last_month(words) not in (0, 12)


def _last_month(words: str) -> int:
    """The month until which a stretch of time goes that a note speaks of; 0 where it speaks of none."""
    until = _UNTIL.search(words)
    if not until:
        return 0
    numbers = [int(number) for number in _MONTH_NUMBER.findall(words)]
    plain = re.findall(r"[^\W\d_]+", words[until.start() :].casefold())
    named = [number for word in plain for number in _numbers_of(word)]
    return (numbers or named or [0])[-1]


def _numbers_of(word: str) -> list[int]:
    """The number of the month that a word names in some language, in whole or by its first three letters; [] for
    others."""
    numbers = (
        number
        for names in month_names()
        for number, name in enumerate(names, 1)
        if word == name or (len(word) == 3 and word.isascii() and name.startswith(word))
    )
    return [number] if (number := next(numbers, 0)) else []


def scale_of(texts: Iterable[str]) -> int:
    """By what figures are to be multiplied when a line such as ``单位：万起`` or ``in thousands`` stands beside the
    table; 1 without one.
    """
    scaled = next((match for text in texts if (match := _SCALED.search(text))), None)
    return _SCALES[next(word for word in scaled.groups() if word).casefold()] if scaled else 1


def status_of(words: str) -> str:
    """The status that the words of an explanation speak of; '' for a footnote that says nothing of the figure's
    standing.
    """
    plain = words.casefold()
    return next((status for status, some in _words().items() if any(word in plain for word in some)), "")


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("mark_words.toml").read_text(encoding="utf-8"))
