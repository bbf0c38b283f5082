"""The shelf as of an earlier day: every dataset at the releases that were out on that day, so that a link can be
frozen.

A release that is dated by its month or year alone counts from the first day of it. The words of cards, places and
measures are those of today; what cards say of the time since (when newer figures come, when the publisher was last
looked at, whether the series has ended) is left out. Days on which the same releases were out share one shelf, and few
are held.
"""

from __future__ import annotations

import hashlib
import re
from copy import copy
from datetime import UTC, date, datetime, timedelta

import numpy as np

from disclosure import SafeTable
from disclosure.builds import Build
from loaders import Fault, Place, SourceCard, SourceError
from loaders.cards.measure_card import RATES, MeasureCard
from measures.store.attack_verdicts import NotAttacked, let_through
from measures.store.readings import Readings
from measures.store.shelf import NotBuilt, Shelf
from measures.store.state import State

SINCE = {"accessed": "", "next_update": {}, "announced": [], "stale_after_months": 0, "ended": False}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NotFrozen(SourceError):
    """The dataset can be given at its newest releases alone."""


def day_of(text: str) -> str:
    """The day itself, where it is one that has begun somewhere on Earth. Raises ValueError for any other text."""
    if not _DAY.fullmatch(text) or date.fromisoformat(text) > (datetime.now(UTC) + timedelta(hours=14)).date():
        raise ValueError(text)
    return text


def as_of(shelf: Shelf, day: str) -> Shelf:
    """The shelf at the releases that were out on a day (``day_of``). Tables are put together when they are asked for,
    which may take seconds.
    """
    out = {name: _out(card, day) for name, card in shelf.cards.items()}
    key = tuple(out.items())
    with shelf.freezing:
        if key not in shelf.frozen:
            shelf.frozen[key] = FrozenShelf(shelf, out)
        return shelf.frozen[key]


def shown_on(shelf: Shelf, day: str, place: str) -> tuple[Shelf, str]:
    """The shelf that a page of a place shows for a day, and that day; the shelf itself and '' for a text that is no day
    that has come, and where the place had nothing out.
    """
    try:
        frozen = as_of(shelf, day_of(day))
        shown = frozen.places.get(place, frozen.default_place)
    except ValueError:
        return shelf, ""
    return (frozen, day) if shown.measures else (shelf, "")


def _out(card: SourceCard, day: str) -> int:
    """How many of the releases were out. Boundaries are no figures: their newest are drawn."""
    if card.kind == "boundaries":
        return len(card.releases)
    return sum(release.published <= day for release in card.releases)


class FrozenShelf(Shelf):
    """Shares with the shelf of ``today`` what has no later release. ``out``: how many releases of each dataset were
    out; a dataset without any is not there, nor are its measures.
    """

    def __init__(self, today: Shelf, out: dict[str, int]):
        self.today, self.root, self.attacked = today, today.root, today.attacked
        self.site, self.contact, self.faulty = today.site, today.contact, today.faulty
        self.cards = {name: _cut(card, out[name]) for name, card in today.cards.items() if out[name]}
        self.later = {name for name, card in self.cards.items() if out[name] < len(today.cards[name].releases)}
        measures = {name: self._measure(card) for name, card in today.measures.items() if card.dataset in self.cards}
        self.measures = {name: card for name, card in measures.items() if card.views}
        self.places = {name: self._place(place) for name, place in today.places.items()}
        self.built = self._untouched(today.built)
        unsafe = self.attacked.unsafe()
        self.faults = {name: why for name, why in today.faults.items() if name not in self.later or name in unsafe}
        self.readings = Readings(self.faults)
        self.frozen, self.freezing = today.frozen, today.freezing
        self.state = State(self._mark(), today.state.changed, today.state.settings)

    def _measure(self, card: MeasureCard) -> MeasureCard:
        """The measure without its rates where no residents were out."""
        if card.rate.get("dataset", card.dataset) in self.cards:
            return card
        return card.model_copy(update={"rate": {}, "views": tuple(view for view in card.views if view not in RATES)})

    def _place(self, place: Place) -> Place:
        """The place with the measures that there are; none where nothing was out."""
        return place.model_copy(update={"measures": tuple(name for name in place.measures if name in self.measures)})

    def _untouched(self, built: Build) -> Build:
        """The build with the files of those places alone of which nothing has changed since."""
        cards = self.today.cards.items()
        changed = {card.place for name, card in cards if name in self.later or name not in self.cards}
        untouched = {name for name, card in cards if card.place not in changed}
        build = copy(built)
        build.files = {name: file for name, file in built.files.items() if name.partition("/")[0] in untouched}
        return build

    def _mark(self) -> str:
        """A hash of everything that decides an answer: not of later releases."""
        digest = hashlib.sha256(self.today.state.settings.encode())
        for name in sorted(self.cards):
            digest.update(self.cards[name].model_dump_json().encode())
        return digest.hexdigest()

    def table(self, dataset: str, release: str = "latest") -> SafeTable:
        """The safe table as of that day. Raises SourceError, also where nothing of the dataset was out."""
        self._must_be_out(dataset)
        return super().table(dataset, release)

    def working_dataset(self, dataset: str) -> None:
        """Raises SourceError when the dataset cannot be read, or nothing of it was out."""
        self._must_be_out(dataset)
        super().working_dataset(dataset)

    def working(self, measure: str) -> bool:
        """Can the measure be shown? False when its dataset was not out."""
        return measure in self.measures and super().working(measure)

    def _must_be_out(self, dataset: str) -> None:
        if dataset not in self.cards:
            raise self._refused(self.today.cards[dataset], "none of its releases was out on that day")

    def _table(self, card: SourceCard, release: str) -> SafeTable:
        if release != "latest" or card.name not in self.later:
            return self.today.table(card.name, release)
        if card.disclosure == "protect":
            raise self._refused(card, "its withheld cells were protected at its newest release alone")
        try:
            table = self._from_files(card.name, release)
            return let_through(table, card, self.built, self.attacked, built=False)
        except NotBuilt:
            raise self._refused(card, "its files are too large to be put together anew") from None
        except NotAttacked as error:
            if len(card.releases) == 1 and _same(error.table, self.today.table(card.name, card.latest.id)):
                return error.table
            raise self._refused(card, "its withheld cells were not attacked as of that day") from None

    def _refused(self, card: SourceCard, why: str) -> NotFrozen:
        todo = "Ask for one of its releases."
        return NotFrozen(card.id, [Fault(card.id, "cannot be given as of an earlier day", "its newest", why, todo)])

    def outlines(self, place: str) -> str:
        """The boundaries of today."""
        return self.today.outlines(place)


def _cut(card: SourceCard, releases: int) -> SourceCard:
    cut = card.model_copy(update={**SINCE, "releases": card.releases[:releases]})
    cut.__dict__.pop("cells", None)  # worked out of the releases
    return cut


def _same(table: SafeTable, attacked: SafeTable) -> bool:
    """Does a table say what another that was attacked says?"""
    axes = [(side.variables, side.categories, side.areas, side.periods) for side in (table, attacked)]
    return axes[0] == axes[1] and all(
        np.array_equal(ours.values, theirs.values, equal_nan=True) and np.array_equal(ours.status, theirs.status)
        for (*_, ours), (*_, theirs) in zip(table.blocks(), attacked.blocks(), strict=True)
    )
