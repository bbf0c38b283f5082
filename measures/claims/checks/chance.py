"""Could two counts over equal periods differ so much by chance alone? The site's own limits of a change answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf, isfinite

from measures.inference.limits import Noise, ratio_limits


@dataclass(frozen=True)
class Chance:
    """``low``, ``high``: 95 % limits of the change in per cent; ``p``: how often chance alone would part two equal
    rates so far."""

    p: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Do the limits leave out no change at all? (As ``measures.figures.change_verdict`` says it.)"""
        return self.low > 0 or self.high < 0


@lru_cache(maxsize=2048)
def chance(now: float, before: float, scale: float = 1.0, df: float = inf) -> Chance | None:
    """None where nothing was counted before. ``scale``: how many times more than by chance the series fluctuates, known
    on ``df``.

    16 → 11: limits −67.5 % to +45.5 %, not clear. 49 → 22: −72.7 % to −26.1 %, clear.
    """
    if now < 0 or before <= 0 or now != round(now) or before != round(before):
        return None
    _, low, high, p = (float(limit) for limit in ratio_limits(now, 1, before, 1, Noise(scale, df)))
    return Chance(p, (low - 1) * 100, (high - 1) * 100) if isfinite(low) else None
