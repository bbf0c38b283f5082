"""Everything that was published and may be shown, read once and never changed; a changed data folder gets a shelf of its own."""

from __future__ import annotations

import json
import threading
import tomllib
from functools import cache
from pathlib import Path

import pandas as pd

from disclosure import SafeTable, guard
from loaders import Fault, FaultyInput, Place, SourceCard, SourceError, data_folder, find_cards, read_card, read_places, read_release
from loaders.claims import read_statements
from loaders.releases import newest_first, superseded
from measures import built
from measures.cards import MeasureCard, read_measures
from measures.watched import Watched

MADE_NOW = 32 << 20  # bytes of published files up to which a table that was not built is made when it is asked for (a few seconds)
ATTACKED = "attack.json"  # what the build's attack found, in the folder of what was built


class NotBuilt(SourceError):
    """The published files are too large to be read while a reader waits, and the build has not read them yet."""


class Shelf:
    """Cards, places, measures and safe tables of one data folder.

    ``attacked``: what the build's last attack found ({} before one).
    A dataset that cannot be read is in ``faults`` (by name) and silences only its own measures.
    """

    def __init__(self, root: Path):
        self.root = root
        self.faults: dict[str, FaultyInput] = {}
        self.cards: dict[str, SourceCard] = {}
        for path in find_cards(root):
            try:
                card = read_card(path)
                self.cards[card.name] = card
            except SourceError as error:
                self.faults[path.parent.name] = error
        self.places: dict[str, Place] = read_places(root, self.cards, self.faults)
        self.measures: dict[str, MeasureCard] = read_measures(root, set(self.cards) | set(self.faults))
        self.contact: dict = _contact(root)
        self._tables: dict[tuple[str, str], SafeTable] = {}
        self._statements: dict[str, pd.DataFrame] = {}
        self._lock = threading.RLock()
        path = root / "built" / ATTACKED
        self.attacked: dict = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self._silence_unsafe()

    def _silence_unsafe(self) -> None:
        """A dataset in which the build's attack worked something out is not shown at all."""
        for name, verdict in self.attacked.get("datasets", {}).items():
            if verdict["unsafe"]:
                fault = Fault(name, "hidden cells can be worked out", "0 unsafe", str(verdict["unsafe"]), "Run python -m disclosure attack.")
                self.faults[name] = SourceError(name, [fault])

    @property
    def default_place(self) -> Place:
        return next((place for place in self.places.values() if place.default), next(iter(self.places.values())))

    def table(self, dataset: str, release: str = "latest") -> SafeTable:
        """The safe table of a dataset: the default series, or one release on its own. Raises SourceError."""
        key = (dataset, release)
        if key in self._tables:
            return self._tables[key]
        if dataset in self.faults:
            raise self.faults[dataset]
        with self._lock:
            if key not in self._tables:
                try:
                    self._tables[key] = built.read(self.root, self.cards[dataset], release) or self._made_now(dataset, release)
                except SourceError as error:
                    self.faults[dataset] = error
                    raise
        return self._tables[key]

    def _made_now(self, dataset: str, release: str) -> SafeTable:
        """A table that was not built, or not since its files changed; of very large files only the build makes one."""
        card = self.cards[dataset]
        size = sum((card.folder / one.file).stat().st_size for one in card.releases if (card.folder / one.file).exists())
        if size > MADE_NOW:
            todo = "Run: python -m measures build."
            raise NotBuilt(card.id, [Fault(card.id, "the table is not built", f"files of at most {MADE_NOW} bytes", f"{size} bytes", todo)])
        return self.prepare(dataset, release)

    def prepare(self, dataset: str, release: str = "latest") -> SafeTable:
        """Read, check and guard a dataset from its published files. Raises SourceError with every fault."""
        card = self.cards[dataset]
        place = self.places[card.place]
        if card.disclosure == "protect":
            return guard(pd.DataFrame(), card, place, release)  # the publisher's own file stays unread, and need not be here
        chosen = [one for one in card.releases if release in ("latest", one.id)]
        read = [read_release(card, one, place) for one in chosen]
        return guard(newest_first(read), card, place, release, superseded(read))

    def working_dataset(self, dataset: str) -> None:
        """Raises SourceError when the dataset cannot be read."""
        if dataset in self.faults:
            raise self.faults[dataset]
        kind = self.cards[dataset].kind
        if kind in ("observations", "areas"):
            self.table(dataset)
        elif kind in ("claims", "register"):
            self.statements(dataset)

    def statements(self, dataset: str) -> pd.DataFrame:
        """Claims or register rows as read; one row = one statement or system. Raises SourceError."""
        if dataset in self.faults:
            raise self.faults[dataset]
        with self._lock:
            if dataset not in self._statements:
                try:
                    self._statements[dataset] = read_statements(self.cards[dataset])
                except SourceError as error:
                    self.faults[dataset] = error
                    raise
        return self._statements[dataset]

    def readable(self, dataset: str) -> bool:
        """Can the dataset be read? False when its file and its card do not fit together."""
        try:
            self.working_dataset(dataset)
        except SourceError:
            return False
        return True

    def working(self, measure: str) -> bool:
        """Can the measure be shown? False when its dataset, or what it divides by, cannot be read."""
        card = self.measures[measure]
        return all(self.readable(dataset) for dataset in (card.dataset, card.rate.get("dataset")) if dataset)

    def area_names(self, place: str, dataset: str) -> dict[str, dict[str, str]]:
        """Names in all languages of every area code that a dataset may use."""
        at = self.places[place]
        names = {area.code: area.name for area in (*at.areas, *at.unallocated)}
        return {at.code: at.whole, **names, **self.cards[dataset].area_labels}


def _contact(root: Path) -> dict:
    """Whom readers write to about a mistake: ``[contact]`` of ``site.toml``, or nothing."""
    path = root / "site.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")).get("contact", {}) if path.exists() else {}


def open_shelf(root: Path | None = None) -> Shelf:
    """The shelf of a data folder: opened once per process, and anew when a release, a card or what was built has changed."""
    return _watched(root).now()


@cache
def _watched(root: Path | None) -> Watched[Shelf]:
    return Watched(root or data_folder(), Shelf, _take_up)


def _take_up(shelf: Shelf) -> None:
    """Read everything before readers get it. Raises NotBuilt where the build must come first: until then the shelf before this one goes on."""
    for name in shelf.cards:
        shelf.readable(name)
    for error in shelf.faults.values():
        if isinstance(error, NotBuilt):
            raise error
