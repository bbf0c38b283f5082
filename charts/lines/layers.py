"""What stands around the lines of a trend: how far provisional figures may still move, the counts before adjustment,
and other areas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from charts import theme
from charts.grammar import layer
from charts.lines.trend_rows import THIN, context_rows
from charts.time_axis import instant
from measures.figures.compute import Measure
from measures.lines.columns import frame_of

BAND, DOTS, CONTEXT = "band", "dots", "context"  # the names of the rows in the picture
NAMED = "named"  # the selection: the grey line that is pointed at
NEAR = 9  # pixels across a grey line that point at it
_STRETCH = [{"field": "area"}, {"field": "part"}]


@dataclass(frozen=True)
class Around:
    """``band``: how far provisional figures may still move (area, period, low, high); ``raw``: the counts behind
    adjusted figures; ``average``: the average month of the last twelve of the same areas, before which the months step
    back; ``context``: other areas in the view of the lines, grey behind them, and ``whose`` they are in a sentence.
    """

    band: pd.DataFrame | None = None
    raw: Measure | None = None
    average: Measure | None = None
    context: Measure | None = None
    whose: str = ""


def behind(names: Mapping[str, str], colours: Mapping[str, str], around: Around) -> dict[str, pd.DataFrame]:
    """The rows of the layers behind the lines; those that are not given are left out."""
    rows = {}
    if around.band is not None and not around.band.empty:
        rows[BAND] = _band_rows(around.band, names, colours)
    if around.raw is not None:
        rows[DOTS] = _dot_rows(around.raw, names, colours)
    if around.context is not None:
        rows[CONTEXT] = context_rows(around.context, names)
    return {name: frame for name, frame in rows.items() if len(frame)}


def _band_rows(band: pd.DataFrame, names: Mapping[str, str], colours: Mapping[str, str]) -> pd.DataFrame:
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


def _dot_rows(raw: Measure, names: Mapping[str, str], colours: Mapping[str, str]) -> pd.DataFrame:
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
    """The layers behind, in the axes and colours of the lines before them."""
    grey = {"condition": {"param": NAMED, "empty": False, "value": theme.MUTED}, "value": theme.CONTEXT}
    band = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour, "detail": {"field": "area"}}
    return [
        layer(BAND, "area", band, opacity=0.15),
        layer(DOTS, "point", {"x": x, "y": y, "color": colour}, size=9, filled=True, opacity=0.35),
        layer(CONTEXT, "line", {"x": x, "y": y, "color": grey, "detail": _STRETCH}, strokeWidth=THIN),
    ]


def names_of_context(x: dict, y: dict) -> dict:
    """The grey lines once more, unseen and broad, above all else: whoever points at one is told whose it is."""
    name = [{"field": "area", "type": "nominal", "title": "title"}]
    broad = layer(CONTEXT, "line", {"x": x, "y": y, "detail": _STRETCH, "tooltip": name}, strokeWidth=NEAR, opacity=0)
    pointed = {"type": "point", "on": "pointerover", "clear": "pointerout", "fields": ["area"]}
    return {**broad, "params": [{"name": NAMED, "select": pointed}]}
