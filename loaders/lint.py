"""What is missing in a place, or does not fit? Every fault in one run, each as an instruction: ``python -m loaders check PLACE``.

Each part of the check goes on when another finds something: a card that cannot be read hides no fault of the others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from loaders import lint_figures, lint_words
from loaders.boundaries import read_boundaries
from loaders.cards import SourceCard, find_cards, read_card
from loaders.errors import Fault, FaultyInput
from loaders.observations import read_release
from loaders.places import Place, read_places
from loaders.releases import newest_first

COUNTED = ("observations", "areas")


@dataclass
class Lint:
    """``faults`` must be mended; ``remarks`` are for a person to look at: either mend them or say in the card why they hold."""

    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def check_place(root: Path, name: str, today: date | None = None) -> Lint:
    """Everything that is missing or does not fit in ``places/NAME.toml`` and the datasets that say ``place = "NAME"``."""
    found = Lint()
    cards = _cards(root, name, found)
    place = _place(root, name, cards, found)
    mine = {key: card for key, card in cards.items() if card.place == name}
    if not mine and name not in map(lint_words.says_place, find_cards(root)):
        found.faults.append(Fault(f"{name}.toml", "no dataset", f'a card with place = "{name}"', "none", "python -m loaders new drafts one."))
    found.faults += lint_words.left(root, name, cards)
    for card in mine.values():
        found.faults += [*lint_words.licences(card), *lint_words.words(card)]
        found.remarks += lint_figures.ended(card, today or date.today())
    if place:
        frames = _frames(mine, place, found)
        found.faults += _areas(root, place, mine, frames, found)
    return Lint(list(dict.fromkeys(found.faults)), list(dict.fromkeys(found.remarks)))


def _cards(root: Path, name: str, found: Lint) -> dict[str, SourceCard]:
    """Every card by its name; the faults of those that are of this place, or of which nothing can be told."""
    cards = {}
    for path in find_cards(root):
        try:
            card = read_card(path)
            cards[card.name] = card
        except FaultyInput as error:
            if lint_words.says_place(path) in (name, ""):
                found.faults += error.faults
    return cards


def _place(root: Path, name: str, cards: dict[str, SourceCard], found: Lint) -> Place | None:
    try:
        place = read_places(root, cards, {}).get(name)
    except FaultyInput as error:
        found.faults += error.faults
        return None
    except tomllib.TOMLDecodeError as error:
        found.faults.append(Fault("places", "a file cannot be read", "TOML in UTF-8", str(error), "Mend the line named."))
        return None
    for area in place.areas if place else ():
        found.faults += lint_words.letters(area.name, f"{name}.toml, area {area.code}")
        if area.tile is None:
            found.faults.append(Fault(f"{name}.toml, area {area.code}", "no tile", "tile = [row, column]", "none", "Add its place in the tile map."))
    return place


def _frames(cards: dict[str, SourceCard], place: Place, found: Lint) -> dict:
    """Every dataset of counts as one series, by name; what its releases do not fit in becomes faults and remarks."""
    frames = {}
    for card in cards.values():
        if card.kind not in COUNTED or card.disclosure == "protect":
            continue
        read = []
        for release in card.releases:
            try:
                read.append(read_release(card, release, place))
                found.faults += lint_figures.totals(card, release, place)
            except FaultyInput as error:
                found.faults += error.faults
            except OSError as error:
                fault = Fault(card.id, f"'{release.file}' cannot be read", "the published file", type(error).__name__, "Put it beside the card.")
                found.faults.append(fault)
        if read:
            frame = frames[card.name] = newest_first(read)
            found.faults += lint_figures.gaps(card, frame)
            found.remarks += [*lint_figures.breaks(card, frame), *lint_figures.stale(card, frame)]
    return frames


def _areas(root: Path, place: Place, cards: dict[str, SourceCard], frames: dict, found: Lint) -> Iterator[Fault]:
    """Areas with counts but no boundary or residents, and the reverse."""
    codes = {area.code for area in place.areas}
    counted = {name: set(frame.loc[frame["value"].notna(), "area"]) & codes for name, frame in frames.items()}
    for name in sorted(_residents(root, place) & set(cards)):
        for dataset in sorted(set(counted) - _residents(root, place)):
            for code in sorted(counted[dataset] - counted.get(name, set())):
                yield Fault(
                    f"{place.id}.toml, area {code}", f"counts in '{dataset}' but no residents", f"a row in '{name}'", "none", "Add its residents."
                )
    everywhere = set().union(*counted.values())
    for code in sorted(codes - everywhere if counted else ()):
        yield Fault(f"{place.id}.toml, area {code}", "an area without counts", "a figure in some dataset", "none", "Mend a spelling, or take it out.")
    for dataset, there in sorted(counted.items()):
        if there and codes - there:
            lacking = ", ".join(sorted(codes - there))
            todo = "Say it in 'not_published' of the card, or mend a spelling."
            found.remarks.append(Fault(cards[dataset].id, "areas without counts", f"all {len(codes)} areas", f"none for {lacking}", todo))
    if place.boundaries in cards:
        try:
            read_boundaries(cards[place.boundaries], place)
        except FaultyInput as error:
            yield from error.faults
    elif place.boundaries:
        yield Fault(
            f"{place.id}.toml", "'boundaries' names no dataset", "a dataset of this place", place.boundaries, "Mend the name, or leave it empty."
        )
    else:
        found.remarks.append(Fault(f"{place.id}.toml", "no boundaries", "a dataset of kind boundaries", "none", "The map has tiles only."))


def _residents(root: Path, place: Place) -> set[str]:
    """The datasets that the rates of the place divide by."""
    raw = [tomllib.loads(path.read_text(encoding="utf-8")) for path in root.glob("measures/*.toml") if path.stem in place.measures]
    return {one["rate"]["dataset"] for one in raw if one.get("rate", {}).get("dataset")}
