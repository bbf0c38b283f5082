"""How does a figure compare with the same period a year before? Read off the columns that ``measures.verdict`` made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from measures.compute import Measure
from measures.line import final
from measures.verdict import COMPARED


@dataclass(frozen=True)
class Change:
    """Two figures of one line, a year apart.

    ``difference`` is now − before and ``ratio`` now ÷ before − 1, NaN where none may be said; ``low`` and ``high`` are the 95 %
    limits of the ratio (of the difference in percentage points for a share). ``verdict`` and ``why`` are those of the table.
    ``crosses``: the figures come from different releases. ``small``: a base under 30 events.
    """

    area: str
    period: str
    before_period: str
    now: float
    before: float
    difference: float
    ratio: float
    low: float
    high: float
    status: str
    crosses: bool
    small: bool
    verdict: str
    why: str

    @property
    def compared(self) -> bool:
        """May the two figures be set against each other at all?"""
        return bool(np.isfinite(self.difference))


def latest(measure: Measure, area: str) -> Change | None:
    """The change of the latest final figure, one without a provisional month in it; None where there is none."""
    line = measure.line(area)
    return _last(line[is_final(line)])


def is_final(line: pd.DataFrame) -> pd.Series:
    """Which figures have no provisional period in them?"""
    return pd.Series([final(*cell) for cell in zip(line["status"], line["reason"], strict=True)], line.index, dtype=bool)


def change(measure: Measure, area: str, period: str = "") -> Change | None:
    """The change of the latest figure, final or not (or that of ``period``); None without a figure."""
    line = measure.line(area)
    return _last(line if period == "" else line[line["period"] == period])


def _last(line: pd.DataFrame) -> Change | None:
    known = line[np.isfinite(line["value"])]
    return _change(known.iloc[-1]) if len(known) else None


def _change(row: pd.Series) -> Change:
    compared = row["why"] in COMPARED
    now, before = float(row["value"]), float(row["before"])
    return Change(
        row["area"], row["period"], row["before_period"], now, before, now - before if compared else np.nan,
        now / before - 1 if compared and before else np.nan, float(row["change_low"]), float(row["change_high"]), row["status"],
        bool(row["crosses"]), bool(row["small"]), row["verdict"], row["why"],
    )  # fmt: skip
