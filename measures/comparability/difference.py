"""Is the difference of two periods a change? Any two that may be compared, not only a year and the year before it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from loaders import periods
from measures.comparability.answer import compare
from measures.comparability.figure import Figure, FigureFacts, facts_of
from measures.figures.change_verdict import Grounds, verdict_of_change
from measures.figures.compute import Measure, compute
from measures.figures.discoveries import RATE
from measures.figures.line import Line
from measures.figures.overdispersion import noise_of
from measures.figures.query import Query
from measures.figures.views import days_of, width_of
from measures.store.shelf import Shelf

_DOUBTS = ("provisional", "low_reliability")  # the figures are drawn together, and no verdict is given


def single_figure(side: Figure, place: str, shelf: Shelf) -> Measure:
    """The one figure of a side as a measure of one row."""
    return compute(
        Query(place, side.measure, (side.area,), side.category, side.view, side.last, side.last, side.release), shelf
    )


def between(figure: Figure, other: Figure, place: str, shelf: Shelf) -> Measure | None:
    """The later of two figures of one area, judged against the earlier as ``measures.figures.change_verdict`` judges a
    year; None where they may not be compared.

    A measure of one row, whose columns ``before_period``, ``before``, ``change``, its limits, ``verdict`` and ``why``
    speak of the two.
    """
    answer = compare(figure, other, place, shelf)
    if not answer.advised:
        return None
    sides = sorted((figure, other), key=lambda side: side.last)
    before, now = (single_figure(side, place, shelf) for side in sides)
    if _years(before.query.last, now.query.last) == 1 and before.query.release == now.query.release:
        return now  # its table has judged it against the year before already
    doubt = next((finding.key for finding in answer.findings if finding.key in _DOUBTS), "")
    why = np.array([{"low_reliability": "unreliable"}.get(doubt, doubt)], dtype=object)
    query, card = now.query, now.card
    noise = noise_of(
        shelf, card, query.view, query.category, query.areas, (query.last,), width_of(query.last, query.view)
    )
    days = np.array([days_of(query.last, query.view) / days_of(before.query.last, query.view)])
    factor = further(noise.factor.ravel(), _years(before.query.last, query.last))
    apart = [_apart(facts_of(side, place, shelf)) for side in reversed(sides)]
    df, chance = noise.df.ravel(), card.limits == "chance"
    grounds = Grounds(query.view, now.per, card.judges(query.view), factor, df, days, *apart, chance)
    result = verdict_of_change(grounds, _line(now), _line(before), why)
    judged = result["why"] == ""
    result |= {
        "fluctuation": np.where(judged, factor, np.nan),
        "fluctuation_df": np.where(judged, noise.df.ravel(), np.nan),
        "stands": result["p"] <= RATE,
        **dict.fromkeys(("areas_higher", "areas_lower", "areas_p"), np.nan),  # of a year before alone
    }
    crosses = any(finding.key == "two_releases" for finding in answer.findings)
    table = now.table.assign(
        before_period=before.query.last,
        before_numerator=before.table["numerator"].to_numpy(),
        crosses=crosses,
        **result,
    )
    return replace(now, table=table)


def further(factor: np.ndarray, years: float) -> np.ndarray:
    """The factor of two figures ``years`` apart: what it has beyond chance grows with the distance, as that of a level
    that wanders.

    The variance between two points of a random walk is proportional to the time between them; of a level that returns
    to its mean it grows more slowly, and the verdict is then more careful than it need be.
    """
    return 1 + (factor - 1) * max(1.0, years)


def _years(before: str, now: str) -> float:
    return (periods.ordinal(now) - periods.ordinal(before)) / periods.per_year(now)


def _apart(side: FigureFacts) -> np.ndarray:
    """The share of the place's count that no area has; of the place itself nothing is missing."""
    return np.array([0.0 if side.whole or side.in_no_area else side.unallocated])


def _line(measure: Measure) -> Line:
    table = measure.table
    return Line(*(table[name].to_numpy() for name in ("value", "status", "reason", "numerator", "denominator")))
