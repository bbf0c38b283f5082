"""A process for which it is another time: a machine whose clock was never set, or was set wrongly, or jumps."""

from __future__ import annotations

import datetime as calendar
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def at_another_time(work: Callable[[], object], ahead: calendar.timedelta) -> Callable[[], object]:
    """``work`` in a process whose calendar is so far ahead (or, below zero, behind) everywhere; to be begun in a child."""

    class Then(calendar.datetime):
        @classmethod
        def now(cls, tz=None):
            return calendar.datetime.now(tz) + ahead

    class ThatDay(calendar.date):
        @classmethod
        def today(cls):
            return Then.now().date()

    def elsewhen() -> object:
        for module in list(sys.modules.values()):
            for name, real, other in (("datetime", calendar.datetime, Then), ("date", calendar.date, ThatDay)):
                if module is not calendar and getattr(module, "__dict__", {}).get(name) is real:
                    setattr(module, name, other)
        real = time.time
        time.time = lambda: real() + ahead.total_seconds()
        return work()

    return elsewhen


def dated(folder: Path, ahead: calendar.timedelta) -> None:
    """Give every file the date that it would have, had it been written then."""
    when = time.time() + ahead.total_seconds()
    for path in folder.rglob("*"):
        os.utime(path, (when, when))
