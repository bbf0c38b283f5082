"""Whose figures are these, under what licence, and how is the file to be read? The source card says it.

One ``source.toml`` stands beside every published file. Reading a card checks its shape and reports every fault at once.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from language import LANGUAGES
from loaders import periods
from loaders.card_checks import card_faults
from loaders.categories import CategoryTree, read_categories
from loaders.errors import Fault, SourceError

Words = dict[str, str]


@dataclass(frozen=True)
class Release:
    """One publication of a dataset: its file, its own headings and its own spellings of the categories.

    Of a protected dataset ``sha256``, ``rows`` and ``total`` are empty (``loaders.unpublished``).
    """

    id: str
    published: str
    file: str
    sha256: str = ""
    rows: int | None = None
    total: float | None = None
    first: str = ""
    last: str = ""
    about: bool = False
    columns: dict | None = None
    categories: dict | None = None
    ignore: tuple[str, ...] = ()
    table: dict | None = None


@dataclass(frozen=True)
class Break:
    """A period from which a series stops being comparable (``cut``) or was recorded in another system (``mark``)."""

    at: str
    effect: str
    categories: tuple[str, ...]
    areas: tuple[str, ...]
    short: Words
    reason: Words
    url: str

    def touches(self, area: str, category: str) -> bool:
        """Does the break hold for this area and category? An empty list of either means all."""
        return (not self.areas or area in self.areas) and (not self.categories or category in self.categories)


@dataclass(frozen=True)
class SourceCard:
    """One dataset as its card declares it; every field is the card's own key of that name."""

    folder: Path
    releases: tuple[Release, ...]
    breaks: tuple[Break, ...]
    name: str
    kind: str
    title: Words
    description: Words
    publisher: Words
    licenses: list[dict]
    accessed: str
    disclosure: str
    place: str
    sources: list[dict] = field(default_factory=list)
    coverage: Words = field(default_factory=dict)
    frequency: str = "year"
    next_update: Words = field(default_factory=dict)
    stale_after_months: int = 0
    ended: bool = False
    absent_rows: str = "error"
    provisional_periods: int = 0
    notes: list[Words] = field(default_factory=list)
    not_published: list[Words] = field(default_factory=list)
    table: dict = field(default_factory=dict)
    variables: dict[str, dict] = field(default_factory=dict)
    area_codes: dict[str, str] = field(default_factory=dict)
    area_labels: dict[str, Words] = field(default_factory=dict)
    area_columns: dict[str, str] = field(default_factory=dict)
    cells: list[dict] = field(default_factory=list)
    geometry: dict = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    place_codes: dict[str, str] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)
    readings: dict = field(default_factory=dict)
    claims: str = ""
    gate_answers: list[str] = field(default_factory=list)
    refresh: dict = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``publisher/dataset``, the folder's last two names."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def latest(self) -> Release:
        return self.releases[-1]

    def reason_of_marks(self, release: Release, marks: str) -> str:
        """The reason keys of marks that a cell bears (``[p]|..``): the card's own words where it has some (an entry of ``cells``)."""
        ours = {one["mark"]: f"cell {number}" for number, one in enumerate(self.cells) if one.get("mark") and one["release"] in ("", release.id)}
        return "|".join(dict.fromkeys(ours.get(mark, "as_marked") for mark in marks.split("|") if mark))

    @cached_property
    def tree(self) -> CategoryTree:
        return read_categories(self.folder / "categories.csv")


def find_cards(root: Path) -> list[Path]:
    """Every source card under ``data/open``, sorted by publisher and dataset."""
    return sorted(root.glob("open/*/*/source.toml"))


def read_card(path: Path, licensed: bool = True) -> SourceCard:
    """Read one card. Raises SourceError with every fault of the card; ``licensed=False`` lets one pass that names no licence (to be checked, never shown)."""
    name = f"{path.parent.parent.name}/{path.parent.name}/source.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = Fault(name, "the card cannot be read", "TOML in UTF-8", str(error), "Mend the line named.")
        raise SourceError(name, [fault]) from error
    faults = list(card_faults(raw, name, licensed))
    if faults:
        raise SourceError(name, faults)
    made = {"releases": tuple(map(_release, raw["releases"])), "breaks": tuple(map(_break, raw.get("breaks", [])))}
    made |= {
        "cells": [*raw.get("cells", []), *_marks_with_words(raw)],
        "frequency": periods.named(raw.get("frequency", "year"), raw.get("first_month")),
    }
    known = {key: value for key, value in raw.items() if key in SourceCard.__dataclass_fields__}
    return SourceCard(path.parent, **{**known, **made, **({} if licensed else {"licenses": []})})


def _marks_with_words(raw: dict) -> list[dict]:
    """Marks whose meaning the card says in words, of the dataset and of single releases; the newest word for a mark comes last."""
    tables = [("", raw.get("table", {})), *((one["id"], one.get("table", {})) for one in raw["releases"])]
    return [
        {"mark": text, "release": release, "status": one["status"], "reason": {code: one[code] for code in LANGUAGES}}
        for release, table in tables
        for text, one in table.get("marks", {}).items()
        if isinstance(one, dict) and all(one.get(code) for code in LANGUAGES)
    ]


def _release(raw: dict) -> Release:
    renamed = {"from": "first", "to": "last"}
    known = {renamed.get(key, key): value for key, value in raw.items()}
    return Release(**{key: value for key, value in known.items() if key in Release.__dataclass_fields__})


def _break(raw: dict) -> Break:
    return Break(
        raw["at"], raw["effect"], tuple(raw.get("categories", ())), tuple(raw.get("areas", ())),
        raw["short"], raw["reason"], raw.get("url", ""),
    )  # fmt: skip
