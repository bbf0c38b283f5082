"""Make at build time what can be made then: protection, safe tables, how much each series fluctuates, class bounds, boundaries, the list of publications.

Nothing here runs in the web server.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from disclosure.attack import attack
from disclosure.package import has_source, protect_package
from loaders import Fault, SourceError
from loaders.boundaries import read_boundaries, topojson_of
from measures import built, dispersion
from measures.adjusted import write_adjusted
from measures.checks.built_findings import write_findings
from measures.compute import Query
from measures.mapped import BOUNDS, key_of, make_bounds
from measures.publications import releases_of, write_publications
from measures.register import beside
from measures.shelf import ATTACKED, Shelf
from measures.similar import write_areas
from measures.suspected import summary, suspected_breaks


def build(root: Path) -> int:
    """Build everything under ``root``; faulty datasets are named and skipped. Returns the number of faulty datasets."""
    shutil.rmtree(root / "built", ignore_errors=True)
    shelf = Shelf(root)
    for name, card in shelf.cards.items():
        try:
            _build_dataset(shelf, name, card)
        except SourceError as error:
            shelf.faults[name] = error
    write_publications(shelf)
    _attack(shelf)
    wrong = {str(error): error for error in (*shelf.faulty.values(), *shelf.faults.values())}
    print(*wrong.values(), sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return len(wrong)


def _attack(shelf: Shelf) -> None:
    """Try to undo what is hidden, from everything that was built; an unsafe dataset becomes a fault and is not shown."""
    found = {name: {"safe": 0, "unsafe": 0} for name in shelf.cards if name not in shelf.faults}
    for verdict in attack(shelf.root, shelf.cards, shelf.places):
        found[verdict.dataset]["safe" if verdict.safe else "unsafe"] += 1
    result = {"date": datetime.now(UTC).date().isoformat(), "datasets": found}
    (shelf.root / "built" / ATTACKED).write_text(json.dumps(result), encoding="utf-8")
    for name in [name for name, counts in found.items() if counts["unsafe"]]:
        fault = Fault(name, "hidden cells can be worked out", "0 unsafe", str(found[name]["unsafe"]), "Run python -m disclosure attack.")
        shelf.faults[name] = SourceError(name, [fault])


def _build_dataset(shelf: Shelf, name: str, card) -> None:
    if card.disclosure == "protect" and has_source(card):
        protect_package(card, shelf.places[card.place], print)
    if card.kind in ("observations", "areas"):
        for release in releases_of(card):
            built.write(shelf.root, shelf.prepare(name, release), card)
        dispersion.write(shelf, name)
        _build_bounds(shelf, name, card)
        write_adjusted(shelf, name)
        _suspect(shelf, name)
    if card.kind == "register":
        beside(shelf, name)
    if card.kind == "boundaries":
        _build_boundaries(shelf, card)
        write_areas(shelf.places[card.place], shelf)
    if card.kind == "claims":
        write_findings(shelf, name)


def _suspect(shelf: Shelf, dataset: str) -> None:
    """Tell maintainers of jumps that no card declares."""
    found = suspected_breaks(shelf, dataset)
    if len(found):
        found.to_csv(shelf.root / "built" / dataset / "suspected_breaks.csv", index=False)
        print(summary(found, dataset))


def _build_bounds(shelf: Shelf, dataset: str, card) -> None:
    bounds = {}
    for place in shelf.places.values():
        for measure in (shelf.measures[one] for one in place.measures if shelf.measures[one].dataset == dataset):
            table = shelf.table(dataset)
            if measure.kind == "statements" or not any(table.has(area=area.code) for area in place.areas):
                continue
            for category in table.categories:
                query = Query(place.id, measure.name, (), category, measure.map_view)
                bounds[key_of(query)] = make_bounds(query, shelf)
    built.keep(shelf.root, card, BOUNDS, bounds)


def _build_boundaries(shelf: Shelf, card) -> None:
    text = topojson_of(read_boundaries(card, shelf.places[card.place]))
    folder = shelf.root / "built" / "boundaries"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{card.place}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.topo.json").write_text(text)
