"""Which months does a period cover, and which period is the same one a year before?

A period is written as its publisher would read it aloud: ``2014`` (year), ``2012-Q3`` (quarter), ``2010-04`` (month).
Written so, periods of one frequency sort as text.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

MONTHS = {"year": 12, "quarter": 3, "month": 1}
_SHAPES = {
    "year": re.compile(r"(\d{4})", re.ASCII),
    "quarter": re.compile(r"(\d{4})-?Q([1-4])", re.ASCII),
    "month": re.compile(r"(\d{4})-?(0[1-9]|1[0-2])", re.ASCII),
}


def parse(text: str, frequency: str) -> str | None:
    """The period that ``text`` writes (``201004`` and ``2010-04`` are one month), or None when it writes none."""
    found = _SHAPES[frequency].fullmatch(text.strip())
    if not found:
        return None
    joint = {"year": "", "quarter": "-Q", "month": "-"}[frequency]
    return joint.join(found.groups())


@cache
def frequency_of(period: str) -> str:
    """``year``, ``quarter`` or ``month``. Raises ValueError for anything else."""
    for frequency in _SHAPES:
        if parse(period, frequency) == period:
            return frequency
    raise ValueError(f"not a period: {period!r}")


@cache
def ordinal(period: str) -> int:
    """The period's number in the row of periods of its frequency; neighbours differ by one."""
    frequency = frequency_of(period)
    year = int(period[:4])
    if frequency == "year":
        return year
    if frequency == "quarter":
        return year * 4 + int(period[-1]) - 1
    return year * 12 + int(period[-2:]) - 1


def from_ordinal(number: int, frequency: str) -> str:
    """The inverse of ``ordinal``."""
    if frequency == "year":
        return f"{number:04d}"
    if frequency == "quarter":
        return f"{number // 4:04d}-Q{number % 4 + 1}"
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@cache
def shift(period: str, steps: int) -> str:
    """The period ``steps`` later (earlier when negative)."""
    return from_ordinal(ordinal(period) + steps, frequency_of(period))


def span(first: str, last: str) -> list[str]:
    """Every period from ``first`` to ``last``, both included."""
    frequency = frequency_of(first)
    return [from_ordinal(n, frequency) for n in range(ordinal(first), ordinal(last) + 1)]


def per_year(period: str) -> int:
    """How many such periods make a year: 12, 4 or 1."""
    return 12 // MONTHS[frequency_of(period)]


@cache
def dates(period: str) -> tuple[date, date]:
    """First and last day of the period."""
    months = MONTHS[frequency_of(period)]
    first_month = (ordinal(period) * months) % 12
    start = date(int(period[:4]), first_month + 1, 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start, date(year, month + 1, 1) - timedelta(days=1)
