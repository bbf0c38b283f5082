"""The register of announced systems: its filters, its picture, and one entry that opens for each system."""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

import charts
from charts.published.register import DRESS, measured_words, year_words
from language import whole
from layout.frame.blocks import (
    Block,
    Blocks,
    Choice,
    Figure,
    Group,
    Legend,
    Note,
    Table,
    boxes,
    choose,
    first_choices,
    note,
    paragraph,
    picture,
)
from layout.frame.figure import parts
from layout.frame.footer import about_figures
from layout.frame.markup import link, links_to_places
from layout.frame.reader import Reader
from layout.frame.tables import table
from layout.frame.take_away import Taken, take_away
from layout.glance.finder import LONGEST, plain
from layout.register.entry import entry
from loaders import SourceCard, SourceError
from loaders.claims.register import INDIVIDUAL
from measures.about.register import (
    FILTERS,
    MEASURED,
    System,
    by_year,
    register_card,
    register_notes,
    systems_chosen,
    systems_of,
)
from routes.addresses import extract_address, page_address


def register_of(reader: Reader) -> tuple[SourceCard | None, tuple[System, ...]]:
    """The place's register and its entries; None when there is none, no entries when it cannot be read."""
    card = register_card(reader.shelf, reader.place.id)
    try:
        return card, systems_of(reader.shelf, card.name) if card else ()
    except SourceError:
        return card, ()


def no_register(reader: Reader) -> Blocks:
    """Where a register was compiled, when it was not for this place."""
    say, places = reader.say, reader.shelf.places.values()
    items = links_to_places("register", [place for place in places if register_card(reader.shelf, place.id)], reader)
    words = say("No register of systems was compiled for {place}.", place=say.pick(reader.place.name))
    yield paragraph(
        words, Markup("{}{}{}").format(say("There is one for:"), say.language.sentence_gap, items) if items else ""
    )


def one_system(reader: Reader, systems: tuple[System, ...]) -> tuple[System, ...]:
    """The one entry that a link leads to; none when the whole register is asked for."""
    asked = reader.ask("system", ["", *(system.entry.code for system in systems)], "")
    return tuple(system for system in systems if system.entry.code == asked)


def ask_systems(reader: Reader, card: SourceCard, systems: tuple[System, ...]) -> Blocks[tuple[System, ...]]:
    """The entries with these words in them, of the region, of the answer about individuals and with or without figures
    that the address asks for.
    """
    say, regions = reader.say, register_notes(reader.shelf, card.name).regions
    every = {"": say("All")}
    places = {code: say.pick(name) for code, name in regions.items()}
    people = {code: individual_words(code, reader) for code in INDIVIDUAL}
    kinds = {"yes": say("published"), "no": say("none found")}
    words = reader.ask_text("find", lambda text: len(text) <= LONGEST)
    yield Choice("find", say("Search"), {}, words, kind="text", most=LONGEST)
    choices = (
        choose(reader, "region", say("Where"), every | places, ""),
        choose(reader, "individual", say("Handles data on individuals"), every | people, ""),
        choose(reader, "figures", say("Figures about it"), every | kinds, ""),
    )
    yield from choices
    return found_in(systems_chosen(systems, *(choice.value for choice in choices)), words)


def found_in(systems: tuple[System, ...], words: str) -> tuple[System, ...]:
    """The entries in whose row every one of the words stands, in any language; all where there is none."""
    asked = [plain(word) for word in words.split() if plain(word)]
    return tuple(one for one in systems if all(word in plain(" ".join(map(str, one.row.values()))) for word in asked))


def individual_words(answer: str, reader: Reader) -> str:
    """Does it handle data on individuals?"""
    say = reader.say
    return {"yes": say("yes"), "partly": say("in part"), "unclear": say("unclear"), "no": say("no")}[answer]


