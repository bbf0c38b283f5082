"""The release that an answer becomes: of the format announced, with its own name and date, and read as any file is."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from loaders.cards.refresh_schema import ENDINGS
from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault, SourceError
from loaders.formats.signatures import kind_by_ending, kind_of
from loaders.observations.read import read_release
from loaders.observations.table import Observations
from loaders.places.place import Place
from loaders.refresh.commit_release import STAGE


def as_announced(card: SourceCard, answer: Path) -> None:
    """The answer is of the format that the card names, by its first bytes. Raises SourceError."""
    kind, sent = card.refresh["format"], kind_of(answer)
    if sent and sent != kind_by_ending(ENDINGS[kind]):
        fault = Fault(
            card.name, "answers in another format", kind, sent, "Look at the address in a browser and fix [refresh]."
        )
        raise SourceError(card.id, [fault])


def drafted(card: SourceCard, answer: Path, day: str, today: str) -> Release:
    """The release that an answer would become: the newest one's words for the table, its own date, name and hash.

    ``day`` is the publisher's date of the file, or '' where it gave none that can be: then today stands, marked as
    approximate.
    """
    known = bool(day) and card.latest.published <= day <= today
    published = day if known else max(today, card.latest.published)
    name = free_id(card, published, answer.suffix)
    fields = {
        "id": name,
        "published": published,
        "about": not known,
        "file": f"{STAGE}/{card.name}_{name}{answer.suffix}",
    }
    fields["sha256"] = hashlib.sha256(answer.read_bytes()).hexdigest()
    return card.latest.model_copy(update={**fields, "rows": None, "total": None, "first": "", "last": ""})


def free_id(card: SourceCard, published: str, ending: str) -> str:
    """What a release of that day can be called: no release of the card is, and no file stands beside it under that
    name.

    A file that no card names yet is somebody's.
    """
    ids, number, name = {release.id for release in card.releases}, 1, published
    while name in ids or os.path.lexists(card.folder / f"{card.name}_{name}{ending}"):
        number += 1
        name = f"{published}-{number}"
    return name


def read_new(card: SourceCard, release: Release, place: Place) -> tuple[Release, Observations]:
    """Through the gate and the reader, as any file; then the release with its own numbers. Raises SourceError."""
    from loaders.tables.column_roles import words_of
    from loaders.tables.published_file import read_cut

    observations = read_release(card.model_copy(update={"releases": (*card.releases, release)}), release, place)
    _whole_lines(card, release)
    frame = observations.frame
    total = float(frame.loc[frame["variable"] == next(iter(card.variables)), "value"].sum())
    rows = read_cut(card, release, words_of(card, release)).table.rows
    exact = int(total) if total.is_integer() else total
    return release.model_copy(
        update={"rows": rows, "total": exact, "first": frame["period"].min(), "last": frame["period"].max()}
    ), observations


def _whole_lines(card: SourceCard, release: Release) -> None:
    """A text whose last line has no end was cut short, unless this publisher writes so."""
    if not release.file.endswith((".csv", ".tsv")):
        return
    ended = [
        (card.folder / publication.file).read_bytes()[-1:] in (b"\n", b"\r") for publication in (card.latest, release)
    ]
    if ended == [True, False]:
        fault = Fault(
            f"'{release.file}'", "the last line has no end", "a whole file", "an answer cut short", "Run again."
        )
        raise SourceError(card.id, [fault])
