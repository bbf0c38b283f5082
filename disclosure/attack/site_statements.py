"""What the site itself says of its hidden cells: totals, figures of every view, releases and other geographies."""

from __future__ import annotations

import numpy as np
import pandas as pd

from disclosure.attack.constraints import Constraints
from disclosure.attack.publications import Universe
from disclosure.builds import Build
from disclosure.protection.policy import Policy
from loaders import periods


def constraints_of(*universes: Universe) -> Constraints:
    """What the tables themselves say: each hidden cell an unknown, each total an equation."""
    notes = Constraints()
    for universe in universes:
        _note_table(notes, universe)
    return notes


def _note_table(notes: Constraints, universe: Universe) -> None:
    lattice, names = universe.lattice, universe.names()
    for cell in np.flatnonzero(universe.hidden):
        notes.unknown(names[cell], low=int(universe.least[cell]))
    rows = lattice.equations[np.flatnonzero(abs(lattice.equations) @ universe.hidden.astype(np.int64))]
    for equation in range(rows.shape[0]):
        row = slice(rows.indptr[equation], rows.indptr[equation + 1])
        cells, factors = rows.indices[row], rows.data[row]
        secret = universe.hidden[cells]
        notes.equal(
            dict(zip(names[cells[secret]], map(int, factors[secret]), strict=True)),
            -int((lattice.count[cells] * factors)[~secret].sum()),
        )


def add_figures(notes: Constraints, universe: Universe, figures: pd.DataFrame, view: dict) -> list[str]:
    """A figure that counts hidden cells says something about their sum; the ones that count undeclared cells are
    returned."""
    finer, names = [], universe.names()
    for row in figures.itertuples():
        window = periods.span(periods.shift(row.period, 1 - view["width"]), row.period)
        cells = [universe.find(row.category, row.area, period) for period in window]
        if any(cell is None or not universe.lattice.published[cell] for cell in cells):
            finer.append(f"{row.area} · {row.category} · {row.period} ({view['view']})")
            continue
        secret = [names[cell] for cell in cells if universe.hidden[cell]]
        if secret:
            shown = sum(int(universe.lattice.count[cell]) for cell in cells if not universe.hidden[cell])
            low, high = row.low, row.high
            notes.between(secret, low - shown, high - shown)
    return finer


def add_releases(notes: Constraints, universe: Universe, build: Build, entry: dict, variable: str) -> None:
    """A cell that one release withholds and another one shows is known, unless it was revised."""
    names = universe.names()
    for release in entry["tables"]:
        if release != "latest":
            for category, area, period, value in universe.shown_in(build, entry, release, variable):
                cell = universe.find(category, area, period)
                if cell is not None and universe.hidden[cell]:
                    notes.equal(names[cell], int(value))


def add_overlaps(notes: Constraints, universe: Universe, build: Build, policy: Policy) -> None:
    """Other geographies: an area of another dataset that is several areas here gives their sum."""
    names = universe.names()
    for other in policy.overlaps:
        for category, area, period, value in universe.shown_elsewhere(build, other["dataset"]):
            cells = [universe.find(category, part, period) for part in other["areas"].get(area, ())]
            secret = [names[cell] for cell in cells if cell is not None and universe.hidden[cell]]
            if secret and None not in cells:
                notes.equal(
                    secret,
                    int(value) - sum(int(universe.lattice.count[cell]) for cell in cells if not universe.hidden[cell]),
                )
