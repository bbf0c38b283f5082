"""Does the build still fit everything that it was made from? ``make`` asks, whatever the files are called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from disclosure.builds import current_build
from loaders.data_folder import PROJECT
from measures.store.artifacts import code_files, hash_of
from measures.store.reload import FILES, FOLDERS, files_of

PROTECTED = "protected"  # a folder that the build writes into, so it is looked at when the build ends


def inputs_of(root: Path) -> str:
    """A hash over what a build begins from: files, cards, places, measures, rules, programs and their libraries."""
    files = [path for folder in FOLDERS for path in files_of(root / folder) if path.parent.name != PROTECTED]
    rules = [root / name for name in FILES if "/" not in name]
    return _digest(root, [*files, *rules, *code_files(), PROJECT / "requirements.txt"])


def protected_of(root: Path) -> str:
    """A hash over the protected tables and their audits."""
    return _digest(root, [path for path in files_of(root / "open") if path.parent.name == PROTECTED])


def build_is_stale(root: Path) -> bool:
    """Must it be built? Yes where nothing was, where something changed or is damaged, or where the last build had
    faults."""
    build = current_build(root)
    if build.folder is None or build.about.get("faults") != 0:
        return True
    if (build.about.get("inputs"), build.about.get("protected")) != (inputs_of(root), protected_of(root)):
        return True
    return any(build.path(name) is None for name in build.files)


def _digest(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        name = path.relative_to(root if path.is_relative_to(root) else PROJECT).as_posix()
        digest.update(f"{name} ".encode("utf-8", "surrogateescape") + hash_of(path))
    return digest.hexdigest()
