"""Numbers, shares and dates as the reader's language writes them (by Babel)."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from math import floor, isfinite, log10

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from language.settings import Language
from language.translator import Translator

MINUS = "−"


def whole(value: float, say: Translator) -> str:
    """910,587; in Chinese 910587."""
    return decimal(value, say, 0)


@lru_cache(maxsize=65536)
def decimal(value: float, say: Translator, digits: int = 1) -> str:
    """A number with a fixed number of decimals: 100.3."""
    text = _written(abs(value), digits, say.language)
    return MINUS + text if value < 0 and text.strip("0.,") else text


def _written(value: float, digits: int, language: Language) -> str:
    """Groups of figures where the language has them, with the locale's own signs and sizes from Babel (Babel's
    formatter takes eight times as long)."""
    point, comma = _signs(language.locale)
    text = f"{value:,.{digits}f}" if language.grouped else f"{value:.{digits}f}"
    if language.grouped and (higher := _higher_group(language.locale)) != 3:
        text = _regrouped(text, higher)
    return text.translate({ord("."): point, ord(","): comma})


@cache
def _higher_group(locale: str) -> int:
    """The size of the groups above the thousands: 2 in India (12,34,567)."""
    return Locale.parse(locale).decimal_formats[None].grouping[1]


def _regrouped(text: str, higher: int) -> str:
    figures, point, decimals = text.replace(",", "").partition(".")
    groups, above = [figures[-3:]], figures[:-3]
    while above:
        groups, above = [above[-higher:], *groups], above[:-higher]
    return ",".join(groups) + point + decimals


@cache
def _signs(locale: str) -> tuple[str, str]:
    """The decimal sign and the sign between thousands."""
    return get_decimal_symbol(locale), get_group_symbol(locale)


def compact(value: float, say: Translator) -> str:
    """A count that a reader can hold: whole below 10,000, and three figures of it above, with the language's own words
    for large numbers (7.12 million, 712万)."""
    if abs(value) < 10_000:
        return whole(value, say)
    rounded = float(f"{value:.3g}")
    for size, word in say.language.large:
        if abs(rounded) >= size:
            return _figures(rounded / size, say) + word
    return whole(rounded, say)


def _figures(value: float, say: Translator) -> str:
    """The figures before a word for large numbers, no more of them than there are: 7.12."""
    return decimal(value, say, len(f"{value:.12g}".partition(".")[2]))


def digits_for(value: float) -> int:
    """Decimals of a rate: one, and below 1 those that leave three figures to be read: 364.7, 8.8, 0.283, 0.0107."""
    return 1 if abs(value) >= 1 or not isfinite(value) or value == 0 else min(6, 2 - floor(log10(abs(value))))


def digits_of(view: str, value: float) -> int:
    """Decimals of a value in a view: as published for what is counted, those of ``digits_for`` for what is divided."""
    if view in ("count", "rolling"):
        return published_digits(value)
    if view == "average_month" and abs(value) >= 100:
        return 0
    return 0 if view in ("density", "adjusted") else digits_for(value)


def published_digits(value: float) -> int:
    """The decimals that a published number has, up to four: none for a count, two for 28.37."""
    return len(f"{value:.4f}".rstrip("0").partition(".")[2]) if value % 1 else 0


@lru_cache(maxsize=65536)
def exact(value: float, say: Translator, digits: int = 0) -> str:
    """A number in a sentence, never rounded to a shorter one: 39,922 / 39922; millions and 万 only where they are exact
    (7.12 million, 712万, 14万)."""
    for size, word in say.language.large if digits == 0 else ():
        if abs(value) >= max(size, 1e5) and value % max(size / 100, 1e4) == 0:
            return _figures(value / size, say) + word
    return decimal(value, say, digits)


def per_words(per: int, say: Translator) -> str:
    """The residents of a rate: 1,000 and 100,000; 千 and 十万 in Chinese."""
    return say.language.per.get(str(per)) or exact(per, say)


def percent(value: float, say: Translator, digits: int = 1) -> str:
    """65.0 → 65.0 % in English, 65.0% in Chinese."""
    return f"{decimal(value, say, digits)}%"


def signed_percent(ratio: float, say: Translator) -> str:
    """−0.022 → −2.2%. A change that rounds to zero has no sign."""
    return signed(ratio * 100, say) + "%"


def signed_whole(value: float, say: Translator) -> str:
    """A difference of two counts: +12, −5, 0."""
    text = whole(abs(value), say)
    return text if round(value) == 0 else ("+" if value > 0 else MINUS) + text


def signed(value: float, say: Translator, digits: int = 1) -> str:
    """A number with its sign: +3.1, −0.04; none when it rounds to zero."""
    text = decimal(abs(value), say, digits)
    return text if float(f"{value:.{digits}f}") == 0 else ("+" if value > 0 else MINUS) + text


def period_name(period: str, say: Translator, view: str = "") -> str:
    """2026-06 → June 2026 / 2026年6月; with a rolling view the twelve months that end there, by name or by their ends:
    12 months to June 2026 / 2025年7月至2026年6月."""
    name = _bare(period, say)
    if not view.startswith("rolling"):
        return name
    year, _, month = period.partition("-")
    if say.language.rolling_by_ends and month.isdigit():
        start = f"{int(year)}-01" if month == "12" else f"{int(year) - 1}-{int(month) + 1:02d}"
        return say("{start} to {end}", start=_bare(start, say), end=name)
    return say("12 months to {period}", period=name)


@lru_cache(maxsize=8192)
def _bare(period: str, say: Translator) -> str:
    year, _, part = period.partition("-")
    if not part:
        return say("{year}", year=year)
    if part.isdigit():
        return format_date(date(int(year), int(part), 1), format=say.language.month, locale=say.language.locale)
    number = part.lstrip("FHQSWYTD-").lstrip("0")
    if part[0] in "HQW":
        return _part_of_year(part[0], year, number, say)
    return (
        _year_to_date(year, int(number), say)
        if part.startswith("YTD")
        else _split_year(part[:2], int(year), int(number), say)
    )


def _part_of_year(kind: str, year: str, number: str, say: Translator) -> str:
    """2024-H1, 2012-Q3, 2024-W05: half-years, quarters and ISO weeks."""
    if kind == "H":
        return say("first half of {year}", year=year) if number == "1" else say("second half of {year}", year=year)
    if kind == "Q":
        first, last = (_bare_month(month, say) for month in (int(number) * 3 - 2, int(number) * 3))
        quarter = say.language.quarters[int(number) - 1]
        return say("{quarter} {year} ({first} to {last})", quarter=quarter, year=year, first=first, last=last)
    return say("week {number} of {year}", year=year, number=number)


def _split_year(kind: str, year: int, month: int, say: Translator) -> str:
    """2023-FY04 → financial year 2023 to 2024 / 2023—2024财政年度; 2023-SY09 → academic year 2023 to 2024 / 学年."""
    years = f"{year}" if month == 1 else say("{start} to {end}", start=year, end=year + 1)
    return say("financial year {years}", years=years) if kind == "FY" else say("academic year {years}", years=years)


def _bare_month(month: int, say: Translator) -> str:
    """March / 3月."""
    return format_date(date(2001, month, 1), format=say.language.bare_month, locale=say.language.locale)


def months_between(first: str, last: str, say: Translator) -> str:
    """Whole months: January to June 2020, the year once; December 2019 to January 2020; June 2020."""
    if first[:4] != last[:4]:
        return say("{start} to {end}", start=_bare(first, say), end=_bare(last, say))
    if first == last:
        return _bare(first, say)
    start, end = (_bare_month(int(month[5:7]), say) for month in (first, last))
    return say("{first} to {last} {year}", first=start, last=end, year=first[:4])


def _year_to_date(year: str, month: int, say: Translator) -> str:
    """2024-YTD-06 → January to June 2024 / 2024年1月至6月."""
    if month == 1:
        return _bare(f"{year}-01", say)
    first, last = (_bare_month(number, say) for number in (1, month))
    return say("{first} to {last} {year}", first=first, last=last, year=year)


def day(value: date, say: Translator) -> str:
    """21 November 2026 / 2026年11月21日."""
    return format_date(value, format="long", locale=say.language.locale)


def written_date(text: str, say: Translator) -> str:
    """A date as precise as it is known: 2020, 2020-07 or 2020-07-03, in the reader's language; other texts
    unchanged."""
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return text
    if len(parts) == 3:
        return day(date(int(parts[0]), int(parts[1]), int(parts[2])), say)
    return _bare(text, say)
