"""Where the data stand. ``FIGURES_DATA`` names another folder of the same shape (the tests break a copy on purpose)."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """The folder that holds ``open``, ``places``, ``measures`` and ``built``."""
    return Path(os.environ.get("FIGURES_DATA", PROJECT / "data"))


def sync_to_disk(path: Path) -> None:
    """See the bytes of a file, or the names of a folder, on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
