"""Which figures answer a reader's question? The last step of the walk in docs/code.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from disclosure import SafeTable
from disclosure.remembered import MB, Frame, remembered, unchangeable
from loaders import Break, Place, SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from measures.figures.area_lines import pairs_of
from measures.figures.change_verdict import Grounds
from measures.figures.discoveries import directions, side_by_side
from measures.figures.judged import judged
from measures.figures.overdispersion import Fluctuation, noise_of
from measures.figures.query import Query
from measures.figures.views import days_of, width_of
from measures.figures.year_before import Pair
from measures.store.shelf import Shelf


@dataclass(frozen=True)
class Measure:
    """Figures ready to show.

    ``table``: one row = one area and period, in the order asked; columns ``area``, ``period``, ``value``, ``status``,
    ``reason`` (keys joined by '|'), ``numerator``, ``denominator`` (NaN for a plain count), ``release``; then what is
    said of
    each figure: ``before_period``, ``before`` and ``before_numerator`` (the figure a year before), the columns of
    ``measures.figures.judged.judged``, and what the verdict rests on: ``fluctuation`` (variance ÷ that
    of chance), ``fluctuation_df``
    (its degrees of freedom), ``fluctuation_first`` and ``fluctuation_last`` (the periods that it was estimated from);
    ``stands``: does a rise or
    fall still stand at a false-discovery rate of 10 % among the areas (``measures.figures.discoveries``)?
    ``areas_higher``, ``areas_lower``, ``areas_p``: of the place itself how many of its areas are higher and lower than
    a year before, and how often so many would be so by the toss of a coin.
    ``unit``: what one ``value`` counts. ``breaks``: those between the first and the last figure. ``sources``: every
    card used.
    ``release_of``: the release that each period of the dataset was taken from, also of periods not shown.
    """

    query: Query
    card: MeasureCard
    place: Place
    table: pd.DataFrame = Frame()
    unit: dict[str, str]
    per: int
    breaks: tuple[Break, ...]
    sources: tuple[SourceCard, ...]
    periods: tuple[str, ...]
    release_of: dict[str, str]

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """The columns of the table as arrays, for reading single cells."""
        table = self.table
        return unchangeable({name: table[name].to_numpy() for name in table.columns})

    def line(self, area: str) -> pd.DataFrame:
        """The rows of one area, which stand together; none for an area that was not asked."""
        at = self.query.areas.index(area) if area in self.query.areas else len(self.query.areas)
        return self.table.iloc[at * len(self.periods) : (at + 1) * len(self.periods)]


@remembered(48 * MB)
def compute(query: Query, shelf: Shelf) -> Measure:
    """The figures that answer a query, of the safe table that the shelf has of its dataset.

    Raises SourceError when the dataset cannot be read and KeyError for a code that it does not have.
    """
    return figures_of(query, shelf.table(shelf.measures[query.measure].dataset, query.release), shelf)


def figures_of(query: Query, safe: SafeTable, shelf: Shelf) -> Measure:
    """The last step of the walk: the card says what is asked of the safe table; the areas become lines, each with
    what it was a year before; the lines become one table of figures with limits, change and verdict.
    """
    card = shelf.measures[query.measure]
    source = shelf.cards[card.dataset]
    table, shown = _judged(query, safe, shelf)
    table = table.assign(**side_by_side(table, query, shelf, verdicts_of_areas))
    return Measure(
        query,
        card,
        shelf.places[query.place],
        table,
        source.variables[card.numerator or card.variable]["unit"],
        card.rate.get("per", 1),
        _breaks_inside(table, query, source),
        (source, shelf.cards[card.rate["dataset"]]) if "rate" in query.view else (source,),
        shown,
        dict(zip(safe.periods, safe.release_of, strict=True)),
    )


def verdicts_of_areas(query: Query, shelf: Shelf) -> tuple[np.ndarray, np.ndarray]:
    """p of every figure asked, and which way it went, ``[area, period]``: what ``discoveries`` counts."""
    safe = shelf.table(shelf.measures[query.measure].dataset, query.release)
    table, shown = _judged(query, safe, shelf)
    return tuple(values.reshape(len(query.areas), len(shown)) for values in (table["p"].to_numpy(), directions(table)))


def _judged(query: Query, safe: SafeTable, shelf: Shelf) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The table of figures without ``stands``, and the periods that it shows."""
    card = shelf.measures[query.measure]
    shown = tuple(
        period
        for period in safe.periods
        if (not query.first or period >= query.first) and (not query.last or period <= query.last)
    )
    pair = pairs_of(query, card, shelf.cards[card.dataset], safe, shown, shelf)
    return _table(pair, query, card, safe, shown, shelf), shown


