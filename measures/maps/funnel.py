"""Which areas stand apart from the rest, by more than chance and by more than areas differ among themselves anyway?

A funnel plot around the median area instead of a league table: D. J. Spiegelhalter, "Funnel plots for comparing
institutional
performance", Statistics in Medicine 24 (2005), 1185-1202; limits in ``measures.inference.funnel_limits``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from disclosure.remembered import MB, Frame, remembered
from disclosure.unallocated import is_large, unallocated_shares
from measures.figures.compute import Measure, Query, compute
from measures.figures.judged import Columns
from measures.inference.funnel_limits import CLASSES, LEVELS, Spread, classes_of, ratio_limits_expected, spread_of
from measures.lines.area_lines import pairs_of
from measures.lines.columns import frame_of
from measures.lines.line import final
from measures.lines.scope import Scope, divided
from measures.lines.views import width_of
from measures.store.shelf import Shelf

VIEWS = ("rate", "rolling_rate", "share")
FEWEST = 5  # areas with a figure; with fewer, how much areas differ among themselves cannot be told


@dataclass(frozen=True, eq=False)
class Funnel:
    """The areas of a place against the median area, in one period.

    ``table``: one row = one area, in the place's order; columns ``area``, ``value`` (its rate), ``observed``,
    ``exposure``,
    ``expected`` (the place's rate × exposure), ``ratio`` (observed ÷ expected), ``differs`` (one of CLASSES; '' where
    nothing may be said), ``status``, ``reason``. ``city``: the place's rate. ``per``: a rate is events ÷ exposure ×
    ``per``.
    ``spread``: where the median area lies and how far areas lie apart beyond chance (τ); limits lie around the one
    and are widened by
    the other. ``by_chance``: how many areas would lie outside the 95 % limits of chance alone (τ = 0). ``compared``:
    how many
    areas have a class. ``why``: a reason key where no area can be classed ('' where they are).
    """

    measure: Measure
    period: str
    table: pd.DataFrame = Frame()
    city: float
    per: int
    spread: Spread
    by_chance: int
    why: str

    @property
    def compared(self) -> int:
        return int((self.table["differs"] != "").sum())

    @property
    def middle(self) -> float:
        """The rate of the median area."""
        return self.city * self.spread.centre

    def counted(self, differs: str) -> int:
        """How many areas are of a class."""
        return int((self.table["differs"] == differs).sum())


def funnel_possible(query: Query, shelf: Shelf) -> bool:
    """Can areas be compared with the place at all? A rate or share is needed, of at least five areas and, in some
    final period, of the place."""
    card = shelf.measures[query.measure]
    if (
        query.view not in VIEWS
        or query.view not in card.views
        or not card.judges(query.view)
        or not shelf.working(card.name)
    ):
        return False
    safe, place = shelf.table(card.dataset, query.release), shelf.places[query.place]
    enough = safe.has(area=place.code) and sum(safe.has(area=area.code) for area in place.areas) >= FEWEST
    return enough and bool(final_periods(replace(query, areas=(), first="", last=""), shelf))


@remembered()
def final_periods(query: Query, shelf: Shelf) -> tuple[str, ...]:
    """The periods whose figure of the whole place exists and is not provisional."""
    scope = Scope(replace(query, areas=(shelf.places[query.place].code,), first="", last=""), shelf)
    now = pairs_of(scope).now.mapped(lambda values: values[0])
    cells = zip(scope.shown, now.values, now.statuses, now.reasons, strict=True)
    return tuple(period for period, value, *words in cells if np.isfinite(value) and final(*words))


def latest_final(query: Query, shelf: Shelf) -> str:
    """The last final period up to ``query.last``; the first final one where none is so old, '' where none is final."""
    known = final_periods(replace(query, areas=(), first="", last=""), shelf)
    return next(
        (period for period in reversed(known) if not query.last or period <= query.last), known[0] if known else ""
    )


@remembered(8 * MB)
def funnel(query: Query, shelf: Shelf) -> Funnel:
    """The funnel of ``query.last`` (the latest final period when ''); every area of the place is in it, whatever was
    asked.

    Raises KeyError where ``possible`` says that there is none.
    """
    period = query.last or latest_final(query, shelf)
    measure = _compared(query, period, shelf)
    columns = _columns(measure)
    per = 100 if query.view == "share" else measure.per
    why = _why(measure, columns["expected"], shelf)
    spread, by_chance = Spread(), 0
    if not why:
        known = columns["expected"] > 0
        spread = spread_of(*(columns[name][known] for name in ("observed", "expected", "exposure")), query.view)
        columns["differs"], alone = classes_of(columns, spread.centre, (spread.tau, 0.0), query.view)
        by_chance = int(np.isin(alone, [name for name in CLASSES if name != "within"]).sum())
    city = float(measure.columns["value"][0])
    return Funnel(measure, period, frame_of(columns), city, per, spread, by_chance, why)


def _compared(query: Query, period: str, shelf: Shelf) -> Measure:
    """The place, then its areas, in one period."""
    place, card = shelf.places[query.place], shelf.measures[query.measure]
    inside = tuple(area.code for area in place.areas if shelf.table(card.dataset, query.release).has(area=area.code))
    return replace(compute(replace(query, areas=(place.code, *inside), first=period, last=period), shelf), breaks=())


def _columns(measure: Measure) -> Columns:
    """The columns of ``Funnel.table``, with what was expected of each area at the place's own rate; no class yet."""
    events, residents = (measure.columns[name][0] for name in ("numerator", "denominator"))
    inside = {name: measure.columns[name][1:] for name in ("area", "value", "numerator", "denominator")}
    known = np.isfinite(inside["value"])
    observed, exposure = (np.where(known, inside[name], np.nan) for name in ("numerator", "denominator"))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = events / residents * exposure
        ratio = np.where(expected > 0, observed / expected, np.nan)
    return {
        "area": inside["area"],
        "value": inside["value"],
        "observed": observed,
        "exposure": exposure,
        "expected": expected,
        "ratio": ratio,
        "differs": np.full(len(known), "", dtype=object),
        "status": measure.columns["status"][1:],
        "reason": measure.columns["reason"][1:],
    }


