"""Published boundaries become one small TopoJSON, drawn by the area's code.

GeoJSON, TopoJSON, GeoPackage and zipped Shapefiles, in any coordinate system. The card's ``[geometry]`` says ``id``
(the field with the area's code or name), ``object`` (the layer, where there are several), ``crs`` where the file does
not say it (``EPSG:5179``) and ``others = "ignore"`` where the file has more areas than the place, and ``box`` (west,
south, east, north in degrees) where they must lie: without it, degrees in the wrong order are noticed only where a
latitude would be over 90.
"""

from __future__ import annotations

import hashlib
import json

from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError
from loaders.formats.geometry import outlines
from loaders.formats.read_sheets import Unreadable
from loaders.formats.text_table import of_frame
from loaders.gate.judge import let_in
from loaders.places.place import Place

LEAST_OVERLAP = 1e-6  # of an area: less is the rounding of coordinates
FINEST = 1e-7  # degrees, about a centimetre: what is nearer is one point
DRAWN_AS_DEGREES = (".json", ".geojson", ".topojson")  # WGS 84 unless they say otherwise (RFC 7946)


def read_boundaries(card: SourceCard, place: Place):
    """A GeoDataFrame in WGS 84: one row = one area, index = the area's code. Raises SourceError with every fault."""
    path = card.folder / card.latest.file
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha256 != card.latest.sha256:
        raise SourceError(
            card.id,
            [
                Fault(
                    card.id,
                    f"'{card.latest.file}' is not the file that was recorded",
                    card.latest.sha256,
                    sha256,
                    "Add a release.",
                )
            ],
        )
    frame = _lines(card)
    let_in(of_frame(frame.drop(columns=frame.geometry.name), card.latest.file), card, card.latest)
    codes = [card.area_codes.get(str(name)) or place.code_of(str(name)) for name in frame[card.geometry["id"]]]
    if card.geometry.get("others") == "ignore":
        frame, codes = frame[[code is not None for code in codes]], [code for code in codes if code is not None]
    faults = _area_faults(frame[card.geometry["id"]], codes, card, place)
    frame = frame.to_crs(4326)
    faults += _place_faults(frame, card)
    if faults:
        raise SourceError(card.id, faults)
    frame.index = codes
    valid = frame.geometry.make_valid()
    mixed = valid.geom_type == "GeometryCollection"  # lines and points left over beside the areas
    frame["geometry"] = valid.where(~mixed, frame.geometry.make_valid(method="structure", keep_collapsed=False))
    return _apart(frame[["geometry"]].sort_index())


def _apart(frame):
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


def _lines(card: SourceCard):
    """The boundaries as published, with their coordinate system. Raises SourceError."""
    path, where = card.folder / card.latest.file, f"'{card.latest.file}'"
    try:
        frame = outlines(path, card.geometry.get("object"))
    except Unreadable as error:
        raise SourceError(
            card.id,
            [
                Fault(
                    where, "cannot be read as boundaries", "a layer of areas", str(error), "Restore the published file."
                )
            ],
        ) from None
    except Exception as error:  # the library's own words may hold a cell
        fault = Fault(
            where,
            "cannot be read as boundaries",
            "a layer of areas",
            type(error).__name__,
            "Restore the file, or fix [geometry] object.",
        )
        raise SourceError(card.id, [fault]) from None
    faults = []
    if card.geometry["id"] not in frame.columns:
        faults.append(
            Fault(
                where,
                "a field is missing",
                card.geometry["id"],
                ", ".join(map(str, frame.columns)),
                "Fix [geometry] id.",
            )
        )
    if getattr(frame, "crs", None) is None:
        crs = card.geometry.get("crs") or (4326 if path.suffix.casefold() in DRAWN_AS_DEGREES else None)
        frame, more = _placed(frame, crs, where)
        faults += more
    if faults:
        raise SourceError(card.id, faults)
    return frame


