"""What stands beside a figure that nobody can recompute: its base, its scope, its period; and what would have to be
published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loaders.claims.statements import Indicator
from measures.claims.checks.findings import Reason, reason
from measures.claims.claim import Claim, base_of, days_of


def caveats(claim: Claim, events: Sequence[dict] = ()) -> tuple[Reason, ...]:
    """What a reader must know of the claim, whatever the verdict. ``events``: first and last day, and a name by
    language."""
    reasons = []
    if claim.kind == "percent_change":
        reasons += (
            []
            if _a_year_before(claim)
            else [reason("base", kind=claim.base.kind, start=claim.base.start, end=claim.base.end)]
        )
        reasons += _lengths(claim)
    if claim.scope == "not_stated":
        reasons.append(reason("scope_not_stated"))
    if claim.bound:
        reasons.append(reason("bound", bound=claim.bound))
    if not claim.start and claim.kind != "statement":
        reasons.append(reason("period_not_stated"))
    return (*reasons, *_events(claim, events))


def _a_year_before(claim: Claim) -> bool:
    """Is the base the same period of the year before, whether it is called so or named by its year?"""
    usual = base_of("", {"": "same_period_last_year"}, claim.start, claim.end)
    return claim.base.kind == usual.kind or (
        claim.base.start != "" and claim.base.start == usual.start and claim.base.end == usual.end
    )


def _lengths(claim: Claim) -> list[Reason]:
    if not claim.base.start:
        return []
    now, before = days_of(claim.start, claim.end), days_of(claim.base.start, claim.base.end)
    return [reason("days_differ", now=now, before=before)] if now != before else []


def _events(claim: Claim, events: Sequence[dict]) -> list[Reason]:
    """Events that only one of the two compared periods holds, or that the period of a figure holds."""
    reasons = []
    for number, event in enumerate(events):
        holds = [_overlap(claim.start, claim.end, event), _overlap(claim.base.start, claim.base.end, event)]
        if claim.kind == "percent_change" and any(holds):
            reasons.append(reason("event", event=number, now=holds[0], before=holds[1]))
    return reasons


def _overlap(start: str, end: str, event: dict) -> bool:
    return bool(start) and start <= event["last"] and end >= event["first"]


def needed_for(claim: Claim, indicators: Mapping[str, Indicator]) -> tuple[Reason, ...]:
    """What would have to be published so that anyone can check the claim (or settle it)."""
    if claim.kind == "target":
        return (reason("result", start=claim.start, end=claim.end),)
    if claim.measures == "words" or claim.number != claim.number:
        return (reason("figure"),)
    reasons = []
    if claim.is_change:
        reasons += [
            reason("count", start=claim.start, end=claim.end),
            reason("count", start=claim.base.start, end=claim.base.end),
        ]
    elif claim.measures == "share":
        reasons.append(reason("part_and_whole", start=claim.start, end=claim.end))
    elif claim.measures == "rate":
        reasons.append(reason("count_and_population", start=claim.start, end=claim.end))
    elif claim.measures == "index":
        reasons.append(reason("survey", start=claim.start, end=claim.end))
    else:
        reasons.append(reason("table", start=claim.start, end=claim.end))
    return (*reasons, *([reason("scope")] if claim.scope == "not_stated" else []))