def _breaks_inside(table: pd.DataFrame, query: Query, source: SourceCard) -> tuple[Break, ...]:
    """The breaks that touch an area asked, after the first period with a figure and up to the last."""
    known = table.loc[np.isfinite(table["value"]), "period"]
    if not len(known):
        return ()
    first, last = known.min(), known.max()
    return tuple(
        entry
        for entry in source.breaks
        if first < entry.at <= last and any(entry.touches(area, query.category) for area in query.areas)
    )


def _table(
    pair: Pair, query: Query, card: MeasureCard, safe: SafeTable, shown: tuple[str, ...], shelf: Shelf
) -> pd.DataFrame:
    start, areas = safe.position(shown[0]) if shown else 0, query.areas
    year, width = (periods.per_year(shown[0]), width_of(shown[0], query.view)) if shown else (1, 1)
    now, before = (line.mapped(np.ravel) for line in (pair.now, pair.before))
    noise = noise_of(shelf, card, query.view, query.category, areas, shown, width)
    days = np.tile(days_ratios(shown, year, query.view), len(areas))
    per, chance = card.rate.get("per", 1), card.limits == "chance"
    found = judged(
        Grounds(
            query.view,
            per,
            card.judges(query.view),
            noise.factor.ravel(),
            noise.df.ravel(),
            days,
            pair.apart.ravel(),
            pair.apart_before.ravel(),
            chance,
        ),
        now,
        before,
        pair.why.ravel(),
        (query, shelf, shown),
    )
    beside = np.isfinite(found["before"])
    columns = (
        {
            "area": np.repeat(np.array(areas, dtype=object), len(shown)),
            "period": np.array(shown * len(areas), dtype=object),
            "value": now.values,
            "status": now.statuses,
            "reason": now.reasons,
            "numerator": now.numerators,
            "denominator": now.denominators,
            "release": np.array(safe.release_of[start : start + len(shown)] * len(areas), dtype=object),
            "before_period": np.array([periods.shift(period, -year) for period in shown] * len(areas), dtype=object),
            "before_numerator": np.where(beside, before.numerators, np.nan),
        }
        | (found | {"crosses": found["crosses"] & beside})
        | _traced(noise, found, shelf.table(card.dataset).periods)
    )
    return pd.DataFrame(
        {name: pd.Series(one, dtype=one.dtype, copy=False) for name, one in columns.items()}
    )  # plain objects: made at every change


@lru_cache(maxsize=256)
def days_ratios(shown: tuple[str, ...], year: int, view: str) -> np.ndarray:
    """The days that each figure counts ÷ those that the figure a year before counts."""
    return unchangeable(np.array([days_of(one, view) / days_of(periods.shift(one, -year), view) for one in shown]))


def _traced(noise: Fluctuation, found: dict[str, np.ndarray], known: tuple[str, ...]) -> dict[str, np.ndarray]:
    """By what factor, on how many degrees of freedom and from which periods each verdict was given; nothing where
    none was."""
    judged, words = found["why"] == "", np.array([*known, ""], dtype=object)
    return {
        "fluctuation": np.where(judged, noise.factor.ravel(), np.nan),
        "fluctuation_df": np.where(judged, noise.df.ravel(), np.nan),
        "fluctuation_first": np.where(judged, words[noise.first.ravel()], ""),
        "fluctuation_last": np.where(judged, words[noise.last.ravel()], ""),
    }
