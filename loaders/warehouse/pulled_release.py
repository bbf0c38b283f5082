"""The release that a table of counts becomes: named by its day, read like any file, compared with what was there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from loaders.cards.release import Release
from loaders.cards.source_card import SourceCard
from loaders.cards.unpublished import recorded_release
from loaders.errors import SourceError
from loaders.observations.read import read_release
from loaders.observations.splice import newest_first
from loaders.places.place import Place
from loaders.refresh.changes import Changes
from loaders.refresh.commit_release import STAGE
from loaders.refresh.diff import compare_releases
from loaders.refresh.new_release import free_id
from loaders.warehouse.counts_file import headings_of
from loaders.warehouse.question import CATEGORY, PERIOD


def drafted(card: SourceCard, table: pa.Table, path: Path, today: str) -> Release:
    """The release of the counts that stand in ``path``; its file will lie in the stage under its own name."""
    published = max(today, card.latest.published) if card.releases else today
    name = free_id(card, published, path.suffix)
    file = f"{card.name}_{name}{path.suffix}"
    spans = [period for period in pc.unique(table[PERIOD]).to_pylist()]
    release = Release(
        id=name,
        published=published,
        file=file,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        rows=table.num_rows,
        total=pc.sum(table.column(table.num_columns - 1)).as_py(),
        columns=headings_of(table),
        categories=_as_they_are(table),
        **{"from": min(spans), "to": max(spans)},
    )
    return release.model_copy(update={"file": f"{STAGE}/{file}"})


def _as_they_are(table: pa.Table) -> dict[str, str] | None:
    """The file has our codes."""
    if CATEGORY not in table.column_names:
        return None
    return {code: code for code in sorted(pc.unique(table[CATEGORY]).to_pylist())}


def same_as_before(card: SourceCard, release: Release) -> str:
    """The id of the newest release where its file has the same bytes, else ''."""
    before = _recorded(card)
    return before.id if before and before.sha256 == release.sha256 else ""


def compared(card: SourceCard, place: Place, release: Release) -> Changes | None:
    """Through the gate and the reader, as any file; then beside the series so far, None where there is none that can be
    read.

    Raises SourceError.
    """
    everything = card.model_copy(update={"releases": (*card.releases, release)})
    after = read_release(everything, release, place).frame
    former = _former(card)
    if not former:
        return None
    before = newest_first([read_release(card, earlier, place) for earlier in former])
    return compare_releases(card, before, after, release.rows or 0)


def _former(card: SourceCard) -> list[Release]:
    """The releases so far; of a protected dataset its own file where it is still here."""
    if card.disclosure != "protect":
        return [*card.releases]
    recorded = _recorded(card)
    return [recorded] if recorded and (card.folder / recorded.file).exists() else []


def _recorded(card: SourceCard) -> Release | None:
    if not card.releases:
        return None
    try:
        return recorded_release(card) if card.disclosure == "protect" else card.latest
    except SourceError:  # nothing is known of the file before
        return None
