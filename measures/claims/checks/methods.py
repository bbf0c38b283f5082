"""The ways to look at a claim: each gives verdicts, reasons and steps, and none of them knows of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from measures.claims.checks import chains, integer_counts
from measures.claims.checks.bases import with_other_base
from measures.claims.checks.consistency import consistent, usable
from measures.claims.checks.evidence import Evidence, agrees, same_figure
from measures.claims.checks.findings import Reason, Step, reason
from measures.claims.checks.identities import now_and_before, to_blame
from measures.claims.claim import Claim
from measures.claims.intervals import Range

ENOUGH = 10  # a recomputed range may be so many times as wide as the printed one, and still be called a reproduction


@dataclass(frozen=True)
class MethodResult:
    verdicts: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    steps: tuple[Step, ...] = ()


def identity(claim: Claim, evidence: Evidence) -> MethodResult:
    """Identities inside the text decide whether a figure follows; those with other publications whether they contradict
    it."""
    stated = {own.id: own.range for own in evidence.own(claim)}
    inside = [step for step in evidence.inside(claim) if stated.keys() & set(step.claims)]
    across = [step for step in evidence.across if stated.keys() & set(step.claims) and step not in inside]
    verdicts = ["does_not_follow"] if to_blame(evidence.inside(claim)) & stated.keys() else []
    verdicts += ["contradicted" for step in across if not step.fits and step.derived in stated]
    verdicts += [
        "reproduced"
        for step in (*inside, *across)
        if step.fits and step.derived in stated and _close(step, stated[step.derived])
    ]
    disagrees = any(not step.fits for step in inside) and "does_not_follow" not in verdicts
    return MethodResult(tuple(verdicts), (reason("text_disagrees"),) if disagrees else (), (*inside, *across))


def _close(step: Step, stated: Range) -> bool:
    """Is what was recomputed narrow enough to be called a reproduction?"""
    return (
        step.key == "days" or stated.holds(step.result) or step.high - step.low <= ENOUGH * (stated.high - stated.low)
    )


def repeated(claim: Claim, evidence: Evidence) -> MethodResult:
    """The same figure in other publications, and twice in its own."""
    verdicts, reasons = [], []
    for own in evidence.own(claim):
        for other in same_figure(own, evidence.claims):
            fits = agrees(own, other)
            verdicts += [] if fits else ["contradicted"]
            reasons.append(reason("agrees_with" if fits else "differs_from", claims=[other.id]))
        if any(not agrees(own, other) for other in same_figure(own, evidence.claims, inside=True)):
            verdicts.append("does_not_follow")
            reasons.append(reason("text_disagrees"))
    return MethodResult(tuple(verdicts), tuple(reasons))


def clash(claim: Claim, evidence: Evidence) -> MethodResult:
    """Figures that cannot all be true, whatever the counts behind them."""
    ids = {other.id for other in evidence.own(claim)}
    verdicts, reasons = [], []
    for several in evidence.clashes:
        rest = [other for other in several if other.id not in ids]
        if len(rest) < len(several):
            verdicts.append("does_not_follow" if all(other.text == claim.text for other in several) else "contradicted")
            reasons.append(reason("cannot_all_be_true", claims=[other.id for other in rest]))
    return MethodResult(tuple(verdicts), tuple(reasons))


def chain(claim: Claim, evidence: Evidence) -> MethodResult:
    """A part of the year and the year; changes multiplied. Figures of two scopes are only held side by side."""
    verdicts, reasons, steps = [], [], []
    for own in (figure for figure in evidence.own(claim) if figure.is_change):
        for other in evidence.family_of(own):
            step = chains.remainder(own, other) or chains.remainder(other, own)
            if step:
                steps.append(step)
                reasons.append(_of_remainder(step, own, other))
        step = chains.successive(own, evidence.claims)
        if step:
            steps.append(step)
            verdicts.append("reproduced" if step.fits else "contradicted")
        reasons += _together(own, evidence)
    for own in evidence.own(claim):
        for step, told in _implied_rest(own, evidence):
            steps.append(step)
            reasons.append(told)
    return MethodResult(tuple(verdicts), tuple(reasons), tuple(steps))


def _implied_rest(claim: Claim, evidence: Evidence) -> Iterator[tuple[Step, Reason]]:
    """A count that means a change on an implied count, beside what was stated of a part of its period."""
    implied = chains.implied_change(claim, evidence.claims)
    for part in evidence.family_of(claim) if implied else ():
        step = chains.remainder(part, implied[0])
        if step:
            step = replace(step, claims=(part.id, claim.id))
            yield step, _of_remainder(step, implied[0], part, implied[1])


def _of_remainder(step: Step, own: Claim, other: Claim, more: Sequence[Claim] = ()) -> Reason:
    same = own.indicator == other.indicator
    key = "chain_possible" if not chains.turns(step) else "chain_turns" if same else "not_same_scope_or_not_both"
    return reason(
        key,
        claims=[other.id, *(one.id for one in more)],
        same_scope=same,
        rest=step.result,
        low=step.low,
        high=step.high,
        first=step.period[0],
        last=step.period[1],
    )


def _together(claim: Claim, evidence: Evidence) -> list[Reason]:
    """Could the claim and the changes that speak of its base all be true, if they counted the same thing?"""
    near = [
        other
        for other in evidence.family_of(claim)
        if other.is_change and other.base.start and _overlap(other, claim) and usable(other)
    ]
    if not near or not usable(claim):
        return []
    alike = [replace(other, indicator=claim.indicator) for other in (claim, *near)]
    key = "base_chain_possible" if consistent(alike, evidence.indicators) else "base_chain_impossible"
    return [
        reason(
            key,
            claims=[other.id for other in near],
            same_scope=all(other.indicator == claim.indicator for other in near),
        )
    ]


def _overlap(other: Claim, claim: Claim) -> bool:
    """Does the other figure speak of days in the base of the claim?"""
    return (
        bool(claim.base.start)
        and other.start <= claim.base.end
        and other.end >= claim.base.start
        and other.end < claim.start
    )


def whole_counts(claim: Claim, evidence: Evidence) -> MethodResult:
    """A count now and its change leave few counts before; none at all means that the two do not fit together."""
    results = [
        _implied(own, *now_and_before(own, evidence.levels, evidence.indicators))
        for own in evidence.own(claim)
        if own.is_change and own.measures == "count"
    ]
    return MethodResult(
        *(
            tuple(part for result in results for part in getattr(result, name))
            for name in ("verdicts", "reasons", "steps")
        )
    )


def _implied(claim: Claim, now: Claim | None, before: Claim | None) -> MethodResult:
    if now is None or before is not None or claim.range.low <= -100:
        return MethodResult()
    span = integer_counts.before_from(now.range, claim.range)
    if not integer_counts.has_whole_count(span):
        return MethodResult(
            ("does_not_follow" if now.text == claim.text else "contradicted",),
            (reason("no_whole_counts", claims=[now.id]),),
        )
    if span.low < integer_counts.FEWEST_SHOWN:
        pairs = integer_counts.pairs_of_change(claim.range, int(span.high), int(now.range.high))
        return MethodResult((), (reason("whole_counts_exist", claims=[now.id], pairs=pairs),))
    numbers, result = (now.value, claim.value), now.value / (1 + claim.value / 100)
    base = (claim.base.start, claim.base.end)
    step = Step(
        "implied_before", numbers, result, span.low, span.high, now.unit, claims=(now.id, claim.id), period=base
    )
    return MethodResult((), (reason("before_only_implied", claims=[now.id]),), (step,))


def other_base(claim: Claim, evidence: Evidence) -> MethodResult:
    """A change that does not follow with its own base may follow with another."""
    moved = with_other_base(claim, evidence.claims, evidence.indicators) if claim.is_change else []
    return MethodResult(("other_base",) if any(step.fits for step in moved) else (), (), tuple(moved))


LOOKS = (identity, repeated, clash, chain, whole_counts)
