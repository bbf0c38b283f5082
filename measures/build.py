"""Make at build time what can be made then: protection, safe tables, factors, class bounds, boundaries, the attack.

Nothing here runs in the web server.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from disclosure.attack.attack import attack
from disclosure.builds import ATTACKED
from disclosure.commands import has_source, protect_package
from loaders import Fault, SourceCard, SourceError
from loaders.broken_off import NO_ROOM, reason_of, todo_of
from loaders.cards.read_card import require_cards
from measures.about.published_views import releases_published, write_publications
from measures.about.register import register_notes
from measures.about.similar_areas import write_areas
from measures.change.suspected_breaks import summary, suspected_breaks
from measures.claims.checks.stored_findings import write_findings
from measures.figures import overdispersion
from measures.figures.compute import Query, verdicts_of_areas
from measures.figures.discoveries import write_together
from measures.lines.seasonal import write_adjusted
from measures.maps.map import BOUNDS, bounds_key, make_bounds
from measures.notable.stored import write_notable
from measures.store import artifacts, boundaries
from measures.store.attack_verdicts import unsafe
from measures.store.inputs import inputs_of, protected_of
from measures.store.new_build import new_build
from measures.store.shelf import Shelf


def build(root: Path) -> int:
    """Build everything under ``root``; faulty datasets are named and skipped. Returns the number of faulty datasets.

    Readers get all of it in one step at the end. Raises AnotherBuild while one is at work, SourceError
    where nothing at all is published (what was built before stays), and OSError.
    """
    require_cards(root)
    with new_build(root) as new:
        new.about["inputs"] = inputs_of(root)
        shelf = Shelf(root, new)
        _each(shelf, "protect", _protect)
        _each(shelf, "build", _build_dataset)
        _each(shelf, "check", _check_claims)  # once every table is there that they are held against
        write_publications(shelf)
        _attack(shelf)
        new.about |= {"protected": protected_of(root), "faults": len(shelf.faults)}
    wrong = {str(error): error for error in (*shelf.faulty.values(), *shelf.faults.values())}
    built = len(set(shelf.cards) - set(shelf.faults))
    print(f"{built} datasets built, {len(wrong)} faulty. A server at work shows them within seconds.", flush=True)
    print(*wrong.values(), sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return len(wrong)


def _each(shelf: Shelf, what: str, step: Callable[[Shelf, SourceCard], bool]) -> None:
    """One step for every dataset that is not faulty; a line for each where the step had something to do."""
    for number, (name, card) in enumerate(shelf.cards.items(), 1):
        if name in shelf.faults:
            continue
        try:
            if step(shelf, card):
                print(f"{what} {number} of {len(shelf.cards)}: {card.id}", flush=True)
        except SourceError as error:
            shelf.faults[name] = error
        except OSError as error:
            shelf.faults[name] = _unreadable(card, error)


def _unreadable(card: SourceCard, error: OSError) -> SourceError:
    """A file of one dataset that cannot be read is that dataset's fault. Raises the error where the disk itself takes
    nothing more."""
    if error.errno in NO_ROOM or error.errno is None:
        raise error
    where = str(error.filename or card.folder)
    fault = Fault(where, "cannot be read", "a file that may be read", reason_of(error), todo_of(error))
    return SourceError(card.id, [fault])


def _attack(shelf: Shelf) -> None:
    """Try to undo what is hidden, from everything that was built; an unsafe dataset becomes a fault and is not shown.

    Each verdict names the hashes of the tables that were attacked: it says nothing about any other table.
    """
    cards = {name: card for name, card in shelf.cards.items() if name not in shelf.faults}
    counts_of = {
        name: {"safe": 0, "unsafe": 0, "not_examined": 0, "tables": _tables(shelf, card)}
        for name, card in cards.items()
    }
    for verdict in attack(shelf.built, shelf.cards, shelf.places):
        counts_of[verdict.dataset][verdict.outcome] += 1
    shelf.built.write_text(ATTACKED, json.dumps({"date": datetime.now(UTC).date().isoformat(), "datasets": counts_of}))
    for name, counts in counts_of.items():
        if counts["unsafe"]:
            shelf.faults[name] = unsafe(name, counts["unsafe"])


def _tables(shelf: Shelf, card: SourceCard) -> dict[str, str]:
    hashes = {
        release: shelf.built.hash_of(artifacts.table_name(card.name, release)) for release in releases_published(card)
    }
    return {release: digest for release, digest in hashes.items() if digest}


def _protect(shelf: Shelf, card: SourceCard) -> bool:
    """Before any table is read: what is divided by a protected dataset must be divided by what is shown of it."""
    if card.disclosure != "protect" or not has_source(card):
        return False
    protect_package(card, shelf.places[card.place], print)
    return True


def _build_dataset(shelf: Shelf, card: SourceCard) -> bool:
    name = card.name
    if card.is_table:
        for release in releases_published(card):
            artifacts.write(shelf.built, shelf.prepare(name, release), card)
        overdispersion.write_factors(shelf, name)
        write_together(shelf, name, verdicts_of_areas)
        _build_bounds(shelf, name, card)
        write_adjusted(shelf, name)
        _suspect(shelf, name)
        write_notable(shelf, name)
    if card.kind == "register":
        register_notes(shelf, name)
    if card.kind == "boundaries":
        for place in [place for place in shelf.places.values() if place.id == card.place]:
            boundaries.keep_boundaries(shelf.built, card, place)
            write_areas(place, shelf)
    return card.kind != "claims"


def _check_claims(shelf: Shelf, card: SourceCard) -> bool:
    if card.kind != "claims":
        return False
    write_findings(shelf, card.name)
    return True


def _suspect(shelf: Shelf, dataset: str) -> None:
    """Tell maintainers of jumps that no card declares."""
    breaks = suspected_breaks(shelf, dataset)
    if len(breaks):
        shelf.built.write(f"{dataset}/suspected_breaks.csv", lambda path: breaks.to_csv(path, index=False))
        print(summary(breaks, dataset))


def _build_bounds(shelf: Shelf, dataset: str, card) -> None:
    bounds = {}
    for place in shelf.places.values():
        for measure in (shelf.measures[name] for name in place.measures if shelf.measures[name].dataset == dataset):
            table = shelf.table(dataset)
            shown = measure.kind != "statements" and shelf.working(measure.name)
            if not shown or not any(table.has(area=area.code) for area in place.areas):
                continue
            for category in table.categories:
                query = Query(place.id, measure.name, (), category, measure.map_view)
                bounds[bounds_key(query)] = make_bounds(query, shelf)
    artifacts.keep(shelf.built, card, BOUNDS, bounds)
