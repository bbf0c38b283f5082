"""Can figures of different periods be true together? Part of a year and the whole year, and one change after
another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

from measures.claims.checks.findings import Step
from measures.claims.claim import Claim, base_of, days_of
from measures.claims.intervals import Range


def remainder(part: Claim, whole: Claim) -> Step | None:
    """What the rest of the year must have done, when January to August and the year are both given as changes.

    The rest is taken to weigh in the base by its days: of 243 + 122 days, −37.2 % and −35.7 % leave −32.7 % for the
    last 122. None when the two do not begin together with bases of one kind. Possible for any weight (a long enough
    rest allows it).
    """
    if not (
        part.is_change
        and whole.is_change
        and part.start
        and (part.where, part.start) == (whole.where, whole.start)
        and part.end < whole.end
    ):
        return None
    if (
        part.bound
        or whole.bound
        or part.base.kind != whole.base.kind
        or not part.base.start
        or part.base.start != whole.base.start
    ):
        return None
    weight = days_of(part.base.start, part.base.end) / days_of(whole.base.start, whole.base.end)
    span = _rest(whole.range, part.range, weight)
    result = (whole.value - weight * part.value) / (1 - weight)
    numbers = (part.value, whole.value, weight * 100)
    return Step(
        "remainder",
        numbers,
        result,
        span.low,
        span.high,
        "%",
        nan,
        (part.id, whole.id),
        "",
        span.high >= -100,
        part.base.kind,
        (part.end, whole.end),
    )


def _rest(whole: Range, part: Range, weight: float) -> Range:
    return Range((whole.low - weight * part.high) / (1 - weight), (whole.high - weight * part.low) / (1 - weight))


def implied_change(level: Claim, claims: Sequence[Claim]) -> tuple[Claim, tuple[Claim, Claim]] | None:
    """What a count would mean as a change on the year before, where that year was stated as a change on a published
    count; with that change and that count. None where nothing is stated of the year before.

    −29.9 % on 7,174,037 leaves 5,029,000 for 2021, so that 11,086,000 for 2022 would be +120.4 %.
    """
    if not level.is_level or not level.start:
        return None
    before = base_of("before", {"before": "same_period_last_year"}, level.start, level.end)
    alike = [one for one in claims if (one.where, one.indicator) == (level.where, level.indicator)]
    changes = [
        one for one in alike if one.is_change and one.base.start and (one.start, one.end) == (before.start, before.end)
    ]
    for change in changes:
        span = (change.base.start, change.base.end)
        count = next((one for one in alike if one.is_level and (one.start, one.end) == span), None)
        if count and count.value and change.value > -100:
            percent = (level.value / (count.value * (1 + change.value / 100)) - 1) * 100
            own = {"id": f"{level.id}/implied", "kind": "percent_change", "printed": f"{percent:.1f}", "base": before}
            return replace(level, **own, multiplier=1, bound=""), (change, count)
    return None


def turns(step: Step) -> bool:
    """Would the rest of the year have to go the other way than both figures say?"""
    part, whole, _ = step.numbers
    return (part < 0 and whole < 0 and step.low > 0) or (part > 0 and whole > 0 and step.high < 0)


def in_a_row(changes: Sequence[Range]) -> Range:
    """Successive changes in per cent as one: −10 % and then −10 % is −19 %."""
    product = Range(1.0, 1.0)
    for change in changes:
        product = product * Range(max(0.0, 1 + change.low / 100), 1 + change.high / 100)
    return Range((product.low - 1) * 100, (product.high - 1) * 100)


def successive(long: Claim, claims: Sequence[Claim]) -> Step | None:
    """Shorter changes that lead step by step from the base of a long one to its period, multiplied; None without such
    steps."""
    links = [
        link
        for link in claims
        if link.is_change and link.id != long.id and link.indicator == long.indicator and link.where == long.where
    ]
    row = (
        _path((long.base.start, long.base.end), (long.start, long.end), links, ())
        if long.is_change and long.base.start
        else ()
    )
    if len(row) < 2:
        return None
    span = in_a_row([link.range for link in row])
    result = 1.0
    for link in row:
        result *= 1 + link.value / 100
    ids = (*(link.id for link in row), long.id)
    return Step(
        "successive",
        tuple(link.value for link in row),
        (result - 1) * 100,
        span.low,
        span.high,
        "%",
        long.value,
        ids,
        long.id,
        span.overlaps(long.range),
        long.base.kind,
        (long.start, long.end),
    )


def _path(
    span: tuple[str, str], goal: tuple[str, str], links: list[Claim], taken: tuple[Claim, ...]
) -> tuple[Claim, ...]:
    if span == goal:
        return taken
    for link in links:
        if (link.base.start, link.base.end) == span and link not in taken and link.start > span[0]:
            path = _path((link.start, link.end), goal, links, (*taken, link))
            if path:
                return path
    return ()
