"""Is every text of a place there, in both languages? Names, labels, licences, and what a draft left to be written."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from language import LANGUAGES, SPOKEN_IN_CODE
from loaders.cards import SourceCard, find_cards
from loaders.errors import Fault, FaultyInput
from loaders.places import Place

OPEN_LICENCES = ("OGL", "KOGL-1", "CC-BY", "CC0", "PDDL", "ODC-BY", "ODbL", "data.go.kr-unrestricted", "facts-cited")
NOT_OPEN = ("-NC", "-ND")
TO_WRITE = "TODO"  # what drafts hold in the place of a text
SCRIPTS = {"en": ("LATIN", "Latin letters"), "zh": ("CJK", "Chinese characters")}
FOREIGN = {"en": ("CJK", "HANGUL", "HIRAGANA", "KATAKANA"), "zh": ("HANGUL", "HIRAGANA", "KATAKANA")}
OF_MEASURES = ("title", "what", "why")


def licences(card: SourceCard) -> Iterator[Fault]:
    for one in card.licenses:
        if not one["name"].startswith(OPEN_LICENCES) or any(mark in one["name"] for mark in NOT_OPEN):
            yield Fault(
                card.id, "the licence is not known to be open", " | ".join(OPEN_LICENCES), one["name"],
                "Ask the publisher for leave, or leave the dataset out; a licence that is open goes into loaders/lint_words.py.",
            )  # fmt: skip


def words(card: SourceCard) -> Iterator[Fault]:
    """Every name of a dataset that is missing in a language, or is none in it."""
    where = f"{card.id}/source.toml"
    yield from _letters(card.title, where, "'title'")
    for key in ("coverage", "next_update"):
        yield from _named(getattr(card, key), where, f"'{key}'")
    for code, one in card.variables.items():
        yield from _letters(one.get("unit", {}), f"{where}, variable {code}", "the unit", signs=True)
        yield from _letters(one.get("label", {}), f"{where}, variable {code}", "the label")
    try:
        nodes = card.tree.nodes.values()
    except FaultyInput as error:
        yield from error.faults
        return
    for node in nodes:
        yield from _letters(node.name, f"{card.id}/categories.csv, {node.code}", "the category")
        yield from _named(node.definition, f"{card.id}/categories.csv, {node.code}", "the definition of the category")
    yield from _in_one_language_only(tomllib.loads((card.folder / "source.toml").read_text(encoding="utf-8")), where)
    yield from _lists(card)


def of_place(root: Path, place: Place, measures: dict[str, dict]) -> Iterator[Fault]:
    """The names of a place, its areas and its measures (as their cards are written)."""
    for key in ("name", "whole"):
        yield from _letters(getattr(place, key), f"{place.id}.toml", f"'{key}'")
    for area in (*place.areas, *place.unallocated):
        yield from _letters(area.name, f"{place.id}.toml, area {area.code}", "the name")
    yield from _in_one_language_only(tomllib.loads((root / "places" / f"{place.id}.toml").read_text(encoding="utf-8")), f"{place.id}.toml")
    for name, raw in measures.items():
        for key in OF_MEASURES:
            yield from _named(raw.get(key, {}), f"measures/{name}.toml", f"'{key}'")
        yield from _in_one_language_only(raw, f"measures/{name}.toml")


def _named(words: dict, where: str, what: str) -> Iterator[Fault]:
    for language in LANGUAGES:
        if not str(words.get(language, "")).strip():
            yield Fault(where, f"{what} has no '{language}' text", "a text", "nothing", f'Add {language} = "…".')


def _letters(words: dict, where: str, what: str, signs: bool = False) -> Iterator[Fault]:
    """Every language has the name, in its own letters: a Korean or English name is none in Chinese; ``signs``: one such as km² is."""
    yield from _named(words, where, what)
    for language, (script, expected) in SCRIPTS.items():
        text = str(words.get(language, ""))
        there = {unicodedata.name(one, "").split()[0] for one in text if one.isalpha()}
        own = script in there or signs
        if text.strip() and TO_WRITE not in text and (not own or there & set(FOREIGN[language])):
            yield Fault(where, f"{what} in '{language}' is in other letters", expected, f"'{text}'", f"Write what is usual in '{language}'.")


def _in_one_language_only(raw, where: str, key: str = "") -> Iterator[Fault]:
    """Any text of a file that stands in one language and lacks another, wherever it stands."""
    if isinstance(raw, list):
        for number, one in enumerate(raw, 1):
            yield from _in_one_language_only(one, where, f"{key} {number}")
    elif isinstance(raw, dict):
        said = [str(raw.get(language, "")).strip() for language in LANGUAGES]
        if any(said) and not all(said):
            yield from _named(raw, where, f"'{key.strip()}'")
        for name, one in raw.items():
            yield from _in_one_language_only(one, where, f"{key} {name}")


def _lists(card: SourceCard) -> Iterator[Fault]:
    """The tables beside a card: what is named in one language is named in the other."""
    published = {release.file for release in card.releases}
    for path in sorted(card.folder.glob("*.csv")):
        if path.name in published:
            continue
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                yield from _row(row, f"{card.id}/{path.name}, row {number}")


def _row(row: dict, where: str) -> Iterator[Fault]:
    for heading in row:
        start, joint, ending = (heading or "").rpartition("_")
        others = [f"{start}{joint}{language}" for language in LANGUAGES]
        if start and ending == SPOKEN_IN_CODE and all(one in row for one in others):
            said = [str(row[one] or "").strip() for one in others]
            if any(said) and not all(said):
                yield Fault(where, f"'{others[said.index('')]}' is empty", "a text", "nothing", "Readers of every language need it.")


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
        where = path.relative_to(root).as_posix().removeprefix("open/").removeprefix("places/")
        lines = _text(path).splitlines()
        for what, sign, todo in LEFT:
            found = [number for number, line in enumerate(lines, 1) if sign in line]
            if found:
                listed = ", ".join(map(str, found[:12])) + (" …" if len(found) > 12 else "")
                yield Fault(where, what, "none", f"{len(found)} (line{'s' * (len(found) > 1)} {listed})", todo)


LEFT = (
    ("texts that are still to be written", TO_WRITE, f"Write each in both languages in the place of {TO_WRITE}."),
    ("guesses that nobody has checked", "# guess", 'Check each, then take "# guess" off its line.'),
)


def says_place(path: Path) -> str:
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("place", ""))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return ""


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