def how_many(kept: tuple[System, ...], systems: tuple[System, ...], reader: Reader) -> str:
    """How many entries are shown, and about how many of them a figure was published."""
    say = reader.say
    return say(
        (
            "{shown} of {all} entries are shown. A figure was published about {figures} of them; for {numbers}, the "
            "statistic that would show the effect was published as a number."
        ),
        shown=len(kept),
        all=len(systems),
        figures=sum(one.figures for one in kept),
        numbers=sum(one.measured == "number" for one in kept),
    )


def measured_legend(kept: tuple[System, ...], reader: Reader) -> Legend:
    """The four answers with their letters and how many entries have each."""
    say = reader.say
    return boxes(
        [
            (DRESS[answer], measured_words(answer, say), sum(one.measured == answer for one in kept))
            for answer in MEASURED
        ],
        reader,
    )


def register_figure(
    reader: Reader, card: SourceCard, kept: tuple[System, ...], choices: tuple[Block, ...], counted: str
) -> Figure:
    """One square for each system; the same as numbers; and how it is to be read."""
    say, title, sources = reader.say, reader.say.pick(card.title), datasets_behind(reader, card)
    chart = picture(charts.announced(kept, say), "announced")
    shown = parts(
        reader,
        chart=(measured_legend(kept, reader), chart),
        table=(years_table(kept, reader),) if kept else (),
        about=(
            paragraph(say.pick(card.description)),
            reading_notes(reader, card),
            *about_figures(reader, [], 0, sources),
        ),
    )
    bar = take_away(reader, Taken(title, {"": chart}, register_file(reader, card), sources=sources))
    question = say("Announced public-safety systems")
    asked = first_choices(choices, ("find", "region"), say("More choices"))
    return Figure(question, (counted,), shown, bar, (asked,))


def years_table(kept: tuple[System, ...], reader: Reader) -> Table:
    """The squares as numbers: years down, the four answers across."""
    say = reader.say
    rows = [
        (year_words(year, say), whole(sum(counts.values()), say), *(whole(counts[answer], say) for answer in MEASURED))
        for year, counts in by_year(kept).items()
    ]
    letters = [DRESS[answer][1] for answer in MEASURED]
    return table(
        [say("Year"), say("Systems"), *letters],
        rows,
        say("Systems by year, with the letters of the legend"),
        size="letters",
    )


def reading_notes(reader: Reader, card: SourceCard) -> Note:
    """How the four answers were come to, what they do not mean, and what the register itself says."""
    say = reader.say
    ours = [
        say(
            "A statistic counts as published when a statement collected here gives it for the system's own place, or "
            "about the system itself, for a period that ends in the year of the announcement or later. Whether it is "
            "as fine as the register names (by month, by district) is not asked."
        ),
        say(
            "A figure on the same subject does not show that a system had an effect; a system without one may have "
            "had an effect or none."
        ),
        say(
            "“Not found” means: not among the statements collected here. The years show which articles were at hand "
            "as well as when systems began."
        ),
    ]
    return note([*ours, *(say.pick(text) for text in card.notes)], say("About this list"))


def show_systems(reader: Reader, card: SourceCard, kept: tuple[System, ...]) -> Blocks:
    """Every entry, closed to one line; the only one that is shown stands open."""
    say, claims = reader.say, reader.shelf.cards.get(card.claims)
    if not kept:
        yield paragraph(say("No entry fits these choices."))
    yield Group("entries", tuple(entry(system, claims, reader, is_open=len(kept) == 1) for system in kept))
    if reader.asked.get("system"):
        every = page_address("register", reader.site_state)
        yield paragraph(link(every, say("All entries of the register")))


def register_file(reader: Reader, card: SourceCard) -> str:
    """The very entries that are shown, as a file."""
    asked = {name: reader.asked[name] for name in FILTERS if reader.asked.get(name)}
    return extract_address(reader.place.id, card.name, "csv") + (f"?{urlencode(asked)}" if asked else "")


def datasets_behind(reader: Reader, card: SourceCard) -> list[SourceCard]:
    """The register and the statements that are linked to it."""
    return [card, *([reader.shelf.cards[card.claims]] if card.claims else [])]
