"""On which day a publisher was asked, where the clock of this machine may be wrong: its own answer says what day it
is."""

from __future__ import annotations

from datetime import date, timedelta
from email.utils import parsedate_to_datetime

CLOSE = timedelta(days=1)  # two clocks that are this near are right, whatever their time zones


def day_answered(said: str, age: str) -> str:
    """The day (2026-12-01) of an answer by its headings ``Date`` and ``Age``; '' where they do not say it."""
    try:
        kept = timedelta(seconds=int(age)) if age.isdecimal() else timedelta()
        return (parsedate_to_datetime(said) + kept).date().isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return ""


def day_of_both(ours: str, theirs: str) -> tuple[str, tuple[str, ...]]:
    """The day to write down, and what a maintainer is told where the clocks differ.

    It is the earlier one: a release that is dated into the future would stand before every later one.
    """
    if not theirs or abs(date.fromisoformat(ours) - date.fromisoformat(theirs)) <= CLOSE:
        return ours, ()
    todo = "The earlier is written down. Set the clock that is wrong."
    return min(ours, theirs), (f"the clock of this machine says {ours}, the publisher's answer {theirs}. {todo}",)
