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

from dataclasses import replace

import numpy as np
import pandas as pd

from disclosure.remembered import MB, remembered
from disclosure.unallocated import times_of_part, unallocated_shares
from loaders import periods
from measures.change.trend_fits import LEAST_BLOCKS, MOST_BLOCKS, Span, Trend, bounded, fit, fit_share
from measures.figures.change_verdict import TESTED
from measures.lines.area_lines import pairs_of
from measures.lines.columns import frame_of
from measures.lines.line import Line, finals
from measures.lines.query import Query
from measures.lines.scope import Scope, divided
from measures.lines.year_before import Pair
from measures.store.shelf import Shelf

_SUMMED = {"count": "rolling", "rate": "rolling_rate"}  # the view whose figures are a year each
COMPARABLE = (
    "",
    "none",
    "late",
    "releases",
    "too_short",
    "zero_denominator",
    "unallocated",
    "no_test",
)  # a figure with this against its verdict continues a stretch all the same


@remembered()
def trend(query: Query, shelf: Shelf, area: str) -> Trend:
    """The trend of one area over the periods that ``query`` shows: whole years that end with the latest final period.

    The years lie within one stretch: none over a cut, none with a missing or provisional period. A rate is modelled
    with its
    residents, a share in points of its whole, a count as it is. The latest ten are tested where there are more. Of an
    area the verdict holds without and with its proportional part of what was allocated to no area, or none is given.
    Of shares of full counts the ends and the steps are told, without a test.
    """
    card = shelf.measures[query.measure]
    if not (card.tested and query.view in TESTED):
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
    counted_anew = _counted_anew(query, shelf, area, (blocks["period"].iloc[0], ends["last"]), year)
    if (len(blocks) > MOST_BLOCKS and not counted_anew) or not card.judges(query.view):
        ends["span"] = _span(blocks, query.view)
    if not card.judges(query.view):
        return Trend("cannot_say", "no_test", **ends)
    if len(blocks) < LEAST_BLOCKS:
        return Trend("cannot_say", "too_few_periods", **ends)
    events, exposure = tested["events"].to_numpy(), tested["exposure"].to_numpy()
    if query.view == "share":
        return replace(fit_share(events, exposure), **ends)
    times = times_of_part(_apart(query, shelf, area, tuple(tested["period"])))
    published = fit(events, exposure)
    return replace(published if (times == 1).all() else bounded(published, fit(events * times, exposure)), **ends)


def _apart(query: Query, shelf: Shelf, area: str, ends: tuple[str, ...]) -> np.ndarray:
    """The share of the place's count that was allocated to no area, of the years that end so; 0 for the place
    itself."""
    card, place = shelf.measures[query.measure], shelf.places[query.place]
    safe = shelf.table(card.dataset, query.release)
    if area not in {own.code for own in place.areas}:
        return np.zeros(len(ends))
    shares = unallocated_shares(
        safe, place, divided(card, query.view), query.category, periods.per_year(safe.periods[0])
    )
    return shares[[safe.position(period) for period in ends]]


def _counted_anew(query: Query, shelf: Shelf, area: str, ends: tuple[str, str], year: int) -> bool:
    """Did the way of counting change within the years that end with these two periods (``no_trend`` of the card)?"""
    begun, last = periods.shift(ends[0], 1 - year), ends[1]
    return any(
        cut.effect == "no_trend"
        and cut.touches(area, query.category)
        and (begun <= cut.until or begun < cut.at)
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
    areas = query.areas if area in query.areas else (area,)  # all of them at once: the next area finds them made
    summed = replace(query, view=_SUMMED.get(query.view, query.view), areas=areas)
    scope, years = Scope(summed, shelf), _years(summed, shelf)
    inside = slice(scope.width - 1, None)  # a year that began before the span shown is not part of it
    now, why = years.now.mapped(lambda values: values[areas.index(area)][inside]), years.why[areas.index(area)][inside]
    events, exposure = _parts(now, query.view)
    settled = finals(now.statuses, now.reasons)
    frame = frame_of(
        {
            "period": np.array(scope.shown[inside], dtype=object),
            "events": events,
            "exposure": exposure,
            "whole": np.isfinite(events) & np.isfinite(exposure) & (exposure > 0) & np.array(settled, dtype=bool),
            "joins": np.isin(why, COMPARABLE),
        }
    )
    return frame if query.view != "share" or scope.year == 1 else _summed(frame, scope.year)


@remembered(8 * MB)
def _years(query: Query, shelf: Shelf) -> Pair:
    """The figures of the areas asked with what speaks against comparing each with that of a year before. Whether a
    comparison is tested, and how it ends, has no part in it: those reasons let a stretch go on all the same."""
    return pairs_of(Scope(query, shelf))


def _parts(line: Line, view: str) -> tuple[np.ndarray, np.ndarray]:
    if view == "share":
        return line.numerators, line.denominators
    events = np.where(np.isnan(line.numerators), line.values, line.numerators)
    alone = np.isnan(line.denominators) & ("rate" not in view)
    return events, np.where(alone, 1.0, line.denominators)


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
