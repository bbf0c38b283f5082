"""Statements held against the published tables that their card names: a yearbook, the publisher's own release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from loaders import periods
from loaders.claims.tables import ClaimTable, read_tables
from measures.claims.checks.against_series import check_series
from measures.claims.checks.findings import Finding, reason, strongest
from measures.claims.checks.stated import Stated, periods_of
from measures.claims.claim import Claim
from measures.store.shelf import Shelf

KINDS = (("is_change", "percent_change"), ("is_level", "count"), ("is_difference", "difference"))

# reasons and steps of a base that was not published
INFERRED = ("before_only_implied", "whole_counts_exist", "implied_before", "change_other_base")


def against_tables(findings: Sequence[Finding], claims: Sequence[Claim], dataset: str, shelf: Shelf) -> list[Finding]:
    """The findings of a dataset, each with what the tables say of its claim and of the figures stated beside it."""
    listed = [
        row for row in read_tables(shelf.cards[dataset]) if row.measure in shelf.measures and shelf.working(row.measure)
    ]
    if not listed:
        return list(findings)
    own: dict[str, list[Claim]] = {}
    for claim in claims:
        own.setdefault(claim.beside or claim.id, []).append(claim)
    codes = shelf.cards[dataset].place_codes
    joined = []
    for finding in findings:
        for claim, row in product(own[finding.claim], listed):
            figure = stated_in(row, claim, codes, shelf)
            aside = (claim.start, claim.end) != (own[finding.claim][0].start, own[finding.claim][0].end)
            found = check_series(figure, shelf) if figure else None
            finding = (
                _with(finding, found, figure, shelf)
                if found and not (aside and found.verdict == "reproduced")
                else finding
            )
        joined.append(finding)
    return joined


def stated_in(row: ClaimTable, claim: Claim, codes: dict[str, str], shelf: Shelf) -> Stated | None:
    """The claim as a figure about the table of the row; None where the table cannot hold it."""
    kind = next((kind for name, kind in KINDS if getattr(claim, name)), "")
    if row.indicator != claim.indicator or row.place not in ("", claim.where) or not kind:
        return None
    area, base = row.area or codes.get(claim.where, ""), _base(claim, kind)
    span = _span(claim.start, claim.end, periods_of(shelf, row.measure))
    if not (area and base and span) or (row.figures == "changes" and kind == "count"):
        return None
    table = shelf.table(shelf.measures[row.measure].dataset)
    if not table.has(area=area):
        return None
    place = shelf.cards[shelf.measures[row.measure].dataset].place
    where = (place, row.measure, row.category, area)
    return Stated(*where, claim.printed, *span, base, kind, claim.bound, claim.multiplier)


def _base(claim: Claim, kind: str) -> str:
    """The base in the words of a series; '' where the claim names none that a series has."""
    if kind == "count":
        return "none"
    if claim.base.kind == "stated_period" and claim.base.start:
        return claim.base.start[:4]
    return claim.base.kind if claim.base.kind in ("same_period_last_year", "previous_period") else ""


def _span(start: str, end: str, known: Sequence[str]) -> tuple[str, str] | None:
    """The periods of a table that make up exactly the stated days; None where none do."""
    if not start or not end:
        return None
    days = {period: tuple(map(str, periods.dates(period))) for period in known}
    first = next((period for period, (begins, _) in days.items() if begins == start), "")
    last = next((period for period, (_, ends) in days.items() if ends == end), "")
    return (first, last) if first and last and first <= last else None


def _with(finding: Finding, held: Finding, figure: Stated, shelf: Shelf) -> Finding:
    """One finding of both. A figure that the table does not have, or has for no base, changes no verdict.

    Once the table has the base, nothing is said of a base that could only be inferred, or of other bases.
    """
    if held.verdict == "cannot_be_checked":
        return finding
    told = _verdict(held.verdict, figure)
    weaker = ("cannot_be_checked", *(("other_base",) if told == "reproduced" else ()))
    before = [] if finding.verdict in weaker else [finding.verdict]
    verdict = strongest([*before, told])
    settled = verdict in ("reproduced", "other_base")
    idle = INFERRED if told == "reproduced" else ()
    reasons = [why for why in finding.reasons if why.key not in ("single_figure", *idle)]
    kept = [step for step in finding.arithmetic if step.key not in idle]
    source = reason("table", dataset=shelf.measures[figure.measure].dataset)
    steps = [replace(step, claims=(finding.claim,), derived=finding.claim) for step in held.arithmetic]
    return replace(
        finding,
        verdict=verdict,
        reasons=tuple(dict.fromkeys((source, *reasons, *held.reasons))),
        arithmetic=(*kept, *steps),
        cells=(*finding.cells, *held.cells),
        needed=() if settled else finding.needed,
    )


def _verdict(verdict: str, figure: Stated) -> str:
    """A count beside another count of the same thing contradicts it; a change that the counts do not give does not
    follow."""
    return "contradicted" if figure.kind == "count" and verdict == "does_not_follow" else verdict
