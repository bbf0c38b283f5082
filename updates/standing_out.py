"""What stands out in a new release, in the sentences of the feeds."""

from __future__ import annotations

from collections.abc import Iterator

from measures.store.shelf import Shelf
from routes.catalogues.feeds.feed_entries import entries_of, leading, notables
from routes.catalogues.feeds.feed_scope import FeedScope


def standing_out(shelf: Shelf, dataset: str, release: str, language: str) -> Iterator[str]:
    """The latest final figure and a sentence for each thing that stands out, for the place and its areas; none where
    it is not told of, or the dataset cannot be shown."""
    card = shelf.cards.get(dataset)
    if card is None or dataset in shelf.faults or card.place not in shelf.places:
        return
    scope = FeedScope(card.place, shelf.places[card.place].code)
    newest = next(entry for entry in card.releases if entry.id == release)
    for notable in notables(shelf, scope, card, newest):
        yield from leading(shelf, scope, notable, language)
        for entry in entries_of(shelf, scope, newest, notable, language):
            yield from entry.texts
