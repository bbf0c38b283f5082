"""Which areas stand apart from the rest? The funnel plot with its legend, its words and its table."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import charts
from charts.areas.figure_dress import class_dress
from charts.beside.funnel import expected_words, outside_words
from charts.descriptions import value_words
from language import decimal, period_name, whole
from language.differing import differs_words
from layout.frame.blocks import (
    Blocks,
    Box,
    Fold,
    areas_word,
    boxes,
    calm,
    heading,
    in_brackets,
    lead,
    note,
    paragraph,
    picture,
)
from layout.frame.reader import Reader
from layout.frame.tables import amount_cell, cell, legend, parts_words, table
from layout.frame.take_away import Taken, take_away
from layout.trends.series import areas_file, misleading, names_of
from loaders import SourceError
from measures.figures.compute import Query
from measures.figures.units import unit_words
from measures.maps import funnel as measured
from measures.maps.funnel import CLASSES, Funnel, funnel_possible, latest_final

RATE_OF = {
    "count": "rate",
    "rolling": "rolling_rate",
    "index": "rate",
}  # areas of different size are compared by their rates


def show_funnel(reader: Reader, query: Query) -> Blocks:
    """The areas of the place against the place itself, in the last final period up to ``query.last``; ``query.areas``
    are outlined.

    A count is compared as its rate. Nothing is drawn where there is no rate of areas.
    """
    card = reader.shelf.measures[query.measure]
    rated = replace(query, view=RATE_OF.get(query.view, query.view), areas=(), first="")
    try:
        if not funnel_possible(rated, reader.shelf):
            return
        made = measured.funnel(replace(rated, last=latest_final(rated, reader.shelf)), reader.shelf)
    except SourceError:
        yield calm(reader)
        return
    say, names = reader.say, names_of(reader, card)
    yield heading(say("Which {areas} stand apart from the rest?", areas=areas_word(reader)), minor=True)
    yield lead(_lead(made, reader))
    if not made.why:
        yield boxes(differs_boxes(made, reader), reader, in_brackets(reader))
        yield (chart := picture(charts.funnel_plot(made, names, query.areas, say), "funnel"))
        file = areas_file(made.measure, list(made.table["area"]), made.period, differs=True)
        title = say(
            "{what}: {where}, {span}",
            what=_what(made, reader),
            where=say.pick(reader.place.name),
            span=_when(made, reader),
        )
        said = tuple(outside_words(made, names, say))
        yield take_away(reader, Taken(title, {"": chart}, file, said, made.measure.sources))
    yield paragraph(
        say.sentences(outside_words(made, names, say)), *funnel_sentences(made, reader), _earlier(made, query, reader)
    )
    yield note(_notes(made, reader), say("About this chart"))
    yield Fold(say("Table of these figures"), tuple(funnel_table(made, names, reader)))


def _lead(made: Funnel, reader: Reader) -> str:
    say = reader.say
    unit = unit_words(made.measure, say)
    return say(
        (
            "{what}, {period}. Across: {exposure}; upwards: {unit}. The upward axis starts at zero, the other one does "
            "not."
        ),
        what=_what(made, reader),
        period=_when(made, reader),
        exposure=parts_words(made.measure, say)[1],
        unit=unit,
    )


def _what(made: Funnel, reader: Reader) -> str:
    node = made.measure.sources[0].tree.nodes.get(made.measure.query.category)
    return reader.say.pick(made.measure.card.title) + (f" · {reader.say.pick(node.name)}" if node else "")


def _when(made: Funnel, reader: Reader) -> str:
    return period_name(made.period, reader.say, made.measure.query.view)


def _notes(made: Funnel, reader: Reader) -> list[str]:
    """What to know about the category, and where residents are the wrong denominator."""
    node = made.measure.sources[0].tree.nodes.get(made.measure.query.category)
    return [text for text in (reader.say.pick(node.note) if node else "", *misleading(made.measure, reader)) if text]


def differs_boxes(made: Funnel, reader: Reader) -> list[Box]:
    """The five classes in words, each with how many areas it holds."""
    return [
        (class_dress(n, differing=True), differs_words(one, reader.say), made.counted(one))
        for n, one in enumerate(CLASSES)
    ]


def funnel_sentences(made: Funnel, reader: Reader) -> list[str]:
    """How wide the limits are and why, and what a difference does not say; where nothing is compared, nothing."""
    if made.why:
        return []
    say, areas = reader.say, areas_word(reader)
    middle = say(
        ("The control limits lie around the middle one of the {areas} ({rate}), not around {place} as a whole."),
        areas=areas,
        rate=value_words(made.measure, made.middle, say),
        place=say.pick(reader.place.whole),
    )
    alone = say(
        "With control limits of chance alone, {count} of {total} would lie outside 95%.",
        count=made.by_chance,
        total=made.compared,
    )
    if usual_share(made) >= 1:
        spread = say(
            (
                "Beyond chance, two thirds of the {areas} would usually lie within about {share} of the middle; the "
                "limits allow for that."
            ),
            areas=areas,
            share=f"{whole(usual_share(made), say)}%",
        )
    else:
        spread = say(
            (
                "The {areas} differ among themselves no more than chance would make them, so the limits are those of "
                "chance alone."
            ),
            areas=areas,
        )
    chance = say(
        "Even where nothing sets any of them apart, about 5 in 100 lie beyond the 95% control"
        " limits and 2 in 1,000 beyond the 99.8% control limits."
    )
    return [
        say.sentences([middle, spread, alone, chance]),
        say("Beyond the limits means different, not better or worse, and does not say why."),
    ]


def usual_share(made: Funnel) -> float:
    """By how many per cent of the middle areas usually differ from it beyond chance: one standard deviation."""
    return (exp(made.spread.tau) - 1) * 100


def _earlier(made: Funnel, query: Query, reader: Reader) -> str:
    """Says so when the newest final period stands in for a later one that was asked for."""
    say = reader.say
    if not query.last or made.period >= query.last:
        return ""
    names = {"shown": period_name(made.period, say), "asked": period_name(query.last, say)}
    return say(
        "The comparison ends with {shown}, because the figures for {asked} are still provisional or not complete.",
        **names,
    )


def funnel_period_words(made: Funnel, reader: Reader) -> str:
    """That the period asked for is provisional, and which one can be compared; '' where it is not."""
    if made.why != "provisional":
        return ""
    final = latest_final(replace(made.measure.query, last=""), reader.shelf)
    say, period = reader.say, period_name(final, reader.say, made.measure.query.view)
    latest = say("The latest period that can be compared is {period}.", period=period)
    return say.sentences([*outside_words(made, {}, say), latest])


def funnel_table(made: Funnel, names: dict[str, str], reader: Reader) -> Blocks:
    """Areas by name: the rate, its parts, what was expected at the place's rate, and how it compares."""
    say, place = reader.say, reader.say.pick(reader.place.whole)
    rows = [
        (
            names[row.area],
            cell(made.measure, row.value, row.status, say),
            *(amount_cell(value, say) for value in (row.observed, row.exposure)),
            expected_words(row.expected, say) if row.expected > 0 else "",
            decimal(row.ratio, say, 2) if row.ratio >= 0 else "",
            differs_words(row.differs, say),
        )
        for row in made.table.itertuples()
    ]
    headings = [
        say("Area"),
        say("Figure"),
        *parts_words(made.measure, say),
        say("Expected at the rate of {place}", place=place),
        say("Observed ÷ expected"),
        say("Compared with the rest"),
    ]
    caption = (
        f"{say.pick(made.measure.card.title)} · {period_name(made.period, say, made.measure.query.view)} · "
        f"{say('by name')}"
    )
    yield table(headings, say.by_name(rows, tuple), caption, numeric=range(1, len(headings) - 1), size="tall")
    yield legend(made.table["status"], reader)
