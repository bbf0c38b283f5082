"""One whole build on the disk: the folder that the pointer names, and the hash of every file that was written into it.

``built/builds/<id>/`` holds the files of a build and ``manifest.json``, the hash and the size of each;
``built/current`` names the folder and the hash of its manifest. A reader looks at the pointer once and takes everything
from that folder (docs/decisions/0030).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

Content = TypeVar("Content")
HOME, BUILDS, POINTER, MANIFEST = "built", "builds", "current", "manifest.json"
ATTACKED, LISTED = "attack.json", "publications.json"  # what the attack of the build said, and what it attacked
_NAMED = re.compile(r"([0-9A-Za-z-]+) ([0-9a-f]{64})\n")
_LOOKS = 3  # at a pointer that changes while it is followed
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, IndexError, pa.ArrowException)


class Build:
    """The files of one build; none at all where nothing was built (``folder`` None).

    ``files``: name under ``folder`` → its SHA-256 and its size in bytes. ``about``: what the manifest says of the build
    as a whole. While it lives it holds its folder, so that no later build removes the files.
    """

    attacked_later = False  # only a build that is being made reads what was not attacked yet

    def __init__(self, root: Path, folder: Path | None = None, manifest: dict | None = None):
        self.root, self.folder = root, folder
        self.about: dict = manifest or {}
        self.files: dict[str, list] = self.about.get("files", {})
        self._fits: dict[str, bool] = {}
        self._lock = threading.Lock()
        if folder is not None:
            weakref.finalize(self, os.close, _held(folder))

    def read(self, name: str, parse: Callable[[Path], Content]) -> Content | None:
        """What ``parse`` makes of a built file.

        None, told in the log, when it is not the file that was written or cannot be read.
        """
        path = self.path(name)
        if path is None:
            return None
        try:
            return parse(path)
        except _UNREADABLE as error:
            _tell(path, type(error).__name__)
            return None

    def path(self, name: str) -> Path | None:
        """Where a built file lies, after its bytes were compared, once, with the manifest; else None."""
        if self.folder is None or name not in self.files:
            return None
        path = self.folder / name
        with self._lock:
            if name not in self._fits:
                difference = _unlike(path, self.files[name])
                self._fits[name] = not difference
                if difference:
                    _tell(path, difference)
            return path if self._fits[name] else None

    def hash_of(self, name: str) -> str:
        """The SHA-256 that the manifest gives of a file, '' when it names none."""
        return self.files[name][0] if name in self.files else ""


def current_build(root: Path) -> Build:
    """The build that readers get now; one without files, told in the log, when the pointer leads nowhere."""
    for _ in range(_LOOKS):
        named = pointer_of(root)
        if not named:
            break
        try:
            build = _opened(root, *named)
        except _UNREADABLE as error:
            build, why = None, str(error)
        if named == pointer_of(root):
            if build is None:
                _tell(root / HOME / POINTER, why)
            return build or Build(root)
    return Build(root)


def pointer_of(root: Path) -> tuple[str, str] | None:
    """The folder of the current build and the hash of its manifest, or None."""
    path = root / HOME / POINTER
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        _tell(path, type(error).__name__)
        return None
    named = _NAMED.fullmatch(text)
    if named is None:
        _tell(path, "names no build")
        return None
    return named[1], named[2]


def _opened(root: Path, name: str, digest: str) -> Build:
    folder = root / HOME / BUILDS / name
    data = (folder / MANIFEST).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(f"{name}/{MANIFEST} is not the one that the build wrote")
    return Build(root, folder, json.loads(data))


def _held(folder: Path) -> int:
    """A descriptor of the folder that shares its lock; where the disk knows no locks, without one."""
    descriptor = os.open(folder, os.O_RDONLY)
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return descriptor


def hash_and_size(path: Path) -> list:
    """SHA-256 and size of a file."""
    with path.open("rb") as file:
        return [hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size]


def _unlike(path: Path, expected: list) -> str:
    """How a file differs from what the manifest says of it; '' when it does not."""
    try:
        size = path.stat().st_size
        if size != expected[1]:
            return f"has {size} bytes, the build wrote {expected[1]}"
        return "" if hash_and_size(path) == list(expected) else "has other bytes than the build wrote"
    except OSError as error:
        return f"cannot be read ({type(error).__name__})"


def _tell(path: Path, what: str) -> None:
    todo = "It counts as not built; what it holds is made from the published files. Run: python -m measures build."
    print(f"{path}: {what}. {todo}", file=sys.stderr, flush=True)
