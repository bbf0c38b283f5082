"""What the build made, and whether it still fits the files that it was made from."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure import SafeTable
from disclosure.stored import read_head, read_table, write_table
from loaders import SourceCard
from loaders.folders import PROJECT


def write(root: Path, table: SafeTable, card: SourceCard) -> Path:
    """Write a safe table as Parquet, with its axes and the fingerprint of what it was made from."""
    path = _path(root, card, table.release)
    write_table(path, table, {"fingerprint": fingerprint(root, card)})
    return path


def read(root: Path, card: SourceCard, release: str) -> SafeTable | None:
    """The built table, or None when there is none or when file, card, place or code have changed since."""
    path = _path(root, card, release)
    if not path.exists() or read_head(path)["fingerprint"] != fingerprint(root, card):
        return None
    return read_table(path, card.name, release)


def keep(root: Path, card: SourceCard, name: str, made) -> Path:
    """Write what was worked out from a dataset as JSON, with the fingerprint of what it was made from; its path."""
    path = root / "built" / card.name / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"fingerprint": fingerprint(root, card), "made": made}, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    return path


def kept(root: Path, card: SourceCard, name: str):
    """What ``keep`` wrote, or None when there is none or when file, card, place or code have changed since."""
    path = root / "built" / card.name / name
    if not path.exists():
        return None
    stored = json.loads(path.read_text(encoding="utf-8"))
    return stored["made"] if stored["fingerprint"] == fingerprint(root, card) else None


def keep_table(root: Path, card: SourceCard, name: str, flat: pa.Table) -> Path:
    """Write a table of what was worked out from a dataset, with the fingerprint of what it was made from; its path."""
    path = root / "built" / card.name / name
    pq.write_table(flat.replace_schema_metadata({"fingerprint": fingerprint(root, card)}), path, compression="zstd")
    return path


def kept_table(root: Path, card: SourceCard, name: str) -> pa.Table | None:
    """What ``keep_table`` wrote, or None when there is none or when file, card, place or code have changed since."""
    path = root / "built" / card.name / name
    if not path.exists():
        return None
    flat = pq.read_table(path)
    return flat if (flat.schema.metadata or {}).get(b"fingerprint", b"").decode() == fingerprint(root, card) else None


def fingerprint(root: Path, card: SourceCard) -> str:
    """A hash over the published files, their card and the lists beside it, the place and the code that makes the table."""
    digest = hashlib.sha256(_code().encode())
    files = [*(card.folder / release.file for release in card.releases), *sorted(card.folder.glob("*.csv"))]
    if card.disclosure == "protect":
        files = [card.folder / "protected" / name for name in ("table.parquet", "audit.json")] + [
            root / "disclosure.toml",
            card.folder / "categories.csv",
        ]
    for path in [*dict.fromkeys(files), card.folder / "source.toml", root / "places" / f"{card.place}.toml"]:
        digest.update(path.read_bytes() if path.exists() else b"missing")
    return digest.hexdigest()


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for folder in ("loaders", "disclosure", "measures"):
        for path in sorted([*(PROJECT / folder).rglob("*.py"), *(PROJECT / folder).glob("*.toml")]):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _path(root: Path, card: SourceCard, release: str) -> Path:
    return root / "built" / card.name / f"{release}.parquet"
