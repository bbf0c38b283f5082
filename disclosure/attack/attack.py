"""What could a stranger work out from everything that the site publishes? The attack that each build has to withstand.

The list of publications comes from the build (``publications.json``), not from this module: tables, views, releases and
geographies become statements, and every hidden cell is asked about. The true counts are not used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from disclosure.attack.constraints import Constraints
from disclosure.attack.copies import add_copies
from disclosure.attack.granularity import finer_than_source
from disclosure.attack.printed import Universes, add_printed
from disclosure.attack.publications import Universe, intervals_published, read_built, read_part, universe_of
from disclosure.attack.site_statements import add_figures, add_overlaps, add_releases, constraints_of
from disclosure.builds import LISTED, Build
from disclosure.protection.audit import prove
from disclosure.protection.bounds import Contradiction
from disclosure.protection.policy import Policy, read_policy
from loaders import Place, SourceCard, SourceError


@dataclass(frozen=True)
class CellVerdict:
    """One hidden cell: where it is, whether it is safe, and the range that was seen (``high`` None: no limit).

    ``examined``: does anything published speak of it, so that there was something to prove?
    """

    dataset: str
    cell: str
    safe: bool
    low: int | None
    high: int | None
    why: str = ""
    examined: bool = True

    @property
    def outcome(self) -> str:
        """safe (proven), unsafe, or not_examined: nothing that was published speaks of the cell."""
        return "unsafe" if not self.safe else "safe" if self.examined else "not_examined"

    def __str__(self) -> str:
        if self.safe:
            return f"{self.dataset} · {self.cell}: {'proven safe' if self.examined else 'not examined'}"
        if self.low is None:
            return f"{self.dataset} · {self.cell}: UNSAFE, {self.why}"
        most = "any number" if self.high is None else self.high
        return f"{self.dataset} · {self.cell}: UNSAFE, {self.low} to {most}{', ' + self.why if self.why else ''}"


@dataclass(frozen=True)
class Published:
    """What is attacked of one dataset: its entry in the list of publications, its views, and the other datasets of its
    place."""

    entry: dict
    views: list[dict]
    others: list[dict]


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
            others = [other for other in listed["datasets"] if other is not entry and other["place"] == entry["place"]]
            yield from attack_dataset(build, card, places[card.place], Published(entry, views, others))


def attack_dataset(build: Build, card: SourceCard, place: Place, published: Published) -> Iterator[CellVerdict]:
    """Verdicts on one dataset from its tables and views as built; what cannot be read back is not safe."""
    try:
        yield from _attack_dataset(build, card, place, published)
    except SourceError as error:
        yield CellVerdict(card.name, "the whole table", False, None, None, str(error.faults[0]))


def _attack_dataset(build: Build, card: SourceCard, place: Place, published: Published) -> Iterator[CellVerdict]:
    entry = published.entry
    if card.disclosure == "as_published":
        for words in finer_than_source(build, card, place, entry):
            yield CellVerdict(card.name, words, False, None, None, "finer than its source")
        if not entry["withheld"]["latest"]:
            return  # nothing is withheld, by us or by the source, so there is nothing to undo
    universes = {name: universe_of(build, card, place, entry, name) for name in entry["variables"]}
    universes = {name: universe for name, universe in universes.items() if universe.hidden.any()}
    notes, policy = constraints_of(*universes.values()), read_policy(card)
    of_table = notes.rows
    for words in _note_published(notes, universes, build, policy, published):
        yield CellVerdict(card.name, words, False, None, None, "a figure finer than the declared grains")
    printed = {}
    if card.disclosure == "as_published":
        table = read_built(build, entry, "latest")
        release_of = dict(zip(table.periods, table.release_of, strict=True))
        printed = add_printed(notes, universes, card, place, release_of)
        add_copies(notes, universes, build, entry, published.others)
    examined = _examined(notes, of_table, universes) if card.disclosure == "as_published" else None
    yield from _verdicts(card, universes, _Evidence(notes, examined, printed), policy)


def _note_published(
    notes: Constraints, universes: Universes, build: Build, policy: Policy, published: Published
) -> list[str]:
    """Note every view, release and geography of the site; the figures that count undeclared cells are returned."""
    finer: set[str] = set()
    for variable, universe in universes.items():
        for view in published.views:
            if variable in (view["variable"], view["denominator"]):
                finer |= set(add_figures(notes, universe, intervals_published(build, view, variable), view))
        add_releases(notes, universe, build, published.entry, variable)
        add_overlaps(notes, universe, build, policy)
    return sorted(finer)


def _examined(notes: Constraints, of_table: int, universes: Universes) -> set[str]:
    """The hidden cells that something published speaks of: a sum, share or rate of a file, a figure, another release or
    dataset; and the sums of such cells. That an unknown total is made of them says nothing of its parts."""
    spoken = notes.spoken_of(of_table)
    examined = {name for name, number in notes.names.items() if number in spoken}
    for universe in universes.values():
        names, sums = universe.names(), list(_hidden_sums(universe))
        before = -1
        while before < len(examined):
            before = len(examined)
            for parts, total in sums:
                if total is None:
                    examined |= set(names[parts])
                elif examined.intersection(names[parts]):
                    examined.add(names[total])
    return examined


def _hidden_sums(universe: Universe) -> Iterator[tuple[np.ndarray, int | None]]:
    """The hidden parts of every total, and the total where it is hidden itself; None where it is shown."""
    equations, hidden = universe.lattice.equations, universe.hidden
    for row in np.flatnonzero(abs(equations) @ hidden.astype(np.int64)):
        cells = equations.indices[equations.indptr[row] : equations.indptr[row + 1]]
        is_part = equations.data[equations.indptr[row] : equations.indptr[row + 1]] > 0
        (total,) = cells[~is_part]
        yield cells[is_part & hidden[cells]], int(total) if hidden[total] else None


@dataclass(frozen=True)
class _Evidence:
    """What the site shows of one dataset.

    ``examined``: the hidden cells that something published speaks of (None: every one); ``printed``: those whose
    number stands in words, and where.
    """

    notes: Constraints
    examined: set[str] | None
    printed: dict[str, str]


def _verdicts(card: SourceCard, universes: Universes, evidence: _Evidence, policy: Policy) -> Iterator[CellVerdict]:
    notes, examined = evidence.notes, evidence.examined
    questioned, names = np.zeros(len(notes.names), dtype=bool), list(notes.names)
    for universe in universes.values():
        for name in universe.names()[universe.hidden & universe.lattice.published]:
            questioned[notes.names[name]] = True
    try:
        ranges = prove(notes.known(), questioned, policy.range, policy.seconds["audit"])
    except Contradiction as error:
        yield CellVerdict(card.name, "all hidden cells", False, None, None, str(error))
        return
    for cell in np.flatnonzero(questioned):
        high = None if ranges.unlimited[cell] else int(ranges.high[cell])
        safe, name = bool(ranges.safe[cell]), names[cell]
        why = "" if ranges.exact[cell] else "not settled in its time"
        why = evidence.printed.get(name, why) if not safe else why
        yield CellVerdict(card.name, name, safe, int(ranges.low[cell]), high, why, examined is None or name in examined)