def _placed(frame, crs, where: str):
    """The boundaries in the coordinate system that the card names, where the file names none."""
    if "geometry" not in frame.columns:
        return frame, [
            Fault(
                where, "has no boundaries", "a layer of areas", "a table", "Restore the file, or fix [geometry] object."
            )
        ]
    if crs is None:
        return frame, [
            Fault(
                where,
                "the coordinate system is not said",
                "such as EPSG:5179",
                "nothing",
                'Add crs = "EPSG:…" to [geometry].',
            )
        ]
    try:
        return frame.set_crs(crs), []
    except Exception:
        return frame, [
            Fault(
                where, "the coordinate system is not known", "such as EPSG:5179", f"'{crs}'", "Fix crs in [geometry]."
            )
        ]


def _place_faults(frame, card: SourceCard) -> list[Fault]:
    """Is each boundary an area, and does it lie on the globe and in the box that the card gives?"""
    where, names = f"'{card.latest.file}'", frame[card.geometry["id"]].astype(str)
    shapes = frame.geometry
    polygonal = shapes.notna() & ~shapes.is_empty & shapes.geom_type.isin(["Polygon", "MultiPolygon"])
    faults = [
        Fault(where, "a boundary is no area", "a polygon", f"'{name}'", "Ask the publisher.")
        for name in names[~polygonal]
    ]
    west, south, east, north = card.geometry.get("box", (-180, -90, 180, 90))
    bounds = shapes[polygonal].bounds
    inside = (
        (bounds.minx >= west) & (bounds.miny >= south) & (bounds.maxx <= east) & (bounds.maxy <= north)
    )  # never true of infinity
    expected, todo = (
        f"from {west}, {south} to {east}, {north}",
        "Fix crs in [geometry]; the file may give latitude before longitude.",
    )
    for name, extent in zip(names[polygonal][~inside], bounds[~inside].itertuples(index=False), strict=True):
        faults.append(
            Fault(
                where,
                "a boundary lies elsewhere",
                expected,
                f"'{name}' from {extent.minx:g}, {extent.miny:g} to {extent.maxx:g}, {extent.maxy:g}",
                todo,
            )
        )
    return faults


def _area_faults(names, codes: list[str | None], card: SourceCard, place: Place) -> list[Fault]:
    where = f"'{card.latest.file}'"
    faults = [
        Fault(where, "a boundary of no known area", "an area of the place", f"'{name}'", "Add an alias to the place.")
        for code, name in zip(codes, names, strict=True)
        if code is None
    ]
    faults += [
        Fault(where, "an area has two boundaries", "each area once", code, "Ask the publisher which one holds.")
        for code in sorted({known for known in codes if known is not None and codes.count(known) > 1})
    ]
    return faults + [
        Fault(where, "an area has no boundary", area.code, "none", "Find its boundary or say why there is none.")
        for area in place.areas
        if area.code not in codes
    ]


def topojson_of(frame) -> str:
    """The boundaries as TopoJSON (object ``areas``, feature id = area code): shared borders stay shared.

    Each area's properties hold ``lon`` and ``lat`` of a point inside it, where a letter or a circle may stand.
    """
    import topojson

    points = frame.geometry.representative_point()
    placed = frame.assign(lon=points.x.round(4), lat=points.y.round(4))
    topology = topojson.Topology(placed, object_name="areas", prequantize=1e5, prevent_oversimplify=True).to_dict()
    for feature in topology["objects"]["areas"]["geometries"]:
        feature.pop("bbox", None)
    return json.dumps(topology, separators=(",", ":"))


def neighbours(frame) -> list[tuple[str, str]]:
    """Pairs of areas that share a border longer than a point."""
    pairs = []
    for first in range(len(frame)):
        for second in range(first + 1, len(frame)):
            shared = frame.geometry.iloc[first].intersection(frame.geometry.iloc[second])
            if shared.length > 0:
                pairs.append((frame.index[first], frame.index[second]))
    return pairs
