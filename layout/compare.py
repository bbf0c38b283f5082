"""A few figures side by side: what is asked, which picture they make, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

import charts
from charts.compared import furthest, limits_of
from language import period_name, reason_words
from layout.answer import against_words
from layout.blocks import heading, picture
from layout.choices import choose_areas, choose_category, choose_view
from layout.reader import Reader, choose
from layout.series import _misleading, names_of, title_of, whole_of
from layout.tables import amount, cell, legend, parts_words, table
from loaders import periods
from measures.cards import MeasureCard
from measures.comparable import Answer, Side
from measures.compute import Measure, compute
from measures.figures import covered
from measures.query import Query
from measures.side import POINTS
from measures.units import unit_words
from routes.addresses import extract_address

BASELESS = ("count", "rolling")  # views in which the whole place would dwarf its areas


@dataclass(frozen=True)
class Comparison:
    """What is set side by side, by 'areas' or by 'periods'.

    ``sides``, ``names`` and ``made`` (measures of one row) stand in the order drawn. ``whole``: the place's own figure, ruled across
    the areas; None where there is none.
    """

    by: str
    sides: tuple[Side, ...]
    names: tuple[str, ...]
    made: tuple[Measure, ...]
    whole: tuple[str, Measure] | None = None

    @property
    def rows(self) -> list[tuple[str, object]]:
        """Name and row of every figure."""
        return [(name, row_of(made)) for name, made in zip(self.names, self.made, strict=True)]


def row_of(made: Measure):
    """The only row of a measure of one figure."""
    return next(made.table.itertuples())


def comparable_measures(reader: Reader) -> list[str]:
    """The place's measures whose figures are worked out; published statements are set side by side on their own pages."""
    return [name for name in reader.place.measures if reader.shelf.measures[name].kind != "statements"]


def ask_comparison(reader: Reader, card: MeasureCard) -> Comparison:
    """The controls of a comparison in one quiet row, and the figures that they ask for."""
    say, safe = reader.say, reader.shelf.table(card.dataset)
    known = covered(safe, reader.place)
    kinds = ({"areas": say("Areas in one period")} if known else {}) | ({"periods": say("Two periods of one area")} if len(safe.periods) > 1 else {})
    with st.container(key="controls", horizontal=True):
        by = choose(reader, "by", say("Set side by side"), kinds, next(iter(kinds)))
        category = choose_category(reader, card, say("Category"))
        areas = choose_areas(reader, card, known[:2]) if by == "areas" else (_one_area(reader, card, known),)
        view = choose_view(reader, card, _usual_view(card, by), [view for view in card.views if view not in POINTS])
        ends = _ends(reader, card, by, Query(reader.place.id, card.name, areas, category, view))
    return _comparison(reader, card, by, Query(reader.place.id, card.name, areas, category, view), ends)


def _usual_view(card: MeasureCard, by: str) -> str:
    """Areas are compared by their rate where there is one; periods by twelve months, which go back furthest."""
    return card.map_view if by == "areas" else "rolling" if "rolling" in card.views else card.views[0]


def _one_area(reader: Reader, card: MeasureCard, known: Sequence[str]) -> str:
    names, whole = names_of(reader, card), whole_of(reader, card)
    options = {code: names[code] for code in (whole, *known)}
    return choose(reader, "area", reader.say("Area"), options, whole)


def _ends(reader: Reader, card: MeasureCard, by: str, query: Query) -> tuple[str, ...]:
    """The periods compared, the earlier first: one for areas, two for periods; the latest final one and a year before, unless asked otherwise."""
    say, safe = reader.say, reader.shelf.table(card.dataset)
    width = periods.per_year(safe.periods[0])
    known = safe.periods[width - 1 :] if query.view.startswith("rolling") else safe.periods
    final = known[-1 - reader.shelf.cards[card.dataset].provisional_periods] if len(known) > 24 else known[-1]
    options = {period: period_name(period, say, query.view) for period in reversed(known)}
    last = choose(reader, "to", say("Period"), options, final)
    if by == "areas":
        return (last,)
    before = periods.shift(last, -width)
    first = choose(reader, "from", say("Compared with"), options, before if before in known else next(one for one in known if one != last))
    return (first, last) if first <= last else (last, first)


def _comparison(reader: Reader, card: MeasureCard, by: str, query: Query, ends: tuple[str, ...]) -> Comparison:
    names, whole, shelf = names_of(reader, card), whole_of(reader, card), reader.shelf

    def one(area: str, period: str) -> Measure:
        return compute(Query(query.place, query.measure, (area,), query.category, query.view, period, period), shelf)

    areas = sorted(query.areas, key=lambda area: names[area]) if by == "areas" else query.areas
    if by == "areas" and len(areas) == 1:
        areas = [*areas, whole]
    pairs = [(area, period) for area in areas for period in ends]
    sides = tuple(Side(query.measure, area, query.category, query.view, "", period) for area, period in pairs)
    named = tuple(names[area] if by == "areas" else period_name(period, reader.say, query.view) for area, period in pairs)
    ruled = (names[whole], one(whole, ends[0])) if by == "areas" and whole not in areas and query.view not in BASELESS else None
    return Comparison(by, sides, named, tuple(one(*pair) for pair in pairs), ruled if ruled and np.isfinite(row_of(ruled[1]).value) else None)


