"""Has a page something for a place? What has not leaves the menu; its address still answers, and names where there is
something.
"""

from __future__ import annotations

from layout.frame.links import traceable_of
from layout.frame.markup import links_to_places
from layout.frame.menu import PAGES
from layout.frame.reader import Reader
from loaders import Place, SourceCard
from measures.about.register import register_card
from measures.claims.collection import indicators_of
from measures.claims.search import claims_card
from measures.store.shelf import Shelf


def offered(page: str, place: Place, shelf: Shelf) -> bool:
    """Is there anything on a page that was published for the place?"""
    cards = [shelf.measures[name] for name in place.measures]
    if page == "online":
        counted = any(card.domain == "online" or card.kind == "statements" for card in cards)
        return counted or online_claims(place, shelf) is not None
    if page == "compare":
        return any(card.kind != "statements" for card in cards)
    if page == "register":
        return register_card(shelf, place.id) is not None
    if page == "origin":
        return bool(traceable_of(shelf, place))
    if page in ("district", "map"):
        return bool(cards and place.areas)
    return bool(cards) or page != "trends"


def online_claims(place: Place, shelf: Shelf) -> SourceCard | None:
    """The collected statements about a place that speak of online services, unless a measure of its own shows them."""
    card = claims_card(shelf, place.id)
    shown = [shelf.measures[name].dataset for name in place.measures]
    if card is None or card.name in shown or not shelf.readable(card.name):
        return None
    return card if indicators_of(shelf, card.name, "online", elsewhere=True) else None


def in_menu(reader: Reader) -> list[str]:
    """The pages that have something for the reader's place."""
    return [page for page in PAGES if offered(page, reader.place, reader.shelf)]


def elsewhere(reader: Reader, page: str) -> str:
    """Links to the places that have something on a page, after a word of introduction; '' where none has."""
    places = [place for place in reader.shelf.places.values() if offered(page, place, reader.shelf)]
    items = links_to_places(page, places, reader)
    return items and reader.say("There is one for:") + reader.say.language.sentence_gap + items
