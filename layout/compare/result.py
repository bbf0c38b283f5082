"""A few figures side by side: one picture or two, the change between two periods, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from markupsafe import Markup

import charts
from charts.beside.comparison import figure_limits_words, furthest, limits_name
from charts.descriptions import value_words
from language import capital, period_name, reason_words
from language.sentences.figure import sentence
from language.sentences.statement import Statement
from layout.compare.answer import against_words
from layout.compare.choice import Comparison
from layout.compare.strip import strip_of_all
from layout.frame.blocks import Block, Blocks, Columns, TakeAway, heading, paragraph, picture
from layout.frame.reader import Reader
from layout.frame.tables import amount_cell, cell, legend, parts_words, table
from layout.frame.take_away import Taken, take_away
from layout.trends.sentences import mark
from layout.trends.series import misleading, names_of, title_of, whole_of
from measures.about.statements import names_in, statement
from measures.comparability.answer import Answer
from measures.comparability.difference import between
from measures.figures.units import unit_words
from routes.addresses import Selection, extract_address


def comparison_title(asked: Comparison, reader: Reader) -> str:
    """'Recorded crime · Theft: Barnet, Camden, 12 months to March 2026'."""
    side, say = asked.sides[0], reader.say
    names = names_of(reader, asked.measure.card)
    if asked.by == "areas":
        return title_of(
            asked.measure,
            reader,
            where=say.joined([name for name, _ in asked.rows]),
            span=period_name(side.last, say, side.view),
        )
    earlier, later = (period_name(one.last, say, one.view) for one in asked.sides)
    span = say("{later} beside {earlier}", later=later, earlier=earlier)
    return title_of(asked.measure, reader, where=names[side.area], span=span)


def comparison_finding(asked: Comparison, how: str, reader: Reader) -> str:
    """'Recorded crime: Barnet 69.6, Camden 142.8; London 100.3': the figures in the order drawn, without an order of
    theirs; what is set side by side where they are not drawn."""
    say, measure = reader.say, asked.measure
    figures = [*asked.rows, *([asked.whole] if asked.whole else [])]
    if how not in ("draw",) or not all(np.isfinite(row.value) for _, row in figures):
        return comparison_title(asked, reader)
    named = [f"{name} {value_words(measure, row.value, say)}" for name, row in figures]
    node = measure.sources[0].tree.nodes.get(measure.query.category)
    part = node and node.level != "all"
    return say("{title}: {words}", title=say.pick(node.name if part else measure.card.title), words=say.joined(named))


def comparison_unit(asked: Comparison, reader: Reader) -> str:
    """What one of the figures counts, and in which periods."""
    say, ends = reader.say, list(dict.fromkeys(side.last for side in asked.sides))
    when = say.joined([period_name(end, say, asked.query.view) for end in ends])
    return f"{capital(unit_words(asked.measure, say))} · {when}"


@dataclass(frozen=True)
class Drawn:
    """A comparison as pictures: ``blocks`` where they stand, ``charts`` by what tells one from the other, and ``words``
    for those who cannot see them."""

    blocks: tuple[Block, ...]
    charts: Mapping[str, Block]
    words: str


def side_by_side(reader: Reader, asked: Comparison, answer: Answer, how: str) -> Drawn:
    """One picture, or two apart where the answer says so; none where the figures are not compared."""
    rows, measure, say = asked.rows, asked.measure, reader.say
    if how == "decline":
        return Drawn((), {}, "")
    if how == "separate":
        top = furthest([row for _, row in rows])
        names = [period_name(side.last, say, asked.query.view) for side in asked.sides]
        panels = [charts.compared(measure, [row], say, top=top) for row in rows]
        drawn = {
            name: picture(panel, f"compared{number}")
            for number, (name, panel) in enumerate(zip(names, panels, strict=True))
        }
        blocks = (Columns(tuple((heading(name, 3), chart) for name, chart in drawn.items())),)
    else:
        against = against_words(answer, reader) if how == "anyway" else ""
        panels = [charts.compared(measure, rows, say, ruled=asked.whole, marked=against)]
        drawn = {**strip_of_all(asked, reader), "": picture(panels[0], "compared")}
        blocks = tuple(drawn.values())
    return Drawn(blocks, drawn, say.sentences([panel.description for panel in panels]))


def take_comparison(reader: Reader, asked: Comparison, drawn: Drawn, how: str) -> TakeAway | None:
    """What is taken away from a comparison; None where none is drawn."""
    if not drawn.charts:
        return None
    said, title = _said(reader, asked), comparison_title(asked, reader)
    sentences = [sentence(said, reader.say)] if said else [title, drawn.words]
    taken = Taken(title, drawn.charts, comparison_file(asked, how), sentences, asked.measure.sources)
    return take_away(reader, taken)


def comparison_table(reader: Reader, asked: Comparison) -> Blocks:
    """Every figure with its limits and what it was worked out from, the place's own last."""
    say, measure = reader.say, asked.measure
    card, parts = measure.sources[0], parts_words(measure, say)
    figures = [*asked.rows, *([asked.whole] if asked.whole else [])]
    limited = any(figure_limits_words(measure, row, say) for _, row in figures)
    rows = [
        (
            name,
            cell(measure, row.value, row.status, say),
            *([figure_limits_words(measure, row, say)] if limited else []),
            *(amount_cell(one, say) for one in ((row.numerator, row.denominator) if parts else ())),
            reason_words(row.reason, say, card.breaks, card.cells, names_in(card, reader.place)),
        )
        for name, row in figures
    ]
    headings = [
        say("Area") if asked.by == "areas" else say("Period"),
        say("Figure"),
        *([capital(limits_name(measure, say))] if limited else []),
        *parts,
        say("Remarks"),
    ]
    yield table(headings, rows, comparison_title(asked, reader), numeric=range(1, len(headings) - 1))
    yield legend(np.array([row.status for _, row in figures], dtype=object), reader)


