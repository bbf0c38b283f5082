"""What could a stranger work out from everything that the site publishes? The attack that each build has to withstand.

The list of publications comes from the build (``publications.json``), not from this module: tables, views, releases
and geographies become statements, and every hidden cell is asked about. The true counts are not used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.audit import prove
from disclosure.bounds import Contradiction
from disclosure.builds import LISTED, Build
from disclosure.constraints import Constraints
from disclosure.granularity import finer_than_source
from disclosure.policy import Policy, read_policy
from disclosure.publications import Universe, intervals_published, read_part, universe_of
from loaders import Place, SourceCard, SourceError, periods


@dataclass(frozen=True)
class CellVerdict:
    """One hidden cell: where it is, whether it is proved safe, and the range that was seen (``high`` None: no
    limit)."""

    dataset: str
    cell: str
    safe: bool
    low: int | None
    high: int | None
    why: str = ""

    def __str__(self) -> str:
        if self.safe:
            return f"{self.dataset} · {self.cell}: proven safe"
        if self.low is None:
            return f"{self.dataset} · {self.cell}: UNSAFE, {self.why}"
        most = "any number" if self.high is None else self.high
        return f"{self.dataset} · {self.cell}: UNSAFE, {self.low} to {most}{', ' + self.why if self.why else ''}"


def attack(
    build: Build, cards: dict[str, SourceCard], places: dict[str, Place], only: str = ""
) -> Iterator[CellVerdict]:
    """Attack every dataset that was built (or ``only`` one); one verdict for each hidden cell, and one for each other
    leak.

    Raises SourceError when the list of publications is not the one that the build wrote.
    """
    listed = read_part(build, LISTED, lambda path: json.loads(path.read_text(encoding="utf-8")))
    for entry in listed["datasets"]:
        if only in ("", entry["dataset"]):
            card = cards[entry["dataset"]]
            views = [view for view in listed["publications"] if view["dataset"] == card.name]
            yield from attack_dataset(build, card, places[card.place], entry, views)


def attack_dataset(
    build: Build, card: SourceCard, place: Place, entry: dict, views: list[dict]
) -> Iterator[CellVerdict]:
    """Verdicts on one dataset from its tables and views as built; what cannot be read back is not safe."""
    try:
        yield from _attack_dataset(build, card, place, entry, views)
    except SourceError as error:
        yield CellVerdict(card.name, "the whole table", False, None, None, str(error.faults[0]))


def _attack_dataset(
    build: Build, card: SourceCard, place: Place, entry: dict, views: list[dict]
) -> Iterator[CellVerdict]:
    if card.disclosure == "as_published":
        for words in finer_than_source(build, card, place, entry):
            yield CellVerdict(card.name, words, False, None, None, "finer than its source")
        if not entry["withheld"]["latest"]:
            return  # nothing is withheld, by us or by the source, so there is nothing to undo
    for variable in entry["variables"]:
        universe = universe_of(build, card, place, entry, variable)
        if universe.hidden.any():
            shown = [view for view in views if variable in (view["variable"], view["denominator"])]
            yield from _attack(build, card, universe, (entry, shown), variable)


def _attack(
    build: Build, card: SourceCard, universe: Universe, published: tuple[dict, list[dict]], variable: str
) -> Iterator[CellVerdict]:
    policy, (entry, views) = read_policy(card), published
    notes, finer = constraints_of(universe), []
    for view in views:
        finer += add_figures(notes, universe, intervals_published(build, view, variable), view)
    add_releases(notes, universe, build, entry, variable)
    add_overlaps(notes, universe, build, policy)
    for words in sorted(set(finer)):
        yield CellVerdict(card.name, words, False, None, None, "a figure finer than the declared grains")
    yield from _verdicts(card, universe, notes, policy)


def _verdicts(card: SourceCard, universe: Universe, notes: Constraints, policy: Policy) -> Iterator[CellVerdict]:
    secret = np.flatnonzero(universe.hidden)
    asked = universe.lattice.published[secret]
    names = universe.names()
    try:
        ranges = prove(notes.known(), asked, policy.range, policy.seconds["audit"])
    except Contradiction as error:
        yield CellVerdict(card.name, "all hidden cells", False, None, None, str(error))
        return
    for cell in np.flatnonzero(asked):
        high = None if ranges.unlimited[cell] else int(ranges.high[cell])
        why = "" if ranges.exact[cell] else "not settled in its time"
        yield CellVerdict(card.name, names[secret[cell]], bool(ranges.safe[cell]), int(ranges.low[cell]), high, why)


def constraints_of(universe: Universe) -> Constraints:
    """What the table itself says: each hidden cell an unknown, each total an equation."""
    notes, lattice = Constraints(), universe.lattice
    names = universe.names()
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
    return notes


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
