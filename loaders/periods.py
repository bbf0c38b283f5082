"""Which days does a period cover, and which period is the same one a year before?

A period is written with its year first, so that periods of one frequency sort as text: ``2014`` (year), ``2024-H1``
(half-year),
``2012-Q3`` (quarter), ``2010-04`` (month), ``2024-W05`` (ISO week), ``2023-FY04`` (the financial year that begins in
April 2023),
``2023-SY09`` (the school year that begins in September 2023), ``2024-YTD-06`` (1 January to 30 June 2024).
Each has its own length; none is ever bent into months. A year to date stands only beside the same months of another
year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from loaders.addresses import PERIODS

MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1, "fiscal_year": 12, "school_year": 12}
FIRST_MONTH = {"fiscal_year": 4, "school_year": 9}  # where the card does not say otherwise
EARLIEST = 1000  # 0101 is the code of an area
FREQUENCIES = (*MONTHS, "week", "year_to_date")
_JOINTS = {name: joint for name, (joint, _) in PERIODS.items()}
_PARTS = {"half": 2, "quarter": 4, "month": 12}
_SHAPES = {
    name: re.compile(rf"(\d{{4}}){joint.replace('-', '-?')}({parts})" if parts else r"(\d{4})", re.ASCII)
    for name, (joint, parts) in PERIODS.items()
}
_TWO_YEARS = re.compile(r"(?:FY|SY)? ?(\d{4}) ?[/–-] ?(\d{4}|\d{2})", re.ASCII)


def parse(text: str, frequency: str) -> str | None:
    """The period that ``text`` writes (``201004`` and ``2010-04`` are one month), or None when it writes none.

    ``frequency`` may end in a month: ``fiscal_year-04`` begins in April and is also written ``2023/24`` or
    ``FY2023-24``;
    ``year_to_date-06`` ends in June, and ``year_to_date`` alone in any month.
    """
    base, _, month = frequency.partition("-")
    found = _SHAPES[base].fullmatch(text.strip())
    if not found:
        return _of_two_years(text.strip(), base, month)
    year, number = int(found[1]), int(found[found.lastindex])
    if base == "year":
        return found[1] if year >= EARLIEST else None
    fits = (
        year > 0 and number <= _weeks_of(year) if base == "week" else base in _PARTS or int(month or number) == number
    )
    return _written(year, number, base) if fits else None


def _of_two_years(text: str, base: str, month: str) -> str | None:
    """``2023/24``: the two years that a financial or school year touches; the second must follow the first."""
    found = _TWO_YEARS.fullmatch(text) if base in FIRST_MONTH else None
    follows = bool(found) and str(int(found[1]) + 1).endswith(found[2])
    return _written(int(found[1]), int(month or FIRST_MONTH[base]), base) if follows else None


def _written(year: int, number: int, base: str) -> str:
    width = 1 if base in ("half", "quarter") else 2
    return f"{year:04d}{_JOINTS[base]}{number:0{width}d}"


@cache
def _weeks_of(year: int) -> int:
    return date(year, 12, 28).isocalendar().week


@cache
def frequency_of(period: str) -> str:
    """``year``, ``half``, ``quarter``, ``month``, ``week``, or with its month ``fiscal_year-04``, ``school_year-09``,
    ``year_to_date-06``.

    Raises ValueError for anything else.
    """
    for base in _SHAPES:
        if parse(period, base) == period:
            return f"{base}-{period[-2:]}" if base in FIRST_MONTH or base == "year_to_date" else base
    raise ValueError(f"not a period: {period!r}")


def named(frequency: str, first_month: int | None = None) -> str:
    """A card's frequency with the month that its financial or school years begin in."""
    return f"{frequency}-{first_month or FIRST_MONTH[frequency]:02d}" if frequency in FIRST_MONTH else frequency


@cache
def ordinal(period: str) -> int:
    """The period's number in the row of periods of its frequency; neighbours differ by one."""
    base = frequency_of(period).partition("-")[0]
    if base == "week":
        return (date.fromisocalendar(int(period[:4]), int(period[-2:]), 1) - date(1, 1, 1)).days // 7
    within = int(period[4 + len(_JOINTS[base]) :]) - 1 if base in _PARTS else 0
    return int(period[:4]) * _PARTS.get(base, 1) + within


def from_ordinal(number: int, frequency: str) -> str:
    """The inverse of ``ordinal``."""
    base, _, month = frequency.partition("-")
    if base == "week":
        year, week, _day = (date(1, 1, 1) + timedelta(weeks=number)).isocalendar()
        return _written(year, week, base)
    if base in _PARTS:
        year, part = divmod(number, _PARTS[base])
        return _written(year, part + 1, base)
    return f"{number:04d}" if base == "year" else _written(number, int(month), base)


@cache
def shift(period: str, steps: int) -> str:
    """The period ``steps`` later (earlier when negative); of a year to date, the same months so many years later."""
    return from_ordinal(ordinal(period) + steps, frequency_of(period))


def span(first: str, last: str) -> list[str]:
    """Every period from ``first`` to ``last``, both included; two years to date span every ending that either has."""
    frequency = frequency_of(first)
    if frequency == frequency_of(last):
        return [from_ordinal(n, frequency) for n in range(ordinal(first), ordinal(last) + 1)]
    return every([first, last])


def every(found: Iterable[str]) -> list[str]:
    """The periods found and those between them, in order. Years to date that end in different months are rows of their
    own.
    """
    rows: dict[str, list[str]] = {}
    for period in set(found):
        rows.setdefault(frequency_of(period), []).append(period)
    return sorted({one for row in rows.values() for one in span(min(row), max(row))})


def per_year(period: str) -> int:
    """How many such periods make a year: 12, 4, 2 or 1; 52 weeks nearly do."""
    base = frequency_of(period).partition("-")[0]
    return 52 if base == "week" else 1 if base == "year_to_date" else 12 // MONTHS[base]


def months(period: str) -> float:
    """How many months a period covers; a week is 12/52 of one."""
    base, _, month = frequency_of(period).partition("-")
    return 12 / 52 if base == "week" else int(month) if base == "year_to_date" else MONTHS[base]


@cache
def parts(period: str) -> tuple[str, ...]:
    """The parts of the year that a period covers: months from ``01`` on, those of the next year from ``13`` on; of a
    week, ``W05``.
    """
    base = frequency_of(period).partition("-")[0]
    if base == "week":
        return (period[5:],)
    first = dates(period)[0].month
    return tuple(f"{first + number:02d}" for number in range(int(months(period))))


@cache
def year_before(period: str) -> str | None:
    """The same period a year before: the same week number, the same months to date. Week 53 has none in most years."""
    return parse(f"{int(period[:4]) - 1:04d}{period[4:]}", frequency_of(period))


@cache
def dates(period: str) -> tuple[date, date]:
    """First and last day of the period."""
    base, _, month = frequency_of(period).partition("-")
    year = int(period[:4])
    if base == "week":
        start = date.fromisocalendar(year, int(period[-2:]), 1)
        return start, start + timedelta(days=6)
    if base == "year_to_date":
        return date(year, 1, 1), date(year, int(month), monthrange(year, int(month))[1])
    start = date(year, int(month) if base in FIRST_MONTH else ordinal(period) * MONTHS[base] % 12 + 1, 1)
    year, later = divmod(start.year * 12 + start.month - 1 + MONTHS[base], 12)
    return start, date(year, later + 1, 1) - timedelta(days=1)
