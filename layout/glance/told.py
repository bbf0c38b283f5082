"""Which figures speak of a place or of one of its areas, which of them are of today, and which changes are judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from language.sentences.statement import Statement
from layout.frame.footer import is_stale
from layout.frame.reader import Reader
from layout.trends.series import whole_of
from loaders import SourceError
from loaders.cards.measure_card import MeasureCard
from measures.about.statements import statement
from measures.figures.compute import Measure, Query, compute
from measures.notable.found import Notable
from measures.notable.stored import notable_of, notable_releases
from measures.notable.told import told_of as facts_of

PAST = 12  # months after which figures that are older than their card allows are no latest figures any more


@dataclass(frozen=True)
class Told:
    """A measure's latest final figure of one area in one category; ``made``: the series that it is the end of."""

    card: MeasureCard
    category: str
    made: Measure
    facts: Statement

    def name(self, reader: Reader) -> str:
        """What it is called: the category, beside the measure unless it is a part of a total."""
        title, words = reader.say.pick(self.card.title), reader.say.pick(self.facts.category)
        if not words:
            return title
        nodes = self.made.sources[0].tree.nodes
        usual = nodes.get(self.card.default_category)
        part = usual is not None and usual.level == "all" and nodes[self.category].in_total
        return words if part else f"{title} · {words}"


@dataclass(frozen=True)
class Change:
    """A change on a year before with its verdict; ``total``: of a measure that has parts beside it."""

    card: MeasureCard
    category: str
    facts: Statement
    total: bool

    def name(self, reader: Reader) -> str:
        """The category, or the measure where it has none; without the place, which stands before it."""
        name, whole = reader.say.pick(self.facts.category or self.card.title), reader.say.pick(reader.place.name)
        head, comma, tail = name.partition(", ")
        return head if comma and whole in tail else name


def measures_of(reader: Reader, *, past: bool) -> list[MeasureCard]:
    """The place's measures with figures of today, or (``past``) those whose newest figures are long past; none that is
    made of statements or cannot be read."""
    cards = [reader.shelf.measures[name] for name in reader.place.measures]
    known = [card for card in cards if card.kind != "statements" and reader.shelf.working(card.name)]
    return [card for card in known if is_past(reader, card) == past]


def is_past(reader: Reader, card: MeasureCard) -> bool:
    """Are a measure's newest figures too old to stand among those of today?"""
    return is_stale(reader.shelf.cards[card.dataset], least=PAST)


def told_of(reader: Reader, card: MeasureCard, category: str, area: str = "") -> Told | None:
    """What a measure says of an area, of the whole place where none is named; None where there is no figure. Raises
    SourceError."""
    view = "rolling" if "rolling" in card.views else card.views[0]
    query = Query(reader.place.id, card.name, (area or whole_of(reader, card),), category, view)
    made = compute(query, reader.shelf)
    facts = statement(made, query.areas[0])
    return Told(card, category, made, facts) if facts and isfinite(facts.now) else None


def newest(reader: Reader, card: MeasureCard) -> Notable | None:
    """What stands out in the newest release of a measure's dataset; None where nothing is judged."""
    try:
        releases = notable_releases(reader.shelf, card.name)
        return notable_of(reader.shelf, card.name, releases[-1]) if releases else None
    except SourceError:
        return None


def changes_of(reader: Reader, area: str) -> Iterator[Change]:
    """The changes of an area by category, the total of each measure first; of figures of today only. A measure of the
    whole place alone has those of the first page."""
    for card in measures_of(reader, past=False):
        found = newest(reader, card)
        if found is None and area == reader.place.code:
            told = (told_of(reader, card, category) for category in card.home_categories)
            yield from (Change(card, one.category, one.facts, False) for one in told if one)
        elif found is not None and area in set(found.table["area"]):
            yield from _by_category(reader, card, found, area)


def _by_category(reader: Reader, card: MeasureCard, found: Notable, area: str) -> Iterator[Change]:
    codes = list(dict.fromkeys(found.table["category"]))
    nodes = reader.shelf.cards[card.dataset].tree.nodes
    for code in codes:
        total = len(codes) > 1 and code in nodes and nodes[code].level == "all"
        yield Change(card, code, facts_of(found, reader.shelf, code, area), total)
