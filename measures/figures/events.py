"""Which periods of a place does a declared event (a lockdown) move so far that they say nothing of the usual ups and
downs?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from loaders import Place, periods

COVERED = 0.5  # of its days: a period of which an event covers so much is left out


def left_out(place: Place, shown: Sequence[str]) -> np.ndarray:
    """Of each period: is at least half of it covered by the events that the place file leaves out of fluctuation?"""
    events = [
        (date.fromisoformat(event["from"]), date.fromisoformat(event["to"]))
        for event in place.events
        if event["outside_fluctuation"]
    ]
    covered = np.zeros(len(shown), dtype=bool)
    for number, period in enumerate(shown if events else ()):
        first, last = periods.dates(period)
        days = sum(max(0, (min(last, end) - max(first, start)).days + 1) for start, end in events)
        covered[number] = days >= COVERED * ((last - first).days + 1)
    return covered
