"""Could two counts differ so much by chance alone?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf

SURE = 0.05  # two-sided


@dataclass(frozen=True)
class Chance:
    """``p``: how often chance alone would part two equal rates at least so far. ``low``, ``high``: 95 % limits of the change in per cent."""

    p: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        return self.p < SURE


@lru_cache(maxsize=2048)
def chance(now: float, before: float) -> Chance | None:
    """Exact conditional test of two Poisson counts over equal periods (Przyborowski and Wilenski 1940); None without whole counts.

    16 → 11: p = 0.44. 49 → 22: p = 0.0018, limits −74.1 % to −24.3 %.
    """
    both = now + before
    if now < 0 or before < 0 or both == 0 or now != round(now) or before != round(before):
        return None
    from scipy.stats import beta, binom

    below, above = binom.cdf(now, both, 0.5), binom.sf(now - 1, both, 0.5)
    low = float(beta.ppf(SURE / 2, now, before + 1)) if now else 0.0
    high = float(beta.ppf(1 - SURE / 2, now + 1, before)) if before else 1.0
    return Chance(float(min(1.0, 2 * min(below, above))), _change(low), _change(high))


def _change(part: float) -> float:
    return (part / (1 - part) - 1) * 100 if part < 1 else inf
