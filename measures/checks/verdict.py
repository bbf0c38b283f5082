"""Does one published statement hold, against everything else that was published about the same thing?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from loaders.claims import Indicator
from measures.checks import chains, counts, publications
from measures.checks.chance import chance
from measures.checks.coexist import conflicts
from measures.checks.doubts import doubts, needed_for
from measures.checks.findings import Finding, Reason, Step, reason, strongest
from measures.checks.identities import identities, now_and_before, of_what, to_blame
from measures.checks.other_bases import with_other_base
from measures.statement_of import Claim

ENOUGH = 10  # a recomputed range may be so many times as wide as the printed one, and still be called a reproduction
Clashes = Sequence[tuple[Claim, ...]]


def check(claim: Claim, others: Iterable[Claim], indicators: Mapping[str, Indicator], events: Sequence[dict] = (), clashes: Clashes = ()) -> Finding:
    """What can be said of a claim beside ``others`` (published figures of the same place; the claim may be among them).

    ``clashes``: sets of figures that cannot all be true (``coexist.conflicts``), worked out once for a place.
    """
    if not isfinite(claim.number) or claim.measures == "words" or claim.kind == "target":
        key = "target" if claim.kind == "target" else "words_only"
        return Finding(claim.id, "cannot_be_checked", (reason(key), *doubts(claim, events)), (), (), needed_for(claim, indicators))
    pool = [claim, *(one for one in others if one.id != claim.id)]
    own = [one for one in pool if one.id == claim.id or one.beside == claim.id]
    steps, verdicts = _by_identity(claim, own, pool, indicators)
    more = [_by_publications, _by_clash, _by_chain, _by_whole_counts]
    reasons: list[Reason] = []
    for look in more:
        found, why, lines = look(own, pool, indicators, clashes)
        verdicts, reasons, steps = verdicts + found, reasons + why, steps + lines
    if claim.is_change and "reproduced" not in verdicts:
        moved = with_other_base(claim, pool, indicators)
        steps, verdicts = steps + moved, verdicts + (["other_base"] if any(step.fits for step in moved) else [])
        if "other_base" in verdicts and claim.base.start and any(not step.fits for step in steps if step.derived == claim.id):
            verdicts = [one for one in verdicts if one != "does_not_follow"]
    verdict = strongest(verdicts)
    needed = needed_for(claim, indicators) if verdict in ("cannot_be_checked", "does_not_follow", "contradicted") else ()
    return Finding(claim.id, verdict, (*reasons, *_of_counts(steps, claim), *doubts(claim, events)), tuple(_once(steps)), (), needed)


def check_text(claims: Sequence[Claim], indicators: Mapping[str, Indicator], events: Sequence[dict] = ()) -> tuple[Finding, ...]:
    """The findings for several figures of one text, in their order."""
    return check_all(claims, indicators, events)


def check_all(claims: Sequence[Claim], indicators: Mapping[str, Indicator], events: Sequence[dict] = ()) -> tuple[Finding, ...]:
    """The finding of every claim against all the others, in their order; figures stated beside a claim count with it."""
    places: dict[str, list[Claim]] = {}
    for claim in claims:
        places.setdefault(claim.where, []).append(claim)
    clashes = {where: conflicts(pool, indicators) for where, pool in places.items()}
    return tuple(check(one, places[one.where], indicators, events, clashes[one.where]) for one in claims if not one.beside)


def _by_identity(claim: Claim, own: list[Claim], pool: list[Claim], indicators) -> tuple[list[Step], list[str]]:
    """Identities inside the text decide whether a figure follows; those with other publications whether they contradict it."""
    ids = {one.id for one in own}
    text = [one for one in pool if one.text == claim.text]
    inside = identities(text, indicators)
    blamed = to_blame(inside) & ids
    steps = [step for step in inside if ids & set(step.claims)]
    verdicts = ["does_not_follow"] if blamed else []
    across = [step for step in identities(pool, indicators) if ids & set(step.claims) and step.claims not in {one.claims for one in steps}]
    verdicts += ["contradicted" for step in across if not step.fits and step.derived in ids]
    steps += across
    stated = {one.id: one.range for one in own}
    verdicts += ["reproduced" for step in steps if step.fits and step.derived in ids and _close(step, stated[step.derived])]
    return steps, verdicts


def _close(step: Step, stated) -> bool:
    """Is what was recomputed narrow enough to be called a reproduction?"""
    return step.key == "days" or stated.holds(step.result) or step.high - step.low <= ENOUGH * (stated.high - stated.low)


def _by_publications(own, pool, indicators, clashes) -> tuple[list[str], list[Reason], list[Step]]:
    verdicts, reasons = [], []
    for claim in own:
        for other in publications.same_figure(claim, pool):
            fits = publications.agrees(claim, other)
            verdicts += [] if fits else ["contradicted"]
            places = {"publisher": other.publisher, "printed": other.printed, "published": other.published}
            reasons.append(reason("agrees_with" if fits else "differs_from", claims=[other.id], **places))
    return verdicts, reasons, []


def _by_clash(own, pool, indicators, clashes) -> tuple[list[str], list[Reason], list[Step]]:
    ids = {one.id for one in own}
    verdicts, reasons = [], []
    for clash in clashes:
        if ids & {one.id for one in clash}:
            rest = [one for one in clash if one.id not in ids]
            inside = all(one.text == own[0].text for one in clash)
            verdicts.append("does_not_follow" if inside else "contradicted")
            reasons.append(reason("cannot_all_be_true", claims=[one.id for one in rest], publishers=tuple(dict.fromkeys(one.publisher for one in rest))))
    return verdicts, reasons, []


def _by_chain(own, pool, indicators, clashes) -> tuple[list[str], list[Reason], list[Step]]:
    """A part of the year and the year; changes multiplied. Of one scope they must fit; of two they are only held side by side."""
    verdicts, reasons, steps = [], [], []
    for claim in (one for one in own if one.is_change):
        for other in pool:
            if not _alike(claim, other, indicators):
                continue
            step = chains.remainder(claim, other) or chains.remainder(other, claim)
            if step:
                steps.append(step)
                same = of_what(claim, indicators) == of_what(other, indicators)
                key = "not_same_scope_or_not_both" if not same and chains.turns(step) else "chain_turns" if chains.turns(step) else "chain_possible"
                reasons.append(reason(key, claims=[other.id], same_scope=same, rest=step.result, low=step.low, high=step.high))
        step = chains.successive(claim, pool)
        if step:
            steps.append(step)
            verdicts.append("reproduced" if step.fits else "contradicted")
    return verdicts, reasons, steps


def _alike(one: Claim, other: Claim, indicators: Mapping[str, Indicator]) -> bool:
    """Of one indicator, or of two that the press calls by one word."""
    first, second = indicators.get(one.indicator), indicators.get(other.indicator)
    return one.id != other.id and (one.indicator == other.indicator or bool(first and second and first.family and first.family == second.family))


def _by_whole_counts(own, pool, indicators, clashes) -> tuple[list[str], list[Reason], list[Step]]:
    """A count now and its change leave few counts before; none at all means that the two do not fit together."""
    verdicts, reasons, steps = [], [], []
    levels = {(one.where, one.indicator, one.start, one.end): one for one in reversed(pool) if one.is_level}
    for claim in (one for one in own if one.is_change and one.measures == "count"):
        now, before = now_and_before(claim, levels, indicators)
        if now is None or before is not None or claim.range.low <= -100:
            continue
        span = counts.before_from(now.range, claim.range)
        if not counts.has_whole_count(span):
            verdicts.append("does_not_follow" if now.text == claim.text else "contradicted")
            reasons.append(reason("no_whole_counts", claims=[now.id]))
        elif span.low >= counts.FEWEST_SHOWN:
            result = now.value / (1 + claim.value / 100)
            ids = (now.id, claim.id)
            steps.append(Step("implied_before", (now.value, claim.value), result, span.low, span.high, now.unit, claims=ids, period=(claim.base.start, claim.base.end)))
            reasons.append(reason("before_only_implied", claims=[now.id]))
        else:
            reasons.append(reason("whole_counts_exist", claims=[now.id], pairs=_pairs(now, claim)))
    return verdicts, reasons, steps


def _pairs(now: Claim, claim: Claim) -> int:
    most = int(counts.before_from(now.range, claim.range).high)
    return counts.pairs_of_change(claim.range, most, int(now.range.high))


def _of_counts(steps: list[Step], claim: Claim) -> list[Reason]:
    """The counts behind a percentage, and whether chance alone could part them."""
    for step in steps:
        if step.key == "change" and step.derived.partition("/")[0] == claim.id and claim.measures == "count":
            now, before = step.numbers
            drawn = chance(now, before)
            small = [reason("small_base", now=now, before=before)] if before < counts.FEWEST_SHOWN else []
            return small + ([reason("clear" if drawn.clear else "chance", p=drawn.p, low=drawn.low, high=drawn.high)] if drawn else [])
    return []


def _once(steps: list[Step]) -> list[Step]:
    return list(dict.fromkeys(steps))
