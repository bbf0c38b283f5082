"""Is the difference of two periods a change? Any two that may be compared, not only a year and the year before it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from disclosure.remembered import unchangeable
from loaders import periods
from measures.comparability.answer import compare
from measures.comparability.figure import Figure, FigureFacts, facts_of
from measures.figures.compute import Measure, compute
from measures.figures.discoveries import RATE
from measures.figures.judged import Columns, grounds_of, judged
from measures.figures.linked import Links, links_of
from measures.figures.overdispersion import noise_of
from measures.lines.line import Line
from measures.lines.query import Query
from measures.lines.scope import Scope
from measures.lines.views import days_of
from measures.lines.year_before import Pair
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
    pair = Pair(_line(now), _line(before), why, *(_apart(facts_of(side, place, shelf)) for side in reversed(sides)))
    columns = _judged(pair, sides, now, shelf)
    if any(finding.key == "two_releases" for finding in answer.findings):
        columns["crosses"] |= columns["link_how"] == ""
    earlier = {
        "before_period": np.array([before.query.last], dtype=object),
        "before_numerator": before.columns["numerator"],
    }
    return replace(now, columns=unchangeable(now.columns | earlier | columns))


def _judged(pair: Pair, sides: list[Figure], now: Measure, shelf: Shelf) -> Columns:
    """The columns that judge the later of two figures: linked over releases as those of a year are, its ups and downs
    those of the distance."""
    earlier, later = sides
    scope, view = Scope(now.query, shelf), later.view
    noise, pinned = noise_of(scope), {side.release for side in sides} != {"latest"}
    factor = further(noise.factor, _years(earlier.last, later.last))
    days = np.array([days_of(later.last, view) / days_of(earlier.last, view)])
    apart = periods.ordinal(later.last) - periods.ordinal(earlier.last)
    links = Links.none((1, 1)) if pinned else links_of(scope, apart)
    columns = judged(grounds_of(scope, replace(noise, factor=factor), days), pair, links, scope)
    compared = columns["why"] == ""
    return columns | {
        "fluctuation": np.where(compared, factor.ravel(), np.nan),
        "fluctuation_df": np.where(compared, noise.df.ravel(), np.nan),
        "stands": columns["p"] <= RATE,
        **dict.fromkeys(("areas_higher", "areas_lower", "areas_p"), np.array([np.nan])),  # of a year before alone
    }


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
