"""Sources and methods: every dataset with what its card says, every offence type and measure in plain words, methods,
glossary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from language import period_name
from language.numbers import written_date
from layout.frame.blocks import Block, Blocks, Fold, Table, calm, gathered, heading, lead, note, paragraph
from layout.frame.footer import shown_words, stale_words
from layout.frame.markup import outward
from layout.frame.reader import Reader
from layout.frame.tables import TEXT, quoting, table
from loaders import SourceCard
from loaders.cards.measure_card import MeasureCard
from measures.claims.collection import claims_table, indicators_of


def measures_of(reader: Reader, card: SourceCard | None) -> list[MeasureCard]:
    """The place's measures that draw on a dataset."""
    return [
        one
        for one in (reader.shelf.measures[name] for name in reader.place.measures)
        if card and one.dataset == card.name
    ]


def datasets_of(reader: Reader) -> list[SourceCard]:
    """The place's datasets: those of its measures first, in the order of the menus."""
    first = [reader.shelf.measures[name].dataset for name in reader.place.measures]
    own = [card for card in reader.shelf.cards.values() if card.place == reader.place.id]
    return sorted(own, key=lambda card: first.index(card.name) if card.name in first else len(first))


def dataset_folds(reader: Reader, cards: Iterable[SourceCard]) -> Iterator[Fold]:
    """One fold a dataset, under its title: what its card says, and its categories in plain words."""
    for card in cards:
        described, _ = gathered(_describe(reader, card))
        yield Fold(reader.say.pick(card.title), (*described, *_definitions(reader, card)))


def open_questions(reader: Reader, cards: Iterable[SourceCard]) -> Blocks:
    """What is still to be asked of the publishers, in one list: the dataset, and the question; nothing where all is
    answered."""
    say = reader.say
    asked = [(say.pick(card.title), say.pick(question)) for card in cards for question in card.questions]
    if asked:
        yield heading(say("Open questions"))
        yield lead(say("What we still have to ask the publishers about their figures and licences."))
        yield table([say("Dataset"), say("Question")], asked, say("Open questions"), numeric=TEXT)


def _describe(reader: Reader, card: SourceCard) -> Blocks:
    """Publisher, licence, releases, next update, breaks, notes and what is not published."""
    say = reader.say
    if not reader.shelf.readable(card.name):
        yield calm(reader)
    rows = [
        (say("Publisher"), say.pick(card.publisher)),
        (say("Licence"), say.joined([say.pick(one["title"]) for one in card.licenses])),
        (say("Published as"), _cited(card) or say("not known")),
        (say("Covers"), say.pick(card.coverage)),
        (say("Releases"), say.joined([_release(one, reader) for one in card.releases])),
        (say("Next update"), say.pick(card.next_update)),
        (say("Shown"), shown_words(card, reader)),
    ]
    stale = stale_words(card, reader)
    if stale:
        rows.append((say("Age"), stale))
    yield paragraph(say.pick(card.description))
    yield table([say("What"), say("Entry")], rows, say.pick(card.title), numeric=TEXT)
    if card.breaks:
        yield table(
            [say("From"), say("What changed"), say("Effect")],
            [_break(cut, card, reader) for cut in card.breaks],
            say("Breaks in this dataset"),
            numeric=TEXT,
        )
    yield note([say.pick(text) for text in card.notes], say("What to know"))
    yield note([say.pick(text) for text in card.not_published], say("What is not published"))


def _cited(card: SourceCard) -> Markup:
    """The titles under which a dataset was published, in the publisher's own words, with their links."""
    titles = []
    for one in card.sources[:3]:
        title = f"<cite>{escape(one['title'])}</cite>"
        titles.append(outward(one["url"], Markup(title)) if one.get("url") else title)
    return Markup("<br>".join(titles))


def _release(release, reader: Reader) -> str:
    about = (
        reader.say("{date} (date approximate)", date=written_date(release.published, reader.say))
        if release.about
        else written_date(release.published, reader.say)
    )
    if not release.first:
        return about
    return f"{about} ({period_name(release.first, reader.say)} – {period_name(release.last, reader.say)})"


def _break(cut, card: SourceCard, reader: Reader) -> tuple[str, str, str]:
    say = reader.say
    areas = reader.shelf.area_names(card.place, card.name)
    about = [say.pick(card.tree.nodes[code].name) for code in cut.categories if code in card.tree.nodes] + [
        say.pick(areas[code]) for code in cut.areas
    ]
    head = f"{say.joined(about)}{say(': ')}" if about else ""
    effect = {
        "cut": say("line cut, no change across it"),
        "mark": say("marked on the chart"),
        "no_trend": say("marked on the chart, no trend across it"),
    }[cut.effect]
    return period_name(cut.at, say), head + say.pick(cut.reason), effect


def _definitions(reader: Reader, card: SourceCard) -> Iterator[Block]:
    """Every category in plain words, with a link to the publisher's own definition."""
    say = reader.say
    if not reader.shelf.readable(card.name):
        return
    if card.kind == "register":
        yield _register(reader, card)
    if card.kind == "claims":
        rows = [
            (say.pick(one.name), say.pick(one.definition), "")
            for one in indicators_of(reader.shelf, card.name).values()
        ]
    else:
        rows = [
            (say.pick(node.name), quoting(say.pick(node.definition), say), say.pick(node.note))
            for node in card.tree.nodes.values()
        ]
    if not rows:
        return
    headings = [say("Name"), say("What is counted"), say("Comparability")]
    names = table(headings, rows, say("Definitions in our own words"), numeric=TEXT)
    links = dict.fromkeys(node.link for node in card.tree.nodes.values() if node.link)
    items = Markup(" · ").join(outward(link, link) for link in links)
    own = (
        Markup("{}{}{}").format(say("The publisher’s own definitions:"), say.language.sentence_gap, items)
        if links
        else ""
    )
    yield from (names, paragraph(own))


def _register(reader: Reader, card: SourceCard) -> Table:
    """Every announced system as it was announced: where, what it does, when, by whom."""
    say, code = reader.say, reader.say.code
    rows = [
        (
            row[f"system_own_{code}"],
            row[f"place_{code}"],
            row[f"what_it_does_{code}"],
            row[f"announced_{code}"],
            row[f"publisher_{code}"],
        )
        for row in claims_table(reader.shelf, card.name).to_dict("records")
    ]
    headings = [
        say("System or programme"),
        say("Place"),
        say("What it does, as announced"),
        say("Announced"),
        say("Publisher"),
    ]
    caption = say("All entries: {title}", title=say.pick(card.title))
    return table(headings, rows, caption, numeric=TEXT, size="long")
