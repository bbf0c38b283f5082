"""Reads the one table of an archive that holds nothing else: a text file, or an answer in JSON, that was zipped."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from loaders.formats.limits import archive_members
from loaders.formats.signatures import JSON, TEXT, kind_of


def table_in(path: Path) -> str:
    """The name of the one file in an archive; '' where it holds several. Raises Unreadable."""
    files = [name for name in archive_members(path) if not name.endswith("/")]
    return files[0] if len(files) == 1 else ""


@contextmanager
def unpacked(path: Path) -> Iterator[Path | None]:
    """The one file of an archive, for as long as it is read; None where there are several, or where it is itself an
    archive, a database or a picture. Raises Unreadable.
    """
    name = table_in(path)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        file = Path(folder) / f"table{PurePosixPath(name).suffix}"
        if name:
            file.write_bytes(archive.read(name))
        yield file if name and kind_of(file) in (TEXT, JSON) else None
