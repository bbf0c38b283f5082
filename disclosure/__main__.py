"""Hide small counts of a publisher's own table and prove that they stay hidden; try to work them out from all that was built."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from disclosure.attack import attack
from disclosure.package import card_folder, protect_package
from loaders import Fault, Place, SourceCard, SourceError, data_folder, find_cards, read_card, read_places
from loaders.commands import DONE, FAILED, WAITS, Commands


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    commands = Commands("disclosure", __doc__)
    package = {"metavar": "PACKAGE", "type": card_folder, "help": "the folder of a source.toml, or that file"}
    commands.add("protect", _protect, "Hide what must be hidden; done when the protected table stands and its audit proves it.").add_argument(
        "package", **package
    )
    commands.add(
        "attack", _attack, "One line for each hidden cell of everything that was built, or of one package; fails when any is unsafe."
    ).add_argument("package", nargs="?", **package)
    return commands.run(words)


def _protect(asked: Namespace) -> int:
    card, _, places = _read(asked.package)
    if card.place not in places:
        fault = Fault(card.id, "its place cannot be read", "a file in data/places", card.place, "Write or correct the place first.")
        raise SourceError(card.id, [fault])
    audit = protect_package(card, places[card.place], lambda words: print(words, file=sys.stderr, flush=True))
    hidden, counts = audit["primary"] + audit["secondary"], audit["lattice"]["counts"]
    kinds = f"{audit['primary']} primary, {audit['secondary']} secondary"
    print(f"{card.id}: {hidden} of {counts} counts hidden ({kinds}), unsafe: {audit['unsafe']}")
    return DONE


def _attack(asked: Namespace) -> int:
    root = _root(asked.package)
    if not (root / "built" / "publications.json").exists():
        print("Nothing was built yet: run make data.", file=sys.stderr)
        return WAITS
    card, cards, places = _read(asked.package)
    counted = {True: 0, False: 0}
    for verdict in attack(root, cards, places, card.name if card else ""):
        print(verdict)
        counted[verdict.safe] += 1
    print(f"{counted[True]} hidden cells proven safe, {counted[False]} unsafe")
    return FAILED if counted[False] else DONE


def _root(folder: Path | None) -> Path:
    """The data folder that a package lies in, or this site's own."""
    return data_folder() if folder is None else folder.joinpath("../../..").resolve()


def _read(folder: Path | None) -> tuple[SourceCard | None, dict[str, SourceCard], dict[str, Place]]:
    """The card of the package asked about, every card by name, and every place. Raises SourceError and PlaceError."""
    card = read_card(folder / "source.toml") if folder else None
    cards = {one.name: one for one in map(read_card, find_cards(_root(folder)))}
    return card, cards, read_places(_root(folder), cards, {})


if __name__ == "__main__":
    sys.exit(main())
