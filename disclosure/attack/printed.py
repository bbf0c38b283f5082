"""What the published files themselves say of the cells that are hidden: the sums, shares and rates that they print."""

from __future__ import annotations

import pandas as pd

from disclosure.attack.constraints import Constraints
from disclosure.attack.publications import Universe
from loaders import Place, SourceCard
from loaders.cards.source_card import Release
from loaders.observations.number_grid import Cell
from loaders.observations.read import read_cells
from loaders.observations.relations import statements_of

Universes = dict[str, Universe]


def add_printed(
    notes: Constraints, universes: Universes, card: SourceCard, place: Place, release_of: dict[str, str]
) -> dict[str, str]:
    """Note every sum, share and rate of the files of a dataset that speaks of a hidden cell; what prints the last of
    them, by the name of the cell. Raises SourceError.

    A cell that only a file withholds, in a row or column that the card leaves out or in an older release, is one more
    unknown. ``taken``: period → the release that the built table has it from.
    """
    printed: dict[str, str] = {}
    for release in card.releases:
        names = _names(universes, card, place, release, release_of)
        for statement in statements_of(card, release, frozenset(names)):
            terms = {
                names.get(cell, f"{release.file} · {cell[0]} · {cell[1]}"): n for cell, n in statement.terms.items()
            }
            notes.unknown(*(name for name in terms if name not in notes.names))
            notes.between(terms, statement.low, statement.high)
            printed |= dict.fromkeys(terms, f"{release.file}: {statement.words}")
    return printed


def _names(
    universes: Universes, card: SourceCard, place: Place, release: Release, release_of: dict[str, str]
) -> dict[Cell, str]:
    """Row and column of each hidden cell that a release gives → the name of that cell."""
    cells, _, _ = read_cells(card, release, place)
    own = cells[cells["period"].map(release_of).astype(object) == release.id]
    names = {}
    for variable, universe in universes.items():
        part = own[own["variable"] == variable]
        keys = pd.MultiIndex.from_arrays([part[axis].astype(object) for axis in ("category", "area", "period")])
        hidden = part[keys.isin(universe.hidden_keys())]
        for row in hidden.itertuples():
            cell = universe.find(row.category, row.area, row.period)
            names[int(row.row), int(row.number)] = universe.names()[cell]
    return names
