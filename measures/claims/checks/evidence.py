"""Everything that was published about one place, prepared once, so that each of its figures can be held against the
rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.claims.statements import Indicator
from measures.claims.checks.consistency import conflicts
from measures.claims.checks.findings import Step
from measures.claims.checks.identities import identities
from measures.claims.claim import Claim


@dataclass(eq=False)
class Evidence:
    """``claims``: figures of one place. ``events``: first and last day and a name by language, of what a period may
    hold."""

    claims: tuple[Claim, ...]
    indicators: Mapping[str, Indicator]
    events: Sequence[dict] = ()

    @cached_property
    def clashes(self) -> list[tuple[Claim, ...]]:
        """Sets of figures that cannot all be true."""
        return conflicts(self.claims, self.indicators)

    @cached_property
    def across(self) -> list[Step]:
        """The identities between figures of any publication."""
        return identities(self.claims, self.indicators)

    @cached_property
    def levels(self) -> dict[tuple[str, str, str, str], Claim]:
        return {
            (claim.where, claim.indicator, claim.start, claim.end): claim
            for claim in reversed(self.claims)
            if claim.is_level
        }

    @cached_property
    def _texts(self) -> dict[tuple, list[Step]]:
        texts: dict[tuple, list[Claim]] = {}
        for claim in self.claims:
            texts.setdefault(claim.text, []).append(claim)
        return {text: identities(own, self.indicators) for text, own in texts.items()}

    def inside(self, claim: Claim) -> list[Step]:
        """The identities inside the text that the claim stands in."""
        return self._texts.get(claim.text, [])

    def own(self, claim: Claim) -> list[Claim]:
        """The claim and what was stated beside it."""
        return [claim, *(other for other in self.claims if other.beside == claim.id)]

    def family_of(self, claim: Claim) -> list[Claim]:
        """Other figures of its indicator, or of one that the press calls by the same word."""
        known = self.indicators.get(claim.indicator)
        alike = {
            code for code, other in self.indicators.items() if known and known.family and other.family == known.family
        } | {claim.indicator}
        return [other for other in self.claims if other.indicator in alike and other.id != claim.id]


def same_figure(claim: Claim, others: Iterable[Claim], *, inside: bool = False) -> list[Claim]:
    """The same quantity of the same place, days, scope, kind and base in another publication, or ``inside`` its own."""
    return [
        other
        for other in others
        if other.id != claim.id
        and other.beside != claim.id
        and (other.text == claim.text) == inside
        and _meant(other) == _meant(claim)
    ]


def _meant(claim: Claim) -> tuple:
    kind = "level" if claim.is_level else claim.kind
    return (claim.where, claim.indicator, claim.scope, kind, claim.start, claim.end, claim.base.start, claim.base.end)


def agrees(claim: Claim, other: Claim) -> bool:
    """Is there a true value that both printed figures allow?"""
    return claim.range.overlaps(other.range)
