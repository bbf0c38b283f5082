"""Areas that lie far off are drawn elsewhere, and smaller or larger, as ``[[geometry.insets]]`` of a card says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def with_insets(frame, insets: list[dict]):
    """The boundaries as they are drawn: WGS 84, one row = one area, index = its code.

    Each inset (``areas``, ``centre`` as longitude and latitude, ``scale``) moves its areas together, so that the middle
    of their extent comes to lie at the centre, and multiplies their size there as Mercator's projection shows it.
    """
    import shapely

    shapes = frame.geometry.copy()
    for inset in insets:
        codes = [code for code in inset["areas"] if code in shapes.index]
        if codes:
            moved = _moved(shapes.loc[codes].total_bounds, inset["centre"], inset.get("scale", 1))
            shapes.loc[codes] = shapely.transform(shapes.loc[codes].to_numpy(), moved)
    west, _, east, _ = shapes.total_bounds
    if insets and west >= 180 - 1e-9 and east > 180:  # what was west of the 180th meridian lies there alone now
        shapes = shapes.translate(-360)
    return frame.set_geometry(shapes.to_numpy(), crs=frame.crs)


def _moved(bounds: np.ndarray, centre: list[float], scale: float) -> Callable[[np.ndarray], np.ndarray]:
    west, south, east, north = bounds
    old, new = _flat(np.array([[west, south], [east, north]])).mean(axis=0), _flat(np.array([centre], float))[0]
    new[0] += 360 if east > 180 and new[0] < 0 else 0
    return lambda points: _round(new + (_flat(points) - old) * scale)


def _flat(points: np.ndarray) -> np.ndarray:
    """Longitude and latitude → Mercator's plane, both in degrees at the equator."""
    return np.column_stack([points[:, 0], np.degrees(np.arctanh(np.sin(np.radians(points[:, 1]))))])


def _round(points: np.ndarray) -> np.ndarray:
    """Mercator's plane → longitude and latitude."""
    return np.column_stack([points[:, 0], np.degrees(np.arcsin(np.tanh(np.radians(points[:, 1]))))])
