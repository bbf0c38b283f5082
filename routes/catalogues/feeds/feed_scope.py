"""What is a feed about? A place, one of its areas, and a measure or a category: the parts of its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loaders import Place, SourceCard
from measures.notable.editions import categories_of
from measures.store.shelf import Shelf
from routes.catalogues.data_package import datasets


@dataclass(frozen=True)
class FeedScope:
    """``area``: the place's own code where none is named. ``thing``: a measure or a category, '' for all."""

    place: str
    area: str
    thing: str = ""

    @property
    def name(self) -> str:
        """What the ids of its entries are made from; it never changes."""
        return "/".join(filter(None, ("feeds", self.place, self.area, self.thing)))


def read_scope(shelf: Shelf, parts: list[str]) -> FeedScope | None:
    """The scope that the parts of an address name: place, area (may be left out), measure or category (may be left
    out); None where they name nothing that is there."""
    if not parts or len(parts) > 3 or parts[0] not in shelf.places:
        return None
    place = shelf.places[parts[0]]
    named = parts[1:]
    area = named.pop(0) if named and named[0] in {place.code, *(area.code for area in place.areas)} else place.code
    thing = named.pop(0) if named else ""
    scope = FeedScope(place.id, area, thing)
    return scope if not named and (not thing or thing in things(shelf, place)) else None


def things(shelf: Shelf, place: Place) -> dict[str, tuple[str, ...]]:
    """Measure or category → the datasets that have it, of a place."""
    found: dict[str, tuple[str, ...]] = {}
    for name in place.measures:
        dataset = shelf.measures[name].dataset
        for code in (name, *categories(shelf, dataset)):
            if code and dataset not in found.get(code, ()):
                found[code] = (*found.get(code, ()), dataset)
    return found


def categories(shelf: Shelf, dataset: str) -> tuple[str, ...]:
    """The total and the groups of a dataset, of which feeds are given."""
    card = shelf.cards[dataset]
    return categories_of(card, tuple(card.tree.nodes)) if card.tree.nodes else ()


def cards_of(shelf: Shelf, scope: FeedScope) -> Iterator[SourceCard]:
    """The datasets of a place that the feed tells of."""
    known = things(shelf, shelf.places[scope.place])
    for card in datasets(shelf):
        if card.place == scope.place and (not scope.thing or card.name in known[scope.thing]):
            yield card


def feed_address(scope: FeedScope, form: str, language: str, place_code: str) -> str:
    """The address of a feed: /feeds/london/E09000007/theft.atom?lang=en"""
    parts = [scope.place, *([scope.area] if scope.area != place_code else []), *([scope.thing] if scope.thing else [])]
    return f"/feeds/{'/'.join(parts)}.{form}?lang={language}"
