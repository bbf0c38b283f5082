"""From the published files of a dataset to its safe table: the first eight lines of the walk in docs/code.md."""

from __future__ import annotations

import pandas as pd

from disclosure.guard import guard
from disclosure.safe_table import SafeTable
from loaders import Place, SourceCard, read_release
from loaders.observations.splice import newest_first, superseded

UNREAD = pd.DataFrame()  # of a protected dataset: the publisher's own file stays unread, and need not be here


def safe_table_of(card: SourceCard, place: Place, release: str = "latest") -> SafeTable:
    """Read, check, splice and guard a dataset: the default series, or one release on its own.

    Raises SourceError with every fault of its files.
    """
    if card.disclosure == "protect":
        return guard(UNREAD, card, place, release)
    chosen = [publication for publication in card.releases if release in ("latest", publication.id)]
    releases = [read_release(card, publication, place) for publication in chosen]
    series = newest_first(releases)
    return guard(series, card, place, release, superseded(releases))
