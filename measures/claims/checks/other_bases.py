"""Would a stated change follow with another base than the one it names?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loaders.claims.statements import Indicator
from measures.claims import intervals
from measures.claims.checks.findings import Step
from measures.claims.checks.identities import of_what
from measures.claims.claim import Claim, days_of

LEAP = 1  # days by which two equal periods may differ


def with_other_base(claim: Claim, pool: Sequence[Claim], indicators: Mapping[str, Indicator]) -> list[Step]:
    """The change against every other published level of an equally long, earlier period; the nearest first."""
    what = of_what(claim, indicators)
    levels = [
        level
        for level in pool
        if level.is_level and level.start and level.where == claim.where and level.indicator == what
    ]
    now = next((level for level in levels if (level.start, level.end) == (claim.start, claim.end)), None)
    if now is None:
        return []
    length = days_of(claim.start, claim.end)
    earlier = [
        level
        for level in levels
        if level.end < claim.start and abs(days_of(level.start, level.end) - length) <= LEAP and level.value
    ]
    earlier = [level for level in earlier if (level.start, level.end) != (claim.base.start, claim.base.end)]
    return [_step(claim, now, level) for level in sorted(earlier, key=lambda level: level.start, reverse=True)]


def _step(claim: Claim, now: Claim, before: Claim) -> Step:
    result = (now.value / before.value - 1) * 100
    span = intervals.change(now.range, before.range)
    fits = claim.range.holds(result)
    return Step(
        "change_other_base",
        (now.value, before.value),
        result,
        span.low,
        span.high,
        "%",
        claim.value,
        (now.id, before.id, claim.id),
        claim.id,
        fits,
        "stated_period",
        (before.start, before.end),
    )
