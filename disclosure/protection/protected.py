"""The protected table of a dataset and its audit: the only thing that is read of a dataset that asks for protection.

``<package>/protected/table.parquet`` has one row for each cell of the lattice (area, category, period, value, status);
a hidden value is not in it. ``audit.json`` beside it says by which rule, how many are hidden, and that none is unsafe.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.cell_statuses import mark_whole
from disclosure.draft_table import COLUMNS, DraftTable, Reasons
from disclosure.protection.lattice import AXES, Lattice, lattice_of
from disclosure.protection.policy import read_policy
from disclosure.safe_table import Dense, SafeTable
from loaders import Fault, Place, SourceCard, SourceError
from loaders.statuses import STATUSES

TABLE, AUDIT = "table.parquet", "audit.json"
WITHHELD = "withheld"  # the one neutral reason: nobody can tell a small count from one hidden for its sake


@dataclass(frozen=True)
class Protected:
    """A protected table as it is stored: the lattice with ``count`` −1 where hidden, and what the audit says."""

    lattice: Lattice
    shown: np.ndarray
    withheld: np.ndarray
    table: SafeTable
    audit: dict


def folder_of(card: SourceCard) -> Path:
    return card.folder / "protected"


def not_protected(card: SourceCard) -> Fault:
    return Fault(
        card.id,
        "protection was asked for but no protected table exists",
        "as_published",
        card.disclosure,
        "Nothing of it is shown.",
    )


def read_protected(card: SourceCard, place: Place) -> Protected:
    """The stored table, checked against its audit. Raises SourceError with every reason why it may not be shown."""
    folder = folder_of(card)
    if not (folder / AUDIT).exists() or not (folder / TABLE).exists():
        raise SourceError(card.id, [not_protected(card)])
    data = (folder / TABLE).read_bytes()
    try:
        audit = json.loads((folder / AUDIT).read_text(encoding="utf-8"))
        faults = list(_audit_faults(card, audit, hashlib.sha256(data).hexdigest()))
        if faults:
            raise SourceError(card.id, faults)
        protected = _read(card, place, data, audit)
    except (ValueError, KeyError, TypeError, pa.ArrowException) as error:
        if isinstance(error, SourceError):
            raise
        fault = _fault(
            card, "the protected table or its audit cannot be read", "as the build wrote it", type(error).__name__
        )
        raise SourceError(card.id, [fault]) from error
    faults = list(_total_faults(card, protected))
    if faults:
        raise SourceError(card.id, faults)
    return protected


def _fault(card: SourceCard, what: str, expected: str, found: str) -> Fault:
    return Fault(
        f"{card.id}/protected",
        what,
        expected,
        found,
        f"Nothing of it is shown. Run: python -m disclosure protect {card.folder}",
    )


def _audit_faults(card: SourceCard, audit: dict, digest: str):
    if audit["table_sha256"] != digest:
        yield _fault(card, "the table is not the one that was audited", audit["table_sha256"], digest)
    if audit["unsafe"] != 0 or type(audit["unsafe"]) is not int:
        yield _fault(card, "hidden counts are not proved safe", "0 unsafe", f"{audit['unsafe']} unsafe")
    rule = json.loads(json.dumps(read_policy(card).rule()))
    if audit["rule"] != rule:
        yield _fault(card, "it was protected by another rule", str(rule), str(audit["rule"]))
    if audit["release"] != card.latest.id or audit["dataset"] != card.name:
        yield _fault(
            card, "it is of another release", f"{card.name} {card.latest.id}", f"{audit['dataset']} {audit['release']}"
        )
    if len(card.releases) != 1:
        yield _fault(card, "a protected dataset has more than one release", "its newest only", str(len(card.releases)))


def _read(card: SourceCard, place: Place, data: bytes, audit: dict) -> Protected:
    flat = pq.read_table(io.BytesIO(data))
    head = json.loads(flat.schema.metadata[b"head"])
    shape = (1, len(head["categories"]), len(head["areas"]), len(head["periods"]))
    reasons = Reasons(["", WITHHELD])
    values, status = np.full(shape, np.nan), np.full(shape, STATUSES.index("c"), dtype=np.int8)
    reason = np.ones(shape, dtype=np.int16)
    for start, length, letter, why in head["empty"]:
        status.ravel()[start : start + length], reason.ravel()[start : start + length] = (
            STATUSES.index(letter),
            reasons.number(why),
        )
    table = SafeTable(
        card.name,
        "latest",
        *(tuple(head[axis]) for axis in ("variables", "categories", "areas", "periods")),
        (card.latest.id,) * shape[-1],
        Dense(values, status, reason),
        reasons,
    )
    lattice, shown, withheld = _lattice(card, table, flat, audit)
    positions = lattice.positions[shown & (lattice.positions[:, 2] < shape[-1])].T
    values[0][tuple(positions)] = lattice.count[shown & (lattice.positions[:, 2] < shape[-1])]
    status[0][tuple(positions)], reason[0][tuple(positions)] = 0, 0
    return Protected(lattice, shown, withheld, table, audit)


def _lattice(card: SourceCard, table: SafeTable, flat: pa.Table, audit: dict):
    """The lattice once more, from the axes and the declared grains; its cells must be exactly those of the table."""
    never = table.status[0] != STATUSES.index("c")
    stand_in = SafeTable(
        table.dataset,
        table.release,
        table.variables,
        table.categories,
        table.areas,
        table.periods,
        table.release_of,
        Dense(np.where(never, np.nan, 0.0)[None], table.status, table.reason),
        tuple(table.reasons),
    )
    lattice = lattice_of(stand_in, card.tree, tuple(audit["rule"]["lattice"]), audit["rule"]["whole_cube"])
    for axis in AXES:
        if not np.array_equal(lattice.names(axis), flat[axis].to_numpy(zero_copy_only=False).astype(object)):
            raise ValueError("the cells are not those of the lattice")
    hidden = np.array(flat["status"].to_pylist(), dtype=object) == "c"
    value, published, block = (flat[name].to_numpy(zero_copy_only=False) for name in ("value", "published", "block"))
    if not np.array_equal(hidden, np.isnan(value.astype(float))) or not np.array_equal(lattice.published, published):
        raise ValueError("statuses and values do not fit together")
    return replace(lattice, count=np.nan_to_num(value.astype(float), nan=-1).astype(np.int64)), ~hidden, block


def _total_faults(card: SourceCard, protected: Protected):
    """Shown parts and what the hidden ones must be at least never exceed a total, and make it where none is hidden."""
    lattice, hidden = protected.lattice, ~protected.shown
    least = np.where(protected.withheld | ~lattice.published, 0, 1)
    parts = lattice.equations.maximum(0)
    rest = -(lattice.equations @ np.where(hidden, 0, lattice.count))
    open_parts, open_total = parts @ hidden.astype(np.int64), (-lattice.equations).maximum(0) @ hidden.astype(np.int64)
    closed = (open_parts + open_total == 0) & (rest != 0)
    short = (open_total == 0) & (rest < parts @ np.where(hidden, least, 0))
    if (wrong := int((closed | short).sum())) or (lattice.count[protected.shown] < 0).any():
        yield _fault(card, "totals do not add up", "every total the sum of its parts", f"{wrong} that are not")


def protected_table(card: SourceCard, place: Place, release: str) -> SafeTable:
    """The protected table at the card's own periods, with the marks that follow from what is shown. Raises
    SourceError."""
    stored = read_protected(card, place).table
    axes = {axis: list(getattr(stored, axis)) for axis in COLUMNS}
    draft = DraftTable(axes, stored.values, stored.status, stored.reason, Reasons(stored.reasons))
    mark_whole(draft, card, place, release)
    stored.values.setflags(write=False)
    return replace(stored, release=release, reasons=tuple(draft.words))
