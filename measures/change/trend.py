"""Has a series risen or fallen over several years, or could chance and the likeness of neighbouring years have done it?

A Poisson model of yearly blocks (McCullagh and Nelder 1989, chapter 6) with the logarithm of what they are divided by
as offset; a share
by a straight line in percentage points. Errors allow for autocorrelation (``measures.inference.slopes``). At most ten
years are
tested: over
longer spans a straight line is no fair summary, and the change from first to last and the number of rises and falls
are told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from disclosure.remembered import remembered
from loaders import periods
from measures.figures.change_verdict import TESTED
from measures.figures.compute import Measure, compute
from measures.figures.line import is_final
from measures.figures.query import Query
from measures.figures.views import width_of
from measures.inference.slopes import LEVEL, Slope, slope_of_counts, slope_of_points
from measures.store.shelf import Shelf

LEAST_BLOCKS, MOST_BLOCKS = 5, 10
_SUMMED = {"count": "rolling", "rate": "rolling_rate"}  # the view whose figures are a year each
_COMPARABLE = (
    "",
    "none",
    "late",
    "releases",
    "too_short",
    "zero_denominator",
)  # a figure with this against its verdict continues a stretch all the same


@dataclass(frozen=True)
class Span:
    """All comparable years of the span: the periods that the first and the last end with, how many, the change from
    first to last and its steps.

    ``change``: last ÷ first − 1 (of a share: percentage points); NaN where the first is zero. ``rises``, ``falls``:
    from one year to the next.
    """

    first: str
    last: str
    blocks: int
    change: float
    rises: int
    falls: int


@dataclass(frozen=True)
class Trend:
    """The trend over ``blocks`` years. ``first`` and ``last`` are the periods with which the first and the last year
    end.

    ``per_year``: the ratio from one year to the next, less 1 (of a share: percentage points a year), with its 95 %
    limits ``low`` and
    ``high``; ``p`` of no trend; ``rho``: how alike neighbouring years are. ``verdict`` and ``why`` as in
    ``measures.figures.change_verdict``. ``span``: where more years are
    comparable than are tested, all of them.
    """

    verdict: str
    why: str
    per_year: float = np.nan
    low: float = np.nan
    high: float = np.nan
    first: str = ""
    last: str = ""
    blocks: int = 0
    p: float = np.nan
    rho: float = np.nan
    span: Span | None = None


@remembered()
def trend(query: Query, shelf: Shelf, area: str) -> Trend:
    """The trend of one area over the periods that ``query`` shows: whole years that end with the latest final period.

    The years lie within one stretch: none over a cut, none with a missing or provisional period. A rate is modelled
    with its
    residents, a share in points of its whole, a count as it is. The latest ten are tested where there are more.
    """
    if not (shelf.measures[query.measure].tested and query.view in TESTED):
        return Trend("cannot_say", "no_test")
    yearly = _yearly(query, shelf, area)
    if not yearly["whole"].any():
        return Trend("cannot_say", "no_figure")
    blocks = _blocks(yearly, periods.per_year(yearly["period"].iloc[0]))
    tested = blocks.iloc[-MOST_BLOCKS:]
    year = periods.per_year(yearly["period"].iloc[0])
    ends = {"first": tested["period"].iloc[0], "last": tested["period"].iloc[-1], "blocks": len(tested)}
    if _counted_anew(query, shelf, area, tuple(ends.values())[:2], year):
        return Trend("cannot_say", "counting", **ends)
    if len(blocks) > MOST_BLOCKS and not _counted_anew(
        query, shelf, area, (blocks["period"].iloc[0], ends["last"]), year
    ):
        ends["span"] = _span(blocks, query.view)
    if len(blocks) < LEAST_BLOCKS:
        return Trend("cannot_say", "too_few_periods", **ends)
    found = (fit_share if query.view == "share" else fit)(tested["events"].to_numpy(), tested["exposure"].to_numpy())
    return replace(found, **ends)


def _counted_anew(query: Query, shelf: Shelf, area: str, ends: tuple[str, str], year: int) -> bool:
    """Did the way of counting change within the years that end with these two periods (``no_trend`` of the card)?"""
    begun, last = periods.shift(ends[0], 1 - year), ends[1]
    return any(
        cut.effect == "no_trend"
        and cut.touches(area, query.category)
        and begun < (cut.until or cut.at)
        and cut.at <= last
        for cut in shelf.cards[shelf.measures[query.measure].dataset].breaks
    )


def _span(blocks: pd.DataFrame, view: str) -> Span:
    value = (blocks["events"] / blocks["exposure"]).to_numpy()
    steps = np.diff(value)
    change = (value[-1] - value[0]) * 100 if view == "share" else value[-1] / value[0] - 1 if value[0] > 0 else np.nan
    return Span(
        blocks["period"].iloc[0],
        blocks["period"].iloc[-1],
        len(blocks),
        float(change),
        int((steps > 0).sum()),
        int((steps < 0).sum()),
    )


def _yearly(query: Query, shelf: Shelf, area: str) -> pd.DataFrame:
    """One row = one year that ends with ``period``: ``events``, ``exposure``, ``whole`` (is it final and without
    gaps?), ``joins``."""
    asked = query.areas if area in query.areas else (area,)  # all of them at once: the next area finds the table made
    made = compute(replace(query, view=_SUMMED.get(query.view, query.view), areas=asked), shelf)
    width = periods.per_year(made.periods[0]) if made.periods else 1
    inside = width_of(made.periods[0], made.query.view) if made.periods else 1
    table = made.line(area).iloc[inside - 1 :]  # a year that began before the span shown is not part of it
    events, exposure = _parts(made, table)
    whole = np.isfinite(events) & np.isfinite(exposure) & (exposure > 0) & is_final(table)
    found = pd.DataFrame(
        {
            "period": table["period"],
            "events": events,
            "exposure": exposure,
            "whole": whole,
            "joins": table["why"].isin(_COMPARABLE),
        }
    )
    return found if query.view != "share" or width == 1 else _summed(found, width)


def _parts(made: Measure, table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    if made.query.view == "share":
        return table["numerator"], table["denominator"]
    return table["numerator"].fillna(table["value"]), table["denominator"].fillna(
        1.0
    ) if "rate" not in made.query.view else table["denominator"]


def _summed(parts: pd.DataFrame, width: int) -> pd.DataFrame:
    """Parts and wholes of a share added up to years."""
    rolling = parts.drop(columns="period").astype(float).rolling(width)
    sums, every = rolling.sum(), rolling.min()
    return parts.assign(
        events=sums["events"], exposure=sums["exposure"], whole=every["whole"] == 1, joins=every["joins"] == 1
    ).iloc[width - 1 :]


def _blocks(yearly: pd.DataFrame, year: int) -> pd.DataFrame:
    """Every twelfth month (fourth quarter, each year), back from the latest final one for as long as the years are
    comparable."""
    final = np.flatnonzero(yearly["whole"])
    chosen = [final[-1]]
    while chosen[-1] >= year and yearly["joins"].iloc[chosen[-1]] and yearly["whole"].iloc[chosen[-1] - year]:
        chosen.append(chosen[-1] - year)
    return yearly.iloc[chosen[::-1]]


def fit(events: np.ndarray, exposure: np.ndarray) -> Trend:
    """The trend of ``events`` over ``exposure`` in equal periods one behind the other.

    120, 132, 118, 141, 150 events: 5.4 % a year, p 0.058, so no clear change.
    """
    if (events > 0).sum() < 2:  # one year with events has no slope
        return Trend("cannot_say", "zero_denominator")
    found = slope_of_counts(events.astype(float), exposure.astype(float))
    return _judged(found, *map(float, np.expm1([found.slope, found.low, found.high])))


def fit_share(part: np.ndarray, whole: np.ndarray) -> Trend:
    """The trend of ``part`` in ``whole`` in percentage points a year."""
    share = part / whole
    found = slope_of_points(share * 100, float(np.mean(share * (1 - share) / whole)) * 100**2)
    return _judged(found, found.slope, found.low, found.high)


def _judged(found: Slope, per_year: float, low: float, high: float) -> Trend:
    verdict = "no_clear_change" if found.p >= LEVEL else "rise" if found.slope > 0 else "fall"
    return Trend(verdict, "", per_year, low, high, p=found.p, rho=found.rho)


def warm_models() -> None:
    """Import what a model needs, so that no reader waits for it."""
    fit(np.arange(1.0, LEAST_BLOCKS + 1), np.ones(LEAST_BLOCKS))
