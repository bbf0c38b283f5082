"""Finds the texts of a place that a language lacks and shows in the next of its chain, file by file."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from language import LANGUAGES, REQUIRED, chain
from loaders.cards.read_card import find_cards
from loaders.errors import Fault
from loaders.lint.translations import says_place

FEW = 3  # texts that are named
NOT_SHOWN = "indicator_map.csv"  # which published wording means which indicator: no reader sees it


def fallen_back(root: Path, name: str, measures: Iterable[str]) -> Iterator[Fault]:
    """For each file of a place and each language with a chain: how many texts it lacks, and the first of them."""
    cards = [path for path in find_cards(root) if says_place(path) == name]
    published = {path.parent: _published(path) for path in cards}
    tables = [
        table
        for folder, files in published.items()
        for table in sorted(folder.glob("*.csv"))
        if table.name not in {*files, NOT_SHOWN}
    ]
    shown = [root / "measures" / f"{measure}.toml" for measure in sorted(measures)]
    for path in (root / "places" / f"{name}.toml", *cards, *tables, *shown):
        texts = list(_in_table(path) if path.suffix == ".csv" else _in_toml(_read(path)))
        for code in LANGUAGES:
            lacking = [words[REQUIRED[0]] for words in texts if not words.get(code)]
            if code not in REQUIRED and lacking:
                yield _remark(path.relative_to(root).as_posix().removeprefix("open/"), code, lacking)


def _remark(where: str, code: str, lacking: list[str]) -> Fault:
    named = "; ".join(text if len(text) <= 40 else f"{text[:39]}…" for text in lacking[:FEW])
    more = " …" if len(lacking) > FEW else ""
    found = f"{len(lacking)} shown in {LANGUAGES[chain(code)[0]].name}: {named}{more}"
    return Fault(
        where, f"texts without '{code}'", f"a text in {LANGUAGES[code].name}", found, f"Add {code} beside them."
    )


def _published(path: Path) -> set[str]:
    """The files that the publisher published, which hold what they hold."""
    return {str(release.get("file")) for release in _read(path).get("releases", ()) if isinstance(release, dict)}


def _read(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # said elsewhere


def _in_toml(value: object) -> Iterator[dict]:
    """Every text of a file: a table that has the languages which every text must be in."""
    if isinstance(value, list):
        for part in value:
            yield from _in_toml(part)
    elif isinstance(value, dict):
        if all(isinstance(value.get(code), str) and value[code] for code in REQUIRED):
            yield value
        for part in value.values():
            yield from _in_toml(part)


def _in_table(path: Path) -> Iterator[dict]:
    """Every text of a table: columns that end in the languages which every text must be in, or are those."""
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        rows = list(csv.DictReader(file))
    heads = [head or "" for head in (rows[0] if rows else ())]
    stems = [
        head.removesuffix(REQUIRED[0]) for head in heads if head == REQUIRED[0] or head.endswith(f"_{REQUIRED[0]}")
    ]
    for stem in stems:
        if all(f"{stem}{code}" in heads for code in REQUIRED):
            for row in rows:
                words = {code: row.get(f"{stem}{code}") or "" for code in LANGUAGES}
                if all(words[code] for code in REQUIRED):
                    yield words
