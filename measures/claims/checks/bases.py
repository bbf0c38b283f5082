"""Which earlier periods may a change be counted from, what was usual in them, and does another one fit better?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from loaders import periods
from loaders.claims.statements import Indicator
from measures.claims import intervals
from measures.claims.checks.findings import Step
from measures.claims.checks.identities import of_what
from measures.claims.claim import Claim, days_of

BASES = ("same_period_last_year", "previous_period", "2019", "ten_year_average")
TEN_YEARS = 10
LEAP = 1  # days by which two equal periods may differ


@dataclass(frozen=True)
class Window:
    """The sum of a line from one period to another (NaN where one has no figure), and what its cells carry."""

    first: str
    last: str
    value: float
    statuses: tuple[str, ...]
    reasons: tuple[str, ...]
    releases: tuple[str, ...]

    @property
    def days(self) -> int:
        return (periods.dates(self.last)[1] - periods.dates(self.first)[0]).days + 1


def window(table: pd.DataFrame, first: str, last: str) -> Window:
    """``table``: one area's line of all periods. A period that the line does not have leaves the sum without a
    value."""
    part = table[(table["period"] >= first) & (table["period"] <= last)]
    whole = len(part) == periods.ordinal(last) - periods.ordinal(first) + 1
    value = float(part["value"].sum(skipna=False)) if whole else float("nan")
    return Window(first, last, value, *(tuple(dict.fromkeys(part[name])) for name in ("status", "reason", "release")))


def named_base(base: str, first: str, last: str) -> tuple[str, str]:
    """First and last period of a base: of January to June 2020, '2019' is January to June 2019; ('', '') for an
    average."""
    year = periods.per_year(first)
    length = periods.ordinal(last) - periods.ordinal(first) + 1
    if base == "ten_year_average":
        return "", ""
    back = {"same_period_last_year": -(-length // year) * year, "previous_period": length}.get(base)
    if back is None:
        back = (int(first[:4]) - int(base)) * year
    return periods.shift(first, -back), periods.shift(last, -back)


def earlier_years(base: Window, table: pd.DataFrame) -> list[Window]:
    """The same months of up to ten years before, those with a figure; the latest first."""
    year = periods.per_year(base.first)
    spans = [
        (periods.shift(base.first, -year * back), periods.shift(base.last, -year * back))
        for back in range(1, TEN_YEARS + 1)
    ]
    return [earlier for earlier in (window(table, *span) for span in spans) if isfinite(earlier.value)]


def with_other_base(claim: Claim, claims: Sequence[Claim], indicators: Mapping[str, Indicator]) -> list[Step]:
    """The change against every other published level of an equally long, earlier period; the nearest first."""
    what = of_what(claim, indicators)
    levels = [
        level
        for level in claims
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
