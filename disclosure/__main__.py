"""Hide small counts of a publisher's own table and prove that they stay hidden; try to work them out from all that was
built."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from disclosure.attack.attack import attack
from disclosure.builds import current_build
from disclosure.commands import card_folder, protect_package
from loaders import Fault, Place, SourceCard, SourceError, data_folder, read_card
from loaders.commands import DONE, FAILED, WAITS, Commands
from loaders.contents.read import read_contents


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    commands = Commands("disclosure", __doc__)
    package = {"metavar": "PACKAGE", "type": card_folder, "help": "the folder of a source.toml, or that file"}
    commands.add(
        "protect", _protect, "Hide what must be hidden; done when the protected table stands and its audit proves it."
    ).add_argument("package", **package)
    commands.add(
        "attack",
        _attack,
        "One line for each hidden cell of everything that was built, or of one package; fails when any is unsafe.",
    ).add_argument("package", nargs="?", **package)
    return commands.run(words)


def _protect(options: Namespace) -> int:
    card, _, places = _read(options.package)
    if card.place not in places:
        todo = "Write or correct the place first."
        fault = Fault(card.id, "its place cannot be read", "a file in data/places", card.place, todo)
        raise SourceError(card.id, [fault])
    audit = protect_package(card, places[card.place], lambda words: print(words, file=sys.stderr, flush=True))
    print(f"{card.id}: {audit['hidden']} of {audit['lattice']['counts']} counts hidden, unsafe: {audit['unsafe']}")
    return DONE


def _attack(options: Namespace) -> int:
    build = current_build(_root(options.package))
    if build.folder is None:
        print("Nothing was built yet: run make data.", file=sys.stderr)
        return WAITS
    card, cards, places = _read(options.package)
    counted = Counter()
    for verdict in attack(build, cards, places, card.name if card else ""):
        print(verdict)
        counted[verdict.outcome] += 1
    unknown = f", {counted['not_examined']} not examined: nothing published speaks of them"
    print(
        f"{counted['safe']} hidden cells proven safe, {counted['unsafe']} unsafe"
        f"{unknown if counted['not_examined'] else ''}"
    )
    return FAILED if counted["unsafe"] else DONE


def _root(folder: Path | None) -> Path:
    """The data folder that a package lies in, or this site's own."""
    return data_folder() if folder is None else folder.joinpath("../../..").resolve()


def _read(folder: Path | None) -> tuple[SourceCard | None, dict[str, SourceCard], dict[str, Place]]:
    """The card of the package asked about, every card by name, and every place. Raises SourceError."""
    card = read_card(folder / "source.toml") if folder else None
    contents = read_contents(_root(folder))
    for error in contents.faulty.values():
        print(error, file=sys.stderr)
    return card, contents.cards, contents.places


if __name__ == "__main__":
    sys.exit(main())
