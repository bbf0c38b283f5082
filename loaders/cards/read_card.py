"""Finds and reads the source cards of a data folder."""

from __future__ import annotations

from pathlib import Path

from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError
from loaders.schema.model import read_toml, repaired, validated


def find_cards(root: Path) -> list[Path]:
    """Every source card under ``data/open``, sorted by publisher and dataset."""
    return sorted(root.glob("open/*/*/source.toml"))


def require_cards(root: Path) -> None:
    """Raises SourceError where a data folder holds no card at all: so looks one whose disk is not there."""
    if not find_cards(root):
        todo = "Mount or restore the folder, or name another in FIGURES_DATA; nothing was changed."
        what, expected = "holds no published file", "a source.toml below open"
        raise SourceError(str(root), [Fault(f"{root}/open", what, expected, "none", todo)])


def read_card(path: Path, licensed: bool = True) -> SourceCard:
    """Read one card.

    Raises SourceError with every fault; ``licensed=False`` lets one pass that names no licence, or leaves a question
    of its draft open (to be checked, never shown).
    """
    raw = read_toml(path, _where(path), SourceError)
    return _standing(
        validated(
            SourceCard, raw if licensed else {"licenses": [], **raw}, _where(path), SourceError, licensed=licensed
        ),
        path,
    )


def card_to_pull(path: Path) -> SourceCard:
    """A card with ``[warehouse]``, which may have no release yet. Raises SourceError with every fault."""
    raw = read_toml(path, _where(path), SourceError)
    if raw.get("releases"):
        return read_card(path)
    first = {"id": "first", "published": "0001", "file": "first"}
    first |= {} if raw.get("disclosure") == "protect" else {"sha256": "0" * 64}
    card = validated(SourceCard, {**raw, "releases": [first]}, _where(path), SourceError)
    return _standing(card.model_copy(update={"releases": ()}), path)


def card_to_check(path: Path) -> SourceCard | None:
    """A card that has faults, as far as it can be followed."""
    try:
        card = repaired(SourceCard, {"licenses": [], **read_toml(path, _where(path), SourceError)}, licensed=False)
    except SourceError:
        return None
    return card and _standing(card, path)


def _where(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.parent.name}/source.toml"


def _standing(card: SourceCard, path: Path) -> SourceCard:
    card._folder = path.parent
    return card
