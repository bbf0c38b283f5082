"""Puts a new release beside the old one: its file first, then, in one step, the card that names it.

Until ``os.replace`` has put the new card in its place, every reader of the folder finds the old release whole; after
it, the new one. Whatever a killed run left behind is cleared away by the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from loaders.cards.read_card import read_card
from loaders.cards.source_card import Release, SourceCard
from loaders.data_folder import sync_to_disk
from loaders.errors import Fault, SourceError
from loaders.refresh.named_release import as_named, card_with, record_unpublished, write_whole
from loaders.toml_text import document

STAGE, PENDING, MEMORY = ".refresh", "pending", "refresh.toml"


@contextmanager
def staging(card: SourceCard) -> Iterator[Path]:
    """An empty folder for one refresh of a dataset, locked against a second run.

    Raises SourceError when one is at work.
    """
    if (card.folder / STAGE).is_symlink():
        raise SourceError(
            card.id, [Fault(f"{card.id}/{STAGE}", "is a link", "a folder of ours, or nothing", "a link", "Remove it.")]
        )
    folder = os.open(card.folder, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        clear(card)
        (card.folder / STAGE).mkdir()
        yield card.folder / STAGE
        clear(card)
    except BlockingIOError:
        fault = Fault(card.id, "is being refreshed by another run", "one run at a time", "two", "Wait for it to end.")
        raise SourceError(card.id, [fault]) from None
    except BaseException:
        clear(card)
        raise
    finally:
        os.close(folder)


def clear(card: SourceCard) -> None:
    """Take away what an unfinished run left: its folder, and a file that it put beside the others before the card named
    it."""
    stage = card.folder / STAGE
    pending = stage / PENDING
    if pending.exists():
        name, _, digest = pending.read_text(encoding="utf-8").strip().partition(" ")
        text = (card.folder / "source.toml").read_text(encoding="utf-8")
        named = {release.get("file") for release in tomllib.loads(text).get("releases", [])}
        file = card.folder / name
        ours = Path(name).name == name and name not in named and file.is_file() and not file.is_symlink()
        if ours and (file.stat().st_size == 0 or _hash(file) == digest):
            file.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def commit_release(card: SourceCard, text: str, release: Release, today: str) -> None:
    """Write the checked release beside the old ones, of a protected dataset in their place: all of it, or nothing.

    ``text``: the card as it was read. Raises SourceError, OSError.
    """
    stage, name = card.folder / STAGE, Path(release.file).name
    named = release.model_copy(update={"file": name})
    written = stage / "source.toml"
    write_whole(written, card_with(text, card, named, today))
    if read_card(written).releases != as_named(card, named):
        fault = Fault(
            f"{card.id}/source.toml",
            "cannot be added to",
            "the releases that it has, and one more",
            "others",
            "Add the release by hand.",
        )
        raise SourceError(card.id, [fault])
    if card.disclosure == "protect":
        record_unpublished(card, named, stage=stage)
    write_whole(stage / PENDING, f"{name} {release.sha256}")
    _put(card, card.folder / release.file, card.folder / name)
    sync_to_disk(card.folder)
    _refuse_changed(card, text)
    os.replace(written, card.folder / "source.toml")
    sync_to_disk(card.folder)


def _put(card: SourceCard, written: Path, target: Path) -> None:
    """Give a file its name beside the others, never that of another file.

    Raises SourceError when one has appeared meanwhile.
    """
    try:
        try:
            os.link(written, target)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links: the name is taken by an empty file of ours, which is then replaced
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
            os.replace(written, target)
    except FileExistsError:
        (card.folder / STAGE / PENDING).unlink()  # what stands there is not ours to clear away
        todo = "Nothing was written; move that file away, or run again."
        raise SourceError(
            card.id,
            [Fault(f"{card.id}/{target.name}", "has appeared while the command ran", "no such file", "a file", todo)],
        ) from None


def card_text(card: SourceCard) -> str:
    """The card as it stands on the disk."""
    return (card.folder / "source.toml").read_bytes().decode("utf-8")


def _refuse_changed(card: SourceCard, text: str) -> None:
    if card_text(card) != text:
        todo = "Nothing was written; run again."
        raise SourceError(
            card.id,
            [
                Fault(
                    f"{card.id}/source.toml",
                    "was changed while the command ran",
                    "the card as it was read",
                    "another",
                    todo,
                )
            ],
        )


def recalled(card: SourceCard, url: str) -> dict[str, str]:
    """What the last answer said of itself, if it is the newest release and came from the same address; else nothing."""
    path = card.folder / MEMORY
    try:
        memory = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        return {}
    fits = memory.get("sha256") == card.latest.sha256 and memory.get("url") == url
    return {key: text for key, text in memory.items() if isinstance(text, str)} if fits else {}


def remember(card: SourceCard, memory: dict[str, str]) -> None:
    """Keep for the next question what the publisher said of its answer.

    The release stands already: without this, all of it is asked for again.
    """
    about = "What the last refresh learnt of the publisher's answer; written by python -m loaders refresh."
    text = document({key: value for key, value in memory.items() if value}, (), about)
    with suppress(OSError):
        write_whole(card.folder / STAGE / MEMORY, text)
        os.replace(card.folder / STAGE / MEMORY, card.folder / MEMORY)
