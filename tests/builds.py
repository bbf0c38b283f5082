"""Builds that a test spoils, or writes anew together with their manifest, as somebody with access to the folder could."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from disclosure.builds import HOME, MANIFEST, POINTER, current_build, hash_and_size, pointer_of
from measures.store.new_build import NewBuild


def built_file(root: Path, name: str) -> Path:
    """Where a file of the current build lies."""
    return current_build(root).folder / name


def forge(root: Path, name: str, fill: Callable[[Path], object]) -> None:
    """Let ``fill`` write a built file anew, and record it in manifest and pointer as if the build had written it."""
    folder = current_build(root).folder
    fill(folder / name)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][name] = hash_and_size(folder / name)
    text = json.dumps(manifest)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    named, _ = pointer_of(root)
    (root / HOME / POINTER).write_text(f"{named} {hashlib.sha256(text.encode()).hexdigest()}\n", encoding="utf-8")


class ForgedBuild(NewBuild):
    """The current build, open for writing; what is written is recorded by ``forge``."""

    def __init__(self, root: Path):
        super().__init__(root, current_build(root).folder)

    def write(self, name: str, fill: Callable[[Path], object]) -> Path:
        forge(self.root, name, fill)
        return self.folder / name
