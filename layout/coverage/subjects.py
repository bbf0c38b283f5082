"""Every subject of a place, what nobody has published, and how a table is added: each to open."""

from __future__ import annotations

from markupsafe import Markup, escape

from charts.published.coverage import years_words
from language import LANGUAGES, REQUIRED, capital, whole
from language.numbers import written_date
from layout.frame.blocks import (
    Blocks,
    Fold,
    Listing,
    areas_word,
    note,
    paragraph,
)
from layout.frame.footer import stale_words
from layout.frame.markup import link, outward
from layout.frame.reader import Reader
from layout.frame.tables import TEXT, table
from layout.sources.datasets import datasets_of
from measures.about.coverage import HOW, CoverageLine, Grid, coverage_lines
from routes.addresses import page_address

MOST_PUBLISHERS = 2
STEPS = "CONTRIBUTING.md"


def every_subject(reader: Reader) -> Fold:
    """Every subject of the place, to open."""
    return Fold(reader.say("Every subject"), tuple(_subjects(reader)))


def _subjects(reader: Reader) -> Blocks:
    """One row for each measure or indicator: where, by whom, to which day, when last."""
    say = reader.say
    areas = areas_word(reader)
    lines = coverage_lines(reader.shelf, reader.place.id)
    heads = [
        say("Subject"),
        say.pick(reader.place.whole),
        say("{areas} with a figure", areas=capital(areas)),
        say("In which form"),
        say("Newest period ends"),
        say("Last published"),
        say("Published by"),
    ]
    rows = [_line(line, reader) for line in lines]
    yield table(heads, rows, say("What is published, subject by subject"), numeric=TEXT, size="long")
    stale = [stale_words(reader.shelf.cards[line.grid.card.dataset], reader) for line in lines]
    yield note(
        [f"{say.pick(line.name)}{say(': ')}{words}" for line, words in zip(lines, stale, strict=True) if words],
        say("Age"),
    )


def _line(line: CoverageLine, reader: Reader) -> tuple[str, ...]:
    say, made = reader.say, line.grid
    state = {**reader.site_state, "measure": made.card.name, "category": made.category}
    years = years_words(made.years_of(made.whole), say)
    who = [say.pick(words) for words in line.publishers]
    more = say(" and {count} more", count=len(who) - MOST_PUBLISHERS) if len(who) > MOST_PUBLISHERS else ""
    return (
        link(page_address("coverage", state), say.pick(line.name)),
        years or say("not published"),
        say("{count} of {total}", count=made.districts, total=len(made.areas) - 1),
        _how(made, reader),
        _whole_line(written_date(line.newest, say)),
        _whole_line(written_date(line.published, say)),
        Markup(f'<span class="who">{escape(say.joined(who[:MOST_PUBLISHERS]) + more)}</span>'),
    )


def _whole_line(text: str) -> Markup:
    return Markup(f'<span class="date">{escape(text)}</span>')


def _how(made: Grid, reader: Reader) -> str:
    say = reader.say
    words = {"number": say("numbers"), "change": say("changes only"), "words": say("words only")}
    return say.joined(
        [say("{form}: {number}", number=whole(made.how[kind], say), form=words[kind]) for kind in HOW if made.how[kind]]
    )


def not_published(reader: Reader) -> Fold:
    """What readers may look for in vain."""
    missing = [reader.say.pick(text) for card in datasets_of(reader) for text in card.not_published]
    return Fold(reader.say("Not published so far"), (note(missing),) if missing else (), is_open=True)


def how_to_add(reader: Reader) -> Fold:
    """How a publisher could add a missing table, to open."""
    say = reader.say
    items = [
        say(
            "One table: a row for each area and period, with the code of the area, the period, the type and the count."
        ),
        say(
            "A card beside it: who publishes it, under which licence, when it was released and when the next release "
            "comes, in {languages}.",
            languages=say.joined([LANGUAGES[code].name for code in REQUIRED]),
        ),
        say(
            "No programming. The file stays as it was published; the site names every fault that it finds, in the "
            "terms of the file."
        ),
        say("Small counts can be hidden before publication: see the page Privacy."),
    ]
    repository = reader.shelf.contact.get("repository", "")
    if repository:
        address = f"{repository.rstrip('/')}/blob/main/{STEPS}"
        steps = outward(address, say("Step by step: how to add a dataset"))
    else:
        steps = say("Step by step: see {file} in the source code, section “A dataset”.", file=STEPS)
    title = say("How a publisher could add the missing table")
    return Fold(title, (Listing(tuple(items), numbered=True), paragraph(steps)))
