"""Where boundaries lie: their coordinate system, the order of the axes, the 180th meridian, and whether all of it fits.

Frames are GeoDataFrames: one row = one boundary, as its publisher drew it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from loaders.errors import Fault

WGS84 = 4326
DRAWN_AS_DEGREES = (".json", ".geojson", ".topojson")  # WGS 84 unless they say otherwise (RFC 7946)
LARGEST_DEGREE, LARGEST_METRE = 360, 1e9
NOT_IN_DEGREES = "the boundaries are not in degrees"
LATITUDE_FIRST = "the boundaries give latitude before longitude"
NAME_SYSTEM = 'Ask the publisher for the coordinate system and add crs = "EPSG:…" to [geometry].'
SWAP_AXES = "Add swap_axes = true to [geometry]."


def with_system(frame, path: Path, words: dict) -> tuple[object, list[Fault]]:
    """The frame in the coordinate system that the card names, or else the file; ``words``: its ``[geometry]``."""
    where, crs = f"'{path.name}'", words.get("crs")
    if getattr(frame, "_geometry_column_name", None) not in frame.columns:
        todo = "Restore the file, or fix [geometry] object."
        return frame, [Fault(where, "has no boundaries", "a layer of areas", "a table", todo)]
    if frame.crs is None and crs is None and path.suffix.casefold() in DRAWN_AS_DEGREES:
        crs = WGS84
    if frame.crs is None and crs is None:
        what, todo = "the coordinate system is not said", 'Add crs = "EPSG:…" to [geometry].'
        return frame, [Fault(where, what, "such as EPSG:5179", "nothing", todo)]
    try:
        frame = frame if crs is None else frame.set_crs(crs, allow_override=True)
    except Exception:  # the library's own errors have no common class
        what = "the coordinate system is not known"
        return frame, [Fault(where, what, "such as EPSG:5179", f"'{crs}'", "Fix crs in [geometry].")]
    return swapped(frame) if words.get("swap_axes") else frame, []


def swapped(frame):
    """The same boundaries with their two axes exchanged."""
    import shapely

    shapes = shapely.transform(frame.geometry.to_numpy(), lambda points: points[:, ::-1])
    return frame.set_geometry(shapes, crs=frame.crs)


def misread_axes(frame) -> str:
    """What is wrong with most coordinates of a frame that is taken for degrees; '' where they can be degrees."""
    if frame.crs is not None and not frame.crs.is_geographic:
        return ""
    west, south, east, north = (np.abs(column) for column in frame.geometry.bounds.dropna().to_numpy().T)
    if not len(west):
        return ""
    across, along = np.median(np.maximum(west, east)), np.median(np.maximum(south, north))
    if LARGEST_DEGREE < max(across, along) < LARGEST_METRE:
        return NOT_IN_DEGREES
    return LATITUDE_FIRST if across <= 90 < along <= 180 else ""


def axes_fault(frame, name: str, what: str) -> Fault:
    """The fault of a file whose coordinates are no longitude and latitude; ``what``: from ``misread_axes``."""
    west, south, east, north = frame.total_bounds
    expected = "longitude from -180 to 180, then latitude from -90 to 90"
    extent = f"from {west:.12g}, {south:.12g} to {east:.12g}, {north:.12g}"
    return Fault(f"'{name}'", what, expected, extent, NAME_SYSTEM if what == NOT_IN_DEGREES else SWAP_AXES)


def in_degrees(frame, name: str) -> tuple[object, list[Fault]]:
    """The frame in WGS 84, or why it cannot be."""
    what = misread_axes(frame)
    if what:
        return frame, [axes_fault(frame, name, what)]
    try:
        return frame.to_crs(WGS84), []
    except Exception:  # the library's own errors have no common class
        what = "the coordinate system does not lead to longitude and latitude"
        return frame, [Fault(f"'{name}'", what, "such as EPSG:5179", f"'{frame.crs.name}'", "Fix crs in [geometry].")]


def beyond_180(frame):
    """Boundaries on both sides of the 180th meridian side by side: those of the west get longitudes over 180.

    Others come back as they are.
    """
    import shapely

    west, _, east, _ = frame.total_bounds
    shapes = frame.geometry.to_numpy()
    if not east - west > 180:
        return frame
    moved = shapely.transform(shapes, lambda points: np.where(points[:, :1] < 0, points + np.array([360, 0]), points))
    left, _, right, _ = shapely.total_bounds(moved)
    if right - left >= 180:
        return frame
    return frame.set_geometry([shapely.union_all([shapely.make_valid(shape)]) for shape in moved], crs=frame.crs)


def place_faults(frame, names, box: list[float] | None, name: str) -> list[Fault]:
    """Boundaries that lie off the globe or outside the box (west, south, east, north) that the card gives."""
    west, south, east, north = box or (-180, -90, 180, 90)
    bounds = frame.geometry.bounds
    low, high = bounds.iloc[:, :2].to_numpy(), bounds.iloc[:, 2:].to_numpy()
    inside = (low >= (west, south)).all(axis=1) & (high <= (east, north)).all(axis=1)  # never true of infinity
    if box and not inside.any() and (low[:, ::-1] >= (west, south)).all() and (high[:, ::-1] <= (east, north)).all():
        return [axes_fault(frame, name, LATITUDE_FIRST)]
    todo = "Fix crs or box in [geometry]; the file may give latitude before longitude (swap_axes = true)."
    return [
        Fault(
            f"'{name}'",
            "a boundary lies elsewhere",
            f"from {west}, {south} to {east}, {north}",
            f"'{label}' from {extent.minx:g}, {extent.miny:g} to {extent.maxx:g}, {extent.maxy:g}",
            todo,
        )
        for label, extent in zip(names[~inside], bounds[~inside].itertuples(index=False), strict=True)
    ]
