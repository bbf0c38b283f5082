"""Is every text of a place there, in both languages? Names, labels, licences, and what a draft left to be written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from language import LANGUAGES
from loaders.cards import SourceCard, find_cards
from loaders.errors import Fault, FaultyInput

OPEN_LICENCES = ("OGL", "KOGL-1", "CC-BY", "CC0", "PDDL", "ODC-BY", "ODbL", "data.go.kr-unrestricted", "facts-cited")
NOT_OPEN = ("-NC", "-ND")
TO_WRITE = "TODO"  # what drafts hold in the place of a text


def licences(card: SourceCard) -> Iterator[Fault]:
    for one in card.licenses:
        if not one["name"].startswith(OPEN_LICENCES) or any(mark in one["name"] for mark in NOT_OPEN):
            yield Fault(
                card.id, "the licence is not known to be open", " | ".join(OPEN_LICENCES), one["name"],
                "Ask the publisher for leave, or leave the dataset out; a licence that is open goes into loaders/lint_words.py.",
            )  # fmt: skip


def words(card: SourceCard) -> Iterator[Fault]:
    where = f"{card.id}/source.toml"
    for key in ("coverage", "next_update"):
        yield from _named(getattr(card, key), where, f"'{key}'")
    for code, one in card.variables.items():
        yield from _named(one.get("label", {}), where, f"the label of variable '{code}'")
        yield from _named(one.get("unit", {}), where, f"the unit of variable '{code}'")
    try:
        nodes = card.tree.nodes.values()
    except FaultyInput as error:
        yield from error.faults
        return
    for node in nodes:
        yield from _named(node.name, f"{card.id}/categories.csv, {node.code}", "the category")
        yield from _named(node.definition, f"{card.id}/categories.csv, {node.code}", "the definition of the category")


def _named(words: dict, where: str, what: str) -> Iterator[Fault]:
    for language in LANGUAGES:
        if not str(words.get(language, "")).strip():
            yield Fault(where, f"{what} has no '{language}' name", "a name", "nothing", f'Add {language} = "…".')


def letters(words: dict, where: str) -> Iterator[Fault]:
    """An English name stands in Latin letters, a Chinese one does not."""
    for language, latin in (("en", True), ("zh", False)):
        text = words[language]
        if not text or text.isascii() != latin:
            expected = "Latin letters" if latin else "Chinese characters"
            yield Fault(where, f"the '{language}' name is none", expected, f"'{text}'", f"Write the name that is usual in '{language}'.")


def left(root: Path, name: str, cards: dict[str, SourceCard]) -> Iterator[Fault]:
    """What a draft left to be written, and guesses that nobody has looked at yet."""
    place = root / "places" / f"{name}.toml"
    folders = [path for path in find_cards(root) if says_place(path) == name]
    ours = {path.parent.name for path in folders} | {card.name for card in cards.values() if card.place == name}
    measures = [
        path
        for path in sorted(root.glob("measures/*.toml"))
        if re.search(rf'^dataset = "({"|".join(map(re.escape, ours)) or "-"})"', _text(path), re.M)
    ]
    tables = [path.parent / "categories.csv" for path in folders]
    for path in (place, *folders, *tables, *measures):
        where = str(path.relative_to(root))
        for number, line in enumerate(_text(path).splitlines(), 1):
            if TO_WRITE in line:
                yield Fault(f"{where}, line {number}", "a text is left to be written", "a text in both languages", TO_WRITE, "Write it.")
        guesses = [number for number, line in enumerate(_text(path).splitlines(), 1) if "# guess" in line]
        if guesses:
            lines = ", ".join(map(str, guesses[:12])) + (" …" if len(guesses) > 12 else "")
            yield Fault(
                where, "guesses that nobody has checked", "none", f"{len(guesses)} (lines {lines})", 'Check each, then take "# guess" off its line.'
            )


def says_place(path: Path) -> str:
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("place", ""))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return ""


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
