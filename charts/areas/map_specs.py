"""The specs of maps: a choropleth, a map of circles, and tiles of one size each. Altair makes each of them once; for a
place and a language what differs is put in: the address of its boundaries, the height, and the reader's formats.
"""

from __future__ import annotations

from functools import cache

from charts import theme
from loaders.places.place import Place
from measures.store.boundaries import BEYOND_180

WIDE_TILES = 560  # pixels of a tile map from which its letters are as large as elsewhere
TILE, LEAST = 52, 42  # pixels of the height of a tile: where there is room, and for two lines and a figure
HIGHEST = 364  # pixels of a map
IN_A_ROW = 6  # tiles, of a place that does not lay them out
# what a screen reader says of one area
TOLD = " + ".join(f"(datum.{name} ? '; ' + datum.{name} : '')" for name in ("mark", "change", "whole"))
TOLD = f"datum.name + ' ' + datum.what + {TOLD}"
HALO = 3  # pixels of paper around a name


def _tips(alt):
    fields = ("what:N", "mark:N", "change:N", "whole:N")
    return [alt.Tooltip("name:N", title="title"), *(alt.Tooltip(one, title=" " * n) for n, one in enumerate(fields, 1))]


@cache
def choropleth_spec(code: str, geometry: str) -> dict:
    """The spec of a choropleth, its shapes by address and its figures in ``rows``."""
    return _of_place(_choropleth(), code, geometry)


@cache
def symbol_spec(code: str, geometry: str) -> dict:
    """The spec of a map of circles: area proportional to the count."""
    return _of_place(_symbols(), code, geometry)


def _of_place(spec: dict, code: str, geometry: str) -> dict:
    """The spec with its boundaries, in the reader's formats; boundaries on both sides of the 180th meridian are cut on
    the other side of the globe. A map that is wider than high is lower where it is narrow (a phone), without empty room
    above and beneath it."""
    turned = {"rotate": [-180, 0, 0]} if geometry.endswith(BEYOND_180) else {}
    shape = geometry.partition("#")[2].partition("&")[0]  # how much wider than high, as the address says
    high = {"params": [{"name": "height", "expr": f"min({HIGHEST}, width / {shape})"}]} if shape else {}
    own = {"data": {**spec["data"], "url": geometry}, "projection": {"type": "mercator", **turned}}
    return theme.styled({**spec, **own}, code, axes=False) | high


@cache
def _choropleth() -> dict:
    import altair as alt

    fields = ["name", "fill", "what", "letter", "mark", "change", "whole", "label", "line", "wide", "ink", "href"]
    shapes = _shapes(alt, fields)
    areas = shapes.mark_geoshape().encode(
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("line:N", scale=None),
        strokeWidth=alt.StrokeWidth("wide:Q", scale=None),
        tooltip=_tips(alt),
        description="told:N",
        href="href:N",
    )
    letters = (
        shapes.transform_filter("datum.letter != ''")
        .mark_text(fontSize=11, aria=False)
        .encode(
            longitude="lon:Q", latitude="lat:Q", text="letter:N", color=alt.Color("ink:N", scale=None), href="href:N"
        )
    )
    return _framed(alt.layer(areas, *_outline(shapes), letters, *_names(alt, shapes)))


@cache
def _symbols() -> dict:
    import altair as alt

    shapes = _shapes(alt, ["name", "v", "what", "letter", "mark", "change", "whole", "label", "line", "wide", "href"])
    areas = shapes.mark_geoshape(fill=theme.PANEL).encode(
        stroke=alt.Stroke("line:N", scale=None),
        strokeWidth=alt.StrokeWidth("wide:Q", scale=None),
        tooltip=_tips(alt),
        href="href:N",
    )
    circles = (
        shapes.transform_filter("datum.v > 0")
        .mark_circle(color=theme.ACCENT, opacity=0.75, stroke=theme.PAPER, strokeWidth=0.6)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("v:Q", scale=alt.Scale(type="linear", range=[0, 900], zero=True), legend=None),
            tooltip=_tips(alt),
            href="href:N",
        )
    )
    letters = (
        shapes.transform_filter("datum.letter != ''")
        .mark_text(fontSize=11, color=theme.MUTED)
        .encode(longitude="lon:Q", latitude="lat:Q", text="letter:N")
    )
    return _framed(alt.layer(areas, *_outline(shapes), circles, letters, *_names(alt, shapes)))


