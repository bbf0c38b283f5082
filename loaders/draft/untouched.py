"""Takes back a draft that nobody has changed since it was written, so that files can be drafted anew."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

RECORD = ".draft.json"


def remember(root: Path, home: Path, written: list[Path]) -> None:
    """Keep in the publisher's folder what every file of a draft was when it was written."""
    files = [*written, *(path for path in home.rglob("*") if path.is_file())]
    digests = {path.relative_to(root).as_posix(): _digest(path) for path in files}
    (home / RECORD).write_text(json.dumps(digests, indent=1), encoding="utf-8")


def take_back(root: Path, home: Path) -> None:
    """Remove a draft.

    Raises FileExistsError, before anything is removed, when a file of it was changed, added or lost.
    """
    if not home.exists():
        return
    try:
        digests = json.loads((home / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise FileExistsError(f"{home.name} is there already, and is no draft of this command") from None
    beside = {path.relative_to(root).as_posix() for path in home.rglob("*") if path.is_file() and path.name != RECORD}
    changed = sorted(name for name, digest in digests.items() if _digest(root / name) != digest) + sorted(
        beside - set(digests)
    )
    if changed:
        raise FileExistsError(f"the draft was changed since: {', '.join(changed)}; nothing is taken back")
    for name in digests:
        (root / name).unlink()
    shutil.rmtree(home)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
