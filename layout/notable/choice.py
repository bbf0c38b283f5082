"""Which measure and which release is looked at, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from language import period_name
from language.numbers import written_date
from layout.frame.blocks import Blocks, areas_word, calm, choose, controls
from layout.frame.controls import area_names, choose_measure
from layout.frame.reader import Reader
from loaders import Release, SourceCard, SourceError
from loaders.cards.measure_card import MeasureCard
from measures.notable.found import Notable
from measures.notable.stored import notable_of, notable_releases


@dataclass(frozen=True)
class Shown:
    """What is shown: ``area``, the one that its reader has chosen ('' = none); ``names`` of areas by code."""

    reader: Reader
    card: MeasureCard
    notable: Notable
    area: str
    names: dict[str, str]

    @property
    def source(self) -> SourceCard:
        return self.reader.shelf.cards[self.card.dataset]

    @property
    def place(self) -> str:
        return self.reader.place.code

    @property
    def release(self) -> Release:
        return next(release for release in self.source.releases if release.id == self.notable.release)

    @property
    def categories(self) -> list[str]:
        """The total first, then the groups by name."""
        first, *groups = dict.fromkeys(self.notable.table["category"])
        return [first, *self.reader.say.by_name(groups, self.category)]

    @property
    def areas(self) -> list[str]:
        """The areas without the place, by name."""
        codes = dict.fromkeys(self.notable.table["area"])
        return self.reader.say.by_name((code for code in sorted(codes) if code != self.place), self.names.get)

    def category(self, code: str) -> str:
        """The name of a category; of the only one the title of the measure."""
        node = self.source.tree.nodes.get(code)
        return self.reader.say.pick(node.name if node else self.card.title)

    def when(self, period: str = "") -> str:
        """'12 months to June 2026'."""
        return period_name(period or self.notable.period, self.reader.say, self.notable.view)

    @property
    def boroughs(self) -> str:
        """The place's own word for its areas."""
        return areas_word(self.reader)


def ask_release(reader: Reader) -> Blocks[Shown | None]:
    """What is chosen; None, with a sentence that says so, where there is nothing to tell of."""
    say = reader.say
    names = sorted(filter(partial(_told, reader), reader.place.measures), key=partial(_unjudged, reader))
    if not names:
        yield calm(reader, say("No series of this place is long and fine enough to tell what stands out in it."))
        return None
    shown = yield from controls(_asked(reader, names))
    if shown is None:
        yield calm(reader)
    return shown


def _told(reader: Reader, name: str) -> bool:
    try:
        return bool(notable_releases(reader.shelf, name))
    except SourceError:
        return False


def _unjudged(reader: Reader, name: str) -> bool:
    """Is no change of the newest release judged? Such a measure is offered after the others."""
    try:
        notable = notable_of(reader.shelf, name, notable_releases(reader.shelf, name)[-1])
    except SourceError:
        return True
    return notable is None or not notable.rows()["p"].notna().any()


def _asked(reader: Reader, names: list[str]) -> Blocks[Shown | None]:
    say = reader.say
    card = yield from choose_measure(reader, names)
    releases = {release.id: release for release in reader.shelf.cards[card.dataset].releases}
    known = [releases[code] for code in notable_releases(reader.shelf, card.name)]
    options = {entry.id: _release_words(entry, reader) for entry in reversed(known)}
    yield (release := choose(reader, "release", say("Release"), options, known[-1].id))
    areas = area_names(reader, card.dataset)
    own = {"": say("None")} | {area.code: areas[area.code] for area in reader.place.areas if area.code in areas}
    yield (area := choose(reader, "area", say("Area"), own, ""))
    try:
        notable = notable_of(reader.shelf, card.name, release.value)
    except SourceError:
        notable = None
    return Shown(reader, card, notable, area.value, areas) if notable else None


def _release_words(release: Release, reader: Reader) -> str:
    date = written_date(release.published, reader.say)
    return reader.say("Release of {date} (date approximate)", date=date) if release.about else date
