"""What a feed tells: new releases, what stands out in them, what was revised and what turned, with the figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.remembered import MB, remembered
from language import translator
from language.numbers import period_name, written_date
from language.sentences.figure import sentence
from loaders import Release, SourceCard, SourceError
from measures.notable.found import Notable
from measures.notable.stored import notable_of, notable_releases
from measures.notable.told import OfArea, of_area
from measures.store.shelf import Shelf
from routes.addresses import page_address
from routes.catalogues.feeds.feed import moment, urn
from routes.catalogues.feeds.feed_scope import FeedScope, cards_of, categories
from routes.catalogues.feeds.feed_words import FeedWords

MOST = 50  # entries of a feed


@dataclass(frozen=True)
class Entry:
    """One entry. ``address``: of the page that shows it, from the root of the site; ``kind``: 'released', 'notable',
    'revised' or 'turned'."""

    id: str
    kind: str
    title: str
    moment: str
    address: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Feed:
    """A feed before it is written in a format; the newest entries first, at most 50."""

    scope: FeedScope
    language: str
    title: str
    description: str
    entries: tuple[Entry, ...]

    @property
    def moment(self) -> str:
        return max((entry.moment for entry in self.entries), default="1970-01-01T00:00:00Z")


@remembered(8 * MB)
def feed_of(shelf: Shelf, scope: FeedScope, language: str) -> Feed:
    """The feed of a scope in a language."""
    say = translator(language)
    told = [entry for card in cards_of(shelf, scope) for entry in _of_card(shelf, scope, card, language)]
    newest = sorted(told, key=lambda entry: entry.moment, reverse=True)[:MOST]
    name = _name(shelf, scope, language)
    description = say("New releases on {name}, what stands out in them, and what was revised or turned.", name=name)
    return Feed(scope, language, f"{name} · {say.language.site}", description, tuple(newest))


def _name(shelf: Shelf, scope: FeedScope, language: str) -> str:
    """'Camden · Theft'."""
    say, place = translator(language), shelf.places[scope.place]
    area = next((area.name for area in place.areas if area.code == scope.area), place.name)
    if scope.thing in shelf.measures:
        return f"{say.pick(area)} · {say.pick(shelf.measures[scope.thing].title)}"
    trees = (shelf.cards[shelf.measures[name].dataset].tree.nodes for name in place.measures)
    node = next((tree[scope.thing] for tree in trees if scope.thing in tree), None)
    return f"{say.pick(area)} · {say.pick(node.name)}" if node else say.pick(area)


def _of_card(shelf: Shelf, scope: FeedScope, card: SourceCard, language: str) -> Iterator[Entry]:
    """The entries of the newest releases of a dataset."""
    for release in card.releases[-MOST:]:
        found = notables(shelf, scope, card, release)
        yield _released(shelf, scope, card, release, (found, language))
        for notable in found:
            yield from entries_of(shelf, scope, release, notable, language)


def notables(shelf: Shelf, scope: FeedScope, card: SourceCard, release: Release) -> list[Notable]:
    """What stands out in a release, measure by measure; none where it is not told of."""
    measures = [name for name in shelf.places[scope.place].measures if shelf.measures[name].dataset == card.name]
    measures = [name for name in measures if scope.thing in ("", name) or scope.thing not in shelf.measures]
    return [notable for name in measures if (notable := _notable(shelf, name, release.id)) is not None]


def _notable(shelf: Shelf, measure: str, release: str) -> Notable | None:
    """What stands out; None where it is not told of, or cannot be read now."""
    try:
        return notable_of(shelf, measure, release) if release in notable_releases(shelf, measure) else None
    except SourceError:
        return None


def _chosen(shelf: Shelf, scope: FeedScope, dataset: str) -> tuple[str, ...]:
    """The categories that the feed tells of: the one that it is about, else all."""
    return (scope.thing,) if scope.thing in categories(shelf, dataset) else ()


def _released(
    shelf: Shelf, scope: FeedScope, card: SourceCard, release: Release, told: tuple[list[Notable], str]
) -> Entry:
    """That figures were released, for which periods, and the latest final ones of the area."""
    found, language = told
    say = translator(language)
    date = written_date(release.published, say)
    about = say("{date} (date approximate)", date=date) if release.about else date
    texts = [say("{publisher}, {date}.", publisher=say.pick(card.publisher), date=about)]
    if release.first and release.last:
        first, last = (period_name(period, say) for period in (release.first, release.last))
        texts.append(say("The release holds {start} to {end}.", start=first, end=last))
    for notable in found:
        texts += leading(shelf, scope, notable, language)
    title = say("{title}: release of {date}", title=say.pick(card.title), date=date)
    page = page_address("notable", _state(scope, found[0], language)) if found else _sources(scope, language)
    return Entry(
        _id(scope, f"{card.name}/{release.id}/released", language),
        "released",
        title,
        moment(release),
        page,
        tuple(texts),
    )


def leading(shelf: Shelf, scope: FeedScope, notable: Notable, language: str) -> list[str]:
    """The latest final figure of the area, and that nothing stands out for it where nothing does."""
    say = translator(language)
    words = FeedWords(shelf, notable, say)
    chosen = (*_chosen(shelf, scope, words.dataset), notable.table["category"].iloc[0])
    facts = words.facts(chosen[0], scope.area)
    texts = [sentence(facts, say)] if facts else []
    if of_area(notable, scope.area, chosen[:-1]).nothing:
        texts.append(say("Nothing in it stands out for {area}.", area=words.area(scope.area)))
    return texts


def entries_of(shelf: Shelf, scope: FeedScope, release: Release, notable: Notable, language: str) -> Iterator[Entry]:
    """What stands out, what was revised and what turned for the area, an entry each where there is anything."""
    say, words = translator(language), FeedWords(shelf, notable, translator(language))
    own = of_area(notable, scope.area, _chosen(shelf, scope, shelf.measures[notable.measure].dataset))
    places = {"area": words.area(scope.area), "title": say.pick(shelf.measures[notable.measure].title)}
    told = {
        "notable": (say("{area}, {title}: what stands out", **places), _standing(words, own)),
        "revised": (say("{area}, {title}: revised by more than usual", **places), words.revised(own)),
        "turned": (say("{area}, {title}: a verdict turned", **places), words.turned(own)),
    }
    for kind, (title, texts) in told.items():
        if texts:
            name = f"{notable.measure}/{release.id}/{kind}"
            page = page_address("notable", _state(scope, notable, language))
            yield Entry(_id(scope, name, language), kind, title, moment(release), page, tuple(texts))


def _standing(words: FeedWords, own: OfArea) -> list[str]:
    return [*words.changes(own), *words.differs(own), *words.extremes(own), *words.in_areas(own)]


def _state(scope: FeedScope, notable: Notable, language: str) -> dict[str, str]:
    state = {"lang": language, "place": scope.place, "measure": notable.measure, "release": notable.release}
    return state | {"area": scope.area}


def _sources(scope: FeedScope, language: str) -> str:
    return page_address("sources", {"lang": language, "place": scope.place})


def _id(scope: FeedScope, name: str, language: str) -> str:
    return urn(f"{scope.name}/{name}/{language}")
