"""What was found for every claim of a dataset, worked out once."""

from __future__ import annotations

from pathlib import Path

from disclosure.remembered import MB, remembered
from measures.claims.checks.claim_verdict import check_text
from measures.claims.checks.findings import Finding, as_data, from_data
from measures.claims.claim import claims_of
from measures.claims.collection import indicators_and_wordings
from measures.store import artifacts
from measures.store.shelf import Shelf

FINDINGS = "findings.json"


@remembered(16 * MB)
def findings(shelf: Shelf, dataset: str) -> dict[str, Finding]:
    """The finding of every claim, by id: as built, or worked out now where file, lists or code have changed since."""
    stored = artifacts.kept(shelf.built, shelf.cards[dataset], FINDINGS)
    return {
        finding.claim: finding
        for finding in (map(from_data, stored) if stored is not None else work_out(shelf, dataset))
    }


def work_out(shelf: Shelf, dataset: str) -> tuple[Finding, ...]:
    """Check every claim of a dataset against all the others. Raises SourceError when the dataset is faulty."""
    card = shelf.cards[dataset]
    return check_text(
        claims_of(shelf, dataset), indicators_and_wordings(shelf, dataset)[0], card.readings.get("events", ())
    )


def write_findings(shelf: Shelf, dataset: str) -> Path:
    """Write ``<dataset>/findings.json`` into the build; its path. Raises SourceError when the dataset is faulty."""
    return artifacts.keep(
        shelf.built, shelf.cards[dataset], FINDINGS, [as_data(finding) for finding in work_out(shelf, dataset)]
    )
