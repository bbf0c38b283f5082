"""Do several figures of one text fit together? Differences, changes against levels, parts and wholes, daily
averages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from loaders.claims.statements import Indicator
from measures.claims import intervals
from measures.claims.checks.findings import Step
from measures.claims.claim import Claim, days_of
from measures.claims.intervals import Range

Levels = Mapping[tuple[str, str, str, str], Claim]
Known = Mapping[str, Indicator]


def identities(claims: Iterable[Claim], indicators: Known) -> list[Step]:
    """Every identity that figures of these claims take part in; ``fits`` says whether rounding can explain what is left
    over."""
    claims = list(claims)
    levels = {
        _key(level.where, level.indicator, level.start, level.end): level
        for level in reversed(claims)
        if (level.is_level or level.is_share) and level.start
    }
    steps: list[Step] = []
    for claim in claims:
        if claim.is_change or claim.is_difference:
            steps += _against_levels(claim, levels, claims, indicators)
        if claim.is_share:
            steps += _share(claim, levels, indicators)
        if claim.is_daily:
            steps += _daily(claim, levels, claims)
    return steps + list(_wholes(levels, indicators))


def _key(where: str, indicator: str, start: str, end: str) -> tuple[str, str, str, str]:
    return (where, indicator, start, end)


def of_what(claim: Claim, indicators: Known) -> str:
    """The indicator whose level a change or a difference speaks of."""
    known = indicators.get(claim.indicator)
    return known.difference_of if known and known.difference_of else claim.indicator


def now_and_before(claim: Claim, levels: Levels, indicators: Known) -> tuple[Claim | None, Claim | None]:
    """The published levels that a change goes to and comes from; None where there is none."""
    what, base = of_what(claim, indicators), claim.base
    now = levels.get(_key(claim.where, what, claim.start, claim.end))
    before = levels.get(_key(claim.where, what, base.start, base.end)) if base.start else None
    return now, before


def _against_levels(claim: Claim, levels: Levels, claims: list[Claim], indicators: Known) -> Iterator[Step]:
    now, before = now_and_before(claim, levels, indicators)
    if claim.is_difference:
        if now and before:
            yield _step("difference", (now, before), now.range - before.range, now.value - before.value, claim)
        return
    if now and before and before.value:
        yield _step(
            "change", (now, before), intervals.change(now.range, before.range), _percent(now.value, before.value), claim
        )
    for moved in claims:
        if moved.is_difference and of_what(moved, indicators) == claim.indicator and _same_span(moved, claim):
            yield from _from_difference(claim, moved, now, before)


def _from_difference(claim: Claim, moved: Claim, now: Claim | None, before: Claim | None) -> Iterator[Step]:
    """A change in number and a change in per cent, with one level, must agree."""
    if before and before.value:
        yield _step(
            "difference_over_before",
            (moved, before),
            moved.range / before.range * intervals.exactly(100),
            moved.value / before.value * 100,
            claim,
        )
    elif now and now.value - moved.value:
        start = now.range - moved.range
        yield _step(
            "difference_over_implied",
            (now, moved),
            intervals.change(now.range, start),
            _percent(now.value, now.value - moved.value),
            claim,
        )


def _daily(claim: Claim, levels: Levels, claims: list[Claim]) -> Iterator[Step]:
    """A count and its daily average: how many days do they make, and how many has the period?"""
    moved = (
        difference
        for difference in claims
        if difference.is_difference
        and difference.indicator == claim.indicator
        and (difference.start, difference.end) == (claim.start, claim.end)
    )
    total = levels.get(_key(claim.where, claim.indicator, claim.start, claim.end)) or next(moved, None)
    if total and claim.value and claim.start:
        quotient, days = _size(total.range) / claim.range, days_of(claim.start, claim.end)
        numbers, ids = (abs(total.value), claim.value), (total.id, claim.id)
        fits = quotient.overlaps(intervals.exactly(days))
        result = abs(total.value / claim.value)
        yield Step(
            "days",
            numbers,
            result,
            quotient.low,
            quotient.high,
            "days",
            days,
            ids,
            claim.id,
            fits,
            period=(claim.start, claim.end),
        )


def _share(claim: Claim, levels: Levels, indicators: Known) -> Iterator[Step]:
    """A share and the two counts that it is made of."""
    known = indicators.get(claim.indicator)
    codes = (known.numerator, known.denominator) if known else ("", "")
    part, whole = (levels.get(_key(claim.where, code, claim.start, claim.end)) for code in codes)
    if part and whole and whole.value:
        span = part.range / whole.range * intervals.exactly(100)
        yield _step("share", (part, whole), span, part.value / whole.value * 100, claim)


def _size(span: Range) -> Range:
    return span if span.low >= 0 else Range(-span.high, -span.low)


def _wholes(levels: Levels, indicators: Known) -> Iterator[Step]:
    """A part is no more than its whole, and the whole less all other parts is the part."""
    for (where, code, start, end), part in levels.items():
        known = indicators.get(code)
        whole = levels.get(_key(where, known.part_of, start, end)) if known and known.part_of else None
        if whole:
            yield _part_of(part, whole)
        made_of = levels.get(_key(where, known.adds_up_to, start, end)) if known and known.adds_up_to else None
        if made_of:
            others = [
                other_part.code
                for other_part in indicators.values()
                if other_part.adds_up_to == known.adds_up_to and other_part.code != code
            ]
            rest = [levels.get(_key(where, other, start, end)) for other in others]
            if all(rest) and part.value <= min(other_part.value for other_part in rest):
                left = made_of.range
                for other_part in rest:
                    left = left - other_part.range
                result = made_of.value - sum(other_part.value for other_part in rest)
                yield _step("whole_less_parts", (made_of, *rest), left, result, part)


def _part_of(part: Claim, whole: Claim) -> Step:
    return Step(
        "part_of",
        (part.value, whole.value),
        part.value,
        part.range.low,
        part.range.high,
        whole.unit,
        whole.value,
        tuple(dict.fromkeys((part.id, whole.id))),
        "",
        part.range.low <= whole.range.high,
        period=(whole.start, whole.end),
    )


def _step(key: str, parts: tuple[Claim, ...], span: Range, result: float, stated: Claim) -> Step:
    ids = tuple(part.id for part in (*parts, stated))
    numbers = tuple(part.value for part in parts)
    return Step(
        key,
        numbers,
        result,
        span.low,
        span.high,
        stated.unit,
        stated.value,
        ids,
        stated.id,
        span.overlaps(stated.range),
        stated.base.kind,
        (stated.start, stated.end),
    )


def _same_span(claim: Claim, other: Claim) -> bool:
    spans = [(each.where, each.start, each.end, each.base.start, each.base.end) for each in (claim, other)]
    return spans[0] == spans[1]


def _percent(now: float, before: float) -> float:
    return (now / before - 1) * 100


def to_blame(steps: Iterable[Step]) -> set[str]:
    """Which figures stand in most of the identities that fail: of a tie, those that are worked out from others."""
    failing = [step for step in steps if not step.fits]
    counted = Counter(claim for step in failing for claim in step.claims)
    most = max(counted.values(), default=0)
    first = {claim for claim, times in counted.items() if times == most}
    return first & {step.derived for step in failing} if most == 1 and any(step.derived for step in failing) else first
