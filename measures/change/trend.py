"""Has a series risen or fallen over several years, or could chance have done it?

A Poisson model of yearly blocks (McCullagh and Nelder 1989, chapter 6) with the logarithm of what they are divided by as
offset, widened to quasi-Poisson where the blocks scatter more than by chance. One odd year must not make a trend: leaving
out any one block has to keep its sign.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from disclosure.remembered import remembered
from loaders import periods
from measures.figures.compute import Measure, compute
from measures.figures.line import is_final
from measures.figures.query import Query
from measures.figures.verdict import TESTED
from measures.figures.views import width_of
from measures.store.shelf import Shelf

LEAST_BLOCKS = 5
LEVEL = 0.05
_SUMMED = {"count": "rolling", "rate": "rolling_rate"}  # the view whose figures are a year each
_COMPARABLE = (
    "",
    "too_short",
    "zero_denominator",
)  # a figure with this against its verdict continues a stretch all the same


@dataclass(frozen=True)
class Trend:
    """The trend over ``blocks`` years. ``first`` and ``last`` are the periods with which the first and the last year end.

    ``per_year``: the ratio from one year to the next, less 1, with its 95 % limits ``low`` and ``high``; ``p`` of no trend.
    ``verdict`` and ``why`` as in ``measures.figures.verdict``.
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


@remembered()
def trend(query: Query, shelf: Shelf, area: str) -> Trend:
    """The trend of one area over the periods that ``query`` shows: whole years that end with the latest final period.

    The years lie within one stretch: none over a cut, none with a missing or provisional period. A rate is modelled with its
    residents, a share with its whole, a count as it is.
    """
    if not (shelf.measures[query.measure].tested and query.view in TESTED):
        return Trend("cannot_say", "no_test")
    yearly = _yearly(query, shelf, area)
    if not yearly["whole"].any():
        return Trend("cannot_say", "no_figure")
    blocks = _blocks(yearly, periods.per_year(yearly["period"].iloc[0]))
    ends = {"first": blocks["period"].iloc[0], "last": blocks["period"].iloc[-1], "blocks": len(blocks)}
    if len(blocks) < LEAST_BLOCKS:
        return Trend("cannot_say", "too_few_periods", **ends)
    return replace(fit(blocks["events"].to_numpy(), blocks["exposure"].to_numpy()), **ends)


def _yearly(query: Query, shelf: Shelf, area: str) -> pd.DataFrame:
    """One row = one year that ends with ``period``: ``events``, ``exposure``, ``whole`` (is it final and without gaps?), ``joins``."""
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
    """Every twelfth month (fourth quarter, each year), back from the latest final one for as long as the years are comparable."""
    final = np.flatnonzero(yearly["whole"])
    chosen = [final[-1]]
    while chosen[-1] >= year and yearly["joins"].iloc[chosen[-1]] and yearly["whole"].iloc[chosen[-1] - year]:
        chosen.append(chosen[-1] - year)
    return yearly.iloc[chosen[::-1]]


def fit(events: np.ndarray, exposure: np.ndarray) -> Trend:
    """The trend of ``events`` over ``exposure`` in equal periods one behind the other.

    120, 132, 118, 141, 150 events: 5.4 % a year, p 0.058, so no clear change.
    """
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    at = np.arange(len(events), dtype=float)
    if events.sum() == 0:
        return Trend("cannot_say", "zero_denominator")
    design = np.column_stack([np.ones(len(at)), at - at.mean()])
    model = GLM(events, design, family=Poisson(), offset=np.log(exposure))
    found = model.fit()
    if found.pearson_chi2 > found.df_resid:
        found = model.fit(scale="X2", use_t=True)
    low, high = np.expm1(found.conf_int(LEVEL)[1])
    clear = found.pvalues[1] < LEVEL and _keeps_its_sign(events, exposure, at, found.params[1])
    verdict = "no_clear_change" if not clear else "rise" if found.params[1] > 0 else "fall"
    return Trend(verdict, "", float(np.expm1(found.params[1])), float(low), float(high), p=float(found.pvalues[1]))


def _keeps_its_sign(events: np.ndarray, exposure: np.ndarray, at: np.ndarray, slope: float) -> bool:
    """Does the slope keep its sign whichever block is left out?

    The likelihood is concave, so the sign of a slope fitted without a block is the sign of the score where it is zero.
    """
    kept = ~np.eye(len(events), dtype=bool)
    rate = kept @ events / (kept @ exposure)
    scores = kept @ (at * events) - rate * (kept @ (at * exposure))
    return bool((np.sign(scores) == np.sign(slope)).all())


def warm_models() -> None:
    """Import what a model needs, so that no reader waits for it."""
    fit(np.arange(1.0, LEAST_BLOCKS + 1), np.ones(LEAST_BLOCKS))
