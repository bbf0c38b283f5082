"""Names a release in its card: the card's own text with one more release, or, of a protected dataset, with another.

A protected dataset has its newest release only, and what would confirm a guess of hidden counts (hash, rows, total)
stands in ``unpublished.toml`` beside the file.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from loaders.cards.release import OF_THE_FILE, Release
from loaders.cards.source_card import SourceCard
from loaders.cards.unpublished import RECORD
from loaders.data_folder import sync_to_disk
from loaders.toml_text import added_to, document, without

ABOUT = (
    "Of the department's own file: to be kept where the table is protected, never on a server or in a public "
    "repository."
)


def as_named(card: SourceCard, release: Release) -> tuple[Release, ...]:
    """The releases that the card has once this one is committed, as the card tells of them."""
    if card.disclosure != "protect":
        return (*card.releases, release)
    return (Release(**release.model_dump(by_alias=True, exclude={*OF_THE_FILE}, exclude_unset=True)),)


def card_with(text: str, card: SourceCard, release: Release, today: str) -> str:
    """The card's own text with the release behind the others (of a protected dataset: in their place), and with today
    as the day on which the source was read."""
    fields = {
        "id": release.id,
        "published": release.published,
        "about": release.about or None,
        "file": release.file,
        "sha256": release.sha256,
        "rows": release.rows,
        "total": release.total,
        "from": release.first,
        "to": release.last,
        "columns": release.columns,
        "ignore": list(release.ignore),
        "table": release.table,
        "categories": release.categories,
    }
    if card.disclosure == "protect":
        text, fields = without(text, "releases"), {**fields, **dict.fromkeys(OF_THE_FILE)}
    return added_to(text, "releases", fields, ("table", "categories"), accessed=today)


def record_unpublished(card: SourceCard, *releases: Release, stage: Path) -> None:
    """Write what is known of the files of these releases, and keep what was recorded of those that the card names.

    Whoever is killed after it leaves a line too many, which nobody reads. Raises OSError.
    """
    path = card.folder / RECORD
    try:
        before = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        before = {}
    kept = {release.id: before[release.id] for release in card.releases if release.id in before}
    kept |= {release.id: {key: getattr(release, key) for key in OF_THE_FILE} for release in releases}
    written = stage / RECORD
    write_whole(written, document(kept, tuple(kept), ABOUT))
    os.replace(written, path)
    sync_to_disk(card.folder)


def write_whole(path: Path, text: str) -> None:
    """Write a file and see it on the disk."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
