"""Finds texts that a place lacks in a language: names, labels, licences, and what a draft left to be written."""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from language import LANGUAGES, REQUIRED, SPOKEN_IN_CODE, fits_letters
from language.fallback import FallenBack
from loaders.cards.read_card import find_cards
from loaders.cards.site import is_open, known
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, FaultyInput
from loaders.places.place import Place
from loaders.schema.faults import TO_WRITE

_IN_WORDS = {"LATIN": "Latin letters", "CJK": "Chinese characters"}


def licences(card: SourceCard) -> Iterator[Fault]:
    """Licences that are not known to be open."""
    for licence in card.licenses:
        if not is_open(licence["name"]):
            todo = (
                "Ask the publisher for permission, or leave the dataset out; "
                "a licence that is open goes into loaders/cards/known.toml."
            )
            yield Fault(
                card.id,
                "the licence is not known to be open",
                ", ".join(known()["licences"]["open"]),
                licence["name"],
                todo,
            )


def name_faults(card: SourceCard) -> Iterator[Fault]:
    """Every name of a dataset that is missing in a language, or is none in it."""
    where = f"{card.id}/source.toml"
    yield from _letters(card.title, where, "'title'")
    for key in ("coverage", "next_update"):
        for language in REQUIRED if not getattr(card, key) else ():
            yield Fault(
                where, f"'{key}' has no '{language}'", "a text", "nothing", f"Add {language} = \"…\" to '{key}'."
            )
    for code, variable in card.variables.items():
        yield from _letters(variable.get("unit", {}), f"{where}, variable {code}", "the unit", signs=True)
        yield from _letters(variable.get("label", {}), f"{where}, variable {code}", "the label")
    try:
        nodes = card.tree.nodes.values()
    except FaultyInput as error:
        yield from error.faults
        return
    for node in nodes:
        yield from _letters(node.name, f"{card.id}/categories.csv, {node.code}", "the category")
    yield from _lists(card)


def of_place(place: Place) -> Iterator[Fault]:
    """The names of a place and its areas."""
    for key in ("name", "whole"):
        yield from _letters(getattr(place, key), f"{place.id}.toml", f"'{key}'")
    for area in (*place.areas, *place.unallocated):
        yield from _letters(area.name, f"{place.id}.toml, area {area.code}", "the name")


def _letters(words: dict, where: str, what: str, signs: bool = False) -> Iterator[Fault]:
    """A name stands in each language in its own letters: a Korean or English name is none in Chinese.

    ``signs``: one such as km² is.
    """
    for code, language in LANGUAGES.items():
        text = words.get(code, "")
        if isinstance(text, FallenBack):
            continue
        if TO_WRITE not in text and not in_letters_of(code, text, signs):
            expected = " or ".join(_IN_WORDS.get(name, name.lower()) for name in language.letters)
            yield Fault(
                where,
                f"{what} in '{code}' is in other letters",
                expected,
                f"'{text}'",
                f"Write what is usual in '{code}'.",
            )


def in_letters_of(language: str, text: str, signs: bool = False) -> bool:
    """Is the text written in the letters of the language, with or without marks on them?

    ``signs``: one such as km² may have none of them.
    """
    scripts = {unicodedata.name(letter, "").split()[0] for letter in text if letter.isalpha()}
    return fits_letters(scripts | set(LANGUAGES[language].letters if signs else ()), language)


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
        others = [f"{start}{joint}{language}" for language in REQUIRED]
        if start and ending == SPOKEN_IN_CODE and all(column in row for column in others):
            texts = [str(row[column] or "").strip() for column in others]
            if any(texts) and not all(texts):
                todo = "Readers of every language need it."
                yield Fault(where, f"'{others[texts.index('')]}' is empty", "a text", "nothing", todo)


def left(root: Path, name: str, measures: Iterable[str]) -> Iterator[Fault]:
    """What a draft left to be written, and guesses that nobody has looked at yet."""
    place = root / "places" / f"{name}.toml"
    folders = [path for path in find_cards(root) if says_place(path) == name]
    shown = [root / "measures" / f"{measure}.toml" for measure in measures]
    tables = [path.parent / "categories.csv" for path in folders]
    for path in (place, *folders, *tables, *shown):
        where = path.relative_to(root).as_posix().removeprefix("open/").removeprefix("places/")
        lines = _text(path).splitlines()
        for what, sign, todo in LEFT:
            numbers = [number for number, line in enumerate(lines, 1) if sign in line]
            if numbers:
                listed = ", ".join(map(str, numbers[:12])) + (" …" if len(numbers) > 12 else "")
                yield Fault(where, what, "none", f"{len(numbers)} (line{'s' * (len(numbers) > 1)} {listed})", todo)


LEFT = (
    ("texts that are still to be written", TO_WRITE, f"Write each in its language in the place of {TO_WRITE}."),
    ("guesses that nobody has checked", "# guess", 'Check each, then take "# guess" off its line.'),
)


def says_place(path: Path) -> str:
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("place", ""))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return ""


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
