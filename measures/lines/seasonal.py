"""A line of counts with its season taken out: worked out by the build for every area and category, or now where it was
not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from disclosure.parquet_table import IN_MEMORY
from disclosure.remembered import MB, remembered
from loaders import periods
from loaders.statuses import WITHOUT_VALUE
from measures.lines.line import Line, finals
from measures.lines.stl import FEWEST, SHORTEST, stretches, without_season
from measures.lines.views import days_of
from measures.lines.year_before import cut_positions
from measures.store import artifacts
from measures.store.shelf import Shelf

ADJUSTED = "adjusted"
MEAN_FEBRUARY = 28.25  # days
_FILE = "adjusted.parquet"


class SeriesCodes(NamedTuple):
    """Which published series: codes only."""

    dataset: str
    variable: str
    category: str
    area: str
    release: str = "latest"


@remembered()
def adjusted(shelf: Shelf, series: SeriesCodes) -> Line:
    """The whole line, seasonally adjusted; every figure is an estimate ('e', reason ``adjusted``), provisional ones
    stay 'p'.

    Each stretch between breaks and gaps is adjusted on its own; one that is too short, too small or has no season has
    no figure ('x').
    """
    safe, card = shelf.table(series.dataset, series.release), shelf.cards[series.dataset]
    counts = Line.of(safe.series(series.variable, series.category, series.area))
    values = None
    if series.release == "latest":
        values = _built(shelf, series.dataset, series.variable).get((series.category, series.area))
    cuts = cut_positions(card, safe.periods, series.area, series.category)
    if values is None:
        values = _worked_out(safe.periods, counts, cuts)
    line = Line(values, counts.statuses.copy(), counts.reasons.copy(), counts.numerators, counts.denominators)
    for part in stretches(counts.values, cuts):
        within = np.zeros(len(values), dtype=bool)
        within[part] = True
        if np.isfinite(values[part]).all():
            line.mark(within, "e", "adjusted")
        else:
            line.mark(within, "x", _why(counts.values[part], _final(counts)[part]))
    return line


def _why(counts: np.ndarray, known: np.ndarray) -> str:
    """Why a stretch was not adjusted."""
    length = int(np.flatnonzero(known)[-1]) + 1 if known.any() else 0
    return "season_short" if length < SHORTEST else "season_few" if counts[:length].mean() < FEWEST else "season_none"


def _worked_out(known: tuple[str, ...], counts: Line, cuts: list[int]) -> np.ndarray:
    """The adjusted values of counts in the periods ``known``, each stretch on its own."""
    values = np.full(len(counts.values), np.nan)
    if periods.per_year(known[0]) == 12:
        even = counts.values / february(known)
        for part in stretches(counts.values, cuts):
            values[part] = without_season(even[part], _final(counts)[part])
    return values


def february(months: tuple[str, ...]) -> np.ndarray:
    """How long each month is beside its mean length over four years: 1, but for February 28 or 29 ÷ 28.25.

    The calendar is allowed for before the season (ESS guidelines on seasonal adjustment 2024, item 2.2): else the day
    more of a leap year stays in the adjusted figure.
    """
    days = {month: days_of(month, "count") for month in months if month.endswith("-02")}
    return np.array([days.get(month, MEAN_FEBRUARY) / MEAN_FEBRUARY for month in months])


def _final(line: Line) -> np.ndarray:
    return finals(line.statuses, line.reasons) & ~np.isin(line.statuses, WITHOUT_VALUE)


def write_adjusted(shelf: Shelf, dataset: str) -> None:
    """Adjust every line of the measures that have the view; one file a dataset, one row = one category and area of a
    variable.

    Of a table that stays on the disk no line is adjusted here: there are too many of them, and one takes a few
    milliseconds when it is asked for.
    """
    card, safe = shelf.cards[dataset], shelf.table(dataset)
    variables = sorted(
        {
            measure.variable
            for measure in shelf.measures.values()
            if measure.dataset == dataset and ADJUSTED in measure.views
        }
    )
    if not variables or safe.size > IN_MEMORY:
        return
    keys = [(variable, category, area) for variable in variables for category in safe.categories for area in safe.areas]
    rows = [
        _worked_out(
            safe.periods,
            Line.of(safe.series(variable, category, area)),
            cut_positions(card, safe.periods, area, category),
        )
        for variable, category, area in keys
    ]
    columns = dict(zip(("variable", "category", "area"), map(list, zip(*keys, strict=True)), strict=True))
    columns["values"] = pa.array(list(map(np.asarray, rows)), pa.list_(pa.float64()))
    artifacts.keep_table(shelf.built, card, _FILE, pa.table(columns))


@remembered(48 * MB)
def _built(shelf: Shelf, dataset: str, variable: str) -> dict[tuple[str, str], np.ndarray]:
    """What the build adjusted, by category and area; nothing when file, card or code have changed since."""
    flat = artifacts.kept_table(shelf.built, shelf.cards[dataset], _FILE)
    if flat is None:
        return {}
    size = len(shelf.table(dataset).periods)
    values = flat["values"].combine_chunks().flatten().to_numpy().reshape(-1, size)
    keys = zip(
        flat["variable"].to_pylist(), flat["category"].to_pylist(), flat["area"].to_pylist(), values, strict=True
    )
    return {(category, area): row for name, category, area, row in keys if name == variable}
