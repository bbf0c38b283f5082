"""From the published files of a dataset to its safe table: the first eight lines of the walk in docs/code.md."""

from __future__ import annotations

import pandas as pd

from disclosure.by_category import table_by_category
from disclosure.cell_statuses import ALONE, History
from disclosure.guard import as_published, guard, withheld_in_very_large
from disclosure.parquet_table import IN_MEMORY
from disclosure.safe_table import SafeTable
from disclosure.usual_revision import provisional_periods
from loaders import Fault, Place, SourceCard, SourceError, read_release
from loaders.cards.source_card import Release
from loaders.observations.sorted_counts import SortedCounts, is_sorted
from loaders.observations.splice import newest_first, superseded
from loaders.observations.table import Observations

EARLIER = "earlier"  # the release that a table of replaced cells is given: it may be made of several
UNREAD = pd.DataFrame()  # of a protected dataset: the publisher's own file stays unread, and need not be here


def safe_table_of(card: SourceCard, place: Place, release: str = "latest") -> SafeTable:
    """Read, check, splice and guard a dataset: the default series, or one release on its own.

    Raises SourceError with every fault of its files.
    """
    if card.disclosure == "protect":
        return guard(UNREAD, card, place, release)
    if any(is_sorted(card, publication) for publication in card.releases):
        return table_by_category(SortedCounts(card, _only(card), place), place, release)
    newest = release in ("latest", card.latest.id)
    chosen = [publication for publication in card.releases if newest or release == publication.id]
    releases = [read_release(card, publication, place) for publication in chosen]
    history = _history(releases, card, place, release) if newest and len(releases) > 1 else ALONE
    series = newest_first(releases if release == "latest" else releases[-1:])
    table = guard(series, card, place, release, history)
    withheld_in_very_large(card, table.size, table.count("c") if table.size > IN_MEMORY else 0)
    return table


def _only(card: SourceCard) -> Release:
    """The one release of a table beyond memory: what several tell of each other would need all of them at once."""
    if len(card.releases) > 1:
        todo = "Keep the newest, and take the others out of the card."
        what, found = "a table that is read a category at a time has several releases", str(len(card.releases))
        raise SourceError(card.id, [Fault(card.id, what, "one", found, todo)])
    return card.latest


def _history(releases: list[Observations], card: SourceCard, place: Place, release: str) -> History:
    """What all releases tell of the newest figures."""
    replaced = superseded(releases) if release == "latest" else None
    if card.disclosure != "as_published":
        return ALONE
    before = None if replaced is None else as_published(replaced, card, place, EARLIER)
    tables = {
        observations.release.id: as_published(newest_first([observations]), card, place, observations.release.id)
        for observations in releases
    }
    return History(before, provisional_periods(tables, card, place))
