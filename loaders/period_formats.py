"""Which period does a publisher's own wording write? The card's ``period_format`` is the wording with named parts.

``"{year}. {month}"`` reads ``2021. 08``, ``"{year} {quarter}/4"`` reads ``2024 4/4``, ``"{month_name} {year}"`` reads ``Aug 2021``,
``"{year}年1-{month}月"`` reads a year to date, ``"{year}-{next}"`` a financial or school year. Several wordings are tried in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from loaders import periods

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ORDINALS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "上": 1,
    "下": 2,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}
_PARTS = {
    "year": r"\d{4}",
    "short_year": r"\d{2}",
    "next": r"\d{4}|\d{2}",
    "month": r"\d{1,2}",
    "day": r"\d{1,2}",
    "month_name": r"[^\W\d_]+\.?",
    "quarter": "IV|I{1,3}|[1-4一二三四]",
    "half": "I{1,2}|[12一二上下]",
    "week": r"\d{1,2}",
}
NEEDED = {"half": "half", "quarter": "quarter", "month": "month", "week": "week", "year_to_date": "month"}


def period_reader(words: dict, frequency: str) -> Callable[[str], str | None]:
    """A function from the publisher's text to our period, or None; ``words`` may hold ``period_format`` and ``month_names``."""
    formats = words.get("period_format", [])
    shapes = [shape(one) for one in ([formats] if isinstance(formats, str) else formats)]
    names = tuple(one.casefold() for one in words.get("month_names", _MONTHS))
    known: dict[str, str | None] = {}

    def read(text: str) -> str | None:
        if text not in known:
            plain = " ".join(text.split())
            matches = (one.fullmatch(plain) for one in shapes)
            found = next(
                (made for match in matches if match and (made := _period(match.groupdict(), frequency, names))), None
            )
            known[text] = found if shapes else periods.parse(plain, frequency)
        return known[text]

    return read


def shape(wording: str) -> re.Pattern:
    """The wording as a pattern; a part that stands twice must say the same twice. Raises ValueError when it names a part that is not known."""
    pieces = re.split(r"\{(\w+)\}", " ".join(wording.split()))
    unknown = [name for name in pieces[1::2] if name not in _PARTS]
    if unknown:
        raise ValueError(", ".join(unknown))
    pattern = ""
    for at, one in enumerate(pieces):
        again = bool(at % 2) and one in pieces[1:at:2]
        pattern += rf"(?P={one})" if again else rf"(?P<{one}>{_PARTS[one]})" if at % 2 else re.escape(one)
    return re.compile(pattern)


def _period(parts: dict[str, str], frequency: str, names: tuple[str, ...]) -> str | None:
    base, _, month = frequency.partition("-")
    year = int(parts["year"]) if "year" in parts else _full(int(parts.get("short_year", "0")))
    if "month_name" in parts:
        parts = {**parts, "month": str(_month_of(parts["month_name"], names))}
    if "next" in parts and not str(year + 1).endswith(parts["next"]):
        return None
    if NEEDED.get(base, "year") != "year" and NEEDED[base] not in parts:
        return None
    if base in ("year", *periods.FIRST_MONTH):
        return f"{year:04d}" if base == "year" else f"{year:04d}-{'FY' if base == 'fiscal_year' else 'SY'}{month}"
    number = _ORDINALS[parts[base]] if base in ("half", "quarter") else int(parts[NEEDED[base]])
    joint = {"half": "-H", "quarter": "-Q", "month": "-", "week": "-W", "year_to_date": "-YTD-"}[base]
    return periods.parse(f"{year:04d}{joint}{number:0{1 if base in ('half', 'quarter') else 2}d}", frequency)


def _full(short: int) -> int:
    """Two figures are the year of 1951 to 2050 that ends in them."""
    return short + (2000 if short <= 50 else 1900)


def _month_of(name: str, names: tuple[str, ...]) -> int:
    """The number of the month, by its whole name or by at least three letters that only it begins with; 0 when unknown."""
    plain = name.casefold().rstrip(".")
    found = [
        number for number, one in enumerate(names, 1) if one == plain or (len(plain) >= 3 and one.startswith(plain))
    ]
    return found[0] if len(found) == 1 else 0
