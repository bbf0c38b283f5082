"""Sources and methods: every dataset with what its card says, every offence type and measure in plain words, methods, glossary."""

from __future__ import annotations

import html

import streamlit as st

from language import period_name, status_words
from language.numbers import written_date
from layout.blocks import calm, heading, note, paragraph
from layout.foot import stale_words
from layout.reader import Reader
from layout.tables import TEXT, Markup, table
from loaders import SourceCard
from measures.cards import MeasureCard
from measures.claims import claims_table, indicators_of


def measures_of(reader: Reader, card: SourceCard | None) -> list[MeasureCard]:
    """The place's measures that draw on a dataset."""
    return [one for one in (reader.shelf.measures[name] for name in reader.place.measures) if card and one.dataset == card.name]


def datasets_of(reader: Reader) -> list[SourceCard]:
    """The place's datasets: those of its measures first, in the order of the menus."""
    first = [reader.shelf.measures[name].dataset for name in reader.place.measures]
    own = [card for card in reader.shelf.cards.values() if card.place == reader.place.id]
    return sorted(own, key=lambda card: first.index(card.name) if card.name in first else len(first))


def describe_dataset(reader: Reader, card: SourceCard) -> None:
    """Publisher, licence, releases, next update, breaks, notes and what is not published."""
    say = reader.say
    heading(say.pick(card.title), 3)
    if not reader.shelf.readable(card.name):
        calm(reader)
    rows = [
        (say("Publisher"), say.pick(card.publisher)),
        (say("Licence"), say.joined([say.pick(one["title"]) for one in card.licenses])),
        (say("Published as"), _cited(card) or say("not recorded")),
        (say("Covers"), say.pick(card.coverage)),
        (say("Releases"), say.joined([_release(one, reader) for one in card.releases])),
        (say("Next update"), say.pick(card.next_update)),
        (say("Shown"), say("Exactly as the publisher released it, and nothing finer than that.")),
    ]
    stale = stale_words(card, reader)
    if stale:
        rows.append((say("Age"), stale))
    paragraph(say.pick(card.description))
    table([say("What"), say("Entry")], rows, say.pick(card.title), numeric=TEXT)
    if card.breaks:
        table(
            [say("From"), say("What changed"), say("Effect")],
            [_break(cut, card, reader) for cut in card.breaks],
            say("Breaks in this dataset"),
            numeric=TEXT,
        )
    note([say.pick(text) for text in card.notes], say("What to know"))
    note([say.pick(text) for text in card.not_published], say("What is not published"))


def _cited(card: SourceCard) -> Markup:
    """The titles under which a dataset was published, in the publisher's own words, with their links."""
    titles = []
    for one in card.sources[:3]:
        title = f"<cite>{html.escape(one['title'])}</cite>"
        titles.append(f'<a href="{html.escape(one["url"], quote=True)}" rel="noopener">{title}</a>' if one.get("url") else title)
    return Markup("<br>".join(titles))


