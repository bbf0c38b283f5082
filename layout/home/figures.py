"""Which figures the first page shows, and what it says of them before all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from language import period_name
from language.standing_out import line_words
from language.verdicts import verdict_word
from layout.frame.blocks import Blocks, Group, heading
from layout.frame.reader import Reader
from layout.glance.finding import CLEAR, finding
from layout.glance.rows import amount, ended, hidden, row
from layout.glance.told import Change, Told, changes_of, measures_of, told_of
from layout.home.stated import Stated
from loaders.cards.measure_card import MeasureCard

MOST = 8  # rows of figures
CONTEXT = "context"  # the domain of measures that say nothing about safety


@dataclass(frozen=True)
class Glance:
    """``fresh``: figures of today; ``past``: those of series whose newest figures are long past; ``broken``: measures
    that cannot be shown; ``changes``: of all categories that are judged."""

    fresh: tuple[Told, ...]
    past: tuple[Told, ...]
    broken: tuple[MeasureCard, ...]
    changes: tuple[Change, ...]

    @property
    def cards(self) -> list[MeasureCard]:
        """The measures shown, each once."""
        return list({told.card.name: told.card for told in (*self.fresh, *self.past)}.values())


def glance(reader: Reader) -> Glance:
    """What a place says at a glance: the categories that its measures name for the first page, and those that changed
    clearly."""
    changes = tuple(changes_of(reader, reader.place.code))
    named = [card for name in reader.place.measures if (card := reader.shelf.measures[name]).kind != "statements"]
    broken = tuple(card for card in named if card.home_categories and not reader.shelf.working(card.name))
    fresh = list(_told(reader, measures_of(reader, past=False)))
    known = {(told.card.name, told.category) for told in fresh}
    for change in changes:
        if len(fresh) < MOST and change.facts.verdict in CLEAR and (change.card.name, change.category) not in known:
            fresh += [told for told in [told_of(reader, change.card, change.category)] if told]
    return Glance(tuple(_beside_own(fresh)), tuple(_told(reader, measures_of(reader, past=True))), broken, changes)


def _told(reader: Reader, cards: Iterable[MeasureCard]) -> Iterator[Told]:
    for card in cards:
        for category in card.home_categories:
            told = told_of(reader, card, category)
            if told:
                yield told


def _beside_own(told: list[Told]) -> list[Told]:
    """Those of one measure beside one another, the measures in the order of the place."""
    order = list(dict.fromkeys(one.card.name for one in told))
    return sorted(told, key=lambda one: order.index(one.card.name))


def title(reader: Reader, found: Glance, stated: Stated | None) -> str:
    """The finding of the place; where nothing is of today, how old the newest figures are."""
    say, place = reader.say, reader.say.pick(reader.place.whole)
    if stated and not any(change.facts.tested for change in found.changes):
        return stated.title(reader)
    if found.past and not found.fresh:
        last = max((told.facts.period for told in found.past), key=lambda period: period[:4])
        return say("{place}: the newest figures we have are for {period}", place=place, period=period_name(last, say))
    return finding(reader.place.whole, found.changes, reader)


def shown(reader: Reader, found: Glance, stated: Stated | None) -> list[MeasureCard]:
    """The measures that the page shows figures of, each once."""
    said = [reader.shelf.measures[name] for name in reader.place.measures if stated]
    return [*found.cards, *(card for card in said if card.dataset == stated.dataset)]


def about(reader: Reader, found: Glance) -> str:
    """The total of the first measure, its period and what it is compared with; what the place says of itself where
    there is none."""
    say = reader.say
    total = next(iter(found.fresh), None)
    if total is None or total.card.domain == CONTEXT:
        return say.pick(reader.place.intro)
    facts = total.facts
    named = {"title": total.name(reader), "period": period_name(facts.period, say, facts.view)}
    if not facts.tested:
        return say("{title}, {period}: {words}.", words=line_words(facts, say), **named)
    return say(
        "{title}, {period}: {figure}, against {before} a year before: {verdict}.",
        figure=amount(facts, facts.now, reader),
        before=amount(facts, facts.before, reader),
        verdict=verdict_word(facts.verdict, say),
        **named,
    )


def where_things_stand(reader: Reader, found: Glance) -> Blocks:
    """A row for each figure of today, or of the newest there are; the series that have ended open beneath."""
    say = reader.say
    rows = [row(told, reader) for told in (found.fresh or found.past)]
    rows += [hidden(say.pick(card.title), reader) for card in found.broken]
    if rows:
        yield heading(say("Latest figures") if found.fresh or not found.past else say("The newest figures we have"))
        yield Group("stands", tuple(rows), "section")
    if found.fresh and found.past:
        yield ended(found.past, reader)
