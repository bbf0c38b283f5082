"""How often does a verdict say a change where there is none? As measured by simulation (``python -m bench.nulls``), not
as promised."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from loaders import data_folder, periods
from measures.lines.views import width_of

_FILE = "false_alarms.toml"


@dataclass(frozen=True)
class FalseAlarms:
    """``date``: when it was measured. ``mean``, ``worst``: by kind of figure (month, year_of_months, year, share),
    parts of 1; ``trend``: by kind of null."""

    date: date
    mean: dict[str, float]
    worst: dict[str, float]
    trend: dict[str, float]

    def of(self, period: str, view: str) -> float:
        """The mean rate of figures of a view with such periods."""
        return self.mean[kind_of(period, view)]


def kind_of(period: str, view: str) -> str:
    """As which kind of figure the simulation knows those of a view with such periods."""
    if view == "share":
        return "share"
    if periods.per_year(period) == 1:
        return "year"
    return "month" if width_of(period, view) == 1 else "year_of_months"


def false_alarms() -> FalseAlarms | None:
    """What the last simulation found; None for a data folder that was not simulated."""
    path = data_folder() / _FILE
    return _read(path) if path.exists() else None


@cache
def _read(path: Path) -> FalseAlarms:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = {name: rates for name, rates in raw.items() if isinstance(rates, dict) and "mean" in rates}
    return FalseAlarms(
        raw["date"], *({name: rates[part] for name, rates in kinds.items()} for part in ("mean", "worst")), raw["trend"]
    )