def _release(release, reader: Reader) -> str:
    about = (
        reader.say("about {date}", date=written_date(release.published, reader.say)) if release.about else written_date(release.published, reader.say)
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
    effect = say("line cut, no change across it") if cut.effect == "cut" else say("marked on the chart")
    return period_name(cut.at, say), head + say.pick(cut.reason), effect


def definitions(reader: Reader, card: SourceCard) -> None:
    """Every category in plain words, with a link to the publisher's own definition."""
    say = reader.say
    if not reader.shelf.readable(card.name):
        return
    if card.kind == "register":
        _register(reader, card)
    if card.kind == "claims":
        rows = [(say.pick(one.name), say.pick(one.definition), "") for one in indicators_of(reader.shelf, card.name).values()]
    else:
        rows = [(say.pick(node.name), say.pick(node.definition), say.pick(node.note)) for node in card.tree.nodes.values()]
    if not rows:
        return
    with st.expander(say("Definitions: {title}", title=say.pick(card.title))):
        table([say("Name"), say("What is counted"), say("Comparability")], rows, say("Definitions in our own words"), numeric=TEXT)
        links = list(dict.fromkeys(node.link for node in card.tree.nodes.values() if node.link))
        if links:
            items = " · ".join(f'<a href="{html.escape(link, quote=True)}" rel="noopener">{html.escape(link)}</a>' for link in links)
            st.html(f"<p>{html.escape(say('The publisher’s own definitions:'))} {items}</p>")


def _register(reader: Reader, card: SourceCard) -> None:
    """Every announced system as it was announced: where, what it does, when, by whom."""
    say, code = reader.say, reader.say.code
    rows = [
        (row[f"system_{code}_{code}"], row[f"place_{code}"], row[f"what_it_does_{code}"], row[f"announced_{code}"], row[f"publisher_{code}"])
        for row in claims_table(reader.shelf, card.name).to_dict("records")
    ]
    with st.expander(say("All entries: {title}", title=say.pick(card.title))):
        headings = [say("System or programme"), say("Place"), say("What it does, as announced"), say("Announced"), say("Publisher")]
        table(headings, rows, say.pick(card.title), numeric=TEXT, size="long")


def describe_measure(reader: Reader, card: MeasureCard) -> None:
    """What is divided by what, why it matters, and what it cannot tell."""
    say = reader.say
    heading(say.pick(card.title), 3)
    paragraph(say.pick(card.what), say.pick(card.why))
    note([say.pick(text) for text in card.cannot_tell], say("What this cannot tell you"))


def statuses(reader: Reader) -> None:
    """The letters that stand behind a figure."""
    say = reader.say
    rows = [(f"[{code}]", status_words(code, say)) for code in ("p", "r", "e", "b", "u", "k", "c", "x", "z")]
    table([say("Letter"), say("Meaning")], [*rows, ("0", say("zero is a figure, not a status"))], say("Letters behind a figure"), numeric=TEXT)


def methods(reader: Reader) -> None:
    """How rates, rolling sums, indices, changes and classes are worked out."""
    say = reader.say
    note(
        [
            say(
                "Rate: the count divided by the residents of the middle of the year, times the number named. Where that year has no figure yet, the latest one up to two years older is used and marked [e]; beyond that there is no rate. Two population bases are never joined."
            ),
            say(
                "Rolling 12 months: the sum of the latest twelve months, placed at the last of them (trailing). There is none where the twelve months span a change of definition."
            ),
            say("Index: 100 is the mean of the first year shown."),
            say(
                "Change: always against the same period a year before, never against the month before. Below a base of 30 it is given in counts, not in per cent."
            ),
            say(
                "Series from several releases: each period is taken from the newest release that has it. Where a change draws on two releases, the page says so."
            ),
            say(
                "Areas and what was allocated to no area add up to the place. Where over 5% of a period's count was allocated to no area, every area's figure of that period is marked [u]."
            ),
            say(
                "Map classes: five, by quantiles, natural breaks (Fisher and Jenks) or equal intervals, over all areas and one period a year, and then the same for every period."
            ),
            say("A figure derived from one that is missing or withheld is missing or withheld itself. Nothing is estimated to fill a gap."),
        ]
    )


def glossary(reader: Reader) -> None:
    """The words of the site."""
    say = reader.say
    rows = [
        (
            say("Recorded crime"),
            say("Offences that the police entered under counting rules. It shows police activity and reporting as well as crime."),
        ),
        (say("Criminal cases filed"), say("Criminal cases formally opened by the police; a call or a report is not yet a case.")),
        (
            say("Killed or seriously injured"),
            say("People killed in a road accident or injured badly enough to meet the publisher's definition of serious."),
        ),
        (
            say("Online-service uptake"),
            say("Transactions done online divided by all transactions. Not the share of services that are offered online."),
        ),
        (say("Same period a year before"), say("The comparison used throughout: it leaves the season out of the change.")),
        (
            say("Break in series"),
            say("A date from which a method, definition or area changed, so that figures before and after it are not comparable."),
        ),
        (say("Release"), say("One publication of a dataset. Later releases may revise earlier figures.")),
        (say("Provisional"), say("Expected to change as late records arrive.")),
        (say("Withheld"), say("A figure that exists and is not shown, to protect people.")),
        (say("Small base"), say("A count too small for a percentage to mean anything; below 30 we give counts.")),
    ]
    table([say("Word"), say("Meaning here")], rows, say("Glossary"), numeric=TEXT)


def corrections(reader: Reader) -> None:
    """Corrections made, and whom to write to about a mistake (data/site.toml)."""
    say, contact = reader.say, reader.shelf.contact
    paragraph(
        say("No correction of a shown figure has been made so far. Every change of a published number is listed in the changelog under Figures."),
        say("Found a mistake? {where}", where=say.pick(contact.get("words", {}))),
    )
    if contact.get("url"):
        safe = html.escape(contact["url"], quote=True)
        st.html(f'<p><a href="{safe}" rel="noopener">{safe}</a></p>')
