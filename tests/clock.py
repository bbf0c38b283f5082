"""The day on which the tests take place: none of them may turn red because time has passed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

TODAY = date(2026, 11, 30)


def day_of_universal_time() -> str:
    """The day that commands write into cards. It may change while they run: ask before and after."""
    return datetime.now(UTC).date().isoformat()


class Frozen(date):
    """A calendar in which it is always ``TODAY``."""

    @classmethod
    def today(cls) -> date:
        return TODAY


@contextmanager
def it_is_today(*functions: Callable) -> Iterator[None]:
    """Whatever these functions ask the calendar, it is ``TODAY``."""
    with pytest.MonkeyPatch.context() as patch:
        for function in functions:
            patch.setattr(sys.modules[function.__module__], "date", Frozen)
        yield