def nearest_state(answer: Answer, asked: Comparison, reader: Reader) -> dict[str, str | list[str]]:
    """What the address of the nearest fair comparison holds; {} where none is offered."""
    if not answer.nearest:
        return {}
    one, ends = answer.nearest[0], sorted({side.last for side in answer.nearest})
    whole = whole_of(reader, asked.measure.card)
    areas = [side.area for side in answer.nearest if side.area != whole or asked.by == "periods"]
    state = {
        "category": one.category,
        "view": one.view,
        "to": ends[-1],
        "from": ends[0] if asked.by == "periods" else "",
        "anyway": "",
    }
    return {**reader.state, **state, "area": list(dict.fromkeys(areas))}


def comparison_file(asked: Comparison, how: str) -> str:
    """The address of the very figures that are drawn; '' where none are."""
    if how == "decline":
        return ""
    query, side = asked.measure.query, asked.sides[0]
    areas = [*dict.fromkeys(one.area for one in asked.sides), *([asked.whole[1].area] if asked.whole else [])]
    chosen = sorted({one.last for one in asked.sides})
    rows = Selection(areas, [side.category] if side.category else [], chosen=chosen)
    address = extract_address(query.place, asked.measure.card.dataset, "csv", rows=rows)
    return f"{address}&measure={side.measure}&view={side.view}" + ("&anyway=yes" if how == "anyway" else "")


def comparison_notes(reader: Reader, asked: Comparison) -> list[str]:
    """What the line beside a dot means, and what to know about the category and about the residents of these areas."""
    say = reader.say
    node = asked.measure.sources[0].tree.nodes.get(asked.measure.query.category)
    if asked.measure.card.limits == "chance":
        limits = say(
            "The line through a dot shows the limits of chance alone: how far chance could move a figure of this "
            "size, 95 times in 100."
        )
    else:
        limits = say(
            "The line through a dot shows the usual ups and downs: how far a figure like this moves without a "
            "lasting change, 95 times in 100."
        )
    drawn = any(np.isfinite(row.low) for _, row in asked.rows)
    texts = [
        limits if drawn else "",
        say.pick(node.note) if node else "",
        *misleading(replace(asked.measure, query=asked.query), reader),
    ]
    return [text for text in texts if text]


def change_between(reader: Reader, asked: Comparison) -> Blocks:
    """Is the difference of the two periods a change? One sentence with its limits and verdict, where they may be
    compared.
    """
    said = _said(reader, asked)
    if said is None:
        return
    text = sentence(said, reader.say)
    yield heading(reader.say("Is this change bigger than usual?"))
    yield paragraph(Markup("{} {}").format(mark(said, reader), text) if said.why != "no_test" else text)


def _said(reader: Reader, asked: Comparison) -> Statement | None:
    made = between(*asked.sides, reader.place.id, reader.shelf) if asked.by == "periods" else None
    return statement(made, asked.sides[0].area, made.query.last) if made else None
