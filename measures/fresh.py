"""How far may the newest figures still move, going by how much fresh figures were revised before?"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from measures.compute import Measure, compute
from measures.query import Query
from measures.revisions import LEVELS, Usual, usual_revision
from measures.shelf import Shelf
from measures.verdict import SMALL_BASE
from measures.views import width_of

BANDED = ("count", "rate", "rolling", "rolling_rate")
_COLUMNS = ("area", "period", "low", "high")


def usual_of(measure: Measure, shelf: Shelf, area: str) -> Usual | None:
    """The usual revision that stands for the provisional figures of an area in this view; None where none is known."""
    if measure.query.view not in BANDED or measure.card.kind != "count":
        return None
    return usual_revision(shelf, measure.card.dataset, LEVELS[0] if area == measure.place.code else LEVELS[1])


@lru_cache(maxsize=512)
def fresh_band(query: Query, shelf: Shelf) -> pd.DataFrame:
    """One row = one provisional figure with its range; columns area, period, low, high.

    The figure before the first of them comes too, with itself as both ends, so that the band opens where the line ends.
    A count under 30 has none: a percentage says nothing about it. Of a rolling sum only the provisional periods move: 100
    of which 20 are provisional, revised by 10 %, is 102.
    """
    measure = compute(query, shelf)
    parts = [_band(measure, shelf, area) for area in query.areas]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)


def _band(measure: Measure, shelf: Shelf, area: str) -> pd.DataFrame:
    usual, line = usual_of(measure, shelf, area), measure.line(area)
    known = np.isfinite(line["value"]).to_numpy()
    fresh = known & (line["status"] == "p").to_numpy() & (line["numerator"].fillna(line["value"]) >= SMALL_BASE).to_numpy()
    if usual is None or not fresh.any():
        return pd.DataFrame(columns=_COLUMNS)
    shown = fresh | (known & np.append(fresh[1:], False))
    line, fresh = line[shown], fresh[shown]
    moving = np.where(fresh, _moving(measure, shelf, area, line), 0.0)
    value = line["value"].to_numpy()
    ends = {"low": value * (1 + moving * usual.low), "high": value * (1 + moving * usual.high)}
    return pd.DataFrame({"area": area, "period": line["period"].to_numpy(), **ends})


def _moving(measure: Measure, shelf: Shelf, area: str, line: pd.DataFrame) -> np.ndarray:
    """Which share of each figure is provisional."""
    query, dataset = measure.query, measure.card.dataset
    width = width_of(line["period"].iloc[0], query.view)
    if width == 1:
        return np.ones(len(line))
    safe = shelf.table(dataset, query.release)
    series = safe.series(measure.card.variable, query.category, area)
    provisional = np.where(["provisional" in reason.split("|") for reason in series.reasons], series.values, 0.0)
    ends = [safe.position(period) + 1 for period in line["period"]]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num([provisional[end - width : end].sum() / series.values[end - width : end].sum() for end in ends])
