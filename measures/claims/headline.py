"""What does a headline of the reader's own say? Its figure, its stretch of time and its base, as codes that an address
can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders import periods
from measures.claims.checks.bases import BASES
from measures.claims.checks.stated import Stated

SAYS = ("fell", "rose", "was")
BOUNDS = ("", "about", "at_least", "at_most")
# months; 'twelve' may end with any, 'one' is a period as published
LENGTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1, "twelve": 12, "one": 0}
_ADDED_UP = ("year", "half", "quarter", "month")  # calendar periods, which can be added up to longer ones
LONGEST = 14  # characters of a typed figure
_FIGURE = re.compile(r"([+-]?)(\d{1,9}(?:\.\d{1,2})?)(%?)", re.ASCII)
_MINUS = dict.fromkeys(map(ord, "−–—‐"), "-") | dict.fromkeys(map(ord, ", "), "")


@dataclass(frozen=True)
class HeadlineFigure:
    """A typed figure: its number without sign, whether it is a percentage, and what its own sign says ('' without
    one)."""

    printed: str
    percent: bool
    says: str = ""


def read_figure(text: str) -> HeadlineFigure | None:
    """'20%', '−20 %', '1,456' or '２０％'; None for anything else."""
    if len(text) > LONGEST:
        return None
    match = _FIGURE.fullmatch(unicodedata.normalize("NFKC", text).translate(_MINUS))
    return HeadlineFigure(match[2], bool(match[3]), {"-": "fell", "+": "rose"}.get(match[1], "")) if match else None


def headline_claim(place: str, choices: Mapping[str, str], known: Sequence[str]) -> Stated | None:
    """A headline in the codes of its address, as the checker reads it; None where it says nothing that can be checked.

    ``known``: the periods of the series, all of them; ``choices``: measure, category, area, says, figure, length,
    period, base, bound.
    """
    figure = read_figure(choices.get("figure", ""))
    span = (
        spans_of(known, choices["length"]).get(choices["period"])
        if choices.get("length") in lengths_of(known)
        else None
    )
    if figure is None or span is None:
        return None
    says, where = (
        figure.says or choices["says"],
        (place, choices["measure"], choices.get("category", ""), choices["area"]),
    )
    if says == "was":
        return (
            None if figure.percent else Stated(*where, figure.printed, *span, "none", "count", choices.get("bound", ""))
        )
    kind = "percent_change" if figure.percent else "difference"
    return Stated(
        *where, ("-" if says == "fell" else "") + figure.printed, *span, choices["base"], kind, choices.get("bound", "")
    )


def lengths_of(known: Sequence[str]) -> tuple[str, ...]:
    """How long a period may be that is made of the periods of a series: years alone, or months, quarters, halves and
    any twelve months.

    Weeks, financial and school years and years to date stand as they were published.
    """
    months_of_period = _months(known)
    if not months_of_period:
        return ("one",)
    fitting = (
        length
        for length, months in LENGTHS.items()
        if months and months % months_of_period == 0 and (length != "twelve" or months_of_period < months)
    )
    return tuple(length for length in fitting if spans_of(known, length))


def _months(known: Sequence[str]) -> int:
    """How many months a period has that can be added up; 0 for one that cannot."""
    frequency = periods.frequency_of(known[0])
    return periods.MONTHS[frequency] if frequency in _ADDED_UP else 0


def spans_of(known: Sequence[str], length: str) -> dict[str, tuple[str, str]]:
    """Every period of a length inside a series, by its last part, the newest first: '2025-12' → ('2025-01', '2025-12')
    for a year."""
    if length == "one":
        return {period: (period, period) for period in reversed(known)}
    width = LENGTHS[length] // _months(known)
    ends = [
        last for last in known[width - 1 :] if length == "twelve" or periods.dates(last)[1].month % LENGTHS[length] == 0
    ]
    return {last: (periods.shift(last, 1 - width), last) for last in reversed(ends)}


def bases_of(known: Sequence[str], span: tuple[str, str]) -> tuple[str, ...]:
    """What a period may be compared with: the usual bases, and the same months of every year that the series holds."""
    whole = periods.per_year(known[0]) <= 12  # a week of another year is not always so many weeks away
    years = [str(year) for year in range(int(span[0][:4]) - 2, int(known[0][:4]) - 1, -1) if whole]
    return (*(base for base in BASES if not base.isdigit()), *years)