def _why(measure: Measure, expected: np.ndarray, shelf: Shelf) -> str:
    """Why no area can be compared with the place, as a reason key; '' when they can."""
    value, status, reason = (measure.columns[name][0] for name in ("value", "status", "reason"))
    if not np.isfinite(value):
        return reason or "not_published"
    if not final(status, reason):
        return "provisional"
    apart = unallocated_share(measure, shelf)
    if is_large(apart):
        return f"unallocated {apart:.3f}"
    return "" if (expected > 0).sum() >= FEWEST else "too_few_areas"


def unallocated_share(measure: Measure, shelf: Shelf) -> float:
    """Which share of the place's count in the period (or its twelve months) was allocated to no area."""
    query, card = measure.query, measure.card
    safe = shelf.table(card.dataset, query.release)
    shares = unallocated_shares(
        safe, measure.place, divided(card, query.view), query.category, width_of(query.last, query.view)
    )
    return float(shares[safe.position(query.last)])


@remembered()
def curves(plot: Funnel, steps: int = 60) -> pd.DataFrame:
    """The funnel's limits as rates, over the exposures of the areas; columns ``exposure`` and ``low_95`` …
    ``high_998``."""
    known = plot.table.loc[plot.table["expected"] > 0, "exposure"]
    exposure = np.geomspace(known.min() * 0.92, known.max() * 1.04, steps)
    rows = {"exposure": exposure}
    for level, name in zip(LEVELS, ("95", "998"), strict=True):
        low, high = ratio_limits_expected(
            exposure, exposure * plot.city / plot.per, plot.spread, level, plot.measure.query.view
        )
        rows |= {f"low_{name}": low * plot.city, f"high_{name}": high * plot.city}
    return pd.DataFrame(rows)
