"""Finds the one period that a title or the name of a file says: a year, or the month, quarter or week beside it.

A year is taken for itself only where nothing near it may be a part of a year; what is in doubt is left to a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from loaders.period_formats import month_names, period_reader
from loaders.period_wordings import period_wording
from loaders.periods import named

BESIDE = 3  # words before or behind a year that may be parts of one period with it
_ERA = r"(?:中華民國|民國|民国|令和|平成|昭和) ?(?:元|\d{1,3})"
_YEAR = re.compile(rf"{_ERA}|(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W_]+")
_APART = re.compile(r"[\s._-]+")
_PART = re.compile(
    r"\b(?:quarter|quartal|trimest\w*|half|halbjahr|semest\w*|week|woche|semaine|[hkqstw]\d{1,2}|kw ?\d+)\b"
    r"|[\d一二三四五六七八九十] ?[月월]|第?[一二三四1-4] ?季|半年|분기|반기|第 ?\d+ ?[周週]",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:csv|tsv|txt|xlsx?|ods|json|parquet|zip|gz|geojson|gpkg)(?=$|[.,])", re.IGNORECASE)
_JOINED = re.compile(
    r"(?:[\d年月年第季度上下半一二三四至周週分期년월기~～–—-])+"
)  # what follows a year without a space
Said = tuple[str, str]  # a frequency and a period of it
_DOUBTFUL: Said = ("", "")


def period_said(texts: Iterable[str]) -> Said | None:
    """The frequency and the one period that texts say; None where they say none, several, or one that is in doubt."""
    said = {period for text in texts for period in _periods_in(text)}
    return said.pop() if len(said) == 1 and _DOUBTFUL not in said else None


def without_ending(name: str) -> str:
    """The name of a file without what tells its format."""
    return _ENDING.sub("", name)


def _periods_in(text: str) -> set[Said]:
    words = list(_WORD.finditer(text))
    said, read_until = set(), 0
    for year in _YEAR.finditer(text):
        if year.start() < read_until:
            continue
        period, start, read_until = _longest_about(text, words, year)
        rest = f"{text[:start]} {text[read_until:]}"
        said.add(_DOUBTFUL if not period or (period[0] in ("year", "fiscal_year") and _names_a_part(rest)) else period)
    return said


def _longest_about(text: str, words: list[re.Match], year: re.Match) -> tuple[Said | None, int, int]:
    """The longest run of words with a year in it that is a period, None in doubt; and where it stands."""
    first = next(number for number, word in enumerate(words) if word.end() > year.start())
    last = next(number for number, word in enumerate(words) if word.end() >= year.end())
    spans = [
        (before, behind)
        for before in range(max(first - BESIDE, 0), first + 1)
        for behind in range(last, min(last + BESIDE, len(words) - 1) + 1)
    ]
    ends = [(words[before].start(), words[behind].end()) for before, behind in spans]
    if joined := _JOINED.match(text, year.end()):
        ends.append((year.start(), joined.end()))
    for start, end in sorted({*ends, year.span()}, key=lambda ends: (ends[0] - ends[1], ends)):
        printed = text[start:end].removeprefix("中華")
        for wording_text in dict.fromkeys([printed, _APART.sub(" ", printed), _APART.sub("", printed)]):
            frequency, wording, _ = period_wording([wording_text], named=not _APART.search(printed))
            if frequency:
                sure = _is_sure(printed, wording, text[end:])
                return (_read(wording_text, frequency, wording) if sure else None), start, end
    return None, year.start(), year.end()


def _read(text: str, frequency: str, wording: list[str]) -> Said:
    base = frequency.partition("-")[0]
    read = period_reader({"period_format": wording} if wording else {}, frequency if base != frequency else named(base))
    return base, read(text) or ""


def _is_sure(printed: str, wording: list[str], behind: str) -> bool:
    """A day is mostly that of the publication; ``2023 12`` before a further word may be twelve of something; and only
    English shortens the names of months to words that are none (``data set 2023``).
    """
    if any("{day}" in shape for shape in wording):
        return False
    if loose := re.fullmatch(r"\d{4} +(\d{1,2})", printed):
        return len(loose[1]) == 2 and not _WORD.match(behind.strip())
    names = [word[0].casefold() for word in _WORD.finditer(printed) if word[0].isalpha() and word[0].isascii()]
    shortened = {name[:length] for name in month_names()[0] for length in (3, 4)}
    months = {name for some in month_names() for name in some}
    return not any("{month_name}" in shape for shape in wording) or bool({*names} & (shortened | months)) or not names


def _names_a_part(text: str) -> bool:
    months = {name for some in month_names() for name in some if len(name) > 2}
    return bool(_PART.search(text)) or any(word[0].casefold() in months for word in _WORD.finditer(text))
