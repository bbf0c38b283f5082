"""One side of a comparison: which figure is it, and what is known of the periods that it counts?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from disclosure.remembered import remembered
from disclosure.unallocated import unallocated_shares
from loaders import Category, SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from measures.lines.denominators import basis_years, residents
from measures.lines.query import Query
from measures.lines.scope import divided
from measures.lines.views import window_of
from measures.store.shelf import Shelf

POINTS = ("index", "adjusted")  # views whose figure stands for its last period alone


@dataclass(frozen=True)
class Figure:
    """One figure: codes only. It counts the periods from ``first`` to ``last``; a rolling view the year that ends with
    ``last``.

    For an index ``first`` is the start of its base. For a statement ``view`` is its kind and the two are the days it
    states.
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

    def moved(self, steps: int) -> Figure:
        """The same figure ``steps`` periods later (earlier when negative)."""
        return replace(self, first=periods.shift(self.first or self.last, steps), last=periods.shift(self.last, steps))


@dataclass(frozen=True)
class FigureFacts:
    """What is known of one side.

    ``statuses`` and ``reasons`` are those of its cells; ``outside``: some of its periods are not in the table at all.
    ``in_no_area``: it is the row of what is in no area; ``unallocated``: the share of the place's count over the window
    that went to no area; ``years``: the years of the residents that a rate divides by (0: none), and ``basis`` their
    population basis.
    """

    side: Figure
    card: MeasureCard
    source: SourceCard
    node: Category | None
    window: tuple[str, ...]
    whole: bool
    in_no_area: bool
    outside: bool
    statuses: frozenset[str]
    reasons: frozenset[str]
    unallocated: float
    releases: frozenset[str]
    years: tuple[int, ...]
    basis: tuple[int, ...]

    @property
    def unit(self) -> tuple[str, str, int]:
        """What one value counts: the unit's code, how it is shown, and per how many residents."""
        variable = self.source.variables[self.card.numerator or self.card.variable]
        kind = {"rolling": "count", "rolling_rate": "rate"}.get(self.side.view, self.side.view)
        return variable["unit"]["code"], kind, self.card.rate.get("per", 1) if kind == "rate" else 1


@remembered()
def facts_of(side: Figure, place: str, shelf: Shelf) -> FigureFacts:
    """Read what is known of a side. Raises KeyError for a code that its table does not have."""
    site = shelf.places[place]
    card = shelf.measures[side.measure]
    source, safe = shelf.cards[card.dataset], shelf.table(card.dataset, side.release)
    known = [number for number in map(safe.position, side.window) if number is not None]
    cells = [safe.series(name, side.category, side.area) for name in divided(card, side.view)]
    unallocated = tuple(area.code for area in site.unallocated)
    shares = unallocated_shares(safe, site, divided(card, side.view), side.category, len(side.window))
    missing = shares[known[-1]] if len(known) == len(side.window) else 0.0
    years, basis = _residents(side, card, place, shelf)
    return FigureFacts(
        side,
        card,
        source,
        source.tree.nodes.get(side.category),
        side.window,
        side.area not in {area.code for area in site.areas} | set(unallocated),
        side.area in unallocated,
        len(known) < len(side.window),
        frozenset(status for cell in cells for status in cell.statuses[known]),
        frozenset(why for cell in cells for text in cell.reasons[known] for why in text.split("|") if why),
        float(missing),
        frozenset(safe.release_of[number] for number in known),
        years,
        basis,
    )


def _residents(side: Figure, card: MeasureCard, place: str, shelf: Shelf) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The years of the residents used, and for each the number of changes of the population's basis up to it."""
    if not side.rated:
        return (), ()
    if not card.rate:
        return (0,), ()
    query = Query(place, side.measure, (side.area,), side.category, side.view, release=side.release)
    years = residents(query, shelf, (side.last,) if side.view == "rolling_rate" else side.window).years
    starts = basis_years(shelf.cards[card.rate["dataset"]], side.area)
    used = sorted({int(year) for year in years[0]})
    return tuple(used), tuple(dict.fromkeys(sum(start <= year for start in starts) for year in used if year))
