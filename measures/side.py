"""One side of a comparison: which figure is it, and what is known of the periods that it counts?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from disclosure import SafeTable
from loaders import Category, SourceCard, periods
from measures.cards import MeasureCard
from measures.compute import covered
from measures.residents import middle, residents
from measures.shelf import Shelf
from measures.views import window_of

POINTS = ("index", "adjusted")  # views whose figure stands for its last period alone


@dataclass(frozen=True)
class Side:
    """One figure: codes only. It counts the periods from ``first`` to ``last``; a rolling view the year that ends with ``last``.

    For an index ``first`` is the start of its base. For a statement ``view`` is its kind and the two are the days it states.
    """

    measure: str
    area: str
    category: str
    view: str
    first: str
    last: str
    release: str = "latest"

    @property
    def window(self) -> tuple[str, ...]:
        """The periods whose counts the figure adds up, oldest first."""
        if self.view.startswith("rolling"):
            return tuple(window_of(self.last, self.view))
        return (self.last,) if self.view in POINTS else tuple(periods.span(self.first or self.last, self.last))

    @property
    def rated(self) -> bool:
        return self.view in ("rate", "rolling_rate")

    def moved(self, steps: int) -> Side:
        """The same figure ``steps`` periods later (earlier when negative)."""
        return replace(self, first=periods.shift(self.first or self.last, steps), last=periods.shift(self.last, steps))


@dataclass(frozen=True)
class Seen:
    """What is known of one side.

    ``statuses`` and ``reasons`` are those of its cells; ``outside``: some of its periods are not in the table at all.
    ``unallocated``: the share of the place's count over the window that went to no area; ``years``: the years of the
    residents that a rate divides by (None where there are none), and ``basis`` their population basis.
    """

    side: Side
    card: MeasureCard
    source: SourceCard
    node: Category | None
    window: tuple[str, ...]
    whole: bool
    spare: bool
    outside: bool
    statuses: frozenset[str]
    reasons: frozenset[str]
    unallocated: float
    releases: frozenset[str]
    years: tuple[int | None, ...]
    basis: tuple[int, ...]

    @property
    def unit(self) -> tuple[str, str, int]:
        """What one value counts: the unit's code, how it is shown, and per how many residents."""
        variable = self.source.variables[self.card.numerator or self.card.variable]
        kind = {"rolling": "count", "rolling_rate": "rate"}.get(self.side.view, self.side.view)
        return variable["unit"]["code"], kind, self.card.rate.get("per", 1) if kind == "rate" else 1


@lru_cache(maxsize=4096)
def see(side: Side, place: str, shelf: Shelf) -> Seen:
    """Read what is known of a side. Raises KeyError for a code that its table does not have."""
    at = shelf.places[place]
    card = shelf.measures[side.measure]
    source, safe = shelf.cards[card.dataset], shelf.table(card.dataset, side.release)
    window = side.window
    known = [number for number in map(safe.position, window) if number is not None]
    cells = [safe.series(name, side.category, side.area) for name in (card.numerator or card.variable, card.denominator) if name]
    years, basis = _residents(side, card, safe, place, shelf)
    return Seen(
        side, card, source, source.tree.nodes.get(side.category), window, side.area == at.code or side.area not in {one.code for one in (*at.areas, *at.unallocated)},
        side.area in {one.code for one in at.unallocated}, len(known) < len(window),
        frozenset(status for cell in cells for status in cell.statuses[known]),
        frozenset(why for cell in cells for text in cell.reasons[known] for why in text.split("|") if why),
        share_unallocated(safe, place, tuple(known), shelf), frozenset(safe.release_of[number] for number in known), years, basis,
    )  # fmt: skip


def share_unallocated(safe: SafeTable, place: str, numbers: tuple[int, ...], shelf: Shelf) -> float:
    """The share of the place's count over some periods that was allocated to no area: over one period, what flags it 'u'.

    As in the guard the largest unallocated row decides: a row of its own for an airport says where it happened.
    """
    at = shelf.places[place]
    spare = [code for code in (one.code for one in at.unallocated) if safe.has(area=code)]
    if not spare or not numbers or not safe.has(area=at.code):
        return 0.0
    whole = safe.values[0, 0, safe.areas.index(at.code), list(numbers)].sum()
    parts = [np.nansum(safe.values[0, 0, safe.areas.index(code), list(numbers)]) for code in spare]
    return float(max(parts) / whole) if whole > 0 else 0.0


def _residents(side: Side, card: MeasureCard, safe: SafeTable, place: str, shelf: Shelf) -> tuple[tuple[int | None, ...], tuple[int, ...]]:
    """The years of the residents used, and for each the number of changes of the population's basis up to it."""
    if not side.rated:
        return (), ()
    if not card.rate:
        return (None,), ()
    at, rate = shelf.places[place], card.rate
    inside = covered(safe, at) if side.area == at.code else (side.area,)
    shown = (side.last,) if side.view == "rolling_rate" else side.window
    _, statuses, reasons = residents(shelf.table(rate["dataset"]), rate["variable"], inside, shown, side.view, rate["oldest_months"])
    years = [_year(period, side.view, status, why) for period, status, why in zip(shown, statuses, reasons, strict=True)]
    cuts = [cut for cut in shelf.cards[rate["dataset"]].breaks if cut.effect == "cut" and cut.touches(side.area, "")]
    known = sorted({year for year in years if year is not None})
    return tuple(dict.fromkeys(years)), tuple(dict.fromkeys(sum(int(cut.at[:4]) <= year for cut in cuts) for year in known))


def _year(period: str, view: str, status: str, why: str) -> int | None:
    if status == "x":
        return None
    return int(why.removeprefix("population ")) if why else int(middle(period, view)[:4])
