"""What stands behind the lines of a trend: how far provisional figures may still move, and the counts before
adjustment.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from charts.time_axis import instant
from measures.figures.compute import Measure
from measures.lines.columns import frame_of

BAND, DOTS = "band", "dots"  # the names of the rows in the picture


def behind(
    names: dict[str, str], colours: dict[str, str], band: pd.DataFrame | None, raw: Measure | None
) -> dict[str, pd.DataFrame]:
    """The rows of both layers; none draws nothing. ``band``: area, period, low, high. ``raw``: the same areas as
    counts.
    """
    return {BAND: _band_rows(band, names, colours), DOTS: _dot_rows(raw, names, colours)}


def _band_rows(band: pd.DataFrame | None, names: dict[str, str], colours: dict[str, str]) -> pd.DataFrame:
    """One row = one provisional figure (or the final one before it) with its range."""
    if band is None or band.empty:
        return frame_of({name: [] for name in ("t", "low", "high", "area", "c")})
    return frame_of(
        {
            "t": [instant(period) for period in band["period"]],
            "low": band["low"].to_numpy(float).round(4),
            "high": band["high"].to_numpy(float).round(4),
            "area": [names[area] for area in band["area"]],
            "c": [colours[area] for area in band["area"]],
        }
    )


def _dot_rows(raw: Measure | None, names: dict[str, str], colours: dict[str, str]) -> pd.DataFrame:
    """One row = one published count."""
    if raw is None:
        return frame_of({name: [] for name in ("t", "v", "area", "c")})
    known = raw.table[np.isfinite(raw.table["value"])]
    return frame_of(
        {
            "t": [instant(period) for period in known["period"]],
            "v": known["value"].to_numpy(),
            "area": [names[area] for area in known["area"]],
            "c": [colours[area] for area in known["area"]],
        }
    )


def layers(x, y, colour) -> list:
    """The two layers, in the axes and colours of the lines before them."""
    import altair as alt

    band = alt.Chart(alt.NamedData(BAND)).mark_area(opacity=0.22, aria=False)
    dots = alt.Chart(alt.NamedData(DOTS)).mark_point(size=9, filled=True, opacity=0.35, aria=False)
    low = alt.Y("low:Q", axis=y["axis"], scale=y["scale"])
    return [band.encode(x=x, y=low, y2="high:Q", color=colour, detail="area:N"), dots.encode(x=x, y=y, color=colour)]
