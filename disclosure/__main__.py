"""``python -m disclosure protect PACKAGE`` hides and proves; ``python -m disclosure attack [PACKAGE]`` tries to undo it.

``protect``: status 0 when the protected table stands. ``attack``: one line for each hidden cell of everything that was
built (or of one package); status 1 when any is unsafe, 2 when nothing was built yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

from disclosure.attack import attack
from disclosure.builds import current_build
from disclosure.package import card_folder, protect_package
from loaders import FaultyInput, Place, SourceCard, SourceError, data_folder, read_card
from loaders.contents import read_contents

USAGE = "usage: python -m disclosure protect PACKAGE | attack [PACKAGE]   (PACKAGE: the folder of a source.toml)"


def main(words: list[str]) -> int:
    """Do what the words ask."""
    if words[:1] == ["protect"] and len(words) == 2:
        return _protect(card_folder(words[1]))
    if words[:1] == ["attack"] and len(words) <= 2:
        return _attack(card_folder(words[1]) if len(words) == 2 else None)
    print(USAGE, file=sys.stderr)
    return 2


def _protect(folder: Path) -> int:
    try:
        cards, places = _read(folder.parents[2])
        card = cards[read_card(folder / "source.toml").name]
        audit = protect_package(card, places[card.place], lambda words: print(words, file=sys.stderr, flush=True))
    except (FaultyInput, OSError, KeyError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{card.id}: {audit['hidden']} of {audit['lattice']['counts']} counts hidden, unsafe: {audit['unsafe']}")
    return 0


def _attack(folder: Path | None) -> int:
    root = folder.parents[2] if folder else data_folder()
    build = current_build(root)
    if build.folder is None:
        print("Nothing was built yet: run make data.", file=sys.stderr)
        return 2
    cards, places = _read(root)
    only = read_card(folder / "source.toml").name if folder else ""
    counted = {True: 0, False: 0}
    try:
        for verdict in attack(build, cards, places, only):
            print(verdict)
            counted[verdict.safe] += 1
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{counted[True]} hidden cells proven safe, {counted[False]} unsafe")
    return 1 if counted[False] else 0


def _read(root: Path) -> tuple[dict[str, SourceCard], dict[str, Place]]:
    contents = read_contents(root)
    for error in contents.faulty.values():
        print(error, file=sys.stderr)
    return contents.cards, contents.places


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
