"""The trends page of a place whose figures were published as statements: a chart of changes as changes, and every
statement.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import charts
from charts.published.statement_words import statement_span_words
from language.numbers import written_date
from layout.frame.blocks import (
    Block,
    Blocks,
    Paragraph,
    Row,
    TakeAway,
    announce,
    gathered,
    heading,
    lead,
    note,
    paragraph,
    picture,
    remarks,
)
from layout.frame.controls import area_names, choose_indicator, outlined
from layout.frame.footer import foot
from layout.frame.glossary import terms
from layout.frame.links import district_links
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.frame.tables import figure_stated, statement_table
from layout.frame.take_away import Taken, take_away
from loaders.cards.measure_card import MeasureCard
from measures.claims.collection import LEVELS, Statements, statements
from measures.claims.search import by_id
from routes.addresses import extract_address, page_address


def statements_over_time(reader: Reader, card: MeasureCard, chosen: Sequence[Block] = ()) -> Blocks:
    """One indicator: what it is, its stated changes, its stated figures by unit, and the table of statements.

    ``chosen``: choices that stand before that of the indicator.
    """
    say = reader.say
    asking, code = gathered(choose_indicator(reader, card))
    yield Row("controls", (*chosen, *asking))
    yield remarks(reader)
    made = statements(reader.shelf, card.dataset, reader.place.id, code)
    names = area_names(reader, card.dataset)
    yield heading(
        say(
            "{what}: what was published about {place}",
            what=say.pick(made.indicator.name),
            place=say.pick(reader.place.name),
        )
    )
    yield lead(say.pick(made.indicator.definition))
    yield announce(
        say("Published statements on {what}: {count}", count=len(made.table), what=say.pick(made.indicator.name))
    )
    yield from _pictures(reader, made, names)
    yield terms(reader, card)
    yield note([*change_notes(reader), say("Grey: a target, which is not a result.")], say("About this chart"))
    yield checked_link(reader, code)
    yield heading(say("Every statement, with who said it and when"))
    yield statement_table(made, names, reader)
    yield from foot(reader, [card], extract_address(reader.place.id, card.dataset, "csv"))


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


def checked_link(reader: Reader, indicator: str) -> Paragraph:
    """Where each statement on an indicator is checked."""
    address = page_address("claims", {**reader.site_state, "indicator": indicator})
    return paragraph(link(address, reader.say("What follows from these statements, one by one")))


def take_statements(reader: Reader, made: Statements, chart: Block) -> TakeAway:
    """What is taken away from a chart of statements; the newest one with a figure is cited."""
    title, file = reader.say.pick(made.indicator.name), extract_address(reader.place.id, made.card.name, "csv")
    return take_away(reader, Taken(title, {"": chart}, file, _newest(reader, made), [made.card]))


def _newest(reader: Reader, made: Statements) -> tuple[str, ...]:
    """The newest statement with a figure: what was stated, by whom and when, in the source's own words too."""
    say, names = reader.say, area_names(reader, made.card.name)
    known = made.table[np.isfinite(made.table["number"]) & (made.table["end"] != "")].sort_values("end")
    if known.empty:
        return ()
    row = known.iloc[-1]
    base = row[f"compared_with_{say.code}"]
    text = say(
        ("{what}, {area}, {when}: {figure} ({kind}; {base}), as reported by {publisher} on {date}."),
        what=say.pick(made.indicator.name),
        area=names.get(row["area"], row["area"]),
        when=statement_span_words(row["period_start"], row["period_end"], say),
        figure=figure_stated(row, say),
        kind=row[f"kind_{say.code}"],
        base=say("compared with: {base}", base=base) if base else say("no comparison stated"),
        publisher=row[f"publisher_{say.code}"],
        date=written_date(row["published"], say),
    )
    return text, f"“{row['quote']}”" if row["quote"] else ""


def _pictures(reader: Reader, made: Statements, names: dict[str, str]) -> Blocks:
    say, bases = reader.say, {name: claim.base for name, claim in by_id(reader.shelf, made.card.name).items()}
    drawn = charts.stated_changes(made, names, say, bases)
    if drawn:
        yield heading(say("Stated changes, in per cent"), 3)
        yield (chart := picture(drawn, "changes"))
        yield take_statements(reader, made, chart)
    units = [unit for unit in dict.fromkeys(made.table.loc[made.table["kind"].isin(LEVELS), "unit"])]
    for number, unit in enumerate(units):
        levels = charts.levels(made, names, say, unit)
        if levels:
            label = made.table.loc[made.table["unit"] == unit, f"unit_{say.code}"].iloc[0]
            yield heading(say("Stated figures, in {unit}", unit=label or "—"), 3)
            yield (chart := picture(levels, f"levels{number}"))
            yield take_statements(reader, made, chart)
            drawn = levels
    if drawn is None:
        yield paragraph(
            say(
                "No statement on this gives a number and a period, so there is nothing to draw; the words are in the "
                "table."
            )
        )


def statements_on_map(reader: Reader, card: MeasureCard, before: Sequence[Block] = ()) -> Blocks:
    """A tile map of exactly what was published for each district on one indicator, and 'not published' everywhere
    else. ``before``: choices that stand before that of the indicator.
    """
    say = reader.say
    asking, code = gathered(choose_indicator(reader, card, districts=True))
    picking, chosen = gathered(outlined(reader))
    yield Row("controls", (*before, *asking, *picking))
    yield remarks(reader)
    made = statements(reader.shelf, card.dataset, reader.place.id, code)
    names = area_names(reader, card.dataset)
    drawn = charts.statement_tiles(made, reader.place, chosen, say)
    yield heading(say("{what}: what was published for each district", what=say.pick(made.indicator.name)))
    yield lead(say.pick(made.indicator.definition))
    yield (chart := picture(drawn, "tiles", district_links(reader)))
    yield take_statements(reader, made, chart)
    yield announce(drawn.description)
    yield terms(reader, card)
    yield note(
        [
            say(
                "A tile with a figure shows the newest published statement on that district; periods and bases "
                "differ, so the tiles are not classed against one another."
            ),
            say("x: not published. Nothing is estimated for these districts."),
            charts.tile_order_words(reader.place, say),
        ],
        say("About this map"),
    )
    yield heading(say("Every statement, with who said it and when"))
    yield statement_table(made, names, reader)
    yield from foot(reader, [card], extract_address(reader.place.id, card.dataset, "csv"))
