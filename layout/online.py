"""Uptake of online services: what share of transactions was done online, service by service, with both counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from language import percent, period_name, whole
from language.sentences.change_words import change_words
from language.sentences.statement import Statement
from language.verdicts import why_words
from layout.frame.blocks import Blocks, Fold, Table, announce, heading, lead, paragraph
from layout.frame.controls import area_names
from layout.frame.footer import foot
from layout.frame.glossary import terms
from layout.frame.offers import online_claims
from layout.frame.reader import Reader
from layout.frame.tables import amount_cell, cell, legend, lines, statement_table, table
from layout.trends.sentences import mark
from loaders import SourceCard
from loaders.cards.measure_card import MeasureCard
from measures.about.statements import statement
from measures.claims.collection import Statements, indicators_of, statements
from measures.figures.compute import Measure, Query, compute
from routes.addresses import extract_address


def online_measure(reader: Reader) -> MeasureCard | None:
    """The place's measure of online uptake: counted by quarter where there are counts, else published statements."""
    cards = [reader.shelf.measures[name] for name in reader.place.measures]
    found = [card for card in cards if card.domain == "online"] or [card for card in cards if card.kind == "statements"]
    return found[0] if found else None


def services_table(reader: Reader, made: Measure) -> Table:
    """Every service in the newest quarter: total, online, share, and the share a year before."""
    say, card = reader.say, made.card
    rows, reasons = [], []
    for node in reader.shelf.cards[card.dataset].tree.nodes.values():
        if node.level != "type":
            continue
        one = compute(replace(made.query, category=node.code, first="", last=""), reader.shelf)
        line = one.line(made.query.areas[0]).iloc[-1]
        told = statement(one, made.query.areas[0], line["period"])
        reasons.append(told.why)
        rows.append(
            (
                say.pick(node.name),
                *(amount_cell(line[name], say) for name in ("denominator", "numerator")),
                percent(line["value"], say) if np.isfinite(line["value"]) else cell(one, np.nan, line["status"], say),
                *_moved(told, reader),
            )
        )
    newest = period_name(reader.shelf.table(card.dataset).periods[-1], say)
    headings = [
        say("Service"),
        say("All transactions"),
        say("Done online"),
        say("Share of transactions done online"),
        say("Compared with the same quarter a year earlier"),
        say("Assessment"),
    ]
    if set(reasons) == {"no_test"}:  # said once above the table
        headings, rows = headings[:-1], [row[:-1] for row in rows]
    return table(
        headings, rows, say("{title}, {period}", title=say.pick(card.title), period=newest), numeric=range(1, 5)
    )


def _moved(one: Statement, reader: Reader) -> tuple[str, str]:
    """The change on a year before and its verdict, with the reason where none is given."""
    return change_words(one, reader.say), lines(mark(one, reader), why_words(one.why, reader.say))


def quarters_table(reader: Reader, made: Measure) -> Blocks:
    """One service by quarter, total and online counts side by side."""
    say = reader.say
    rows = []
    for line in made.line(made.query.areas[0]).itertuples():
        counts = [whole(value, say) if np.isfinite(value) else "" for value in (line.denominator, line.numerator)]
        value = percent(line.value, say) if np.isfinite(line.value) else ""
        rows.append(
            (period_name(line.period, say), *counts, f"{value} [{line.status}]".strip() if line.status else value)
        )
    yield table(
        [say("Quarter"), say("All transactions"), say("Done online"), say("Share of transactions done online")],
        rows[::-1],
        say.pick(made.card.title),
        size="tall",
    )
    yield legend(made.table["status"], reader)


def online_statements(reader: Reader, card: MeasureCard) -> Blocks:
    """Published online figures, kept apart by what they mean."""
    say = reader.say
    found = indicators_of(reader.shelf, card.dataset, "online")
    names = area_names(reader, card.dataset)
    yield paragraph(
        say(
            "The published figures share a name and mean different things. Each meaning stands on its own below, "
            "with its definition; they must not be joined into one line."
        )
    )
    yield announce(say("{count} different online figures", count=len(found)))
    yield terms(reader, card)
    for code in found:
        made = statements(reader.shelf, card.dataset, reader.place.id, code)
        yield _folded(made, names, reader)
    yield from foot(reader, [card], extract_address(reader.place.id, card.dataset, "csv"))


def _folded(made: Statements, names: dict[str, str], reader: Reader) -> Fold:
    """One meaning of 'online' with its definition and every statement of it."""
    say = reader.say
    inside = (lead(say.pick(made.indicator.definition)), statement_table(made, names, reader))
    return Fold(say.pick(made.indicator.name), inside)


def stated_beside(reader: Reader) -> Blocks[SourceCard | None]:
    """What was stated of online services beside or after the counts, also of the whole country, each meaning on its
    own; the dataset of the statements, None where there are none."""
    say, shelf = reader.say, reader.shelf
    card = online_claims(reader.place, shelf)
    if card is None or not shelf.readable(card.name):
        return None
    yield heading(say("What was stated in words"))
    yield paragraph(
        say(
            "Single figures that were stated in releases and in the press. They are points, not a series: each says "
            "what it counts and out of what, and none may be joined to a table or to another."
        )
    )
    names = area_names(reader, card.name)
    for code in indicators_of(shelf, card.name, "online", elsewhere=True):
        yield _folded(statements(shelf, card.name, reader.place.id, code, elsewhere=True), names, reader)
    return card


def online_query(reader: Reader, card: MeasureCard, category: str) -> Query:
    table_ = reader.shelf.table(card.dataset)
    return Query(reader.place.id, card.name, (table_.areas[0],), category, card.views[0])
