"""At which releases, in which measures and of what is it told what stands out, and from which figures?"""

from __future__ import annotations

from collections.abc import Iterator

from loaders import Release, SourceCard
from loaders.cards.measure_card import MeasureCard
from measures.figures.change_verdict import TESTED
from measures.store.frozen import as_of
from measures.store.shelf import Shelf

FEWEST = 2  # areas, of which one can stand out among the others


def editions(card: SourceCard) -> tuple[Release, ...]:
    """The releases at which something changed for a reader, the oldest first: of those published together the last. A
    protected dataset has its newest only, for an older one could undo the protection."""
    if card.disclosure == "protect":
        return (card.latest,)
    last = {release.published: release for release in card.releases}
    return tuple(last.values())


def shelf_of(shelf: Shelf, card: SourceCard, release: Release) -> Shelf:
    """Everything that had been published at a release. Its tables raise SourceError where they cannot be put together
    anew."""
    return shelf if release.id == card.latest.id else as_of(shelf, release.published)


def judged_measures(shelf: Shelf, dataset: str) -> Iterator[tuple[str, MeasureCard, str]]:
    """Place, measure and view of which it is told what stands out: counted events of the place and of its areas, over
    twelve months where that is shown."""
    if shelf.cards[dataset].kind != "observations":
        return
    table = shelf.table(dataset)
    for place in shelf.places.values():
        areas = [area for area in place.areas if table.has(area=area.code)]
        if shelf.cards[dataset].place != place.id or len(areas) < FEWEST or not table.has(area=place.code):
            continue
        for measure in (shelf.measures[name] for name in place.measures if shelf.measures[name].dataset == dataset):
            view = view_of(measure)
            if view:
                yield place.id, measure, view


def view_of(measure: MeasureCard) -> str:
    """The view in which changes of a measure are told; '' where none of its figures is tested."""
    shown = (view for view in ("rolling", "count") if view in measure.views and view in TESTED)
    return next((view for view in shown if measure.kind == "count" and measure.judges(view)), "")


def categories_of(card: SourceCard, known: tuple[str, ...]) -> tuple[str, ...]:
    """The total and its groups, in the order of the card; where nothing adds up, what stands alone; the only category
    where there are none."""
    tree = card.tree.nodes.values()
    groups = [node.code for node in tree if node.level == "all" or (node.level == "group" and node.in_total)]
    alone = [node.code for node in tree if not node.parent]
    return next((chosen for codes in (groups, alone) if (chosen := tuple(c for c in codes if c in known))), known[:1])
