"""How far may the newest figures still move, going by how much fresh figures were revised before?"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from loaders import periods
from measures.compute import Measure
from measures.revisions import LEVELS, Usual, usual_revision
from measures.shelf import Shelf

BANDED = ("count", "rate", "rolling", "rolling_rate")
_COLUMNS = ("area", "period", "low", "high")


def usual_of(measure: Measure, shelf: Shelf, area: str) -> Usual | None:
    """The usual revision that stands for the provisional figures of an area in this view; None where none is known."""
    if measure.query.view not in BANDED or measure.card.kind != "count":
        return None
    return usual_revision(shelf, measure.card.dataset, LEVELS[0] if area == measure.place.code else LEVELS[1])


def fresh_band(measure: Measure, shelf: Shelf) -> pd.DataFrame:
    """One row = one provisional figure with its range; columns area, period, low, high.

    The final figure before it comes too, with itself as both ends, so that the band opens where the line ends.
    Of a rolling sum only the provisional periods move: 100 of which 20 are provisional, revised by 10 %, is 102.
    """
    parts = [_band(measure, shelf, area) for area in measure.query.areas]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)


def _band(measure: Measure, shelf: Shelf, area: str) -> pd.DataFrame:
    usual = usual_of(measure, shelf, area)
    line = measure.line(area)
    fresh = ((line["status"] == "p") & np.isfinite(line["value"])).to_numpy()
    if usual is None or not fresh.any():
        return pd.DataFrame(columns=_COLUMNS)
    shown = fresh | (np.append(fresh[1:], False) & np.isfinite(line["value"]).to_numpy())
    line, fresh = line[shown], fresh[shown]
    moving = np.where(fresh, _moving(measure, shelf, area, line), 0.0)
    value = line["value"].to_numpy()
    return pd.DataFrame(
        {"area": area, "period": line["period"].to_numpy(), "low": value * (1 + moving * usual.low), "high": value * (1 + moving * usual.high)}
    )


def _moving(measure: Measure, shelf: Shelf, area: str, line: pd.DataFrame) -> np.ndarray:
    """Which share of each figure is provisional."""
    if not measure.query.view.startswith("rolling"):
        return np.ones(len(line))
    counts, provisional = _provisional(shelf, measure.card.dataset, measure.card.variable, measure.query.category, area, measure.query.release)
    ends = [shelf.table(measure.card.dataset, measure.query.release).position(period) + 1 for period in line["period"]]
    width = periods.per_year(line["period"].iloc[0])
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num([provisional[end - width : end].sum() / counts[end - width : end].sum() for end in ends])


@lru_cache(maxsize=1024)
def _provisional(shelf: Shelf, dataset: str, variable: str, category: str, area: str, release: str) -> tuple[np.ndarray, np.ndarray]:
    """All counts of a line, and those of them that are provisional (zero elsewhere)."""
    series = shelf.table(dataset, release).series(variable, category, area)
    return series.values, np.where(["provisional" in reason.split("|") for reason in series.reasons], np.nan_to_num(series.values), 0.0)
