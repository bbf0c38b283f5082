"""Which whole counts can stand behind a percentage?

Says whether some pair of whole counts gives it and how many do, never which: small counts are not reconstructed here.
"""

from __future__ import annotations

import numpy as np

from measures.claims.intervals import SLACK, Range

FEWEST_SHOWN = 30  # no count below this is ever worked out from a percentage and shown
MOST_TRIED = 200_000  # beyond this many whole counts, every printed percentage has a pair


def pairs_of_change(stated: Range, most_before: int, most_now: int) -> int:
    """How many pairs (before, now) of whole counts, up to these totals, change by a percentage within the range."""
    before = np.arange(1, min(most_before, MOST_TRIED) + 1, dtype=float)
    low = np.maximum(0, np.ceil(before * (1 + stated.low / 100) - SLACK * before))
    high = np.minimum(most_now, np.floor(before * (1 + stated.high / 100) + SLACK * before))
    return int(np.maximum(0, high - low + 1).sum())


def before_from(now: Range, stated: Range) -> Range:
    """The counts before that a count now and its change in per cent allow: 1,042 and −5.27 % is about 1,100."""
    return now / Range(1 + stated.low / 100, 1 + stated.high / 100)


def has_whole_count(span: Range) -> bool:
    """Does the range hold a whole count?"""
    slack = SLACK * max(1.0, abs(span.high)) if np.isfinite(span.high) else 0.0
    return (
        not np.isfinite(span.low)
        or not np.isfinite(span.high)
        or np.floor(span.high + slack) >= np.ceil(span.low - slack)
    )
