"""What the build made of a dataset, and whether it still fits the files that it was made from."""

from __future__ import annotations

import hashlib
import json
from functools import cache, lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure import SafeTable
from disclosure.builds import Build
from disclosure.parquet_table import read_head, read_table, write_table
from loaders import SourceCard
from loaders.broken_off import reason_of
from loaders.data_folder import PROJECT
from measures.store.new_build import NewBuild

LARGE_FILE = 16 << 20  # bytes


def write(build: NewBuild, table: SafeTable, card: SourceCard) -> Path:
    """Write a safe table as Parquet, with its axes and the fingerprint of what it was made from."""
    head = {"fingerprint": fingerprint(build.root, card)}
    return build.write(table_name(card.name, table.release), lambda path: write_table(path, table, head))


def read(build: Build, card: SourceCard, release: str) -> SafeTable | None:
    """The built table; None when there is none, when it is damaged, or when what it was made from has changed."""

    def parse(path: Path) -> SafeTable | None:
        fits = read_head(path)["fingerprint"] == fingerprint(build.root, card)
        return read_table(path, card.name, release) if fits else None

    return build.read(table_name(card.name, release), parse)


def keep(build: NewBuild, card: SourceCard, name: str, content) -> Path:
    """Write what was worked out from a dataset as JSON, with the fingerprint of what it was made from; its path."""
    stored = {"fingerprint": fingerprint(build.root, card), "content": content}
    return build.write_text(f"{card.name}/{name}", json.dumps(stored, ensure_ascii=False, allow_nan=False))


def kept(build: Build, card: SourceCard, name: str):
    """What ``keep`` wrote; None when there is none, when it is damaged, or when what it was made from has changed."""

    def parse(path: Path):
        stored = json.loads(path.read_text(encoding="utf-8"))
        return stored["content"] if stored["fingerprint"] == fingerprint(build.root, card) else None

    return build.read(f"{card.name}/{name}", parse)


def keep_table(build: NewBuild, card: SourceCard, name: str, flat: pa.Table) -> Path:
    """Write a table of what was worked out from a dataset, with the fingerprint of what it was made from; its path."""
    marked = flat.replace_schema_metadata({"fingerprint": fingerprint(build.root, card)})
    return build.write(f"{card.name}/{name}", lambda path: pq.write_table(marked, path, compression="zstd"))


def kept_table(build: Build, card: SourceCard, name: str) -> pa.Table | None:
    """What ``keep_table`` wrote; None when there is none, when it is damaged, or when what it was made from has
    changed."""

    def parse(path: Path) -> pa.Table | None:
        flat = pq.read_table(path)
        made_from = (flat.schema.metadata or {}).get(b"fingerprint", b"").decode()
        return flat if made_from == fingerprint(build.root, card) else None

    return build.read(f"{card.name}/{name}", parse)


def table_name(dataset: str, release: str) -> str:
    """The name of a safe table within a build."""
    return f"{dataset}/{release}.parquet"


def fingerprint(root: Path, card: SourceCard) -> str:
    """A hash over the published files, their card and the lists beside it, the place and the code that makes the
    table."""
    digest = hashlib.sha256(_code().encode())
    files = [*(card.folder / release.file for release in card.releases), *sorted(card.folder.glob("*.csv"))]
    if card.disclosure == "protect":
        files = [card.folder / "protected" / name for name in ("table.parquet", "audit.json")] + [
            root / "disclosure.toml",
            card.folder / "categories.csv",
        ]
    for path in [*dict.fromkeys(files), card.folder / "source.toml", root / "places" / f"{card.place}.toml"]:
        digest.update(hash_of(path))
    return digest.hexdigest()


def hash_of(path: Path) -> bytes:
    """The hash of what is in a file; of one that is missing or cannot be read, that: another state than before, and no
    build's end. A large file is read anew only when the disk says that it was written or replaced."""
    try:
        if not path.exists():
            return b"missing"
        stands = path.stat()
        if stands.st_size <= LARGE_FILE:
            return hashlib.sha256(path.read_bytes()).digest()
        return _hash_of_large(path, (stands.st_mtime_ns, stands.st_ctime_ns, stands.st_size, stands.st_ino))
    except OSError as error:
        return reason_of(error).encode()


@lru_cache(maxsize=64)
def _hash_of_large(path: Path, _stamp: tuple[int, ...]) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def code_files() -> list[Path]:
    """Every program and list of rules that has a say in what is built."""
    folders = (PROJECT / folder for folder in ("loaders", "disclosure", "measures"))
    return sorted(path for folder in folders for kind in ("*.py", "*.toml") for path in folder.rglob(kind))


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for path in code_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()
