"""Are these the bytes that were recorded, and can they be read as a table at all?"""

from __future__ import annotations

import hashlib
import io

import pandas as pd

from loaders.cards import Release, SourceCard
from loaders.errors import Fault, SourceError


def read_bytes(card: SourceCard, release: Release) -> bytes:
    """The bytes of a published file. Raises SourceError when it is missing."""
    path = card.folder / release.file
    if not path.exists():
        fault = Fault(card.id, "the file is missing", release.file, "no such file", "Restore it, or mend 'file' in source.toml.")
        raise SourceError(card.id, [fault])
    return path.read_bytes()


def byte_faults(data: bytes, card: SourceCard, release: Release) -> list[Fault]:
    """Nothing when the bytes are the recorded ones."""
    found = hashlib.sha256(data).hexdigest()
    if found == release.sha256:
        return []
    return [
        Fault(
            f"{card.id}: '{release.file}'",
            "is not the file that was recorded",
            f"sha256 {release.sha256}",
            found,
            "If the publisher revised it, add it as a new release in source.toml and say so in CHANGELOG.md under Figures.",
        )
    ]


def parse_table(data: bytes, card: SourceCard, release: Release) -> pd.DataFrame:
    """The file as a table of texts, headings as published. Raises SourceError when it is no table in UTF-8."""
    try:
        frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8-sig")
        if isinstance(frame.index, pd.RangeIndex):
            return frame
        what = Fault(
            f"'{release.file}'", "rows have more cells than there are headings", "a heading for each cell", "fewer", "Restore the published file."
        )
    except (UnicodeDecodeError, pd.errors.EmptyDataError, pd.errors.ParserError) as error:
        kind = type(error).__name__  # the error itself may hold a cell: it is neither said nor chained
        what = Fault(f"'{release.file}'", "cannot be read as a table", "CSV in UTF-8 with one heading row", kind, "Restore the published file.")
    raise SourceError(card.id, [*byte_faults(data, card, release), what])
