"""The areas of a place as tiles that are links: coloured as on the map, or each with a small line of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import isfinite

import pandas as pd

import charts
from charts import theme
from charts.areas.map_specs import tiles_of
from charts.descriptions import value_words
from language.verdicts import ARROWS, VERDICTS, verdict_words
from layout.frame.blocks import Block, Tile, Tiles, areas_word, small
from layout.frame.controls import short_names
from layout.frame.links import district_links
from layout.frame.reader import Reader
from layout.glance.finder import names_of as all_names
from layout.trends.series import names_of
from measures.figures.compute import Query, compute
from measures.maps.map import Mapped


def map_tiles(made: Mapped, rows: pd.DataFrame, reader: Reader) -> Tiles:
    """The figures and colours of the map, by name; a count is a bar of one colour. ``rows``: those that it draws."""
    say, place = reader.say, reader.place
    links, spots = district_links(reader), tiles_of(place)
    areas, brief = {area.code: area for area in place.areas}, short_names(reader)
    counted = made.measure.counted
    most = rows["v"].max()
    inside = [row for row in rows.itertuples(index=False) if row.id in spots]
    tiles = [
        Tile(
            brief[row.id],
            row.what if row.what != "—" else "",
            links[row.id],
            spots[row.id],
            ", ".join(part for part in (row.name, row.what, row.mark, row.change) if part),
            (theme.SEQUENTIAL[1], row.letter, theme.ON_LOW)
            if counted and isfinite(row.v)
            else (row.fill, row.letter, row.ink),
            part=row.v / most if isfinite(row.v) and most > 0 else 0.0,
            names=tuple(dict.fromkeys(all_names(areas[row.id]))),
            full=row.name,
        )
        for row in say.by_name(inside, lambda row: row.name)
    ]
    search = say("Find a name among the {areas}", areas=areas_word(reader))
    return Tiles(tuple(tiles), say("Tiles"), search, say("No name here holds these letters."))


def lines_part(query: Query, reader: Reader) -> Callable[[], tuple[Block, ...]] | None:
    """What works out how each area has gone; None where there is one period alone."""
    several = len(reader.shelf.table(reader.shelf.measures[query.measure].dataset, query.release).periods) > 1
    return partial(_lines, query, reader) if several else None


def _lines(query: Query, reader: Reader) -> tuple[Block, ...]:
    """The small lines and how they are read; nothing where no area has one."""
    drawn = small_multiples(query, reader)
    signs = [verdict_words(one, reader.say) for one in VERDICTS if any(ARROWS[one] in t.figure for t in drawn.tiles)]
    told = reader.say(
        "Each line begins at 100 with its first final figure since the last change of definition, all on one "
        "scale; grey: {place}. The number is the level.",
        place=reader.say.pick(reader.place.whole),
    )
    return (small(told, " · ".join(signs)), drawn) if drawn.tiles else ()


def place_words(made: Mapped, reader: Reader) -> str:
    """The place with its own figure of the map's period; '' where it has none."""
    measure, code = made.measure, reader.place.code
    if not reader.shelf.table(measure.card.dataset, measure.query.release).has(area=code):
        return ""
    whole = compute(replace(measure.query, areas=(code,)), reader.shelf)
    value = whole.table["value"].iloc[-1]
    return f"{reader.say.pick(reader.place.whole)} {value_words(whole, value, reader.say)}" if isfinite(value) else ""


def small_multiples(query: Query, reader: Reader) -> Tiles:
    """A small line for each area over the periods of the query, the place's own grey behind.

    Each begins at 100 with its first final figure, on one scale; the figure beside the name is the level.
    """
    place, say = reader.place, reader.say
    spots, links, brief = tiles_of(place), district_links(reader), short_names(reader)
    safe = reader.shelf.table(reader.shelf.measures[query.measure].dataset, query.release)
    areas = tuple(code for code in (place.code, *spots) if safe.has(area=code))
    measure = compute(replace(query, areas=areas, first=""), reader.shelf)
    drawn = charts.multiples(measure, names_of(reader, measure.card), say)
    tiles = [
        Tile(
            brief[one.area],
            f"{one.level} {one.sign}".strip(),
            links[one.area],
            spots[one.area],
            one.told,
            image=one.image,
        )
        for one in sorted(drawn, key=lambda one: brief[one.area])
    ]
    return Tiles(tuple(tiles), say("Small lines of all areas, on one scale: each begins at 100"))
