"""Does a file give away by its own sums, shares and rates what it withholds?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from loaders.cards.source_card import Release, SourceCard
from loaders.data_folder import PROJECT
from loaders.errors import Fault
from loaders.lint.freshness import area_with_name
from loaders.observations.given_away import given_away
from loaders.observations.read import read_cells
from loaders.observations.relations import statements_of
from loaders.places.place import Place


def given_away_faults(card: SourceCard, release: Release, place: Place) -> Iterator[Fault]:
    """A fault for each withheld cell that the figures printed beside it leave too few values. Raises SourceError.

    The cell and what gives it away are named, and never the number.
    """
    width = _width(card)
    known = given_away(statements_of(card, release), width)
    if not known:
        return
    cells, _, _ = read_cells(card, release, place)
    for row in cells[cells["status"] == "c"].itertuples():
        words = known.get((int(row.row), int(row.number)))
        if words:
            names = (area_with_name(place, row.area), row.category, row.period)
            yield Fault(
                f"{card.id}/{release.file}, {', '.join(filter(None, names))}, column {row.column}",
                "the publisher's own figures give a withheld cell away",
                f"at least {width} possible numbers",
                words,
                "Tell the publisher. The build shows nothing of the dataset until its file gives no cell away.",
            )


def _width(card: SourceCard) -> int:
    """Of how many whole numbers a withheld one must still be able to be any."""
    own = card.folder.parents[2] / "disclosure.toml"
    path = own if own.exists() else PROJECT / "data" / "disclosure.toml"
    return int(tomllib.loads(path.read_text(encoding="utf-8"))["range"])