def comparison_title(asked: Comparison, reader: Reader) -> str:
    """'Recorded crime · Theft: Barnet, Camden, 12 months to March 2026'."""
    side, say = asked.sides[0], reader.say
    names = names_of(reader, asked.made[0].card)
    if asked.by == "areas":
        return title_of(asked.made[0], reader, where=say.joined(asked.names), span=period_name(side.last, say, side.view))
    span = say("{later} beside {earlier}", later=asked.names[-1], earlier=asked.names[0])
    return title_of(asked.made[0], reader, where=names[side.area], span=span)


def comparison_unit(asked: Comparison, reader: Reader) -> str:
    """What one of the figures counts."""
    unit = unit_words(asked.made[0], reader.say)
    return unit[:1].upper() + unit[1:]


def side_by_side(reader: Reader, asked: Comparison, answer: Answer, how: str) -> str:
    """One picture, or two apart where the answer says so; returns the words for those who cannot see them."""
    rows, measure, say = asked.rows, asked.made[0], reader.say
    ruled = (asked.whole[0], row_of(asked.whole[1])) if asked.whole else None
    if how == "separate":
        top = furthest([row for _, row in rows])
        drawn = [charts.compared(measure, [one], say, top=top) for one in rows]
        for number, (column, one) in enumerate(zip(st.columns(len(drawn)), drawn, strict=True)):
            with column:
                heading(asked.names[number], 3)
                picture(one, f"compared{number}")
    else:
        drawn = [charts.compared(measure, rows, say, ruled=ruled, marked=against_words(answer, reader) if how == "anyway" else "")]
        picture(drawn[0], "compared")
    return say.sentences([one.description for one in drawn])


def comparison_table(reader: Reader, asked: Comparison) -> None:
    """Every figure with its limits and what it was worked out from, the place's own last."""
    say, measure = reader.say, asked.made[0]
    card, parts = measure.sources[0], parts_words(asked.made[0], reader.say)
    figures = [*asked.rows, *([(asked.whole[0], row_of(asked.whole[1]))] if asked.whole else [])]
    rows = [
        (name, cell(measure, row.value, row.status, say), limits_of(measure, row, say), *([amount(one, say) for one in (row.numerator, row.denominator)] if parts else []), reason_words(row.reason, say, card.breaks, card.cells))
        for name, row in figures
    ]  # fmt: skip
    first = say("Area") if asked.by == "areas" else say("Period")
    headings = [first, say("Figure"), say("95% limits"), *parts, say("Remarks")]
    table(headings, rows, comparison_title(asked, reader), numeric=range(1, len(headings) - 1))
    legend(np.array([row.status for _, row in figures], dtype=object), reader)


def nearest_state(answer: Answer, asked: Comparison, reader: Reader) -> dict[str, str | list[str]]:
    """What the address of the nearest fair comparison holds; {} where none is offered."""
    if not answer.nearest:
        return {}
    one, ends = answer.nearest[0], sorted({side.last for side in answer.nearest})
    whole = whole_of(reader, asked.made[0].card)
    areas = [side.area for side in answer.nearest if side.area != whole or asked.by == "periods"]
    state = {"category": one.category, "view": one.view, "to": ends[-1], "from": ends[0] if asked.by == "periods" else "", "anyway": ""}
    return {**reader.state, **state, "area": list(dict.fromkeys(areas))}


def comparison_file(asked: Comparison, how: str) -> str:
    """The address of the very figures that are drawn; '' where none are."""
    if how == "decline":
        return ""
    query, side = asked.made[0].query, asked.sides[0]
    areas = [*dict.fromkeys(one.area for one in asked.sides), *([asked.whole[1].query.areas[0]] if asked.whole else [])]
    chosen = sorted({one.last for one in asked.sides})
    address = extract_address(
        query.place, asked.made[0].card.dataset, "csv", "latest", areas, [side.category] if side.category else [], chosen=chosen
    )
    return f"{address}&measure={side.measure}&view={side.view}" + ("&anyway=yes" if how == "anyway" else "")


def comparison_notes(reader: Reader, asked: Comparison) -> list[str]:
    """What the line beside a dot means, and what to know about the category and about the residents of these areas."""
    say = reader.say
    node = asked.made[0].sources[0].tree.nodes.get(asked.made[0].query.category)
    limits = say("The line through a dot shows the 95% limits: how far chance alone could move a figure of this size.")
    drawn = any(np.isfinite(row.low) for _, row in asked.rows)
    texts = [limits if drawn else "", say.pick(node.note) if node else "", *(text for made in asked.made for text in _misleading(made, reader))]
    return [text for text in texts if text]


def change_between(reader: Reader, asked: Comparison) -> str:
    return ""
