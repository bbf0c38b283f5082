"""The map and the tiles as SVG that needs no script: every area is a link and says its figure.

Drawn from the same rows as the live map, so that colours, letters and outlines are the same.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from charts import theme
from charts.picture import Picture
from measures.store.boundaries import shape_of

WIDTH, HEIGHT, MARGIN = 520, 364, 3
STEP, GAP = 52, 3  # of one tile
LINE = 11  # from one line of its name to the next
LARGEST = math.sqrt(900 / math.pi)  # radius of the largest circle, as on the live map
NEAR = 0.4  # points nearer than this to the one before are left out, in units of the picture
Point = tuple[float, float]


class Shape(NamedTuple):
    """One area: its outline as the data of a path, and the point at which its letter or circle stands."""

    path: str
    middle: Point


def map_svg(picture: Picture, topology: str) -> Markup:
    """A map of areas or circles. ``topology``: the boundaries as TopoJSON."""
    rows, shapes = picture.datasets["rows"].to_dict("records"), shapes_of(topology)
    known = [(row, shapes[row["id"]]) for row in rows if row["id"] in shapes]
    areas = [_area(row, shape, symbols="v" in row) for row, shape in sorted(known, key=lambda pair: pair[0]["wide"])]
    letters = [_text(row["letter"], shape.middle, row["ink"], 11) for row, shape in known if row["letter"]]
    names = [_named(row["label"], shape.middle, row["wide"] > 1) for row, shape in known if row.get("label")]
    high = min(HEIGHT, WIDTH / shape_of(topology))  # the shapes stand in the middle of the whole height
    return _svg(picture, areas + letters + list(_circles(known)) + names, (0, (HEIGHT - high) / 2, WIDTH, high))


def tile_svg(picture: Picture) -> Markup:
    """One tile of one size for each area."""
    rows = picture.datasets["rows"]
    tiles = [_tile(row) for row in rows.to_dict("records")]
    wide, high = (STEP * (int(rows[name].max()) + 1) for name in ("col", "row"))
    return _svg(picture, tiles, (0, 0, wide, high), f' style="max-height:{high}px"')


def _svg(picture: Picture, drawn: Iterable[str], box: tuple[float, ...], style: str = "") -> Markup:
    label = escape(picture.description)
    box = f'viewBox="{" ".join(f"{one:g}" for one in box)}"{style}'
    return Markup(f'<svg {box} role="group" aria-label="{label}">{"".join(drawn)}</svg>')


def _linked(row: dict, drawn: str) -> str:
    words = escape(" ".join(filter(None, (row.get(name) for name in ("name", "what", "mark", "change", "whole")))))
    inside = f"<g><title>{words}</title>{drawn}</g>"
    return f'<a href="{escape(row["href"])}">{inside}</a>' if row.get("href") else inside


def _area(row: dict, shape: Shape, *, symbols: bool) -> str:
    fill = theme.PANEL if symbols else row["fill"]
    return _linked(row, f'<path d="{shape.path}" fill="{fill}" stroke="{row["line"]}" stroke-width="{row["wide"]}"/>')


def _circles(known: Sequence[tuple[dict, Shape]]) -> Iterator[str]:
    """Circles whose area is the count; none on a map of rates."""
    counted = [(row, shape) for row, shape in known if row.get("v", 0) > 0]
    top = max((row["v"] for row, _ in counted), default=0)
    for row, shape in counted:
        x, y = shape.middle
        radius = LARGEST * math.sqrt(row["v"] / top)
        dress = f'fill="{theme.ACCENT}" opacity="0.75" stroke="{theme.PAPER}"'
        circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {dress}/>'
        yield _linked(row, circle)


def _tile(row: dict) -> str:
    x, y, side = row["col"] * STEP, row["row"] * STEP, STEP - GAP
    square = (
        f'<rect x="{x + 1}" y="{y + 1}" width="{side}" height="{side}" fill="{row["fill"]}" stroke="{row["line"]}" '
        f'stroke-width="{row["wide"]}"/>'
    )
    centre = (x + STEP / 2, y + STEP / 2)
    lines = row["short"].split("\n")
    first = centre[1] - 5 - LINE * (len(lines) - 1) + 1
    words = "".join(_text(line, (centre[0], first + LINE * n), row["ink"], 11) for n, line in enumerate(lines))
    figure = _text(row["letter"] or row["what"], (centre[0], centre[1] + 14), row["ink"], 10)
    return _linked(row, square + words + figure)


def _named(name: str, middle: Point, chosen: bool) -> str:
    """A name in a halo of paper; that of the chosen area beneath its point."""
    x, y = middle[0], middle[1] + (20 if chosen else -12)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{theme.INK}" stroke="{theme.PAPER}" stroke-width="3" '
        f'stroke-linejoin="round" paint-order="stroke" font-size="13" font-weight="600" text-anchor="middle" '
        f'aria-hidden="true">{escape(name)}</text>'
    )


def _text(words: str, middle: Point, ink: str, size: int) -> str:
    x, y = middle
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" font-size="{size}" text-anchor="middle" '
        f'dominant-baseline="central">{escape(words)}</text>'
    )


@lru_cache(maxsize=16)
def shapes_of(topology: str) -> dict[str, Shape]:
    """Area code → its shape, in Mercator's projection and as large as fits. A place on both sides of the 180th meridian
    is drawn in one piece.
    """
    told = json.loads(topology)
    arcs = [_unpacked(arc, told["transform"]) for arc in told["arcs"]]
    areas = told["objects"]["areas"]["geometries"]
    rings = {area["id"]: [_ring(ring, arcs) for ring in _rings(area)] for area in areas}
    fit = _fitted([point for area in rings.values() for ring in area for point in ring])
    return {
        area["id"]: Shape(
            "".join(_path(map(fit, ring)) for ring in rings[area["id"]]),
            fit(_mercator((area["properties"]["lon"], area["properties"]["lat"]))),
        )
        for area in areas
    }


def _unpacked(arc: Sequence[Sequence[int]], transform: dict) -> list[Point]:
    """The points of an arc: each is told as the steps from the one before."""
    (x_scale, y_scale), (x_start, y_start) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append(_mercator((x * x_scale + x_start, y * y_scale + y_start)))
    return points


def _mercator(point: Point) -> Point:
    lon, lat = point
    return math.radians(lon % 360 if lon < -180 else lon), math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def _rings(area: dict) -> list:
    return area["arcs"] if area["type"] == "Polygon" else [ring for part in area["arcs"] for ring in part]


def _ring(numbers: Iterable[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """A ring put together of arcs; a negative number is the arc ~number backwards."""
    return [point for number in numbers for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]


def _fitted(points: Sequence[Point]):
    """The function that puts a projected point into the picture."""
    (west, south), (east, north) = (
        tuple(limit(values) for values in zip(*points, strict=True)) for limit in (min, max)
    )
    scale = min((WIDTH - 2 * MARGIN) / (east - west), (HEIGHT - 2 * MARGIN) / (north - south))
    left, top = (WIDTH - scale * (east - west)) / 2, (HEIGHT - scale * (north - south)) / 2
    return lambda point: (left + scale * (point[0] - west), top + scale * (north - point[1]))


def _path(points: Iterable[Point]) -> str:
    kept: list[Point] = []
    for point in points:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= NEAR:
            kept.append(point)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def is_tiled(rows: pd.DataFrame) -> bool:
    """Are the rows those of a map of tiles?"""
    return {"col", "row", "short"} <= set(rows)


def is_mapped(rows: pd.DataFrame) -> bool:
    """Are the rows those of a map of areas?"""
    return {"id", "letter", "line"} <= set(rows) and not is_tiled(rows)
