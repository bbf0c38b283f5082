"""A dataset that was readable and is not now: what the shelf before had read of it goes on, told in the log."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from disclosure import STATUSES, SafeTable
from loaders import Fault, SourceError
from loaders.cards.read_card import card_to_check
from measures.store.attack_verdicts import AttackSucceeded, NotAttacked
from measures.store.readings import parts_of

if TYPE_CHECKING:
    from measures.store.shelf import Shelf


def take_up(shelf: Shelf, before: Shelf | None) -> None:
    """Read everything before readers get it. What is broken keeps nothing else from being shown."""
    for name in list(shelf.cards):
        try:
            _read(shelf, name)
        except Exception as error:  # a fault of ours or of a file that nobody thought of is this dataset's alone
            cause, todo = f"{type(error).__name__}: {error}", "Run python -m loaders check."
            fault = Fault(name, "cannot be read", "a dataset that fits its card", cause, todo)
            shelf.faults[name] = SourceError(name, [fault])
    if before is not None:
        _go_on(shelf, before)


def _read(shelf: Shelf, name: str) -> None:
    """A dataset with the lists that stand beside it."""
    with suppress(SourceError):  # it stands in the faults of the shelf
        shelf.working_dataset(name)
        for part in parts_of(shelf.cards[name].kind):
            part(shelf, name)


def unread(shelf: Shelf) -> frozenset[str]:
    """The datasets whose last reading failed, shown from before or not at all."""
    return frozenset(shelf.faults) | frozenset(shelf.readings.continued)


def _go_on(shelf: Shelf, before: Shelf) -> None:
    for name, card in before.cards.items():
        was_read = name not in before.faults and before.readings.has(name)
        if name in shelf.faults and was_read and _may_go_on(shelf, before, name):
            error = shelf.faults[name]
            shelf.cards[name] = card
            shelf.readings.go_on_from(before.readings, name)
            if str(before.readings.continued.get(name)) != str(error):
                print(
                    f"{name} cannot be read any more; what was read before goes on.\n{error}",
                    file=sys.stderr,
                    flush=True,
                )
    for name, place in before.places.items():
        listed = shelf.root / "places" / f"{name}.toml"
        if name not in shelf.places and listed.exists():  # its list of areas is among what cannot be read
            every = {**shelf.places, name: place}
            shelf.places = dict(sorted(every.items(), key=lambda named: named[1].order))


def _may_go_on(shelf: Shelf, before: Shelf, name: str) -> bool:
    """Never what an attack undid, what is to be protected from now on, or a figure that is withheld by now."""
    error = shelf.faults[name]
    if isinstance(error, AttackSucceeded) or _disclosure(shelf, before, name) != before.cards[name].disclosure:
        return False
    if isinstance(error, NotAttacked):
        return not shows_what_is_withheld(before.table(name, error.table.release), error.table)
    return before.cards[name].disclosure != "protect"


def _disclosure(shelf: Shelf, before: Shelf, name: str) -> str:
    """What the card says of disclosure now, also one with faults; of a card that is no TOML, whether it speaks of
    it."""
    path = before.cards[name].folder / "source.toml"
    card = shelf.cards.get(name) or card_to_check(path)
    if card is not None:
        return card.disclosure
    speaks = path.exists() and b"protect" in path.read_bytes()
    return "protect" if speaks else before.cards[name].disclosure


def shows_what_is_withheld(shown: SafeTable, withheld: SafeTable) -> bool:
    """Has one table a figure in a cell that the other withholds?"""
    areas = [code for code in shown.areas if code in withheld.areas]
    periods = [code for code in shown.periods if code in withheld.periods]
    cells = [[table.areas.index(code) for code in areas] for table in (shown, withheld)]
    spans = [[table.periods.index(code) for code in periods] for table in (shown, withheld)]
    for variable, category, block in withheld.blocks():
        if variable in shown.variables and shown.has(category=category):
            values = shown.block(variable, category).values[np.ix_(cells[0], spans[0])]
            status = block.status[np.ix_(cells[1], spans[1])]
            if (np.isfinite(values) & (status == STATUSES.index("c"))).any():
                return True
    return False
