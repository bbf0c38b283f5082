"""Which published statements are asked for, and what was found when each was checked?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.remembered import MB, remembered
from loaders import SourceCard
from measures.claims.checks.findings import VERDICTS, Finding
from measures.claims.checks.stored_findings import findings
from measures.claims.claim import Claim, claims_of
from measures.claims.collection import claims_table
from measures.store.shelf import Shelf

FILTERS = ("indicator", "where", "year", "verdict")
ELSEWHERE = "elsewhere"  # a place that is neither the card's own nor one of its districts
NOT_STATED = "not_stated"  # the year of a statement that names no days


@dataclass(frozen=True)
class FiledClaim:
    """One statement: its ``row`` as published (with every language), what it says exactly, and the outcome of its
    check.

    ``where``: code of the place or of the district that it speaks of or of a part of; ``years``: those that its days
    touch.
    """

    row: dict
    claim: Claim
    finding: Finding
    where: str
    years: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.claim.id

    def code(self, name: str) -> tuple[str, ...]:
        """What it is filed under in one of FILTERS."""
        return {
            "indicator": (self.claim.indicator,),
            "where": (self.where,),
            "year": self.years,
            "verdict": (self.finding.verdict,),
        }[name]


def claims_card(shelf: Shelf, place: str) -> SourceCard | None:
    """The collected statements about a place, or None when there are none."""
    return next((card for card in shelf.cards.values() if card.kind == "claims" and card.place == place), None)


@remembered(16 * MB)
def found_of(shelf: Shelf, dataset: str) -> tuple[FiledClaim, ...]:
    """Every statement of a dataset with its finding, in the published order. Raises SourceError when the dataset is
    faulty."""
    card, outcomes = shelf.cards[dataset], findings(shelf, dataset)
    rows = claims_table(shelf, dataset).to_dict("records")
    claims = {claim.id: claim for claim in claims_of(shelf, dataset)}
    return tuple(
        FiledClaim(
            row, claims[row["claim_id"]], outcomes[row["claim_id"]], _where(row, card), _years(claims[row["claim_id"]])
        )
        for row in rows
    )


def _where(row: dict, card: SourceCard) -> str:
    return row["area"] or card.within.get(row["place"], ELSEWHERE)


def _years(claim: Claim) -> tuple[str, ...]:
    if not claim.end:
        return (NOT_STATED,)
    return tuple(str(year) for year in range(int((claim.start or claim.end)[:4]), int(claim.end[:4]) + 1))


def claims_chosen(claims: Sequence[FiledClaim], **filters: str) -> tuple[FiledClaim, ...]:
    """The statements filed under every code asked for; '' means all."""
    return tuple(claim for claim in claims if all(code in ("", *claim.code(name)) for name, code in filters.items()))


def arranged(claims: Sequence[FiledClaim]) -> tuple[FiledClaim, ...]:
    """The strongest verdict first, and of one verdict the newest days first."""
    newest = sorted(claims, key=lambda claim: (claim.claim.end, claim.claim.start), reverse=True)
    return tuple(sorted(newest, key=lambda claim: VERDICTS.index(claim.finding.verdict)))


@remembered(8 * MB)
def filed(shelf: Shelf, dataset: str) -> dict[str, Counter]:
    """For each of FILTERS, every code that occurs with its number of statements: the newest year first, the strongest
    verdict first."""
    claims = found_of(shelf, dataset)
    counts = {name: Counter(code for claim in claims for code in claim.code(name)) for name in FILTERS}
    counts["year"] = Counter(
        dict(
            sorted(
                counts["year"].items(),
                key=lambda pair: (pair[0] == NOT_STATED, -int(pair[0]) if pair[0].isdigit() else 0),
            )
        )
    )
    counts["verdict"] = Counter({verdict: counts["verdict"][verdict] for verdict in VERDICTS})
    return counts


@remembered(16 * MB)
def by_id(shelf: Shelf, dataset: str) -> dict[str, Claim]:
    """Every claim, and every figure stated beside one, by its id."""
    return {claim.id: claim for claim in claims_of(shelf, dataset)}
