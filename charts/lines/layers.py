"""What stands behind the lines of a trend: how far provisional figures may still move, and the counts before
adjustment.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from charts.grammar import layer
from charts.time_axis import instant
from measures.figures.compute import Measure
from measures.lines.columns import frame_of

BAND, DOTS = "band", "dots"  # the names of the rows in the picture


def behind(
    names: dict[str, str], colours: dict[str, str], band: pd.DataFrame | None, raw: Measure | None
) -> dict[str, pd.DataFrame]:
    """The rows of both layers; those that are not given are left out. ``band``: area, period, low, high. ``raw``: the
    same areas as counts.
    """
    rows = {}
    if band is not None and not band.empty:
        rows[BAND] = _band_rows(band, names, colours)
    if raw is not None:
        rows[DOTS] = _dot_rows(raw, names, colours)
    return rows


def _band_rows(band: pd.DataFrame, names: dict[str, str], colours: dict[str, str]) -> pd.DataFrame:
    """One row = one provisional figure (or the final one before it) with its range."""
    return frame_of(
        {
            "t": [instant(period) for period in band["period"]],
            "low": band["low"].to_numpy(float).round(4),
            "high": band["high"].to_numpy(float).round(4),
            "area": [names[area] for area in band["area"]],
            "c": [colours[area] for area in band["area"]],
        }
    )


def _dot_rows(raw: Measure, names: dict[str, str], colours: dict[str, str]) -> pd.DataFrame:
    """One row = one published count."""
    known = raw.table[np.isfinite(raw.table["value"])]
    return frame_of(
        {
            "t": [instant(period) for period in known["period"]],
            "v": known["value"].to_numpy(),
            "area": [names[area] for area in known["area"]],
            "c": [colours[area] for area in known["area"]],
        }
    )


def layers(x: dict, y: dict, colour: dict) -> list[dict]:
    """The two layers, in the axes and colours of the lines before them."""
    band = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour, "detail": {"field": "area"}}
    return [
        layer(BAND, "area", band, opacity=0.15),
        layer(DOTS, "point", {"x": x, "y": y, "color": colour}, size=9, filled=True, opacity=0.35),
    ]
