"""A figure stated about a loaded series, and the sums of the series that it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from disclosure.remembered import remembered
from measures.claims import intervals
from measures.claims.checks.bases import Window, earlier_years, window
from measures.claims.intervals import Range
from measures.figures.compute import Query, compute
from measures.store.shelf import Shelf

USUAL_YEARS = 3  # fewer earlier years than this say nothing about what is usual


@dataclass(frozen=True)
class Stated:
    """A figure about a loaded series, by codes: 'robbery in Camden fell 20 % in 2025'.

    ``first`` and ``last``: periods as the dataset writes them; ``base``: one of BASES or a year; ``kind``:
    percent_change | count | difference; ``bound``: '' | at_least | at_most | about. ``multiplier``: 10,000 for 'in 万'.
    """

    place: str
    measure: str
    category: str
    area: str
    printed: str
    first: str
    last: str
    base: str = "same_period_last_year"
    kind: str = "percent_change"
    bound: str = ""
    multiplier: float = 1

    @property
    def number(self) -> float:
        """The stated figure in full units."""
        return float(self.printed) * self.multiplier

    @property
    def range(self) -> Range:
        counted = self.kind != "percent_change"
        return intervals.allowed(self.printed, self.multiplier, self.bound, zeros=counted, whole=counted)


@remembered()
def line_of(query: Query, shelf: Shelf):
    return compute(query, shelf).table


def every_period(stated: Stated, shelf: Shelf, release: str = "latest"):
    return line_of(
        Query(stated.place, stated.measure, (stated.area,), stated.category, "count", release=release), shelf
    )


def stated_window(stated: Stated, shelf: Shelf, first: str, last: str, release: str = "latest") -> Window:
    return window(every_period(stated, shelf, release), first, last)


def base_window(stated: Stated, shelf: Shelf, span: tuple[str, str], base: str, usual: list[Window]) -> Window | None:
    """The window of a base; None across a change of definition, or where the years before are too few for an
    average."""
    if base == "ten_year_average":
        values = [year.value for year in usual if not definition_changed(stated, shelf, year.first)]
        return Window("", "", float(np.mean(values)), (), (), ()) if len(values) >= USUAL_YEARS else None
    return None if definition_changed(stated, shelf, span[0]) else stated_window(stated, shelf, *span)


def comparable_years(base: Window, stated: Stated, shelf: Shelf) -> list[Window]:
    """The same months of up to ten years before the base, back to the latest change of definition."""
    others = earlier_years(base, every_period(stated, shelf)) if base.first else []
    return [year for year in others if not definition_changed(stated, shelf, year.first)]


def same_periods(stated: Stated, shelf: Shelf) -> list[Window]:
    """The stated period and the same months of up to ten years before it, as far as they are counted alike; the oldest
    first."""
    now = stated_window(stated, shelf, stated.first, stated.last)
    return [
        year
        for year in reversed([now, *earlier_years(now, every_period(stated, shelf))])
        if isfinite(year.value) and not definition_changed(stated, shelf, year.first)
    ]


def periods_of(shelf: Shelf, measure: str) -> tuple[str, ...]:
    """The periods that a claim about a measure can speak of, in order."""
    return shelf.table(shelf.measures[measure].dataset).periods


def definition_changed(stated: Stated, shelf: Shelf, start: str) -> bool:
    """Did the definition change between the start of the base and the end of the period?"""
    breaks = shelf.cards[shelf.measures[stated.measure].dataset].breaks
    low, high = min(start, stated.first), stated.last
    return any(
        cut.effect == "cut" and low < cut.at <= high and cut.touches(stated.area, stated.category) for cut in breaks
    )
