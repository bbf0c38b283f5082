"""Is a figure the highest or the lowest since the series began? Only within one comparable stretch, and a long one."""

from __future__ import annotations

import numpy as np

YEARS = 8  # a stretch of fewer tells of no extreme


def extreme(values: np.ndarray, start: int, end: int, year: int) -> tuple[str, int]:
    """('highest', 'lowest' or '', number of the first figure of the stretch).

    ``values``: the figures of one area; ``start``: the first period that can be compared with that of ``end``;
    ``year``: periods in a year. A figure that is equalled is no extreme; a stretch with a hole begins after it.
    """
    inside = np.isfinite(values[start : end + 1])
    if not inside.size or not inside[-1]:
        return "", start
    holes = np.flatnonzero(~inside)
    first = start + (int(holes[-1]) + 1 if len(holes) else 0)
    earlier = values[first:end]
    if len(earlier) < YEARS * year:
        return "", first
    if values[end] > earlier.max():
        return "highest", first
    return ("lowest" if values[end] < earlier.min() else ""), first
