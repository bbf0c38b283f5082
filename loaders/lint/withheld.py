"""Does a file give away by its own sums, shares and rates what it withholds?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import numpy as np
import pandas as pd

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
    if not statements_of(card, release):
        return
    width = _width(card)
    cells, _, _ = read_cells(card, release, place)
    declared = zip(cells["row"][_declared(card, cells)], cells["number"][_declared(card, cells)], strict=True)
    beside = frozenset((int(row), int(number)) for row, number in declared)
    known = given_away(statements_of(card, release, beside), width)
    for row in cells[cells["status"] == "c"].itertuples():
        words = known.get((int(row.row), int(row.number)))
        if words:
            names = (area_with_name(place, row.area), row.category, row.period)
            yield Fault(
                f"{card.id}/{release.file}, {', '.join(filter(None, names))}, column {row.column}",
                "the publisher's own figures give a withheld cell away",
                f"at least {width} possible numbers",
                words,
                "Tell the publisher. Nothing of the dataset is shown until the card withholds what gives the cell "
                "away, too ([[cells]] with status c).",
            )


def _declared(card: SourceCard, cells: pd.DataFrame) -> np.ndarray:
    """Which cells does the card itself withhold?"""
    withheld = np.zeros(len(cells), dtype=bool)
    for declared in card.cells:
        if declared["status"] == "c" and not declared.get("mark"):
            these = np.ones(len(cells), dtype=bool)
            for key, axis in (
                ("variables", "variable"),
                ("categories", "category"),
                ("areas", "area"),
                ("periods", "period"),
            ):
                these &= cells[axis].isin(declared[key]).to_numpy() if declared.get(key) else True
            withheld |= these
    return withheld


def _width(card: SourceCard) -> int:
    """Of how many whole numbers a withheld one must still be able to be any."""
    own = card.folder.parents[2] / "disclosure.toml"
    path = own if own.exists() else PROJECT / "data" / "disclosure.toml"
    return int(tomllib.loads(path.read_text(encoding="utf-8"))["range"])
