"""What is a query answered from? Its cards, its safe table, and the periods that it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from disclosure import SafeTable
from loaders import Place, SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from measures.lines.query import Query
from measures.lines.views import width_of
from measures.store.shelf import Shelf

_DIVIDED = ("share", "density")  # views that divide one variable of the dataset by another


@dataclass(frozen=True, eq=False)
class Scope:
    """A query with the shelf that answers it. Raises SourceError when the dataset cannot be read."""

    query: Query
    shelf: Shelf

    @property
    def card(self) -> MeasureCard:
        return self.shelf.measures[self.query.measure]

    @property
    def source(self) -> SourceCard:
        return self.shelf.cards[self.card.dataset]

    @property
    def place(self) -> Place:
        return self.shelf.places[self.query.place]

    @cached_property
    def safe(self) -> SafeTable:
        return self.shelf.table(self.card.dataset, self.query.release)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The periods asked for that the table has."""
        first, last = self.query.first, self.query.last
        return tuple(
            period for period in self.safe.periods if (not first or period >= first) and (not last or period <= last)
        )

    @property
    def start(self) -> int:
        """The number of the first period shown in the table."""
        return self.safe.position(self.shown[0]) if self.shown else 0

    @property
    def year(self) -> int:
        """How many periods make a year."""
        return periods.per_year(self.shown[0]) if self.shown else 1

    @property
    def width(self) -> int:
        """How many periods a figure of the view counts."""
        return width_of(self.shown[0], self.query.view) if self.shown else 1

    @property
    def read(self) -> slice:
        """The periods that are read: those shown, a year before them, and what their sums reach back."""
        return slice(max(0, self.start - self.year - self.width + 1), self.start + len(self.shown))

    @property
    def variables(self) -> tuple[str, ...]:
        return divided(self.card, self.query.view)

    def of(self, areas: tuple[str, ...]) -> Scope:
        """The same for other areas."""
        return Scope(replace(self.query, areas=areas), self.shelf)


def divided(card: MeasureCard, view: str) -> tuple[str, ...]:
    """The variables of the dataset that a view shows: one, or the part and the whole that divides it."""
    part = card.numerator or card.variable
    return (part, card.denominator) if view in _DIVIDED else (part,)
