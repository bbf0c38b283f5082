"""Which periods are asked for, and how many at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders import periods
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError
from loaders.warehouse.known_words import Words

AT_ONCE = 2_500_000  # groups that one answer may have as a rule
MOST = 5_000_000  # rows of one answer, whatever is spelt in several ways
ALL = 40_000_000  # groups of all answers together, where they are written at once or are to be protected
BY_CATEGORY = 400_000_000  # the same where they are published a category at a time


@dataclass(frozen=True)
class Part:
    """One question: the periods from ``first`` to ``last``, and how many rows its answer may have."""

    first: str
    last: str
    most: int


@dataclass(frozen=True)
class Plan:
    """All questions of a pull, in the order of time."""

    parts: tuple[Part, ...]

    @property
    def first(self) -> str:
        return self.parts[0].first

    @property
    def last(self) -> str:
        return self.parts[-1].last


def planned(card: SourceCard, words: Words, today: date) -> Plan:
    """The questions of a card. Raises SourceError where no period is over, or where there would be too many cells."""
    asked = card.warehouse
    last = min(asked.get("to", "9999"), _over(card.frequency, today))
    if last < asked["from"]:
        fault = Fault(card.id, "no period is over", f"one from {asked['from']} on", f"the last is {last}", "Run later.")
        raise SourceError(card.id, [fault])
    row = periods.span(asked["from"], last)
    most = BY_CATEGORY if {"area", "category"} <= asked.keys() and card.disclosure != "protect" else ALL
    if words.groups > AT_ONCE or words.groups * len(row) > most:
        expected, cells = f"at most {AT_ONCE:,} in a period and {most:,} in all", words.groups * len(row)
        todo = "Ask for fewer periods, areas or categories."
        raise SourceError(card.id, [Fault(card.id, "there would be too many counts", expected, f"{cells:,}", todo)])
    size = min(asked.get("periods_at_once", len(row)), AT_ONCE // words.groups)
    return Plan(tuple(_parts(row, size, words)))


def _parts(row: list[str], size: int, words: Words) -> Iterator[Part]:
    for start in range(0, len(row), size):
        several = row[start : start + size]
        yield Part(several[0], several[-1], min(words.spelt * len(several), MOST))


def _over(frequency: str, today: date) -> str:
    """The last period that was over before today."""
    base, _, month = frequency.partition("-")
    year = today.year
    if base == "week":
        return periods.shift("{}-W{:02d}".format(*today.isocalendar()[:2]), -1)
    if base in periods.FIRST_MONTH:
        begun = year if today.month >= int(month) else year - 1
        return periods.from_ordinal(begun - 1, frequency)
    parts = 12 // periods.MONTHS[base]
    return periods.from_ordinal(year * parts + (today.month - 1) // periods.MONTHS[base] - 1, frequency)
