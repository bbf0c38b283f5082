"""Everything that was published and may be shown, read once and never changed; a changed data folder gets a shelf of
its own."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
from cachetools import LRUCache

from disclosure import SafeTable
from disclosure.builds import Build, current_build
from disclosure.walk import safe_table_of
from loaders import Fault, FaultyInput, Place, PlaceError, SourceCard, SourceError, data_folder
from loaders.cards.measure_card import MeasureCard
from loaders.cards.read_card import require_cards
from loaders.cards.site import Site
from loaders.claims.statements import read_statements
from loaders.contents.read import read_contents
from measures.store import artifacts
from measures.store.attack_verdicts import let_through, verdicts_of
from measures.store.boundaries import drawn
from measures.store.continued import take_up, unread
from measures.store.readings import Readings
from measures.store.reload import Watched
from measures.store.state import State, read_settings, state_of_data

# bytes of published files up to which a table that was not built is made when it is asked for (a few seconds)
FILES_READ_NOW = 32 << 20
FROZEN = 2  # shelves as of earlier days that one of today holds (``measures.store.frozen``)
NO_PLACE = Fault("places", "no place can be shown", "a place without faults", "none", "Run python -m loaders check.")
LOG = logging.getLogger("safety_in_figures")


class NotBuilt(SourceError):
    """The published files are too large to be read while a reader waits, and the build has not read them yet."""


class Shelf:
    """Cards, places, measures and safe tables of one data folder.

    ``built``: the build that everything built is read from; ``attacked``: what its attack found. ``state``: of which
    state the folder is that was read. ``frozen``: shelves as of earlier days that were asked for. A dataset that cannot
    be read is in ``faults`` (by name) and silences only its own measures. ``faulty``: every file that says what is
    published and has faults, by its path, with what is wrong in it.
    """

    def __init__(self, root: Path, build: Build | None = None):
        self.root = root
        self.built = build or current_build(root)
        self.attacked = verdicts_of(self.built)
        settings = read_settings(root)
        contents = read_contents(root)
        self.faults: dict[str, FaultyInput] = contents.silent
        self.faulty: dict[str, FaultyInput] = contents.faulty
        self.cards: dict[str, SourceCard] = contents.cards
        self.places: dict[str, Place] = contents.places
        self.measures: dict[str, MeasureCard] = contents.measures
        self.site: Site = contents.site
        self.contact: dict = contents.site.contact
        self.state: State = state_of_data(settings, self.cards.values())
        self.faults |= self.attacked.unsafe()
        self.readings = Readings(self.faults)
        self.frozen: LRUCache[tuple, Shelf] = LRUCache(FROZEN)
        self.freezing = threading.Lock()

    @property
    def default_place(self) -> Place:
        """The place that opens first, or the first of the menu where that one is silent. Raises PlaceError where none
        can be shown."""
        if not self.places:
            raise PlaceError("places", [NO_PLACE])
        return next((place for place in self.places.values() if place.default), next(iter(self.places.values())))

    def table(self, dataset: str, release: str = "latest") -> SafeTable:
        """The safe table of a dataset: the default series, or one release on its own. Raises SourceError."""
        return self.readings.part(dataset, release, lambda: self._table(self.cards[dataset], release))

    def _table(self, card: SourceCard, release: str) -> SafeTable:
        if [entry.id for entry in card.releases] == [
            release
        ]:  # the only release is the series, as it was built and attacked
            return replace(self.table(card.name), release=release)
        table = artifacts.read(self.built, card, release)
        if table is None:
            return let_through(self._from_files(card.name, release), card, self.built, self.attacked, built=False)
        return let_through(table, card, self.built, self.attacked, built=True)

    def _from_files(self, dataset: str, release: str) -> SafeTable:
        """A table that was not built, or not since its files changed; of very large files only the build makes one."""
        card = self.cards[dataset]
        size = sum(
            (card.folder / published.file).stat().st_size
            for published in card.releases
            if (card.folder / published.file).exists()
        )
        if size > FILES_READ_NOW:
            todo = "Run: python -m measures build."
            raise NotBuilt(
                card.id,
                [
                    Fault(
                        card.id,
                        "the table is not built",
                        f"files of at most {FILES_READ_NOW} bytes",
                        f"{size} bytes",
                        todo,
                    )
                ],
            )
        return self.prepare(dataset, release)

    def prepare(self, dataset: str, release: str = "latest") -> SafeTable:
        """The safe table as its published files give it now. Raises SourceError with every fault."""
        card = self.cards[dataset]
        return safe_table_of(card, self.places[card.place], release)

    def working_dataset(self, dataset: str) -> None:
        """Raises SourceError when the dataset cannot be read."""
        if dataset in self.faults:
            raise self.faults[dataset]
        kind = self.cards[dataset].kind
        if kind in ("observations", "areas"):
            self.table(dataset)
        elif kind in ("claims", "register"):
            self.statements(dataset)
        else:
            for place in [place.id for place in self.places.values() if place.boundaries == dataset]:
                self.outlines(place)

    def statements(self, dataset: str) -> pd.DataFrame:
        """Claims or register rows as read; one row = one statement or system. Raises SourceError."""
        return self.readings.part(dataset, "statements", lambda: read_statements(self.cards[dataset]))

    def outlines(self, place: str) -> str:
        """The boundaries of a place that has some, as TopoJSON. Raises SourceError."""
        site = self.places[place]
        return self.readings.part(
            site.boundaries, f"outlines {place}", lambda: drawn(self.built, self.cards[site.boundaries], site)
        )

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
        site = self.places[place]
        names = {area.code: area.name for area in (*site.areas, *site.unallocated)}
        return {site.code: site.whole, **names, **self.cards[dataset].area_labels}


def open_shelf(root: Path | None = None) -> Shelf:
    """The shelf of a data folder: opened once per process, and anew when a release, a card or what was built has
    changed."""
    with _OPENING:
        watched = _watched(root)
    return watched.now()


_OPENING = threading.Lock()  # two who ask first get the same shelf


def tell(shelf: Shelf) -> None:
    """Say in the log what is silent, and why."""
    for error in shelf.faulty.values():
        LOG.warning("silent, or without what it names: %s", error)


@cache
def _watched(root: Path | None) -> Watched[Shelf]:
    watched = Watched(root or data_folder(), Shelf, renew, unread)
    tell(watched.now())
    return watched


def renew(shelf: Shelf, before: Shelf | None) -> None:
    """Read everything before readers get it. Raises PlaceError where no place is left and SourceError where nothing is
    published any more: the shelf before goes on.
    """
    _ = shelf.default_place
    if before is not None and before.cards:
        require_cards(shelf.root)
    tell(shelf)
    take_up(shelf, before)
