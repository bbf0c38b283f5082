"""Which place opens first: the one whose first page is fullest and freshest, unless a place file says ``default``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from disclosure.remembered import MB, remembered
from loaders import Place, periods
from measures.store.shelf import Shelf


def first_place(shelf: Shelf, today: date | None = None) -> Place:
    """The place that opens where an address names none. Raises PlaceError where none can be shown."""
    chosen = shelf.default_place
    return chosen if chosen.default else shelf.places[_fullest(shelf, today or date.today())]


@remembered(MB)
def _fullest(shelf: Shelf, today: date) -> str:
    """The name of the place whose first page weighs most; of equals, the first of the menu."""
    return max(shelf.places, key=lambda name: round(sum(_weights(shelf, shelf.places[name], today)), 6))


def _weights(shelf: Shelf, place: Place, today: date) -> Iterator[float]:
    """What each figure of the first page weighs: 1 when it is of today, a half when it is a year old; none of a series
    that has ended, cannot be read or is made of statements.
    """
    for card in (shelf.measures[name] for name in place.measures if name in shelf.measures):
        source = shelf.cards.get(card.dataset)
        counted = source and source.kind == "observations" and source.latest.last and not source.ended
        if counted and shelf.readable(source.name):
            yield len(card.home_categories) / (1 + max(0, _days(source.latest.last, today)) / 365)


def _days(last: str, today: date) -> int:
    return (today - periods.dates(last)[1]).days
