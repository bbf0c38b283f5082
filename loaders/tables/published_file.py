"""Are these the bytes that were recorded, and can they be read as a table at all?"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault, SourceError
from loaders.formats.read_sheets import Unreadable, read_sheets
from loaders.tables.table_area import Cut, cut


def byte_faults(card: SourceCard, release: Release) -> list[Fault]:
    """Nothing when the bytes are the recorded ones. Raises SourceError when there is no file."""
    path = card.folder / release.file
    if not path.exists():
        fault = Fault(
            card.id, "the file is missing", release.file, "no such file", "Restore it, or fix 'file' in source.toml."
        )
        raise SourceError(card.id, [fault])
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest == release.sha256:
        return []
    return [
        Fault(
            f"{card.id}: '{release.file}'",
            "is not the file that was recorded",
            f"sha256 {release.sha256}",
            digest,
            (
                "If the publisher revised it, add it as a new release in source.toml and say so in CHANGELOG.md under "
                "Figures."
            ),
        )
    ]


def read_cut(card: SourceCard, release: Release, words: dict) -> Cut:
    """The table of a published file, cut by the card's words. Raises SourceError when it is no table, or lacks the
    sheet named.
    """
    try:
        return cut_of(card.folder / release.file, words)
    except Unreadable as error:
        faults = byte_faults(card, release)
        what = Fault(
            f"'{release.file}'",
            "cannot be read as a table",
            "a table",
            str(error),
            "Restore the published file, or fix [table].",
        )
        raise SourceError(card.id, [*faults, what]) from None


def cut_of(path: Path, words: dict) -> Cut:
    """The table that the words choose in a file. Raises Unreadable."""
    sheets = read_sheets(path, words)
    wanted = words.get("sheet", sheets[0].name)
    chosen = [sheet for number, sheet in enumerate(sheets, 1) if wanted in (sheet.name, number)]
    if not chosen:
        raise Unreadable(f"none of its {len(sheets)} sheets is '{wanted}'")
    table_cut = cut(chosen[0], words, path.name)
    beside = (
        text
        for sheet in sheets
        if sheet is not chosen[0]
        for column in sheet.columns
        for text in column.texts.to_pylist()
    )
    table_cut.table.above += tuple(beside)  # the gate looks at the sheets that nobody reads, too
    return table_cut


def parse_table(card: SourceCard, release: Release) -> pd.DataFrame:
    """The file as a table of texts, headings as published. Raises SourceError when it is no table."""
    table_cut = read_cut(card, release, {**card.table, **(release.table or {})})
    headings = [column.heading for column in table_cut.columns]
    table_cut.faults += [
        Fault(
            f"'{release.file}', heading row",
            "a heading stands twice",
            "each once",
            f"'{column}'",
            "Ask the publisher which column holds.",
        )
        for column in dict.fromkeys(headings)
        if headings.count(column) > 1
    ]
    if table_cut.faults:
        raise SourceError(card.id, [*byte_faults(card, release), *table_cut.faults])
    texts = {
        column.heading: np.array(column.texts.to_pylist(), dtype=object)[column.codes] for column in table_cut.columns
    }
    return pd.DataFrame(texts)
