"""Waiting for what must come: neither for ever, nor for a fixed time and hope."""

from __future__ import annotations

import time
from collections.abc import Callable

LONGEST = 120  # seconds until a test gives up; no rule depends on it


def until(arrived: Callable[[], object], alive: Callable[[], bool] = lambda: True) -> None:
    """Returns when ``arrived`` is true; fails when ``alive`` no longer is (then it cannot come any more), or after ``LONGEST``."""
    ends = time.monotonic() + LONGEST
    while not arrived():
        assert alive(), "what was waited for has ended"
        assert time.monotonic() < ends, "what was waited for did not come"
        time.sleep(0.01)
