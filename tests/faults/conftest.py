"""A small data folder that was built once, copies of it to break, and disks that are full or may not be written to."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.simulated.place import Size, write_place
from measures.build import build


@pytest.fixture(scope="package")
def built_once(tmp_path_factory) -> Path:
    root = write_place(tmp_path_factory.mktemp("faults") / "data", Size(areas=3, types=4, months=26))
    assert build(root) == 0
    return root


@pytest.fixture
def root(built_once, tmp_path, monkeypatch) -> Path:
    """A copy of the built folder, which is the data folder of every command in the test."""
    return its_own(built_once, tmp_path / "data", monkeypatch)


def its_own(source: Path, folder: Path, monkeypatch) -> Path:
    shutil.copytree(source, folder)
    monkeypatch.setenv("FIGURES_DATA", str(folder))
    return folder


@pytest.fixture
def dice(request) -> random.Random:
    """Chance that begins alike in every run; the moments still differ with the machine."""
    return random.Random(request.node.name)


class Disk:
    """A disk of its own at a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._filling = folder / "filling"

    def fill(self, free: int) -> None:
        """Leave so many bytes free, to a page."""
        self._filling.unlink(missing_ok=True)
        state = os.statvfs(self.folder)
        used = state.f_bavail * state.f_frsize - free
        with self._filling.open("wb") as file:
            file.write(bytes(max(used, 0)))

    def clear(self) -> None:
        self._filling.unlink()

    def lock(self) -> None:
        """Let nobody write any more."""
        _mount("-o", "remount,ro", str(self.folder))

    def unlock(self) -> None:
        _mount("-o", "remount,rw", str(self.folder))


@pytest.fixture
def disk(tmp_path) -> Iterator[Callable[[int], Disk]]:
    """``disk(size)``: a disk in memory of so many bytes."""
    mounted = []

    def make(size: int) -> Disk:
        folder = tmp_path / "disk"
        folder.mkdir()
        _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
        mounted.append(folder)
        return Disk(folder)

    yield make
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(*words: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk, and the tests do not run as root")
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this machine mounts no disk for the tests: {done.stderr.strip()}")
