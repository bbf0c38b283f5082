"""Asks publishers for new releases: ``python -m loaders refresh``.

It fetches the address in each card's ``[refresh]``, or the newest file of the catalogue that it names. What comes
passes the gate and the reader under the card, as any file does, and is then written as a new release beside the old
ones: all or nothing for each dataset. A command for maintainers; the web side never asks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.cards.read_card import find_cards, read_card
from loaders.cards.source_card import SourceCard
from loaders.commands import DONE, FAILED, LATER, ORDER, WAITS
from loaders.errors import Fault, FaultyInput, SourceError
from loaders.places.place import Place
from loaders.places.read_places import read_places
from loaders.refresh.dataset import Options, Outcome, refresh
from loaders.refresh.progress import show_progress

_EXITS = {"unchanged": DONE, "new": DONE, "written": DONE, "doubtful": WAITS, "failed": FAILED}


@dataclass(frozen=True)
class Round:
    """What was asked for: the cards and places read for it, what could not be read (dataset → why), the datasets
    whose cards have no ``[refresh]``, and what became of the others."""

    cards: dict[str, SourceCard]
    places: dict[str, Place]
    broken: dict[str, FaultyInput]
    silent: tuple[str, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def written(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.state == "written")

    @property
    def exit_status(self) -> int:
        """The worst of them: 0, 75 (only publishers that did not answer), 2 (a person must look), 1."""
        nothing = not self.outcomes and not self.silent
        exits = [LATER if outcome.later else _EXITS[outcome.state] for outcome in self.outcomes]
        return max([FAILED if self.broken or nothing else DONE, *exits], key=ORDER.index)


def ask(root: Path, name: str, options: Options) -> Round:
    """Ask for every dataset with a ``[refresh]``, or those of the place or dataset named ('' = none); one after the
    other."""
    broken: dict[str, FaultyInput] = {}
    known = _cards(root, broken)
    cards = {card.name: card for card in known}
    places = read_places(root, cards, broken)
    chosen = [card for card in known if not name or name in (card.place, card.name)]
    asked = [card for card in chosen if card.refresh]
    faulty = {dataset: error for dataset, error in broken.items() if not name or name == dataset}
    outcomes = tuple(_each(asked, places, options))
    return Round(cards, places, faulty, tuple(card.name for card in chosen if not card.refresh), outcomes)


def refresh_all(root: Path, name: str = "", *, dry: bool = False, accept: bool = False) -> int:
    """Ask, and print what became of each. The exit status."""
    asked = ask(root, name, Options(dry, accept))
    print_round(asked, name)
    if asked.written:
        print(
            "Now: python -m measures build; say in CHANGELOG.md under Figures what moves; "
            "bring notes and next_update up to date."
        )
    return asked.exit_status


def print_round(asked: Round, name: str) -> None:
    """What became of each dataset, and beside it what could not be read."""
    print_faults(asked, name)
    if asked.silent:
        print(f"not asked, because the card has no [refresh]: {', '.join(asked.silent)}")
    print(*asked.outcomes, sep="\n", end="\n" if asked.outcomes else "")


def print_faults(asked: Round, name: str) -> None:
    """What could not be read, and a name that is none, on the stream of errors."""
    print(*asked.broken.values(), sep="\n", end="\n" if asked.broken else "", file=sys.stderr)
    if not asked.outcomes and not asked.silent and not asked.broken:
        cards = [card for card in asked.cards.values() if card.refresh]
        known = ", ".join(sorted({word for card in cards for word in (card.place, card.name)})) or "nothing"
        fault = Fault("refresh", "no place or dataset is called so", known, name or "no card", "Write one of these.")
        print(fault, file=sys.stderr)


def _each(cards: Sequence[SourceCard], places: dict[str, Place], options: Options) -> Iterator[Outcome]:
    """What became of each; at a terminal a line says how far it has come."""
    for number, card in enumerate(cards):
        ahead = f"[{'#' * (20 * number // len(cards)):<20}] {number + 1} of {len(cards)}  " if len(cards) > 1 else ""
        show_progress(f"{ahead}{card.name}" if ahead else "")
        yield refresh(card, places.get(card.place), replace(options, ahead=ahead))
    show_progress("")


def _cards(root: Path, broken: dict[str, FaultyInput]) -> list[SourceCard]:
    cards = []
    for path in find_cards(root):
        try:
            cards.append(read_card(path))
        except SourceError as error:
            broken[path.parent.name] = error
    return cards
