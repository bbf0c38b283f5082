"""The trends page of a place whose figures were published as statements: a chart of changes as changes, and every
statement.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

import charts
from charts.statements import statement_span_words
from language import Translator
from language.numbers import written_date
from layout.blocks import heading, lead, note, paragraph, picture, remarks
from layout.choices import area_names, choose_indicator
from layout.foot import foot
from layout.frame import announce
from layout.glossary import terms
from layout.mapping import go_to_district, pick_area
from layout.markup import link
from layout.reader import Reader
from layout.say import quotable
from layout.tables import figure_stated, statement_table
from loaders.cards.measure_card import MeasureCard
from measures.claims.claim import Base
from measures.claims.collection import LEVELS, Statements, statements
from measures.claims.search import by_id
from routes.addresses import extract_address, page_address


def statements_over_time(reader: Reader, card: MeasureCard) -> None:
    """One indicator: what it is, its stated changes, its stated figures by unit, and the table of statements."""
    say = reader.say
    with st.container(key="controls", horizontal=True):
        code = choose_indicator(reader, card)
    remarks(reader)
    made = statements(reader.shelf, card.dataset, reader.place.id, code)
    names = area_names(reader, card.dataset)
    heading(
        say(
            "{what}: what was published about {place}",
            what=say.pick(made.indicator.name),
            place=say.pick(reader.place.name),
        )
    )
    lead(say.pick(made.indicator.definition))
    announce(say("{count} published statements: {what}", count=len(made.table), what=say.pick(made.indicator.name)))
    _pictures(made, names, say, {one: claim.base for one, claim in by_id(reader.shelf, card.dataset).items()})
    terms(reader, card)
    quote_statement(reader, made, names)
    note([*change_notes(reader), say("Grey: a target, which is not a result.")], say("Read this with the chart"))
    checked_link(reader, code)
    heading(say("Every statement, with who said it and when"))
    statement_table(made, names, reader)
    foot(reader, [card], extract_address(reader.place.id, card.dataset, "csv"))


def change_notes(reader: Reader) -> list[str]:
    """How the bars of stated changes are to be read."""
    say = reader.say
    return [
        say(
            "A bar runs from the first to the last day that a statement speaks of. A stated change is drawn as a "
            "change, never turned into a level."
        ),
        say("Blue: compared with the same period a year before. Brown: another base."),
        say(
            "The pale bar beside it covers the days that it is compared with, where they are known. Its height says "
            "nothing: it only joins the two."
        ),
        say("Bars of different length or base cannot be compared with one another."),
    ]


def checked_link(reader: Reader, indicator: str) -> None:
    """Where each statement on an indicator is checked."""
    address = page_address("claims", {"lang": reader.say.code, "place": reader.place.id, "indicator": indicator})
    st.html(f"<p>{link(address, reader.say('What follows from these statements, one by one'))}</p>")


def quote_statement(reader: Reader, made: Statements, names: dict[str, str]) -> None:
    """The newest statement with a figure, to copy: what was stated, by whom and when, in the source's own words too."""
    say = reader.say
    known = made.table[np.isfinite(made.table["number"]) & (made.table["end"] != "")].sort_values("end")
    if known.empty:
        return
    row = known.iloc[-1]
    base = row[f"compared_with_{say.code}"]
    text = say(
        "{what}, {area}, {when}: {figure} ({kind}; {base}), as stated by {publisher}, {date}.",
        what=say.pick(made.indicator.name),
        area=names.get(row["area"], row["area"]),
        when=statement_span_words(row["period_start"], row["period_end"], say),
        figure=figure_stated(row, say),
        kind=row[f"kind_{say.code}"],
        base=say("compared with: {base}", base=base) if base else say("no comparison stated"),
        publisher=row[f"publisher_{say.code}"],
        date=written_date(row["published"], say),
    )
    quotable(reader, [text, f"“{row['quote']}”" if row["quote"] else ""], [made.card])


def _pictures(made: Statements, names: dict[str, str], say: Translator, bases: Mapping[str, Base]) -> None:
    drawn = charts.stated_changes(made, names, say, bases)
    if drawn:
        heading(say("Stated changes, in per cent"), 3)
        picture(drawn, "changes")
    units = [unit for unit in dict.fromkeys(made.table.loc[made.table["kind"].isin(LEVELS), "unit"])]
    for number, unit in enumerate(units):
        levels = charts.levels(made, names, say, unit)
        if levels:
            label = made.table.loc[made.table["unit"] == unit, f"unit_{say.code}"].iloc[0]
            heading(say("Stated figures, in {unit}", unit=label or "—"), 3)
            picture(levels, f"levels{number}")
            drawn = levels
    if drawn is None:
        paragraph(
            say(
                "No statement on this gives a number and a period, so there is nothing to draw; the words are in the "
                "table."
            )
        )


def statements_on_map(reader: Reader, card: MeasureCard) -> None:
    """A tile map of exactly what was published for each district on one indicator, and 'not published' everywhere
    else.
    """
    say = reader.say
    with st.container(key="controls", horizontal=True):
        code = choose_indicator(reader, card, districts=True)
    chosen = pick_area(reader)
    remarks(reader)
    made = statements(reader.shelf, card.dataset, reader.place.id, code)
    names = area_names(reader, card.dataset)
    drawn = charts.statement_tiles(made, reader.place, chosen, say)
    heading(say("{what}: what was published for each district", what=say.pick(made.indicator.name)))
    lead(say.pick(made.indicator.definition))
    picture(drawn, "tiles", go_to_district)
    announce(drawn.description)
    terms(reader, card)
    quote_statement(reader, made, names)
    note(
        [
            say(
                "A tile with a figure shows the newest published statement on that district; periods and bases "
                "differ, so the tiles are not classed against one another."
            ),
            say("x: not published. Nothing is estimated for these districts."),
        ],
        say("Read this with the map"),
    )
    heading(say("Every statement, with who said it and when"))
    statement_table(made, names, reader)
    foot(reader, [card], extract_address(reader.place.id, card.dataset, "csv"))
