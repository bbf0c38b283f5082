"""Whose figures are these, under what licence, and how is the file to be read? The source card says it.

One ``source.toml`` stands beside every published file. Reading a card checks its shape and reports every fault at once.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from language import LANGUAGES
from loaders.categories import CategoryTree, read_categories
from loaders.errors import Fault, SourceError
from loaders.rules import QUESTIONS

KINDS = ("observations", "claims", "register", "areas", "boundaries")
STATUSES = ("", "p", "r", "e", "b", "c", "x", "z", "u", "k")
Words = dict[str, str]


@dataclass(frozen=True)
class Release:
    """One publication of a dataset: its file, its own headings and its own spellings of the categories."""

    id: str
    published: str
    file: str
    sha256: str
    rows: int | None = None
    total: float | None = None
    first: str = ""
    last: str = ""
    about: bool = False
    columns: dict | None = None
    categories: dict | None = None
    ignore: tuple[str, ...] = ()


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

    @property
    def id(self) -> str:
        """``publisher/dataset``, the folder's last two names."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def latest(self) -> Release:
        return self.releases[-1]

    @cached_property
    def tree(self) -> CategoryTree:
        return read_categories(self.folder / "categories.csv")


def find_cards(root: Path) -> list[Path]:
    """Every source card under ``data/open``, sorted by publisher and dataset."""
    return sorted(root.glob("open/*/*/source.toml"))


def read_card(path: Path) -> SourceCard:
    """Read one card. Raises SourceError with every fault of the card."""
    name = f"{path.parent.parent.name}/{path.parent.name}/source.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = Fault(name, "the card cannot be read", "TOML in UTF-8", str(error), "Mend the line named.")
        raise SourceError(name, [fault]) from error
    faults = list(_faults(raw, name))
    if faults:
        raise SourceError(name, faults)
    made = {"releases": tuple(map(_release, raw["releases"])), "breaks": tuple(map(_break, raw.get("breaks", [])))}
    known = {key: value for key, value in raw.items() if key in SourceCard.__dataclass_fields__}
    return SourceCard(path.parent, **{**known, **made})


def _release(raw: dict) -> Release:
    renamed = {"from": "first", "to": "last"}
    known = {renamed.get(key, key): value for key, value in raw.items()}
    return Release(**{key: value for key, value in known.items() if key in Release.__dataclass_fields__})


def _break(raw: dict) -> Break:
    return Break(
        raw["at"], raw["effect"], tuple(raw.get("categories", ())), tuple(raw.get("areas", ())),
        raw["short"], raw["reason"], raw.get("url", ""),
    )  # fmt: skip


def _faults(raw: dict, name: str):
    for key in ("name", "kind", "disclosure", "accessed", "place"):
        if not raw.get(key):
            yield Fault(name, f"'{key}' is missing", "a text", "nothing", f'Add {key} = "…" to the card.')
    for key in ("title", "description", "publisher"):
        yield from _words_faults(raw.get(key), f"'{key}'", name)
    if raw.get("kind") not in KINDS:
        yield Fault(name, "'kind' is unknown", " | ".join(KINDS), str(raw.get("kind")), "Choose one of them.")
    yield from _licence_faults(raw.get("licenses"), name)
    yield from _list_faults(raw, name)


def _list_faults(raw: dict, name: str):
    for answer in set(raw.get("gate_answers", [])) - set(QUESTIONS):
        yield Fault(name, "'gate_answers' answers what is not asked", " | ".join(QUESTIONS), str(answer), "A refusal has no answer.")
    if not raw.get("releases"):
        yield Fault(name, "'releases' is missing", "at least one release", "nothing", "Add [[releases]] with id, published, file, sha256.")
    for number, release in enumerate(raw.get("releases", []), 1):
        yield from _missing(release, ("id", "published", "file", "sha256"), f"{name}, release {number}")
    for number, cut in enumerate(raw.get("breaks", []), 1):
        yield from _break_faults(cut, f"{name}, break {number}")
    for number, cell in enumerate(raw.get("cells", []), 1):
        if cell.get("status") not in STATUSES:
            yield Fault(f"{name}, cells {number}", "'status' is unknown", " ".join(STATUSES), str(cell.get("status")), "Choose one of them.")


def _break_faults(cut: dict, where: str):
    yield from _missing(cut, ("at",), where)
    for key in ("short", "reason"):
        yield from _words_faults(cut.get(key), f"'{key}'", where)
    if cut.get("effect") not in ("cut", "mark"):
        yield Fault(where, "'effect' is unknown", "cut | mark", str(cut.get("effect")), "Choose one of them.")


def _licence_faults(licences, name: str):
    if not licences:
        yield Fault(name, "'licenses' is missing", "at least one licence", "nothing", "Name the licence; without one nothing is shown.")
    for number, licence in enumerate(licences or [], 1):
        where = f"{name}, licence {number}"
        if not isinstance(licence, dict):
            yield Fault(where, "the licence is no table", "{ name, title, url }", str(licence), "Write it as a table.")
            continue
        if not licence.get("name"):
            yield Fault(where, "the licence has no 'name'", "a short name, such as OGL-UK-3.0", "nothing", "Add name.")
        yield from _words_faults(licence.get("title"), "the licence's 'title'", where)


def _words_faults(words, what: str, where: str):
    for language in LANGUAGES:
        if not (isinstance(words, dict) and words.get(language)):
            yield Fault(where, f"{what} has no '{language}'", "a text", "nothing", f'Add {language} = "…" to {what}.')


def _missing(raw: dict, keys: tuple[str, ...], where: str):
    for key in keys:
        if not raw.get(key):
            yield Fault(where, f"'{key}' is missing", "a text", "nothing", f"Add {key}.")
