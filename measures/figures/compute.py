"""Which figures answer a reader's question? The last step of the walk in docs/code.md."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from disclosure.remembered import MB, remembered, unchangeable
from loaders import Break, Place, SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from measures.figures.discoveries import directions, side_by_side
from measures.figures.judged import Columns, grounds_of, judged
from measures.figures.linked import links_of
from measures.figures.overdispersion import Fluctuation, noise_of
from measures.lines.area_lines import pairs_of
from measures.lines.columns import frame_of
from measures.lines.query import Query
from measures.lines.scope import Scope
from measures.lines.views import days_of
from measures.lines.year_before import Pair
from measures.store.shelf import Shelf


def published_rate(card: MeasureCard, source: SourceCard) -> bool:
    """Has the publisher worked out a rate, which is shown as it is and never added up?"""
    return source.variables.get(card.variable, {}).get("kind") == "rate"


@dataclass(frozen=True)
class Measure:
    """Figures ready to show.

    ``columns``, as ``table``: one row = one area and period, in the order asked; columns ``area``, ``period``,
    ``value``, ``status``, ``reason`` (keys joined by '|'), ``numerator``, ``denominator`` (NaN for a plain count),
    ``release``; then what is said of each figure: ``before_period``, ``before`` and ``before_numerator`` (the figure a
    year before), the columns of ``measures.figures.judged.judged``, and what the verdict rests on: ``fluctuation``
    (variance ÷ that of chance), ``fluctuation_df`` (its degrees of freedom), ``fluctuation_first`` and
    ``fluctuation_last`` (the periods that it was estimated from); ``stands``: does a rise or fall still stand at a
    false-discovery rate of 10 % among the areas (``measures.figures.discoveries``)? ``areas_higher``, ``areas_lower``,
    ``areas_p``: of the place itself how many of its areas are higher and lower than a year before, and how often so
    many would be so by the toss of a coin. ``unit``: what one ``value`` counts. ``breaks``: those between the first and
    the last figure. ``sources``: every card used. ``release_of``: the release that each period of the dataset was taken
    from, also of periods not shown.
    """

    query: Query
    card: MeasureCard
    place: Place
    columns: Columns
    unit: dict[str, str]
    per: int
    breaks: tuple[Break, ...]
    sources: tuple[SourceCard, ...]
    periods: tuple[str, ...]
    release_of: dict[str, str]

    @property
    def counted(self) -> bool:
        """Is a figure an amount, of which a larger area has more? No rate is, neither ours nor one that a publisher
        worked out."""
        return self.query.view == "count" and not published_rate(self.card, self.sources[0])

    @property
    def table(self) -> pd.DataFrame:
        """The columns as a table, a copy on write for whoever asks."""
        return self._table.copy(deep=False)

    @cached_property
    def _table(self) -> pd.DataFrame:
        return frame_of(self.columns)

    def only(self, rows: np.ndarray | slice, **changed) -> Measure:
        """Some of the rows. ``changed``: what else of the measure is not as it was."""
        return replace(
            self, columns=unchangeable({name: values[rows] for name, values in self.columns.items()}), **changed
        )

    def rows(self, area: str) -> slice:
        """Where the rows of one area stand, which stand together; none for an area that was not asked."""
        number = self.query.areas.index(area) if area in self.query.areas else len(self.query.areas)
        return slice(number * len(self.periods), (number + 1) * len(self.periods))

    def line(self, area: str) -> pd.DataFrame:
        """The rows of one area."""
        return self.table.iloc[self.rows(area)]

    @cached_property
    def known_periods(self) -> tuple[str, ...]:
        """The periods of which any area asked has a figure, as they stand in the table."""
        columns = self.columns
        return tuple(dict.fromkeys(columns["period"][np.isfinite(columns["value"])]))


@remembered(32 * MB)  # and as much again for those that were asked for as tables
def compute(query: Query, shelf: Shelf) -> Measure:
    """The last step of the walk: the card says what is asked of the safe table that the shelf has of its dataset; the
    areas become lines, each with what it was a year before; the lines become one table of figures with limits, change
    and verdict.

    Raises SourceError when the dataset cannot be read and KeyError for a code that it does not have.
    """
    scope = Scope(query, shelf)
    columns = _judged(scope)
    return _measure(scope, columns | side_by_side(columns, query, shelf, verdicts_of_areas))


@remembered(8 * MB)
def figures_alone(query: Query, shelf: Shelf) -> Measure:
    """The same without what is said of a change: for lines that are context, at a fraction of the cost. Raises as
    ``compute`` does."""
    scope = Scope(query, shelf)
    pair = pairs_of(scope).flat
    return _measure(scope, _figures(scope, pair) | {"before": pair.before.values})


def _measure(scope: Scope, columns: Columns) -> Measure:
    query, card, source, shelf = scope.query, scope.card, scope.source, scope.shelf
    return Measure(
        query,
        card,
        scope.place,
        unchangeable(columns),
        source.variables[card.numerator or card.variable]["unit"],
        card.rate.get("per", 1),
        _breaks_inside(columns, query, source),
        (source, shelf.cards[card.rate["dataset"]]) if "rate" in query.view else (source,),
        scope.shown,
        dict(zip(scope.safe.periods, scope.safe.release_of, strict=True)),
    )


def judged_table(query: Query, shelf: Shelf) -> pd.DataFrame:
    """The columns of ``Measure.table`` but for what all areas say together. Raises as ``compute`` does."""
    return frame_of(_judged(Scope(query, shelf)))


def verdicts_of_areas(query: Query, shelf: Shelf) -> tuple[np.ndarray, np.ndarray]:
    """p of every figure asked, and which way it went, ``[area, period]``: what ``discoveries`` counts."""
    scope = Scope(query, shelf)
    columns = _judged(scope)
    shape = (len(query.areas), len(scope.shown))
    return tuple(values.reshape(shape) for values in (columns["p"], directions(columns)))


def _breaks_inside(columns: Columns, query: Query, source: SourceCard) -> tuple[Break, ...]:
    """The breaks that touch an area asked, after the first period with a figure and up to the last."""
    known = columns["period"][np.isfinite(columns["value"])]
    if not len(known):
        return ()
    first, last = min(known), max(known)
    return tuple(
        entry
        for entry in source.breaks
        if first < entry.at <= last and any(entry.touches(area, query.category) for area in query.areas)
    )


def _judged(scope: Scope) -> Columns:
    """The columns of the table of figures without what all areas say together."""
    pair, noise = pairs_of(scope).flat, noise_of(scope)
    days = np.tile(days_ratios(scope.shown, scope.year, scope.query.view), len(scope.query.areas))
    columns = judged(grounds_of(scope, noise, days), pair, links_of(scope), scope)
    columns["crosses"] &= np.isfinite(columns["before"])
    return _figures(scope, pair) | columns | _traced(noise, columns, scope.shelf.table(scope.card.dataset).periods)


def _figures(scope: Scope, pair: Pair) -> dict[str, np.ndarray]:
    """The columns that tell what each figure is, and of what figure of a year before it is set against."""
    areas, shown = scope.query.areas, scope.shown
    releases = scope.safe.release_of[scope.start : scope.start + len(shown)]
    before = [periods.shift(period, -scope.year) for period in shown]
    beside = np.isfinite(pair.now.values) & np.isfinite(pair.before.values)
    return {
        "area": np.repeat(np.array(areas, dtype=object), len(shown)),
        "period": np.array(shown * len(areas), dtype=object),
        "value": pair.now.values,
        "status": pair.now.statuses,
        "reason": pair.now.reasons,
        "numerator": pair.now.numerators,
        "denominator": pair.now.denominators,
        "release": np.array(releases * len(areas), dtype=object),
        "before_period": np.array(before * len(areas), dtype=object),
        "before_numerator": np.where(beside, pair.before.numerators, np.nan),
    }


@lru_cache(maxsize=256)
def days_ratios(shown: tuple[str, ...], year: int, view: str) -> np.ndarray:
    """The days that each figure counts ÷ those that the figure a year before counts."""
    ratios = [days_of(period, view) / days_of(periods.shift(period, -year), view) for period in shown]
    return unchangeable(np.array(ratios))


def _traced(noise: Fluctuation, columns: dict[str, np.ndarray], known: tuple[str, ...]) -> dict[str, np.ndarray]:
    """By what factor, on how many degrees of freedom and from which periods each verdict was given; nothing where
    none was."""
    given, words = columns["why"] == "", np.array([*known, ""], dtype=object)
    return {
        "fluctuation": np.where(given, noise.factor.ravel(), np.nan),
        "fluctuation_df": np.where(given, noise.df.ravel(), np.nan),
        "fluctuation_first": np.where(given, words[noise.first.ravel()], ""),
        "fluctuation_last": np.where(given, words[noise.last.ravel()], ""),
    }
