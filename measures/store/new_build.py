"""A build that is being made: in a folder of its own under a lock; the pointer changes when everything is there."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from disclosure.builds import BUILDS, HOME, MANIFEST, POINTER, Build, hash_and_size, pointer_of
from loaders.data_folder import sync_to_disk

LOCK = "lock"


class AnotherBuild(RuntimeError):
    """Another build of the same data folder is at work."""


class NewBuild(Build):
    """The files of a build so far. Nobody else reads them, so it may read what was not attacked yet."""

    attacked_later = True

    def __init__(self, root: Path, folder: Path):
        super().__init__(root, folder, {"files": {}})

    def write(self, name: str, fill: Callable[[Path], object]) -> Path:
        """Let ``fill`` write a file of the build, see it on the disk and note its hash; its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fill(path)
        sync_to_disk(path)
        self.files[name] = hash_and_size(path)
        self._fits[name] = True
        return path

    def write_text(self, name: str, text: str) -> Path:
        """The same of a text."""
        return self.write(name, lambda path: path.write_text(text, encoding="utf-8"))


@contextmanager
def new_build(root: Path) -> Iterator[NewBuild]:
    """An empty build, which takes the place of the one before when the block ends; of a block that fails nothing stays.

    The build before it stays on the disk for those who still read it. Raises AnotherBuild when one is at work, and
    OSError.
    """
    home = root / HOME
    (home / BUILDS).mkdir(parents=True, exist_ok=True)
    with _locked(home / LOCK):
        before = pointer_of(root)
        _remove_unfinished(home)
        build = NewBuild(root, _own_folder(home))
        try:
            yield build
            _publish(build)
        except BaseException:
            if (pointer_of(root) or ("",))[0] != build.folder.name:
                shutil.rmtree(build.folder, ignore_errors=True)
            raise
        _remove_older(home, {build.folder.name, *(before or ())[:1]})


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    _remove_folder(path)
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherBuild(f"{path.parent} is being built by another run. Wait for it to end.") from None
        yield
    finally:
        os.close(held)


def _own_folder(home: Path) -> Path:
    folder = home / BUILDS / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    folder.mkdir()
    return folder


def _publish(build: NewBuild) -> None:
    """Write the manifest, see everything on the disk, then, in one step, let the pointer name the build."""
    text = json.dumps({**build.about, "files": build.files}, indent=1, ensure_ascii=False) + "\n"
    manifest = build.folder / MANIFEST
    manifest.write_text(text, encoding="utf-8")
    for path in (
        manifest,
        *(folder for folder in build.folder.rglob("*") if folder.is_dir()),
        build.folder,
        build.folder.parent,
    ):
        sync_to_disk(path)
    home = build.folder.parent.parent
    written = home / f"{POINTER}.new"
    written.write_text(f"{build.folder.name} {hashlib.sha256(text.encode()).hexdigest()}\n", encoding="utf-8")
    sync_to_disk(written)
    _remove_folder(home / POINTER)
    os.replace(written, home / POINTER)
    with suppress(OSError):  # the pointer stands already
        sync_to_disk(home)


def _remove_unfinished(home: Path) -> None:
    """Take away what killed builds left; the lock says that none of them is at work."""
    for folder in (home / BUILDS).iterdir():
        if not (folder / MANIFEST).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _remove_older(home: Path, keep: set[str]) -> None:
    """Take away the builds that nobody reads any more, and whatever else an older version left in the folder."""
    for folder in (home / BUILDS).iterdir():
        if folder.name not in keep and not _read_by_somebody(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for path in home.iterdir():
        if path.name not in (BUILDS, POINTER, LOCK):
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _remove_folder(path: Path) -> None:
    """A folder where a file of ours belongs is nobody's."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def _read_by_somebody(folder: Path) -> bool:
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(held)
    return False
