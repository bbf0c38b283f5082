"""Shared borders of boundaries: overlaps parted, borders written once as TopoJSON, and which areas are neighbours."""

from __future__ import annotations

import json
from itertools import accumulate, pairwise

LEAST_OVERLAP = 1e-6  # of an area: less is the rounding of coordinates
FINEST = 1e-7  # degrees, about a centimetre: what is nearer is one point


def without_overlaps(frame):
    """Boundaries that were simplified one by one overlap a little: what two areas share goes to the first of them.

    All boundaries are cut at one another, and each piece is given to one area, so that borders are the same line on
    both sides.
    """
    import shapely

    shapes = frame.geometry.to_numpy()
    first_number, second_number = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    shared = shapely.area(shapely.intersection(shapes[first_number], shapes[second_number])) / shapely.area(
        shapes[first_number]
    )
    if not (shared > LEAST_OVERLAP).any():
        return frame
    lines = shapely.union_all(shapely.boundary(shapes), grid_size=FINEST)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    within = [shapely.contains(shapes, point) for point in shapely.point_on_surface(pieces)]
    owners = [int(inside.argmax()) if inside.any() else -1 for inside in within]
    parted = [
        shapely.union_all([piece for piece, owner in zip(pieces, owners, strict=True) if owner == number])
        for number in range(len(shapes))
    ]
    return frame.set_geometry(parted, crs=frame.crs)


def topojson_of(frame, extent) -> str:
    """The boundaries as TopoJSON (object ``areas``, feature id = area code): shared borders stay shared. ``extent``:
    west, south, east and north of where they lie, told beside those of what is drawn (``bbox``).

    Each area's properties hold ``lon`` and ``lat`` of a point inside it, where a letter or a circle may stand.
    """
    import topojson

    points = frame.geometry.representative_point()
    placed = frame.assign(lon=points.x.round(4), lat=points.y.round(4))
    topology = topojson.Topology(placed, object_name="areas", prequantize=1e5, prevent_oversimplify=True).to_dict()
    _wind(topology)
    for feature in topology["objects"]["areas"]["geometries"]:
        feature.pop("bbox", None)
    topology["extent"] = [round(float(limit), 6) for limit in extent]
    return json.dumps(topology, separators=(",", ":"))


def _wind(topology: dict) -> None:
    """Turn every outer ring clockwise and every hole the other way: a border that an enclave shares with the area
    around it is written once, and a map takes a ring that runs the other way for all the rest of the globe.
    """
    arcs = [_added_up(arc) for arc in topology["arcs"]]
    for feature in topology["objects"]["areas"]["geometries"]:
        several = feature["arcs"] if feature["type"] == "MultiPolygon" else [feature["arcs"]]
        for polygon in several:
            for number, ring in enumerate(polygon):
                if (_turn(ring, arcs) > 0) == (number == 0):
                    ring[:] = [~arc for arc in reversed(ring)]


def _added_up(arc: list[list[int]]) -> list[tuple[int, int]]:
    """The points of an arc, each written as its step from the one before."""
    across, down = zip(*arc, strict=True)
    return list(zip(accumulate(across), accumulate(down), strict=True))


def _turn(ring: list[int], arcs: list[list[tuple[int, int]]]) -> int:
    """Twice the signed area of a ring: over 0 where it runs anticlockwise."""
    points = [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
    return sum(x * below - beside * y for (x, y), (beside, below) in pairwise([*points, points[0]]))


def neighbours(frame) -> list[tuple[str, str]]:
    """Pairs of areas that share a border longer than a point."""
    pairs = []
    for first in range(len(frame)):
        for second in range(first + 1, len(frame)):
            shared = frame.geometry.iloc[first].intersection(frame.geometry.iloc[second])
            if shared.length > 0:
                pairs.append((frame.index[first], frame.index[second]))
    return pairs
