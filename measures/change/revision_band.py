"""How far may the newest figures still move, going by how much figures of their group and age were revised before?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from disclosure.remembered import remembered
from measures.figures.change_verdict import SMALL_BASE
from measures.figures.compute import compute
from measures.figures.fresh import still_moving
from measures.lines.columns import frame_of
from measures.lines.query import Query
from measures.store.shelf import Shelf

_COLUMNS = ("area", "period", "low", "high")


@remembered()
def fresh_band(query: Query, shelf: Shelf) -> pd.DataFrame:
    """One row = one figure that is still revised with its range; columns area, period, low, high.

    The figure before the first of them comes too, with itself as both ends, so that the band opens where the line is
    settled. A range need not hold the figure itself: what is usually raised is expected above it. A count under 30 has
    none: a percentage says nothing about it.
    """
    measure = compute(query, shelf)
    moving = still_moving(query, shelf, measure.periods)
    shape = (len(query.areas), len(measure.periods))
    value, parts = (measure.columns[name].reshape(shape) for name in ("value", "numerator"))
    known = np.isfinite(value)
    fresh = known & (moving != 0).any(axis=0) & (np.where(np.isnan(parts), value, parts) >= SMALL_BASE)
    following = np.concatenate([fresh[:, 1:], np.zeros((shape[0], 1), dtype=bool)], axis=1)
    rows, columns = np.nonzero(fresh | (known & following))
    if not len(rows):
        return frame_of({name: [] for name in _COLUMNS})
    low, high = (value * (1 + np.where(fresh, end, 0.0)) for end in moving)
    return frame_of(
        {
            "area": np.array(query.areas, dtype=object)[rows],
            "period": np.array(measure.periods, dtype=object)[columns],
            "low": low[rows, columns],
            "high": high[rows, columns],
        }
    )
