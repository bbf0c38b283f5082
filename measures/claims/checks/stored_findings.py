"""What was found for every claim of a dataset, worked out once."""

from __future__ import annotations

from pathlib import Path

from disclosure.remembered import MB, remembered
from loaders.claims.tables import read_tables
from measures.claims.checks.claim_verdict import check_text
from measures.claims.checks.findings import Finding, as_data, from_data
from measures.claims.checks.tabled import against_tables
from measures.claims.claim import claims_of
from measures.claims.collection import indicators_and_wordings
from measures.store import artifacts
from measures.store.shelf import Shelf

FINDINGS = "findings.json"


@remembered(16 * MB)
def findings(shelf: Shelf, dataset: str) -> dict[str, Finding]:
    """The finding of every claim, by id: as built, or worked out now where file, lists or code have changed since."""
    stored = artifacts.kept(shelf.built, shelf.cards[dataset], FINDINGS)
    fits = stored is not None and stored["tables"] == _made_from(shelf, dataset)
    return {
        finding.claim: finding for finding in (map(from_data, stored["findings"]) if fits else work_out(shelf, dataset))
    }


def work_out(shelf: Shelf, dataset: str) -> tuple[Finding, ...]:
    """Check every claim of a dataset against all the others, and against the tables that stand beside it.

    Raises SourceError when the dataset is faulty.
    """
    card, claims = shelf.cards[dataset], claims_of(shelf, dataset)
    found = check_text(claims, indicators_and_wordings(shelf, dataset)[0], card.readings.get("events", ()))
    return tuple(against_tables(found, claims, dataset, shelf))


def _made_from(shelf: Shelf, dataset: str) -> dict[str, str]:
    """The fingerprint of every table that the claims are held against."""
    named = [row.measure for row in read_tables(shelf.cards[dataset])]
    sources = sorted({shelf.measures[name].dataset for name in named if name in shelf.measures} & set(shelf.cards))
    return {source: artifacts.fingerprint(shelf.root, shelf.cards[source]) for source in sources}


def write_findings(shelf: Shelf, dataset: str) -> Path:
    """Write ``<dataset>/findings.json`` into the build; its path. Raises SourceError when the dataset is faulty."""
    content = {
        "tables": _made_from(shelf, dataset),
        "findings": [as_data(finding) for finding in work_out(shelf, dataset)],
    }
    return artifacts.keep(shelf.built, shelf.cards[dataset], FINDINGS, content)