def _shapes(alt, fields: list[str]):
    """Boundaries by address joined with the rows by area code; each brings the point where a letter or circle
    stands.
    """
    shapes = alt.Chart(alt.UrlData("", format=alt.TopoDataFormat(type="topojson", feature="areas")))
    joined = shapes.transform_lookup(
        lookup="id", from_=alt.LookupData(data=alt.NamedData("rows"), key="id", fields=fields)
    )
    return joined.transform_calculate(lon="datum.properties.lon", lat="datum.properties.lat", told=TOLD)


def _outline(shapes) -> list:
    """The chosen area's outline with a halo, above its neighbours."""
    chosen = shapes.transform_filter("datum.wide > 1")
    return [
        chosen.mark_geoshape(fill=None, stroke=colour, strokeWidth=width, aria=False)
        for colour, width in ((theme.PAPER, 6), (theme.INK, 3))
    ]


def _names(alt, shapes) -> list:
    """The areas that are named, each name in a halo."""
    named = shapes.transform_filter("datum.label")
    place = {"longitude": "lon:Q", "latitude": "lat:Q", "text": "label:N"}
    # the chosen one beneath its point, so that it does not lie on the name of a neighbour
    up = alt.ExprRef("datum.wide > 1 ? 20 : -12")
    look = {"fontSize": theme.SMALL, "fontWeight": 600, "dy": up, "aria": False}
    halo = named.mark_text(stroke=theme.PAPER, strokeWidth=HALO, strokeJoin="round", **look)
    return [halo.encode(**place), named.mark_text(color=theme.INK, **look).encode(**place)]


def _framed(chart) -> dict:
    """The map in its frame, without the address of its boundaries."""
    return chart.project(type="mercator").properties(width="container", height=HIGHEST).to_dict()


def tiles_of(place: Place) -> dict[str, tuple[int, int]]:
    """Row and column of the tile of each area that has one; of a place that lays out none, in the order of its list."""
    laid_out = {area.code: area.tile for area in place.areas if area.tile}
    return laid_out or {area.code: divmod(number, IN_A_ROW) for number, area in enumerate(place.areas)}


@cache
def tile_spec(code: str, rows: int, columns: int) -> dict:
    """The spec of a tile map; its tiles are no higher than wide where their letters allow it."""
    high = f"min({TILE * rows}, max({LEAST * rows}, width * {rows / columns:.3f}))"
    own = {"height": TILE * rows, "params": [{"name": "height", "expr": high}]}
    return theme.styled({**_tiles(), **own}, code, axes=False)


@cache
def _tiles() -> dict:
    import altair as alt

    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("col:O", axis=None, scale=alt.Scale(paddingInner=0.05)),
        y=alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.05)),
        tooltip=_tips(alt),
        href="href:N",
    )
    squares = (
        base.transform_calculate(told=TOLD)
        .mark_rect(cornerRadius=1)
        .encode(
            description="told:N",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("line:N", scale=None),
            strokeWidth=alt.StrokeWidth("wide:Q", scale=None),
        )
    )
    circles = (
        base.transform_filter("datum.size > 0")
        .mark_circle(color=theme.SEQUENTIAL[2], opacity=0.6, aria=False)
        .encode(size=alt.Size("size:Q", scale=alt.Scale(type="linear", range=[0, 1500], domainMin=0), legend=None))
    )
    up = alt.ExprRef("indexof(datum.short, '\\n') > 0 ? -14 : -6")

    def sized(wide: int, narrow: int):
        """The letters of tiles: larger where a tile has the room."""
        return alt.ExprRef(f"width > {WIDE_TILES} ? {wide} : {narrow}")

    names = base.mark_text(fontSize=sized(13, 11), dy=up, lineBreak="\n", lineHeight=sized(14, 11), aria=False).encode(
        text="short:N", color=alt.Color("ink:N", scale=None)
    )
    figures = (
        base.transform_calculate(text="datum.letter != '' ? datum.letter : datum.what")
        .mark_text(fontSize=sized(12, 10), dy=14, aria=False)
        .encode(text="text:N", color=alt.Color("ink:N", scale=None))
    )
    return alt.layer(squares, circles, names, figures).properties(width="container", height=TILE).to_dict()
