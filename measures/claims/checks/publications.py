"""Was the same figure published more than once, and do the publications agree?"""

from __future__ import annotations

from collections.abc import Iterable

from measures.claims.claim import Claim


def same_figure(claim: Claim, others: Iterable[Claim]) -> list[Claim]:
    """The same quantity of the same place, days, scope, kind and base in another publication."""
    return [
        other
        for other in others
        if other.id != claim.id
        and other.beside != claim.id
        and other.text != claim.text
        and _meant(other) == _meant(claim)
    ]


def _meant(claim: Claim) -> tuple:
    kind = "level" if claim.is_level else claim.kind
    return (claim.where, claim.indicator, claim.scope, kind, claim.start, claim.end, claim.base.start, claim.base.end)


def agrees(claim: Claim, other: Claim) -> bool:
    """Is there a true value that both printed figures allow?"""
    return claim.range.overlaps(other.range)
