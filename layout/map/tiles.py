"""The areas of a place as tiles that are links: coloured as on the map, or each with a small line of its own."""

from __future__ import annotations

from dataclasses import replace

import charts
from charts.map_specs import tiles_of
from charts.maps import map_rows
from layout.frame.blocks import Tile, Tiles
from layout.frame.links import district_links
from layout.frame.reader import Reader
from layout.trends.series import names_of
from measures.figures.compute import Query, compute
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


def small_multiples(query: Query, reader: Reader) -> Tiles:
    """A small line for each area over the periods of the query, the place's own grey behind.

    Each begins at 100 with its first final figure, on one scale; the figure beside the name is the level.
    """
    place, say = reader.place, reader.say
    spots, links = tiles_of(place), district_links(reader)
    safe = reader.shelf.table(reader.shelf.measures[query.measure].dataset, query.release)
    areas = tuple(code for code in (place.code, *spots) if safe.has(area=code))
    measure = compute(replace(query, areas=areas), reader.shelf)
    drawn = charts.multiples(measure, names_of(reader, measure.card), say)
    tiles = [
        Tile(one.name, f"{one.level} {one.sign}".strip(), links[one.area], spots[one.area], one.told, image=one.image)
        for one in drawn
    ]
    return Tiles(tuple(tiles), say("Small lines of all areas, on one scale: each begins at 100"))
