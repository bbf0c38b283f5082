"""How far may the newest figures still move, going by how much fresh figures were revised before?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from disclosure.remembered import remembered
from measures.change.revisions import LEVELS, Usual, usual_revision
from measures.figures.change_verdict import SMALL_BASE
from measures.figures.compute import Measure, compute
from measures.figures.line import Line, final
from measures.figures.query import Query
from measures.figures.views import width_of
from measures.store.shelf import Shelf

BANDED = ("count", "rate", "rolling", "rolling_rate")
_COLUMNS = ("area", "period", "low", "high")


def usual_of(measure: Measure, shelf: Shelf, area: str) -> Usual | None:
    """The usual revision that stands for the provisional figures of an area in this view; None where none is known."""
    if measure.query.view not in BANDED or measure.card.kind != "count":
        return None
    return usual_revision(shelf, measure.card.dataset, LEVELS[0] if area == measure.place.code else LEVELS[1])


@remembered()
def fresh_band(query: Query, shelf: Shelf) -> pd.DataFrame:
    """One row = one provisional figure with its range; columns area, period, low, high.

    The figure before the first of them comes too, with itself as both ends, so that the band opens where the line ends.
    A count under 30 has none: a percentage says nothing about it. Of a rolling sum only the provisional periods move:
    100
    of which 20 are provisional, revised by 10 %, is 102.
    """
    measure = compute(query, shelf)
    parts = [_band(measure, shelf, at) for at in range(len(query.areas))]
    ends = [{"area": area, **part} for area, part in zip(query.areas, parts, strict=True) if part]
    return pd.concat([pd.DataFrame(one) for one in ends], ignore_index=True) if ends else pd.DataFrame(columns=_COLUMNS)


def _band(measure: Measure, shelf: Shelf, at: int) -> dict:
    """Periods and both ends for the area drawn at that place; every area holds every period in the same order."""
    area, size = measure.query.areas[at], len(measure.periods)
    usual = usual_of(measure, shelf, area)
    if usual is None:
        return {}
    value, status, parts = (
        measure.table[name].to_numpy()[at * size : (at + 1) * size] for name in ("value", "status", "numerator")
    )
    known = np.isfinite(value)
    fresh = known & (status == "p") & (np.where(np.isnan(parts), value, parts) >= SMALL_BASE)
    shown = np.flatnonzero(fresh | (known & np.append(fresh[1:], False)))
    if not fresh.any():
        return {}
    moving = np.where(fresh[shown], _moving(measure, shelf, area, shown), 0.0)
    ends = {"low": value[shown] * (1 + moving * usual.low), "high": value[shown] * (1 + moving * usual.high)}
    return {"period": [measure.periods[one] for one in shown], **ends}


def _moving(measure: Measure, shelf: Shelf, area: str, shown: np.ndarray) -> np.ndarray:
    """Which share of each figure is provisional; ``shown``: the numbers of its periods among those of the measure."""
    query = measure.query
    width = width_of(measure.periods[0], query.view)
    if width == 1:
        return np.ones(len(shown))
    safe = shelf.table(measure.card.dataset, query.release)
    ends = shown + safe.position(measure.periods[0]) + 1
    series = Line.of(safe.series(measure.card.variable, query.category, area)).cut(slice(ends[0] - width, None))
    provisional = np.where(
        [final(*cell) for cell in zip(series.statuses, series.reasons, strict=True)], 0.0, series.values
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        ends = ends - (ends[0] - width)
        return np.nan_to_num(
            [provisional[end - width : end].sum() / series.values[end - width : end].sum() for end in ends]
        )
