"""Published boundaries become one GeoDataFrame in WGS 84, called by the areas' codes.

GeoJSON, TopoJSON, GeoPackage and zipped Shapefiles, in any coordinate system. The card's ``[geometry]`` says ``id``
(the field with the area's code or name), ``object`` (the layer, where there are several), ``crs`` where the file does
not say it or says it wrongly (``EPSG:5179``), ``swap_axes`` where latitude stands before longitude, ``encoding`` of the
names in a Shapefile, ``others = "ignore"`` where the file has more areas than the place, and ``box`` (west, south,
east, north in degrees) where they must lie: without it, degrees in the wrong order are noticed only where a latitude
would be over 90.
"""

from __future__ import annotations

import hashlib

from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError
from loaders.formats.geometry import outlines
from loaders.formats.read_sheets import Unreadable
from loaders.formats.text_table import of_frame
from loaders.gate.admission import let_in
from loaders.places.borders import without_overlaps
from loaders.places.coordinates import beyond_180, in_degrees, place_faults, with_system
from loaders.places.place import Place

POLYGONS = ("Polygon", "MultiPolygon")


def read_boundaries(card: SourceCard, place: Place):
    """A GeoDataFrame in WGS 84: one row = one area, index = the area's code. Raises SourceError with every fault.

    West of the 180th meridian longitudes are over 180 where the place lies on both sides of it.
    """
    path = card.folder / card.latest.file
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha256 != card.latest.sha256:
        what, todo = f"'{card.latest.file}' is not the file that was recorded", "Add a release."
        raise SourceError(card.id, [Fault(card.id, what, card.latest.sha256, sha256, todo)])
    frame = _layer(card)
    let_in(of_frame(frame.drop(columns=frame.geometry.name), card.latest.file), card, card.latest)
    codes = [card.area_codes.get(str(name)) or place.code_of(str(name)) for name in frame[card.geometry["id"]]]
    if card.geometry.get("others") == "ignore":
        frame, codes = frame[[code is not None for code in codes]], [code for code in codes if code is not None]
    names = frame[card.geometry["id"]].astype(str)
    faults = _area_faults(names, codes, card, place)
    frame, unplaced = in_degrees(frame, card.latest.file)
    frame.index = names.index = codes
    has_shape = _drawn(frame)
    faults += [*unplaced, *_shape_faults(frame, has_shape, names, card.latest.file)]
    if not unplaced:
        faults += place_faults(frame[has_shape], names[has_shape], card.geometry.get("box"), card.latest.file)
    if faults:
        raise SourceError(card.id, faults)
    return without_overlaps(_oriented(beyond_180(_valid(frame)[["geometry"]].sort_index())))


def _drawn(frame):
    """For each boundary whether it is a polygon, or several, and no empty one."""
    shapes = frame.geometry
    return (shapes.notna() & ~shapes.is_empty & shapes.geom_type.isin(POLYGONS)).to_numpy()


def _valid(frame):
    """Rings that cross themselves made areas; lines and points left over beside areas are dropped."""
    valid = frame.geometry.make_valid()
    mixed = ~valid.geom_type.isin(POLYGONS)
    shapes = valid.where(~mixed, frame.geometry.make_valid(method="structure", keep_collapsed=False))
    return frame.set_geometry(shapes.to_numpy(), crs=frame.crs)


def _oriented(frame):
    """Outer rings clockwise, whichever way they were published: the other way a map fills the rest of the world."""
    import shapely

    return frame.set_geometry(shapely.orient_polygons(frame.geometry.to_numpy(), exterior_cw=True), crs=frame.crs)


def _shape_faults(frame, has_shape, names, file: str) -> list[Fault]:
    """Boundaries without a geometry, without a point, of another kind, or of which no area is left."""
    import shapely

    faults = [
        Fault(f"'{file}'", _lack(shape), "a polygon", f"'{name}'", "Ask the publisher.")
        for name, shape in zip(names[~has_shape], frame.geometry[~has_shape], strict=True)
    ]
    collapsed = shapely.area(_valid(frame[has_shape]).geometry.to_numpy()) == 0
    return faults + [
        Fault(f"'{file}'", "a boundary is broken", "a polygon", f"'{name}' without an area", "Ask the publisher.")
        for name, none_left in zip(names[has_shape], collapsed, strict=True)
        if none_left
    ]


def _lack(shape) -> str:
    if shape is None:
        return "a boundary has no geometry"
    return "a boundary is empty" if shape.is_empty else "a boundary is no area"


def _layer(card: SourceCard):
    """The boundaries as published, with their coordinate system. Raises SourceError."""
    path, words = card.folder / card.latest.file, card.geometry
    where = f"'{card.latest.file}'"
    try:
        frame = outlines(path, words.get("object"), encoding=words.get("encoding"))
    except Unreadable as error:
        reason, todo = str(error), "Restore the published file."
    except Exception as error:  # the library's own words may hold a cell
        reason, todo = type(error).__name__, "Restore the file, or fix [geometry] object."
    else:
        frame, faults = with_system(frame, path, words)
        if words["id"] not in frame.columns:
            columns = ", ".join(map(str, frame.columns))
            faults.insert(0, Fault(where, "a field is missing", words["id"], columns, "Fix [geometry] id."))
        if faults:
            raise SourceError(card.id, faults)
        return frame
    raise SourceError(card.id, [Fault(where, "cannot be read as boundaries", "a layer of areas", reason, todo)])


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
