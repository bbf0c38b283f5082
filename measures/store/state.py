"""Of which state is a shelf? The hash of everything in its data folder that decides what is shown, taken before
anything is read.

What changes between the hash and the reading is answered under the older mark and gets a mark of its own with the next
shelf, so a kept copy is never confirmed by figures that it does not hold. Of a protected dataset only what is shown of
it counts: its card, its lists and the bytes of its protected table. A card that could not be read shows nothing, so
nothing of it counts.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from loaders import SourceCard
from loaders.broken_off import reason_of


@dataclass(frozen=True)
class State:
    """``mark``: a hash in hexadecimal digits. ``changed``: when the last of the files was written (seconds since 1970,
    never in the future). ``settings``: the same hash without the cards of datasets and what stands
    beside them about their releases."""

    mark: str
    changed: float
    settings: str


@dataclass(frozen=True)
class Settings:
    """The bytes of every settings file of a data folder as they were at one moment, as hashes, and when each was
    written."""

    root: Path
    digests: dict[Path, tuple[str, float]]


def read_settings(root: Path) -> Settings:
    """Cards, places and measures, to be taken before any of them is read."""
    paths = sorted(root.rglob("*.toml"))
    return Settings(root, {path: digest for path in paths if (digest := _digest(path))})


def state_of_data(settings: Settings, cards: Iterable[SourceCard]) -> State:
    """The state of the folder, of which ``cards`` could be read; to be taken before any list or table of theirs is
    read."""
    root, by_folder = settings.root, {card.folder: card for card in cards}
    parts = {path: digest for path, digest in settings.digests.items() if _decides(path, root, by_folder)}
    lists = (path for card in by_folder.values() for path in _beside(card))
    parts |= {path: digest for path in lists if (digest := _digest(path))}
    mark, rest = hashlib.sha256(), hashlib.sha256()
    for path in sorted(parts):
        line = f"{path.relative_to(root).as_posix()} {parts[path][0]}\n".encode()
        mark.update(line)
        if path.suffix != ".toml" or not path.is_relative_to(root / "open"):
            rest.update(line)
    changed = min(max((when for _, when in parts.values()), default=0.0), time.time())
    return State(mark.hexdigest(), changed, rest.hexdigest())


def _decides(path: Path, root: Path, by_folder: dict[Path, SourceCard]) -> bool:
    """Every settings file outside the datasets; of a dataset those of a card that was read, and of a protected one the
    card alone."""
    if not path.is_relative_to(root / "open"):
        return True
    card = by_folder.get(path.parent)
    return card is not None and (card.disclosure != "protect" or path.name == "source.toml")


def _beside(card: SourceCard) -> Iterable[Path]:
    """The lists beside a card, without the published files, whose hashes are in the card; the protected table where
    there is one."""
    if card.disclosure == "protect":
        return (card.folder / "categories.csv", card.folder / "protected" / "table.parquet")
    published = {release.file for release in card.releases}
    return (path for path in card.folder.rglob("*.csv") if path.relative_to(card.folder).as_posix() not in published)


def _digest(path: Path) -> tuple[str, float] | None:
    """The hash of a file and when it was written; None where there is none. What cannot be read has a state too, and
    silences what it describes only.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime
    except FileNotFoundError:
        return None
    except OSError as error:
        return reason_of(error), 0.0
