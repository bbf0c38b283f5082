"""The wordings in which publishers print periods, and which of them a table uses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from loaders import periods
from loaders.formats.numbers import without_notes
from loaders.period_formats import month_names, period_reader, shape, without_midnight

_WORDINGS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
WORDINGS: dict[str, list[str]] = _WORDINGS["printed"]
NAMED: dict[str, list[str]] = _WORDINGS["named"]  # only where a heading says that these are periods
_OURS = {"year": "{year}", "month": "{year}-{month}", "quarter": "{year}-Q{quarter}", "fiscal_year": "{year}/{next}"}
_MINGUO = re.compile(r"1[0-4]\d年(?:\d{1,2}月)?")  # a year of the Republic of China: no span lasts so long
_FIVE = re.compile(r"1[0-4]\d(?:0[1-9]|1[0-2])")  # 11203, the third month of 112: 0101 is a code
_YEARLY = re.compile(r"\d|元")  # what a text without this says is no period
EARLIEST, LATEST = "1600", "2299"  # 1402 is a year of the Persian calendar, 2566 one of the Buddhist era
_SAMPLE = 200  # texts at the beginning among which a wording must read one
_ANY_WORD = r"[a-z\x{80}-\x{10ffff}]+\.?"  # for Arrow
_COARSE = {  # parts of the wordings as the gate recognises them: days stay days for it
    "year": r"(?:19|20)\d\d",
    "short_year": r"\d\d",
    "next": r"(?:(?:19|20)?\d\d)",
    "era": r"(?:明治|大正|昭和|平成|令和|民國|民国) ?(?:元|\d{1,3})",
    "minguo": r"1[0-4]\d",
    "month": r"(?:0?[1-9]|1[0-2])",
    "day": r"\d{1,2}",
    "first_day": r"\d{1,2}",
    "last_day": r"\d{1,2}",
    "buddhist": r"2[45]\d\d",
    "quarter": "(?:iv|i{1,3}|[1-4一二三四])",
    "half": "(?:i{1,2}|[12一二上下])",
    "week": r"(?:0?[1-9]|[1-4]\d|5[0-3])",
}


def period_wording(texts: Iterable[str], named: bool = False) -> tuple[str, list[str], list[str]]:
    """Frequency, wordings (none where they are ours) and the texts that they read, each as another period: those that
    read most of them.

    The frequency has its month where years do not begin as usual (``fiscal_year-07``). ``named``: a heading says that
    these are periods.
    """
    texts = list(dict.fromkeys(texts))
    if not any(map(_YEARLY.search, texts)):
        return "", [], []
    named = named or any(map(_MINGUO.fullmatch, texts))
    noted = {text: bare for text in texts if (bare := without_notes(text)) != text}
    if noted:
        return _with_notes(texts, noted, named)
    ways = [way for way in _ways(named) if _reads(texts[:_SAMPLE], *way)[2]]
    if not all(map(_FIVE.fullmatch, texts)):
        ways = [way for way in ways if way[1] != ["{minguo}{month}"]]
    best: tuple[str, list[str], list[str]] = ("", [], [])
    for frequency, wordings in ways:
        best = max(best, _reads(texts, frequency, wordings), key=lambda read: len(read[2]))
    for frequency, wordings in ways:
        if wordings and best[1] and frequency == best[0] and len(best[2]) < len(texts):
            best = max(best, _reads(texts, frequency, [*best[1], *wordings]), key=lambda read: len(read[2]))
    return ("year", *best[1:]) if best[0] == "month" and _are_ends_of_years(*best[1:]) else best


def _are_ends_of_years(wordings: list[str], texts: list[str]) -> bool:
    """Are days the first, or the last, of several years? They stand for the years: 31.12.2021, 2021-01-01T00:00."""
    days = {
        (int(match["month"]), int(match["day"]))
        for text in texts
        for match in [
            next(filter(None, (shape(wording).fullmatch(without_midnight(text)) for wording in wordings)), None)
        ]
        if match and "day" in match.groupdict()
    }
    return len(texts) > 1 and days in ({(1, 1)}, {(12, 31)})


def _with_notes(texts: list[str], noted: dict[str, str], named: bool) -> tuple[str, list[str], list[str]]:
    """As ``period_wording``, where markers of notes stand behind some texts: each marker belongs to a wording of its
    own.
    """
    frequency, wordings, known = period_wording([noted.get(text, text) for text in texts], named)
    plain = wordings or [word for word in [_OURS.get(frequency)] if word]
    behind = dict.fromkeys(text[len(bare) :] for text, bare in noted.items() if bare in known)
    if not behind or not plain:
        return frequency, wordings, [text for text in texts if text in known]
    every = [*plain, *(f"{wording}{marker}" for marker in behind for wording in plain)]
    return _reads(texts, frequency, every)


@cache
def _ways(named: bool) -> tuple[tuple[str, list[str]], ...]:
    """Every frequency with none or one of its wordings; a year that may end in any month is tried with each."""
    wordings = [(name, wording) for name, some in WORDINGS.items() for wording in some]
    wordings += [(name, wording) for name, some in NAMED.items() for wording in some] if named else []
    ways = [(name, []) for name in periods.FREQUENCIES]
    for name, wording in wordings:
        ends = name == "fiscal_year" and "{end_month}" in wording
        ways += [(f"{name}-{month:02d}", [wording]) for month in range(2, 13)] if ends else [(name, [wording])]
    return tuple(ways)


def _reads(texts: list[str], frequency: str, wordings: list[str]) -> tuple[str, list[str], list[str]]:
    base = frequency.partition("-")[0]
    whole = frequency if frequency != base else periods.named(base)
    read = period_reader({"period_format": wordings} if wordings else {}, whole)
    periods_read = {text: read(text) for text in texts if _YEARLY.search(text)}
    known = [text for text, period in periods_read.items() if period]
    if base == "year" and not wordings and any(not EARLIEST <= periods_read[text] <= LATEST for text in known):
        return "", [], []  # no year that is counted in the usual way
    if len({periods_read[text] for text in known}) < len(known):
        return "", [], []
    return base if whole == periods.named(base) else whole, wordings, known


@cache
def _coarse() -> re.Pattern:
    """Every wording without days in one pattern."""
    names = {name.casefold() for months in month_names() for name in months}
    names |= {name[:length] for name in names for length in (3, 4)}
    return re.compile(_all_shapes(rf"(?:{'|'.join(sorted(names, key=len, reverse=True))})\.?"))


def _all_shapes(month_name: str) -> str:
    parts = {**_COARSE, "month_name": month_name, "end_month": month_name}
    shapes = [
        "".join(parts[piece] if number % 2 else re.escape(piece.casefold()) for number, piece in enumerate(pieces))
        for some in (*WORDINGS.values(), ["{minguo}年"])
        for wording in some
        if "{day}" not in wording or "end_month" in wording
        for pieces in [re.split(r"\{(\w+)\}", wording)]
    ]
    return "|".join(shapes)


@cache
def sieve_of_periods(more: str = "") -> str:
    """A pattern for Arrow that every text that is like a period matches: any word may be a month. ``more``: further
    shapes; other widths of digits and letters are let through.
    """
    shapes = re.sub(r"\\? \?", r"\\s*", f"{_all_shapes(_ANY_WORD)}|{more}")
    shapes = re.sub(r"\\? ", r"\\s+", shapes)
    other_widths = r"[^\x00-\x7f\pL\pP]|[ºª\x{ff00}-\x{ffef}\x{fe10}-\x{fe6f}]"
    return rf"(?i)^\s*(?:{shapes})(?:\s*(?:\[[^\]]*\]|[*†‡]+))*\s*$|{other_widths}"


def like_a_period(text: str) -> bool:
    """Could this be a period of a month or more in one of the wordings?"""
    return any(map(str.isdigit, text)) and bool(_coarse().fullmatch(" ".join(without_notes(text).casefold().split())))
