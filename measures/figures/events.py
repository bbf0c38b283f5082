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
        (date.fromisoformat(one["from"]), date.fromisoformat(one["to"]))
        for one in place.events
        if one["outside_fluctuation"]
    ]
    found = np.zeros(len(shown), dtype=bool)
    for at, period in enumerate(shown if events else ()):
        first, last = periods.dates(period)
        days = sum(max(0, (min(last, end) - max(first, start)).days + 1) for start, end in events)
        found[at] = days >= COVERED * ((last - first).days + 1)
    return found
