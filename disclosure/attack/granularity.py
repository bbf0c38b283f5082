"""Is anything shown that is finer than its source? For data shown as published, nothing may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.attack.publications import read_built
from disclosure.builds import Build
from disclosure.draft_table import places
from disclosure.safe_table import SafeTable
from loaders import Place, SourceCard, read_release
from loaders.observations.sorted_counts import SortedCounts, is_sorted

MOST = 10  # cells named of each release


@dataclass(frozen=True)
class Source:
    """What the published files of a table say: the areas that have any number, and for a category which of its cells
    ``[variable, area, period]`` have one."""

    areas: frozenset[str]
    known: Callable[[str], np.ndarray]


def finer_than_source(build: Build, card: SourceCard, place: Place, entry: dict) -> Iterator[str]:
    """Cells of a built table that are neither in the source nor a sum of source cells; at most ten for each release."""
    for release in entry["tables"]:
        table = read_built(build, entry, release)
        source = _source(table, card, place, release)
        leaves = [code for code in table.categories if not card.tree.children(code)]
        own = [number for number, code in enumerate(table.areas) if code != place.code or code in source.areas]
        named = 0
        for category in leaves:
            known = source.known(category)
            for variable, code in enumerate(table.variables):
                values = table.block(code, category).values[own]
                zeros = (values == 0) & (card.absent_rows == "zero")
                odd = np.isfinite(values) & ~known[variable, own] & ~zeros
                for area, period in np.argwhere(odd)[: MOST - named]:
                    named += 1
                    key = (code, category, table.areas[own[area]], table.periods[period], release)
                    yield " · ".join(filter(None, key))


def _source(table: SafeTable, card: SourceCard, place: Place, release: str) -> Source:
    axes = {name: getattr(table, name) for name in ("variables", "categories", "areas", "periods")}
    publications = [publication for publication in card.releases if release in ("latest", publication.id)]
    if any(is_sorted(card, publication) for publication in publications):
        return _by_category(SortedCounts(card, publications[-1], place), axes)
    known, areas = np.zeros([len(codes) for codes in axes.values()], dtype=bool), set()
    for publication in publications:
        frame = read_release(card, publication, place).frame
        _note(known, frame, axes)
        areas |= set(frame["area"][frame["value"].notna()].unique())
    numbered = {code: number for number, code in enumerate(table.categories)}
    return Source(frozenset(areas), lambda category: known[:, numbered[category]])


def _by_category(counts: SortedCounts, axes: dict[str, Sequence[str]]) -> Source:
    """The same of counts that never are in memory whole; each is a number."""

    def known(category: str) -> np.ndarray:
        own = {**axes, "categories": [category]}
        there = np.zeros([len(codes) for codes in own.values()], dtype=bool)
        _note(there, counts.cells(category), own)
        return there[:, 0]

    return Source(frozenset(), known)  # sorted counts have no row of the whole place: its code is refused


def _note(known: np.ndarray, frame: pd.DataFrame, axes: dict[str, Sequence[str]]) -> None:
    for rows, numbers_of in places(frame, axes):
        some = np.all([numbers >= 0 for numbers in numbers_of], axis=0) & frame["value"].iloc[rows].notna().to_numpy()
        known[tuple(numbers[some] for numbers in numbers_of)] = True
