"""The release that a table of counts becomes: named by its day, read like any file, compared with what was there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from loaders.cards.release import Release
from loaders.cards.source_card import SourceCard
from loaders.cards.unpublished import recorded_release
from loaders.errors import Fault, SourceError
from loaders.observations.read import read_release
from loaders.observations.sorted_counts import SortedCounts, is_sorted
from loaders.observations.splice import newest_first
from loaders.places.place import Place
from loaders.refresh.changes import Changes
from loaders.refresh.commit_release import STAGE
from loaders.refresh.diff import compare_releases
from loaders.refresh.new_release import free_id
from loaders.warehouse.counts_file import Counted


def drafted(card: SourceCard, counted: Counted, path: Path, today: str) -> Release:
    """The release of the counts that stand in ``path``; its file will lie in the stage under its own name."""
    published = max(today, card.latest.published) if card.releases else today
    name = free_id(card, published, path.suffix)
    file = f"{card.name}_{name}{path.suffix}"
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    release = Release(
        id=name,
        published=published,
        file=file,
        sha256=digest,
        rows=counted.rows,
        total=counted.total,
        columns=counted.columns,
        categories=counted.categories and {code: code for code in counted.categories},
        **dict(zip(("from", "to"), counted.span, strict=True)),
    )
    return release.model_copy(update={"file": f"{STAGE}/{file}"})


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
    if is_sorted(everything, release):
        return _surveyed(card, place, release)
    after = read_release(everything, release, place).frame
    former = _former(card)
    if not former:
        return None
    before = newest_first([read_release(card, earlier, place) for earlier in former])
    return compare_releases(card, before, after, release.rows or 0)


def _surveyed(card: SourceCard, place: Place, release: Release) -> None:
    """Through the gate and the reader, a category at a time; there is nothing to compare with. Raises SourceError."""
    if card.disclosure != "protect" and card.releases:
        todo = f"Take release {card.latest.id} out of the card, and pull again."
        what, found = "so many counts are published as one release", f"{len(card.releases)} before this one"
        raise SourceError(card.id, [Fault(card.id, what, "none before it", found, todo)])
    SortedCounts(card, release, place).survey()


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
