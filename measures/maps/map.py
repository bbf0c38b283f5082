"""What fills a map: one figure an area for one period, its class, and how sure the classes are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from disclosure.remembered import MB, Frame, remembered, unchangeable
from loaders import periods
from measures.figures.compute import Measure, Query, compute, published_rate
from measures.figures.judged import Columns
from measures.lines.area_lines import values_of
from measures.maps.classes import METHODS, changed_classes, class_breaks, class_of
from measures.maps.funnel import CLASSES, Funnel, funnel, latest_final
from measures.store import artifacts
from measures.store.shelf import Shelf

BOUNDS = "classes.json"  # the class bounds that the build made
DIFFERS = "differs"  # the second way to colour a map: not how high a figure is, but whether it differs from the place's


@dataclass(frozen=True)
class Mapped:
    """A map of one period.

    ``table``: one row = one area, in the place's order; columns ``area``, ``value``, ``status``, ``reason``,
    ``numerator``,
    ``denominator``, ``class_`` (−1 = none). ``bounds``: upper bounds of the classes. ``moved_methods``: how many areas
    change class under each other method; ``moved_year``: how many changed class since a year before (None: no figures).
    ``funnel``: where the map shows what differs from the place, what its classes (funnel.CLASSES by number) rest on.
    """

    measure: Measure
    period: str
    method: str
    table: pd.DataFrame = Frame()
    bounds: list[float]
    moved_methods: dict[str, int]
    moved_year: int | None
    funnel: Funnel | None = None

    @cached_property
    def columns(self) -> Columns:
        """The columns of the table as they are, for whoever goes through them one by one."""
        return unchangeable({name: column.to_numpy() for name, column in self.table.items()})


@remembered(12 * MB)
def mapped(query: Query, method: str, shelf: Shelf) -> Mapped:
    """The map of ``query.last`` (the latest period when ''). ``query.areas`` is ignored: a map has every area."""
    card = shelf.measures[query.measure]
    if method == DIFFERS:
        return _differing(query, shelf)
    known = shelf.table(card.dataset, query.release).periods
    measure = _at(query, query.last if query.last in known else known[-1], shelf)
    table, all_bounds = measure.table.copy(), bounds_of(shelf, card.dataset, query)
    classes = {name: class_of(table["value"].to_numpy(), all_bounds[name]) for name in METHODS}
    table["class_"] = classes[method]
    before = table["before"].to_numpy()
    moved_year = (
        changed_classes(classes[method], class_of(before, all_bounds[method])) if np.isfinite(before).any() else None
    )
    others = {name: changed_classes(classes[method], classes[name]) for name in METHODS if name != method}
    return Mapped(measure, measure.query.last, method, table, all_bounds[method], others, moved_year)


def _differing(query: Query, shelf: Shelf) -> Mapped:
    """Every area in the class that the funnel puts it in; the newest final period when none is asked for."""
    known = shelf.table(shelf.measures[query.measure].dataset, query.release).periods
    period = query.last if query.last in known else latest_final(replace(query, last=""), shelf)
    plot = funnel(replace(query, areas=(), first="", last=period), shelf)
    measure = _at(query, period, shelf)
    classes = dict(zip(plot.table["area"], plot.table["differs"], strict=True))
    table = measure.table.assign(
        class_=[CLASSES.index(classes[area]) if classes.get(area) else -1 for area in measure.table["area"]]
    )
    return Mapped(measure, period, DIFFERS, table, [], {}, None, plot)


def _at(query: Query, period: str, shelf: Shelf) -> Measure:
    """Every area of the place in one period; an index is measured against the beginning of its line, so the line is
    worked out for it.
    """
    newest = replace(
        query, areas=tuple(area.code for area in shelf.places[query.place].areas), first=period, last=period
    )
    measure = compute(replace(newest, first="") if query.view == "index" else newest, shelf)
    last = slice(len(measure.periods) - 1, None, len(measure.periods))
    return measure.only(last, query=newest, periods=(period,), breaks=())


def bounds_of(shelf: Shelf, dataset: str, query: Query) -> dict[str, list[float]]:
    """Class bounds of every method: those that the build made, or made now where there are none."""
    return _stored(shelf, dataset).get(bounds_key(query)) or make_bounds(query, shelf)


def bounds_key(query: Query) -> str:
    """Under which key the build keeps the bounds of a map: they are the same for every period."""
    return f"{query.place} {query.measure} {query.category} {query.view}"


@remembered()
def make_bounds(query: Query, shelf: Shelf) -> dict[str, list[float]]:
    """Bounds over all areas and one period a year (the latest and those whole years before it), fixed for every
    period.
    """
    areas = tuple(area.code for area in shelf.places[query.place].areas)
    figures = values_of(Query(query.place, query.measure, areas, query.category, query.view), shelf)
    step = periods.per_year(shelf.table(shelf.measures[query.measure].dataset).periods[-1])
    pooled = figures[:, ::-1][:, ::step].ravel()
    card = shelf.measures[query.measure]
    exact = query.view != "count" or not published_rate(card, shelf.cards[card.dataset])
    breaks = {method: class_breaks(pooled, method) for method in METHODS}
    return breaks if exact else {method: _short(bounds) for method, bounds in breaks.items()}


def _short(bounds: list[float]) -> list[float]:
    """Bounds between published rates as a legend prints them; the last one, the largest figure, is not printed."""
    return sorted({*(round(bound, 1) for bound in bounds[:-1]), *bounds[-1:]})


@remembered(16 * MB)
def _stored(shelf: Shelf, dataset: str) -> dict[str, dict[str, list[float]]]:
    return artifacts.kept(shelf.built, shelf.cards[dataset], BOUNDS) or {}


def warm_maps(shelf: Shelf) -> Iterator[None]:
    """Work out the newest map of every category of every place, one a step, so that its first reader finds it ready."""
    for place in shelf.places.values():
        for measure in (shelf.measures[name] for name in place.measures):
            if not shelf.working(measure.name) or measure.kind == "statements":
                continue
            table = shelf.table(measure.dataset)
            if any(table.has(area=area.code) for area in place.areas):
                for category in table.categories:
                    mapped(Query(place.id, measure.name, (), category, measure.map_view), METHODS[0], shelf)
                    yield
