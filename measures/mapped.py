"""What fills a map: one figure an area for one period, its class, and how sure the classes are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from loaders import periods
from measures import built
from measures.classes import METHODS, changed_classes, class_breaks, class_of
from measures.compute import Measure, Query, compute
from measures.funnel import CLASSES, Funnel, funnel, latest_final
from measures.shelf import Shelf

BOUNDS = "classes.json"  # the class bounds that the build made
DIFFERS = "differs"  # the second way to colour a map: not how high a figure is, but whether it differs from the place's


@dataclass(frozen=True)
class Mapped:
    """A map of one period.

    ``table``: one row = one area, in the place's order; columns ``area``, ``value``, ``status``, ``reason``, ``numerator``,
    ``denominator``, ``class_`` (−1 = none). ``bounds``: upper bounds of the classes. ``moved_methods``: how many areas
    change class under each other method; ``moved_year``: how many changed class since a year before (None: no figures).
    ``funnel``: where the map shows what differs from the place, what its classes (funnel.CLASSES by number) rest on.
    """

    measure: Measure
    period: str
    method: str
    table: pd.DataFrame
    bounds: list[float]
    moved_methods: dict[str, int]
    moved_year: int | None
    funnel: Funnel | None = None


@lru_cache(maxsize=512)
def mapped(query: Query, method: str, shelf: Shelf) -> Mapped:
    """The map of ``query.last`` (the latest period when ''). ``query.areas`` is ignored: a map has every area."""
    place, card = shelf.places[query.place], shelf.measures[query.measure]
    areas = tuple(area.code for area in place.areas)
    whole = compute(Query(query.place, query.measure, areas, query.category, query.view, "", "", query.release), shelf)
    if method == DIFFERS:
        return _differing(query, whole, shelf)
    known = whole.periods
    period = query.last if query.last in known else known[-1]
    year_before = periods.shift(period, -periods.per_year(period))
    table = figures_of(whole, period)
    everything = _narrowed(whole, period)
    all_bounds = bounds_of(shelf, card.dataset, query)
    values = table["value"].to_numpy()
    classes = {name: class_of(values, all_bounds[name]) for name in METHODS}
    table["class_"] = classes[method]
    before = figures_of(whole, year_before)["value"].to_numpy() if year_before in known else np.array([])
    moved_year = changed_classes(classes[method], class_of(before, all_bounds[method])) if np.isfinite(before).any() else None
    others = {name: changed_classes(classes[method], classes[name]) for name in METHODS if name != method}
    return Mapped(everything, period, method, table, all_bounds[method], others, moved_year)


def _differing(query: Query, whole: Measure, shelf: Shelf) -> Mapped:
    """Every area in the class that the funnel puts it in; the newest final period when none is asked for."""
    period = query.last if query.last in whole.periods else latest_final(replace(query, last=""), shelf)
    found = funnel(replace(query, areas=(), first="", last=period), shelf)
    table = figures_of(whole, period)
    classes = dict(zip(found.table["area"], found.table["differs"], strict=True))
    table["class_"] = [CLASSES.index(classes[area]) if classes.get(area) else -1 for area in table["area"]]
    return Mapped(_narrowed(whole, period), period, DIFFERS, table, [], {}, None, found)


def figures_of(whole: Measure, period: str) -> pd.DataFrame:
    """The rows of one period: every area holds every period in the same order, so they stand at equal steps."""
    return whole.table.iloc[whole.periods.index(period) :: len(whole.periods)].reset_index(drop=True)


def _narrowed(whole: Measure, period: str) -> Measure:
    """The measure as a map of one period shows it: no line, so no breaks in it."""
    return replace(whole, query=replace(whole.query, first=period, last=period), table=figures_of(whole, period), periods=(period,), breaks=())


def bounds_of(shelf: Shelf, dataset: str, query: Query) -> dict[str, list[float]]:
    """Class bounds of every method: those that the build made, or made now where there are none."""
    return _stored(shelf, dataset).get(key_of(query)) or make_bounds(query, shelf)


def key_of(query: Query) -> str:
    """Under which key the build keeps the bounds of a map: they are the same for every period."""
    return f"{query.place} {query.measure} {query.category} {query.view}"


@lru_cache(maxsize=1024)
def make_bounds(query: Query, shelf: Shelf) -> dict[str, list[float]]:
    """Bounds over all areas and one period a year (the latest and those whole years before it), fixed for every period."""
    areas = tuple(area.code for area in shelf.places[query.place].areas)
    every = compute(Query(query.place, query.measure, areas, query.category, query.view), shelf)
    step = periods.per_year(every.periods[-1])
    yearly = every.table["period"].isin(every.periods[::-1][::step])
    pooled = every.table.loc[yearly, "value"].to_numpy()
    return {method: class_breaks(pooled, method) for method in METHODS}


@lru_cache(maxsize=32)
def _stored(shelf: Shelf, dataset: str) -> dict[str, dict[str, list[float]]]:
    return built.kept(shelf.root, shelf.cards[dataset], BOUNDS) or {}


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
