"""Which period a publisher's own wording writes. The card's ``period_format`` is the wording with named parts.

``"{year}. {month}"`` reads ``2021. 08``, ``"{year} {quarter}/4"`` reads ``2024 4/4``, ``"{month_name} {year}"`` reads
``Aug 2021``, ``"{year}年1-{month}月"`` reads a year to date, ``"{year}-{next}"`` a financial or school year. A year
that is named after its end is ``"Year ending {end_month} {next}"``; ``{era}`` is a year of an era (令和4, 民國112),
``{buddhist}`` one of the Buddhist era (2567), ``{serial}`` a day as spreadsheets count them. A week is named by its
Sunday (``"Week ending {last_day} {month_name} {year}"``) or by its Monday (``{first_day}``). Several wordings are tried
in turn.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from loaders import periods
from loaders.formats.numbers import usual_digits

_ORDINALS = {"I": 1, "II": 2, "III": 3, "IV": 4, "一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_ORDINALS |= {str(number): number for number in range(1, 5)}
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}
_ERAS |= {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}  # the year before the first
_BUDDHIST = 543  # years before the usual ones
_PARTS = {
    "year": r"\d{4}",
    "short_year": r"\d{2}",
    "next": r"\d{4}|\d{2}",
    "era": rf"(?:{'|'.join(_ERAS)}) ?(?:元|\d{{1,3}})",
    "minguo": r"1[0-4]\d|\d{2}",
    "month": r"\d{1,2}",
    "buddhist": r"2[45]\d\d",
    "day": r"\d{1,2}",
    "first_day": r"\d{1,2}",
    "last_day": r"\d{1,2}",
    "month_name": r"[^\W\d_]+\.?",
    "end_month": r"[^\W\d_]+\.?",
    "quarter": "IV|I{1,3}|[1-4一二三四]",
    "half": "I{1,2}|[12一二上下]",
    "week": r"\d{1,2}",
    "serial": r"[1-7]\d{4}",
}
_YEARS = {"year", "short_year", "next", "era", "minguo", "buddhist", "serial"}
_MIDNIGHT = re.compile(r"[T ](?:0?0:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?|12:00(?::00)? ?AM)$")
NEEDED = {"half": "half", "quarter": "quarter", "month": "month", "week": "week", "year_to_date": "month"}


def period_reader(words: dict, frequency: str) -> Callable[[str], str | None]:
    """A function from the publisher's text to our period, or None; ``words`` may hold ``period_format`` and
    ``month_names``.
    """
    formats = words.get("period_format", [])
    shapes = [shape(wording) for wording in ([formats] if isinstance(formats, str) else formats)]
    names = (tuple(name.casefold() for name in words["month_names"]),) if "month_names" in words else month_names()
    known: dict[str, str | None] = {}

    def period_of(plain: str) -> str | None:
        if not shapes:
            return periods.parse(plain, frequency)
        matches = (match.groupdict() for pattern in shapes if (match := pattern.fullmatch(plain)))
        return next((period for parts in matches if (period := _period(parts, frequency, names))), None)

    def read(text: str) -> str | None:
        if text not in known:
            plain = usual_digits(" ".join(text.split()))
            known[text] = period_of(plain) or (period_of(day) if (day := without_midnight(plain)) != plain else None)
        return known[text]

    return read


def without_midnight(text: str) -> str:
    """A day without the midnight behind it, as spreadsheets and portals write days."""
    return _MIDNIGHT.sub("", " ".join(text.split()))


@cache
def month_names() -> tuple[tuple[str, ...], ...]:
    """The names of the twelve months in each language that is known, English first."""
    languages = tomllib.loads(Path(__file__).with_name("month_names.toml").read_text(encoding="utf-8"))
    return tuple(map(tuple, languages.values()))


@cache
def shape(wording: str) -> re.Pattern:
    """The wording as a pattern; a part that stands twice must say the same twice.

    Raises ValueError when it names a part that is not known, or none that says the year.
    """
    if not says_year(wording):
        raise ValueError(f"no part that says the year in '{wording}'")
    return re.compile(pattern_of(" ".join(wording.split())), re.IGNORECASE)


def parts_named(wording: str) -> tuple[str, ...]:
    """The named parts of a wording, in their order. Raises ValueError when one is not known."""
    names = tuple(re.findall(r"\{(\w+)\}", wording))
    if unknown := [name for name in names if name not in _PARTS]:
        raise ValueError(", ".join(unknown))
    return names


def says_year(wording: str) -> bool:
    """Does one of its parts say the year? Raises ValueError as ``parts_named``."""
    return bool(_YEARS & set(parts_named(wording)))


def pattern_of(wording: str) -> str:
    """The wording as the text of a pattern, with a group for each of its parts."""
    pieces, pattern = re.split(r"\{(\w+)\}", wording), ""
    for number, piece in enumerate(pieces):
        again = bool(number % 2) and piece in pieces[1:number:2]
        pattern += rf"(?P={piece})" if again else rf"(?P<{piece}>{_PARTS[piece]})" if number % 2 else re.escape(piece)
    return pattern


def period_of_parts(parts: dict[str, str]) -> str:
    """The period that named parts write, of the finest grain that they say; '' where they write none."""
    grains = {"week": "week", "month": "month", "month_name": "month", "quarter": "quarter", "half": "half"}
    grain = next((grain for part, grain in grains.items() if part in parts), "year")
    try:
        return _period(parts, grain, month_names()) or ""
    except (ValueError, KeyError):
        return ""


def _period(parts: dict[str, str], frequency: str, names: tuple[tuple[str, ...], ...]) -> str | None:
    base, _, month = frequency.partition("-")
    if "serial" in parts:
        day = date(1899, 12, 30) + timedelta(days=int(parts["serial"]))
        parts = {**parts, "year": str(day.year), "month": str(day.month)} if day.day == 1 else {}
    year = _year(parts)
    if year is None:
        return None
    if "month_name" in parts:
        parts = {**parts, "month": str(_month_of(parts["month_name"], names))}
    if "month_name" in parts and "end_month" in parts:
        return _of_span(year, base, _month_of(parts["month_name"], names), _month_of(parts["end_month"], names))
    if "end_month" in parts and _month_of(parts["end_month"], names) != (int(month or 1) - 2) % 12 + 1:
        return None
    if base == "week" and "month" in parts:
        return _week_of(year, parts)
    if NEEDED.get(base, "year") != "year" and NEEDED[base] not in parts:
        return None
    if base in ("year", *periods.FIRST_MONTH):
        return f"{year:04d}" if base == "year" else f"{year:04d}-{'FY' if base == 'fiscal_year' else 'SY'}{month}"
    number = _ORDINALS[parts[base].upper()] if base in ("half", "quarter") else int(parts[NEEDED[base]])
    if base == "quarter" and "next" in parts:  # the quarters of a financial year that begins in April
        year, number = year + number // 4, number % 4 + 1
    joint = {"half": "-H", "quarter": "-Q", "month": "-", "week": "-W", "year_to_date": "-YTD-"}[base]
    return periods.parse(f"{year:04d}{joint}{number:0{1 if base in ('half', 'quarter') else 2}d}", frequency)


def _week_of(year: int, parts: dict[str, str]) -> str | None:
    """The ISO week of a day that is its Monday or its Sunday; of another day None, as no such week ends there."""
    try:
        day = date(year, int(parts["month"]), int(parts.get("last_day") or parts["first_day"]))
    except (ValueError, KeyError):
        return None
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}" if iso.weekday == (7 if "last_day" in parts else 1) else None


def _of_span(year: int, base: str, first: int, last: int) -> str | None:
    """A quarter or a half that is named by its first and its last month."""
    length = periods.MONTHS.get(base, 0) if base in ("quarter", "half") else 0
    whole = length and first and first % length == 1 and last == first + length - 1
    return periods.parse(f"{year:04d}-{base[0].upper()}{last // length}", base) if whole else None


def _year(parts: dict[str, str]) -> int | None:
    """The year that the period begins in; ``next`` alone is the year in which it ends. None where the parts say none,
    or two that do not follow.
    """
    if "era" in parts:
        era = next(name for name in _ERAS if parts["era"].upper().startswith(name))
        number = parts["era"][len(era) :].strip()
        return _ERAS[era] + (1 if number == "元" else int(number))
    if "minguo" in parts:
        return _ERAS["民國"] + int(parts["minguo"])
    if "buddhist" in parts:
        return int(parts["buddhist"]) - _BUDDHIST
    year = int(parts["year"]) if "year" in parts else _full(int(parts["short_year"])) if "short_year" in parts else None
    if "next" not in parts:
        return year
    if year is None:
        return (int(parts["next"]) if len(parts["next"]) == 4 else _full(int(parts["next"]))) - 1
    return year if str(year + 1).endswith(parts["next"]) else None


def _full(short: int) -> int:
    """Two figures are the year of 1951 to 2050 that ends in them."""
    return short + (2000 if short <= 50 else 1900)


def _month_of(name: str, names: tuple[tuple[str, ...], ...]) -> int:
    """The number of the month, by its whole name or by at least three letters that only it begins with; 0 when
    unknown.
    """
    plain = name.casefold().rstrip(".")
    whole = [{number for number, month in enumerate(months, 1) if month == plain} for months in names]
    begun = [
        {number for number, month in enumerate(months, 1) if len(plain) >= 3 and month.startswith(plain)}
        for months in names
    ]
    return next((min(numbers) for numbers in (*whole, *begun) if len(numbers) == 1), 0)
