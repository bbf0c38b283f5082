"""What stands beside the map: the way to the reader's own area, what stands out, and the doors at the end."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from language import period_name, whole
from language.sentences.fact_phrases import counted_amount
from language.standing_out import extreme_words, same_way_words, turned_words
from layout.frame.blocks import Block, Group, areas_word, heading
from layout.frame.markup import soft_link
from layout.frame.menu import titles
from layout.frame.offers import offered
from layout.frame.reader import Reader
from layout.glance.finder import finder
from layout.glance.told import measures_of, newest
from measures.notable.found import Notable
from measures.notable.told import same_way, told_of
from routes.addresses import page_address

LINES = 3  # of what stands out


def own_area(reader: Reader) -> Iterator[Block]:
    """The box for the reader's own area; nothing where the page of areas has nothing to show."""
    if offered("district", reader.place, reader.shelf):
        yield finder(reader)


def what_stands_out(reader: Reader) -> Iterator[Block]:
    """Three lines of what stands out in the newest release of the first measure that is judged, and the way to all."""
    say = reader.say
    found = next((told for card in measures_of(reader, past=False) if (told := newest(reader, card))), None)
    if found is None:
        return
    yield heading(titles(say, reader.place)["notable"])
    items = [Markup("<li>{}</li>").format(text) for text in lines(found, reader)]
    yield Group("outstanding", tuple(items), "ul")
    address = page_address("notable", {**reader.site_state, "measure": found.measure})
    yield Group("more_of", (soft_link(address, say("See all that stands out")),), "p")


def lines(found: Notable, reader: Reader) -> list[str]:
    """How many changes of areas stand; then what the place itself has: its longest highs and lows, what turned, and in
    what most areas went the same way."""
    texts = [*_how_many(found, reader), *_of_place(found, reader), *_same_way(found, reader)]
    return texts[:LINES]


def _how_many(found: Notable, reader: Reader) -> Iterator[str]:
    say, rows = reader.say, found.rows()
    areas = rows[rows["area"] != reader.place.code]
    tested, standing = int(areas["p"].notna().sum()), int(areas["stands"].sum())
    counts = {"areas": areas_word(reader), "tested": whole(tested, say)}
    if not tested:
        return
    if standing == 1:
        yield say("One of {tested} changes in single {areas} stands out.", **counts)
    elif standing:
        counts |= {"count": whole(standing, say), "period": period_name(found.period, say, found.view)}
        yield say("{count} of {tested} changes in single {areas} stand out, {period}.", **counts)
    else:
        yield say("None of {tested} changes in single {areas} stands out.", **counts)


def _of_place(found: Notable, reader: Reader) -> Iterator[str]:
    say, code = reader.say, reader.place.code
    for entry in (entry for entry in found.extremes if entry.area == code):
        facts = told_of(found, reader.shelf, entry.category, code)
        named = say.pick(reader.place.whole), _category(found, entry.category, reader)
        first = period_name(entry.first, say, found.view)
        yield extreme_words(entry.kind, *named, counted_amount(facts, facts.now, say), first, say)
    for entry in (entry for entry in found.turned if entry.area == code):
        named = say.pick(reader.place.whole), _category(found, entry.category, reader)
        yield turned_words(*named, entry.was, entry.verdict, say)


def _same_way(found: Notable, reader: Reader) -> Iterator[str]:
    say = reader.say
    for side in sorted(same_way(found), key=lambda side: -max(side.higher, side.lower)):
        counts = (side.higher, side.lower, side.areas)
        words = same_way_words(_category(found, side.category, reader), counts, areas_word(reader), say)
        yield say("{clauses}.", clauses=words)


def _category(found: Notable, code: str, reader: Reader) -> str:
    card = reader.shelf.measures[found.measure]
    node = reader.shelf.cards[card.dataset].tree.nodes.get(code)
    return reader.say.pick(node.name if node else card.title)


def doors(reader: Reader) -> Group:
    """Three ways on: check a headline, take the figures, what nobody publishes."""
    say = reader.say
    ways = {
        "claims": (say("Check a figure"), say("Does a figure in the news agree with what was published?")),
        "download": (say("Download the data"), say("Every figure as a file, with its status and source.")),
        "coverage": (
            say("What is not published"),
            say("Which areas and years have figures, and which do not."),
        ),
    }
    items = [
        Markup('<p class="door">{}<span>{}</span></p>').format(
            soft_link(page_address(page, reader.site_state), name), words
        )
        for page, (name, words) in ways.items()
        if offered(page, reader.place, reader.shelf)
    ]
    return Group("doors", tuple(items), "nav", say("More on this site"))
