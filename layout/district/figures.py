"""The pictures of one area: its trend beside the place, its changes by category, and where it lies among all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isfinite

import numpy as np

import charts
from language import capital, period_name
from layout.district.groups import groups_table
from layout.frame.blocks import Block, Figure, heading, note, picture, small
from layout.frame.controls import area_names
from layout.frame.figure import in_sections, parts
from layout.frame.reader import Reader
from layout.frame.tables import series_table
from layout.frame.take_away import Taken, take_away
from layout.glance.told import Change, Told, is_past
from layout.trends.around import others_of, words_of_others
from layout.trends.sentences import take_series
from layout.trends.series import file_of, series_notes, title_of
from measures.figures.compute import Measure, Query, compute
from measures.figures.units import unit_words
from measures.maps.funnel import funnel_possible, latest_final

RATES = ("rate", "rolling_rate", "share", "density")
NOTES = 2  # beneath the trend
LINES = 3  # of strips
FEWEST = 3  # areas of a strip, and figures of a line
CONTEXT = "context"  # the domain of measures that say nothing about safety


def trend_of_area(figures: Sequence[Told], reader: Reader) -> Iterator[Block]:
    """The first measure that is long enough over time in the area and in the place, with the areas most like it grey
    behind."""
    for told in figures:
        views = [view for view in ("rolling_rate", "rate") if view in told.card.views]
        for view in (*views, told.made.query.view):
            made = _over_time(told, view, reader)
            if np.isfinite(made.line(told.made.query.areas[0])["value"]).sum() >= FEWEST:
                yield from _trend(told, made, reader)
                return


def _over_time(told: Told, view: str, reader: Reader) -> Measure:
    beside = (reader.place.code,) if view in RATES and _has(reader, told, reader.place.code) else ()
    areas = (*beside, told.made.query.areas[0])
    return compute(replace(told.made.query, view=view, areas=areas), reader.shelf)


def _trend(told: Told, made: Measure, reader: Reader) -> Iterator[Block]:
    say, area = reader.say, made.query.areas[-1]
    names = area_names(reader, told.card.dataset)
    context = others_of(made, reader)
    title = say("{what}: {area}, {place}", what=told.name(reader), area=names[area], place=say.pick(reader.place.whole))
    title = title if len(made.query.areas) > 1 else title_of(made, reader)
    grey = words_of_others(context, made, reader) if context is not None else ""
    drawn = charts.trend_picture(made, names, say, 300, charts.Around(context=context, whose=grey))
    chart = picture(drawn, f"small_{told.card.name}")
    shown = parts(
        reader,
        chart=[chart, small(grey), note(series_notes(made, reader)[:NOTES])],
        table=tuple(series_table(made, names, reader)),
    )
    away = take_series(reader, made, title, {"": chart}, file_of(made), [area])
    yield from in_sections(
        Figure(title, (capital(unit_words(made, say)),), shown, away, level=2)
    )  # it stands in a column


def _has(reader: Reader, told: Told, area: str) -> bool:
    return reader.shelf.table(told.card.dataset).has(area=area)


def changes_by_category(told: Told, changes: Sequence[Change], reader: Reader) -> Iterator[Block]:
    """The change of each category of a measure with its limits; what the offences are as a table beneath."""
    own = [change for change in changes if change.card.name == told.card.name and isfinite(change.facts.now)]
    if len(own) < 2:
        return
    say, area = reader.say, told.made.query.areas[0]
    name = area_names(reader, told.card.dataset)[area]
    when = period_name(own[0].facts.period, say, own[0].facts.view)
    title = say("Change by category, {place}, {period}", place=name, period=when)
    chart = picture(
        charts.changes_picture([(change.name(reader), change.facts) for change in own], title, say), "changes"
    )
    words = say(
        "Dots: the change on a year before. Filled: a clear change. Lines: its 95% limits, as wide as the usual ups "
        "and downs; what lies beyond 50% is cut."
    )
    shown = parts(reader, chart=[chart, small(words)], table=tuple(groups_table(reader, told)))
    away = take_away(reader, Taken(title, {"": chart}, file_of(told.made), sources=told.made.sources))
    yield Figure(title, (), shown, away, level=2)


def strips_of(figures: Sequence[Told], reader: Reader) -> Iterator[Block]:
    """Where the area lies among all others: a line for each measure of today."""
    shown = [told for told in figures if not is_past(reader, told.card) and told.card.domain != CONTEXT]
    strips = [strip for told in shown for strip in _strip(told, reader)][:LINES]
    if not strips:
        return
    say, area = reader.say, figures[0].made.query.areas[0]
    names = {one.code: say.pick(one.name) for one in reader.place.areas}
    drawn = charts.strips_picture(strips, [area], names, say)
    if drawn is None:
        return
    title = say("Where {area} lies among all {areas}", area=names[area], areas=say.pick(reader.place.areas_word))
    yield heading(title)
    each = [
        f"{strip.title}{say(': ')}{unit_words(strip.measure, say)}, "
        f"{period_name(strip.measure.query.last, say, strip.measure.query.view)}"
        for strip in strips
    ]
    yield small(say("Each tick is one of them; the rule is the whole. {measures}.", measures=say.clauses(each)))
    yield (chart := picture(drawn, "strips"))
    sources = {card.name: card for strip in strips for card in strip.measure.sources}
    yield take_away(reader, Taken(title, {"": chart}, sentences=[drawn.description], sources=tuple(sources.values())))


def _strip(told: Told, reader: Reader) -> Iterator[charts.Strip]:
    card, place, table = told.card, reader.place, reader.shelf.table(told.card.dataset)
    areas = tuple(area.code for area in place.areas if table.has(area=area.code))
    if len(areas) < FEWEST:
        return
    query = Query(place.id, card.name, areas, told.category, card.map_view)
    last = latest_final(query, reader.shelf) if funnel_possible(query, reader.shelf) else told.facts.period
    ruled = (place.code,) if card.map_view in RATES and table.has(area=place.code) else ()
    made = compute(replace(query, areas=(*ruled, *areas), first=last, last=last), reader.shelf)
    yield charts.Strip(told.name(reader), made)
