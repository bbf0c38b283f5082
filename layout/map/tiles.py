"""The areas of a place as tiles that are links: coloured as on the map, or each with a small line of its own."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

import charts
from charts.descriptions import value_words
from charts.map_specs import tiles_of
from charts.maps import map_rows
from layout.frame.blocks import Blocks, Choice, Tile, Tiles, small
from layout.frame.links import district_links
from layout.frame.reader import Reader
from layout.trends.series import names_of
from measures.figures.compute import Query, compute
from measures.maps.funnel import funnel, funnel_possible
from measures.maps.map import Mapped


def map_tiles(made: Mapped, reader: Reader) -> Tiles:
    """The figures and colours of the map, by name; a count has its figure alone."""
    names, links, spots = names_of(reader, made.measure.card), district_links(reader), tiles_of(reader.place)
    counted = made.measure.query.view == "count"
    rows = map_rows(made, names, "", reader.say).sort_values("name")
    tiles = [
        Tile(
            row.name,
            row.what if row.what != "—" else "",
            links[row.id],
            spots[row.id],
            " ".join(part for part in (row.name, row.what, row.mark, row.change) if part),
            None if counted else (row.fill, row.letter, row.ink),
        )
        for row in rows.itertuples(index=False)
        if row.id in spots
    ]
    return Tiles(tuple(tiles), reader.say("Tiles"))


def lines_of_areas(query: Query, reader: Reader) -> Blocks:
    """Whether small lines are wanted, and the lines: they are worked out for those alone who ask."""
    asked = reader.ask("lines", ("", "yes"), "")
    yield Choice("lines", reader.say("Show how each area has gone"), {}, asked, kind="yes")
    if asked:
        yield small(
            reader.say(
                "Each line begins at 100 with its first final figure since the last change of definition, all on one "
                "scale; grey: {place}. The number is the level.",
                place=reader.say.pick(reader.place.whole),
            )
        )
        yield small_multiples(query, reader)


def place_words(made: Mapped, reader: Reader) -> str:
    """The place with its own figure of the map's period; '' where it has none."""
    measure, code = made.measure, reader.place.code
    if not reader.shelf.table(measure.card.dataset, measure.query.release).has(area=code):
        return ""
    whole = compute(replace(measure.query, areas=(code,)), reader.shelf)
    value = whole.table["value"].iloc[-1]
    return f"{reader.say.pick(reader.place.whole)} {value_words(whole, value, reader.say)}" if isfinite(value) else ""


def apart_of(made: Mapped, reader: Reader) -> list[str]:
    """The areas that the funnel of the map's period puts beyond its limits; none where nothing is compared."""
    query = replace(made.measure.query, areas=(), first="", last=made.period)
    if not funnel_possible(query, reader.shelf):
        return []
    table = funnel(query, reader.shelf).table
    return list(table.loc[~table["differs"].isin(("", "within")), "area"])


def small_multiples(query: Query, reader: Reader) -> Tiles:
    """A small line for each area over the periods of the query, the place's own grey behind.

    Each begins at 100 with its first final figure, on one scale; the figure beside the name is the level.
    """
    place, say = reader.place, reader.say
    spots, links = tiles_of(place), district_links(reader)
    safe = reader.shelf.table(reader.shelf.measures[query.measure].dataset, query.release)
    areas = tuple(code for code in (place.code, *spots) if safe.has(area=code))
    measure = compute(replace(query, areas=areas, first=""), reader.shelf)
    drawn = charts.multiples(measure, names_of(reader, measure.card), say)
    tiles = [
        Tile(one.name, f"{one.level} {one.sign}".strip(), links[one.area], spots[one.area], one.told, image=one.image)
        for one in drawn
    ]
    return Tiles(tuple(tiles), say("Small lines of all areas, on one scale: each begins at 100"))
