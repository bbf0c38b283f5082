"""Writes the protected table of a dataset and its audit beside its card."""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.protection.lattice import AXES, Lattice
from disclosure.protection.protect import Protection
from disclosure.protection.protected import AUDIT, TABLE, WITHHELD, folder_of
from disclosure.safe_table import SafeTable
from loaders import SourceCard
from loaders.data_folder import sync_to_disk
from loaders.statuses import STATUSES

_OF_THE_RUN = ("seconds", "peak_mebibytes", "audited")  # what an audit says of the run, not of the table


def write_protected(card: SourceCard, raw: SafeTable, lattice: Lattice, protection: Protection, audit: dict) -> dict:
    """Write table and audit, where they are not those that stand there already; the audit that stands, with the hash of
    the table.

    ``raw`` gives the axes and the cells that never had a number.
    """
    data = _table_bytes(raw, lattice, protection)
    audit = {**audit, "table_sha256": hashlib.sha256(data).hexdigest()}
    folder = folder_of(card)
    before = _standing(folder, data)
    if before is not None and all(
        before.get(key) == value for key, value in json.loads(json.dumps(audit)).items() if key not in _OF_THE_RUN
    ):
        return before
    folder.mkdir(exist_ok=True)
    _write(folder, {TABLE: data, AUDIT: (json.dumps(audit, indent=1, ensure_ascii=False) + "\n").encode()})
    return audit


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    """Put both in their places when both are on the disk. Raises OSError; then what stood there stands."""
    try:
        for name, content in contents.items():
            (folder / f".{name}").write_bytes(content)
            sync_to_disk(folder / f".{name}")
        for (
            name
        ) in contents:  # between the two, and after a kill there, the audit is of another table: nothing is shown
            os.replace(folder / f".{name}", folder / name)
        sync_to_disk(folder)
    finally:
        for name in contents:
            (folder / f".{name}").unlink(missing_ok=True)


def _standing(folder: Path, data: bytes) -> dict | None:
    """The audit of an earlier run that led to the same bytes, or None."""
    try:
        same = (folder / TABLE).read_bytes() == data
        audit = json.loads((folder / AUDIT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return audit if same and isinstance(audit, dict) else None


def _table_bytes(raw: SafeTable, lattice: Lattice, protection: Protection) -> bytes:
    positions, hidden = lattice.positions, protection.hidden
    value = pa.array(np.where(hidden, 0, lattice.count), pa.int64(), mask=hidden)
    columns = {
        axis: pa.array([lattice.axes[axis].codes[n] for n in positions[:, number]]).dictionary_encode()
        for number, axis in enumerate(AXES)
    }
    columns |= {
        "value": value,
        "status": ["c" if cell else "" for cell in hidden],
        "reason": [WITHHELD if cell else "" for cell in hidden],
    }
    columns |= {"published": lattice.published, "block": protection.withheld}
    head = {name: getattr(raw, name) for name in ("variables", "categories", "areas", "periods")} | {
        "empty": _empty(raw)
    }
    out = io.BytesIO()
    pq.write_table(pa.table(columns).replace_schema_metadata({"head": json.dumps(head)}), out, compression="zstd")
    return out.getvalue()


def _empty(raw: SafeTable) -> list[list]:
    """Cells that never had a number, as runs: first number in the flat table, length, status, reason."""
    status, reason = raw.status[0].ravel(), raw.reason[0].ravel()
    none = np.isnan(raw.values[0].ravel())
    key = np.where(none, status.astype(np.int64) * 100_000 + reason, -1)
    starts = np.flatnonzero(np.diff(key, prepend=-2))
    ends = np.append(starts[1:], len(key))
    return [
        [int(a), int(b - a), STATUSES[status[a]], raw.reasons[reason[a]]]
        for a, b in zip(starts, ends, strict=True)
        if none[a]
    ]
