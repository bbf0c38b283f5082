"""What do the areas of a place say side by side: which of their verdicts are likely to be false, and do most of them
go the same way?

Thirty areas are thirty tests: one or two false alarms are to be expected among them. The verdicts on the areas of a
place in one category, view and period are one family (Benjamini and Hochberg 1995, JRSS B 57:289; Jones, Ohlssen and
Spiegelhalter 2008, J Clin Epidemiol 61:232): of those whose p does not exceed the cutoff of their family, on average at
most one in ten is false. How many areas are higher than a year before, and how many lower, is a second sign of a change
of the whole place (sign test, Dixon and Mood 1946, JASA 41:557; decision 0039).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from disclosure.parquet_table import IN_MEMORY
from disclosure.remembered import MB, remembered
from loaders import Place, SourceCard
from loaders.cards.measure_card import MeasureCard
from measures.figures.change_verdict import TESTED
from measures.lines.query import Query
from measures.store import artifacts
from measures.store.shelf import Shelf

RATE = 0.1  # of the verdicts kept, so many may be false
_FILE = "discoveries.parquet"
_KEYS = ("measure", "view", "category")
_PARTS = ("cutoff", "higher", "lower")
_COMPARED = (
    "",
    "late",
    "none",
    "releases",
    "too_short",
    "unallocated",
    "zero_denominator",
)  # which way it went can be told
FEWEST = 10  # areas compared; how many of fewer go the same way says nothing
Columns = dict[str, np.ndarray]  # of a table of figures, each with a value for every row
Judged = Callable[["Query", "Shelf"], tuple[np.ndarray, np.ndarray]]  # p and direction of every figure, [area, period]


def cutoff(p: np.ndarray, rate: float = RATE) -> np.ndarray:
    """For each period of p ``[area, period]`` the largest p that is kept: p₍ₖ₎ ≤ ``rate`` · k ÷ n for the largest
    such k, of the n that are known; 0 where none is."""
    ordered = np.sort(p, axis=0)  # NaN last
    number = np.isfinite(p).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        standing = ordered <= rate * np.arange(1, len(p) + 1)[:, None] / number
    return np.where(standing, ordered, 0).max(axis=0, initial=0)


@dataclass(frozen=True)
class Together:
    """What the areas of a place say together, an array each with a value for every period.

    ``cutoff``: the largest p of a verdict that stands. ``higher``, ``lower``: how many areas are higher and lower than
    a year before, of those that may be compared.
    """

    cutoff: np.ndarray
    higher: np.ndarray
    lower: np.ndarray

    def only(self, positions: list[int]) -> Together:
        """What they say over some of the periods."""
        return Together(*(getattr(self, name)[positions] for name in _PARTS))


def sign_p(higher: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """How often so many areas or more would go the same way if each went either way by the toss of a coin: two-sided,
    exact; NaN of fewer than ten areas. 32 and 0: 4.7e-10; 20 and 12: 0.215."""
    from scipy.special import bdtr

    number = higher + lower
    p = np.minimum(1, 2 * bdtr(np.minimum(higher, lower).astype(float), number.astype(int), 0.5))
    return np.where(number >= FEWEST, p, np.nan)


def side_by_side(table: Columns, query: Query, shelf: Shelf, judged: Judged) -> Columns:
    """Columns of what all areas of the place say together: ``stands``, and of the place itself how many of
    its areas are higher and lower than a year before, and p of so many on one side."""
    clear = (table["verdict"] == "rise") | (table["verdict"] == "fall")
    place, length = shelf.places[query.place], len(clear) // max(1, len(query.areas))
    own, inside = (
        np.repeat(np.isin(query.areas, codes), length) for codes in ([place.code], [area.code for area in place.areas])
    )
    counted = own & (table["why"] != "no_test")
    shown = tuple(table["period"][:length])
    areas = together(query, shown, shelf, judged) if counted.any() or (clear & inside).any() else None
    none = np.full(len(clear), np.nan)
    if areas is None:
        return {"stands": clear & ~inside, "areas_higher": none, "areas_lower": none, "areas_p": none}
    cutoffs, *sides, signs = (
        np.tile(values, len(query.areas))
        for values in (areas.cutoff, areas.higher, areas.lower, sign_p(areas.higher, areas.lower))
    )
    stands = clear & (table["p"] <= np.where(inside, cutoffs, RATE) * (1 + 1e-9))
    p = np.where(counted, signs, np.nan)
    counts = (np.where(np.isfinite(p), side, np.nan) for side in sides)
    return {"stands": stands, **dict(zip(("areas_higher", "areas_lower"), counts, strict=True)), "areas_p": p}


def directions(table: Columns) -> np.ndarray:
    """Is each figure of a table higher (1) or lower (−1) than a year before? 0: neither, or not the same at both bounds
    of what was allocated to no area; or the two may not be compared."""
    ratio, spread = table["change"], table["change_allocated"]
    change = np.where(np.isnan(ratio), table["value"] - table["before"], ratio)
    known = np.isin(table["why"], _COMPARED) & (np.isnan(spread) | (np.sign(spread) == np.sign(change)))
    return np.where(known, np.sign(np.nan_to_num(change)), 0)


def together(query: Query, shown: tuple[str, ...], shelf: Shelf, judged: Judged) -> Together | None:
    """What the areas of the place of ``query`` say over the periods ``shown``; as the build stored it, or from
    ``judged`` now: over all periods at once, but of a table that stays on the disk over those shown alone. None of a
    place of which the table has no area."""
    safe = shelf.table(shelf.measures[query.measure].dataset, query.release)
    if safe.size > IN_MEMORY:
        return family(replace(query, areas=_areas(query, shelf)), shelf, judged)
    key = (query.measure, query.view, query.category)
    kept = _stored(shelf, safe.dataset).get(key) if query.release == "latest" else None
    if kept is None:
        kept = family(replace(query, areas=_areas(query, shelf), first="", last=""), shelf, judged)
    return kept and kept.only([safe.position(period) for period in shown])


@remembered()
def family(query: Query, shelf: Shelf, judged: Judged) -> Together | None:
    """The same, worked out from the areas that are asked."""
    if not query.areas:
        return None
    p, direction = judged(query, shelf)
    return Together(cutoff(p), (direction > 0).sum(axis=0), (direction < 0).sum(axis=0))


def _areas(query: Query, shelf: Shelf) -> tuple[str, ...]:
    table = shelf.table(shelf.measures[query.measure].dataset, query.release)
    return tuple(area.code for area in shelf.places[query.place].areas if table.has(area=area.code))


def write_together(shelf: Shelf, dataset: str, judged: Judged) -> Path | None:
    """Work out what areas say together in every tested view of every measure of a dataset; one row = one measure, view
    and category, with a value for each period.

    Of a table that stays on the disk none is worked out here: a category takes a third of a second, so thousands would
    take longer than all else, and of the periods that a page shows it takes a fraction of that.
    """
    card, rows = shelf.cards[dataset], []
    if shelf.table(dataset).size > IN_MEMORY:
        return None
    for query in _queries(shelf, dataset, card):
        areas = family.afresh(query, shelf, judged)
        if areas is not None:
            parts = (getattr(areas, name).astype(float).tolist() for name in _PARTS)
            rows.append((query.measure, query.view, query.category, *parts))
    names = (*_KEYS, *_PARTS)
    columns = (
        dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {name: [] for name in names}
    )
    types = {name: pa.string() for name in _KEYS} | {name: pa.list_(pa.float64()) for name in _PARTS}
    return artifacts.keep_table(shelf.built, card, _FILE, pa.table(columns, schema=pa.schema(types)))


def _measures(shelf: Shelf, place: Place, dataset: str) -> list[MeasureCard]:
    """The measures of a dataset that can be worked out; one whose residents cannot be read is silent."""
    named = [name for name in place.measures if shelf.measures[name].dataset == dataset]
    return [shelf.measures[name] for name in named if shelf.working(name)]


def _queries(shelf: Shelf, dataset: str, card: SourceCard):
    for place in shelf.places.values():
        for measure in _measures(shelf, place, dataset):
            for view in measure.views if measure.kind != "statements" and card.place == place.id else ():
                judged = view in TESTED and measure.judges(view)
                for category in shelf.table(dataset).categories if judged else ():
                    bare = Query(place.id, measure.name, (), category, view)
                    yield replace(bare, areas=_areas(bare, shelf))


@remembered(16 * MB)
def _stored(shelf: Shelf, dataset: str) -> dict[tuple[str, str, str], Together]:
    """What the build worked out, by measure, view and category; nothing when file, card or code have changed since."""
    flat = artifacts.kept_table(shelf.built, shelf.cards[dataset], _FILE)
    if flat is None:
        return {}
    keys = zip(*(flat[name].to_pylist() for name in _KEYS), strict=True)
    parts = zip(*(_rows(flat[name].combine_chunks()) for name in _PARTS), strict=True)
    return {key: Together(*arrays) for key, arrays in zip(keys, parts, strict=True)}


def _rows(lists: pa.ListArray) -> list[np.ndarray]:
    """The numbers of each row of a column of lists."""
    values = lists.values.to_numpy()
    return [values[start:end] for start, end in pairwise(lists.offsets.to_numpy())]
