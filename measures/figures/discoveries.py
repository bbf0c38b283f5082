"""How many of the verdicts that stand side by side are likely to be false?

Thirty areas are thirty tests: one or two false alarms are to be expected among them. The verdicts on the areas of a
place in one category, view and
period are one family (Benjamini and Hochberg 1995, JRSS B 57:289; Jones, Ohlssen and Spiegelhalter 2008, J Clin
Epidemiol 61:232): of those whose p
does not exceed the cutoff of their family, on average at most one in ten is false.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from disclosure.parquet_table import IN_MEMORY
from disclosure.remembered import MB, remembered
from loaders import Place, SourceCard
from loaders.cards.measure_card import MeasureCard
from measures.figures.change_verdict import TESTED
from measures.figures.query import Query
from measures.store import artifacts
from measures.store.shelf import Shelf

RATE = 0.1  # of the verdicts kept, so many may be false
_FILE = "discoveries.parquet"
_KEYS = ("measure", "view", "category")


def cutoff(p: np.ndarray, rate: float = RATE) -> np.ndarray:
    """For each period of p ``[area, period]`` the largest p that is kept: p₍ₖ₎ ≤ ``rate`` · k ÷ n for the largest
    such k, of the n that are known; 0 where none is."""
    ordered = np.sort(p, axis=0)  # NaN last
    number = np.isfinite(p).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        kept = ordered <= rate * np.arange(1, len(p) + 1)[:, None] / number
    return np.where(kept, ordered, 0).max(axis=0, initial=0)


def cutoffs(query: Query, shelf: Shelf, p_of: Callable[[Query], np.ndarray]) -> dict[str, float]:
    """The cutoff of every period that ``query`` shows, for the areas of its place; as the build stored them, or from
    ``p_of`` all areas now."""
    table = shelf.table(shelf.measures[query.measure].dataset, query.release)
    if query.release == "latest":
        stored = _stored(shelf, shelf.measures[query.measure].dataset).get((query.measure, query.view, query.category))
        if stored is not None:
            return dict(zip(table.periods, stored, strict=True))
    return family(replace(query, areas=_areas(query, shelf), first="", last=""), shelf, p_of)


@remembered()
def family(query: Query, shelf: Shelf, p_of: Callable[[Query], np.ndarray]) -> dict[str, float]:
    """The same, worked out for all periods."""
    periods = shelf.table(shelf.measures[query.measure].dataset, query.release).periods
    return dict(zip(periods, cutoff(p_of(query, shelf)).tolist(), strict=True)) if query.areas else {}


def _areas(query: Query, shelf: Shelf) -> tuple[str, ...]:
    table = shelf.table(shelf.measures[query.measure].dataset, query.release)
    return tuple(area.code for area in shelf.places[query.place].areas if table.has(area=area.code))


def write_cutoffs(shelf: Shelf, dataset: str, p_of: Callable[[Query], np.ndarray]) -> Path | None:
    """Work out the cutoffs of every tested view of every measure of a dataset; one row = one measure, view and
    category, with a value for each period.

    Of a table that stays on the disk none is worked out here: a category takes a fraction of a second when it is
    asked for.
    """
    card, rows = shelf.cards[dataset], []
    if shelf.table(dataset).size > IN_MEMORY:
        return None
    for query in _queries(shelf, dataset, card):
        found = family(query, shelf, p_of)
        if found:
            rows.append((query.measure, query.view, query.category, list(found.values())))
    columns = (
        dict(zip((*_KEYS, "cutoff"), map(list, zip(*rows, strict=True)), strict=True))
        if rows
        else {name: [] for name in (*_KEYS, "cutoff")}
    )
    schema = pa.schema({name: pa.string() for name in _KEYS} | {"cutoff": pa.list_(pa.float64())})
    return artifacts.keep_table(shelf.built, card, _FILE, pa.table(columns, schema=schema))


def _measures(shelf: Shelf, place: Place, dataset: str) -> list[MeasureCard]:
    """The measures of a dataset that can be worked out; one whose residents cannot be read is silent."""
    named = [name for name in place.measures if shelf.measures[name].dataset == dataset]
    return [shelf.measures[name] for name in named if shelf.working(name)]


def _queries(shelf: Shelf, dataset: str, card: SourceCard):
    for place in shelf.places.values():
        for measure in _measures(shelf, place, dataset):
            for view in (
                measure.views if measure.tested and measure.kind != "statements" and card.place == place.id else ()
            ):
                for category in shelf.table(dataset).categories if view in TESTED else ():
                    bare = Query(place.id, measure.name, (), category, view)
                    yield replace(bare, areas=_areas(bare, shelf))


@remembered(16 * MB)
def _stored(shelf: Shelf, dataset: str) -> dict[tuple[str, str, str], np.ndarray]:
    """What the build worked out, by measure, view and category; nothing when file, card or code have changed since."""
    flat = artifacts.kept_table(shelf.built, shelf.cards[dataset], _FILE)
    if flat is None:
        return {}
    keys = zip(*(flat[name].to_pylist() for name in _KEYS), strict=True)
    return dict(zip(keys, (np.array(one) for one in flat["cutoff"].to_pylist()), strict=True))
