"""What was found for every claim of a dataset, worked out once."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from loaders.claims import read_indicators
from measures import built
from measures.checks.findings import Finding, as_data, from_data
from measures.checks.verdict import check_text
from measures.shelf import Shelf
from measures.statement_of import claims_of

_BESIDE = ("indicators.csv", "indicator_map.csv", "readings.csv", "stated_beside.csv")


@lru_cache(maxsize=8)
def findings(shelf: Shelf, dataset: str) -> dict[str, Finding]:
    """The finding of every claim, by id: as built, or worked out now where file, lists or code have changed since."""
    path = _path(shelf, dataset)
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if kept.get("fingerprint") == _fingerprint(shelf, dataset):
        return {one["claim"]: from_data(one) for one in kept["findings"]}
    return {one.claim: one for one in work_out(shelf, dataset)}


def work_out(shelf: Shelf, dataset: str) -> tuple[Finding, ...]:
    """Check every claim of a dataset against all the others. Raises SourceError when the dataset is faulty."""
    card = shelf.cards[dataset]
    return check_text(claims_of(shelf, dataset), read_indicators(card)[0], card.readings.get("events", ()))


def write_findings(shelf: Shelf, dataset: str) -> Path:
    """Write ``built/<dataset>/findings.json``; its path. Raises SourceError when the dataset is faulty."""
    path = _path(shelf, dataset)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = {"fingerprint": _fingerprint(shelf, dataset), "findings": [as_data(one) for one in work_out(shelf, dataset)]}
    path.write_text(json.dumps(made, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    return path


def _path(shelf: Shelf, dataset: str) -> Path:
    return shelf.root / "built" / dataset / "findings.json"


def _fingerprint(shelf: Shelf, dataset: str) -> str:
    card = shelf.cards[dataset]
    digest = hashlib.sha256(built.fingerprint(shelf.root, card).encode())
    for path in (card.folder / name for name in _BESIDE):
        digest.update(path.read_bytes() if path.exists() else b"missing")
    return digest.hexdigest()
