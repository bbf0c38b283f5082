"""What is missing in a place, or does not fit? Every fault in one run, each as an instruction: ``python -m loaders check PLACE``.

Each part of the check goes on when another finds something: a card that cannot be read hides no fault of the others, and a card
without a licence, of which nothing is shown, is read here all the same.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from loaders import lint_figures, lint_places, lint_words
from loaders.cards import SourceCard, find_cards, read_card
from loaders.claims import read_statements
from loaders.errors import Fault, FaultyInput, SourceError
from loaders.lint_areas import area_faults, area_remarks
from loaders.lint_breaks import breaks
from loaders.lint_totals import totals
from loaders.observations import read_release
from loaders.places import Place, read_as_written, read_places
from loaders.releases import newest_first

COUNTED = ("observations", "areas")


@dataclass
class Lint:
    """``faults`` must be mended; ``remarks`` are for a person to look at: either mend them or say in the card why they hold.

    ``totals``: how many totals of the publishers were added up again.
    """

    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    totals: int = 0


def check_place(root: Path, name: str, today: date | None = None) -> Lint:
    """Everything that is missing or does not fit in ``places/NAME.toml`` and the datasets that say ``place = "NAME"``."""
    found, today = Lint(), today or date.today()
    cards = _cards(root, name, found)
    place = _place(root, name, cards, found)
    mine = {key: card for key, card in cards.items() if card.place == name}
    if not mine and name not in map(lint_words.says_place, find_cards(root)):
        found.faults.append(Fault(f"{name}.toml", "no dataset", f'a card with place = "{name}"', "none", "python -m loaders new drafts one."))
    found.faults += lint_words.left(root, name, cards)
    for card in mine.values():
        found.faults += [*lint_words.licences(card), *lint_words.words(card)]
        found.remarks += lint_figures.looked_at(card, today)
        if card.kind not in COUNTED:
            found.remarks += lint_figures.stale(card, card.latest.published, today)
    if place:
        measures, faults = lint_places.measures(root, place)
        found.faults += [*faults, *lint_places.place_faults(place), *lint_words.of_place(root, place, measures)]
        frames = _frames(mine, place, found, today)
        found.faults += area_faults(place, measures, cards, frames)
        found.remarks += area_remarks(place, measures, cards, frames)
    return Lint(list(dict.fromkeys(found.faults)), list(dict.fromkeys(found.remarks)), found.totals)


def _cards(root: Path, name: str, found: Lint) -> dict[str, SourceCard]:
    """Every card by its name; the faults of those that are of this place, or of which nothing can be told."""
    cards = {}
    for path in find_cards(root):
        mine = lint_words.says_place(path) in (name, "")
        try:
            card = read_card(path)
        except FaultyInput as error:
            found.faults += error.faults if mine else ()
            try:
                card = read_card(path, licensed=False)
            except FaultyInput:
                continue
        cards[card.name] = card
    return cards


def _place(root: Path, name: str, cards: dict[str, SourceCard], found: Lint) -> Place | None:
    """The place as its file says it, so that a text that is missing in it hides nothing of its figures."""
    place, faults = read_as_written(root, name, cards)
    found.faults += faults
    try:
        read_places(root, cards, {})
    except FaultyInput as error:
        found.faults += error.faults if error.subject == "places" else ()
    except tomllib.TOMLDecodeError:
        found.remarks.append(Fault("places", "a file of another place cannot be read", "TOML in UTF-8", "something else", "Check that place."))
    return place


def _frames(cards: dict[str, SourceCard], place: Place, found: Lint, today: date) -> dict[str, pd.DataFrame]:
    """Every dataset of counts as one series, by name; what does not fit in it becomes faults and remarks."""
    frames = {}
    for card in cards.values():
        if card.disclosure == "protect" or card.kind == "boundaries":
            continue
        try:
            if card.kind not in COUNTED:
                read_statements(card)
                continue
            frames[card.name] = _series(card, place, found)
        except FaultyInput as error:
            found.faults += error.faults
            continue
        except OSError as error:
            fault = Fault(card.id, "a file cannot be read", "the published file", type(error).__name__, "Put it beside the card.")
            found.faults.append(fault)
            continue
        frame = frames[card.name]
        found.faults += [*lint_figures.gaps(card, frame, place), *lint_places.break_faults(card, place)]
        found.remarks += [*breaks(card, frame), *lint_figures.stale(card, frame["period"].max(), today), *_unused(card, frame)]
    return frames


def _series(card: SourceCard, place: Place, found: Lint) -> pd.DataFrame:
    """The dataset's releases as one series. Raises SourceError with the faults of all of them, when one cannot be read."""
    read, faults = [], []
    for release in card.releases:
        try:
            read.append(read_release(card, release, place))
        except FaultyInput as error:
            faults += error.faults
            continue
        sums = totals(card, release, place)
        found.totals += sums.compared
        found.faults += sums.faults
    found.faults += faults
    if not read:
        raise SourceError(card.id, faults)
    return newest_first(read)


def _unused(card: SourceCard, frame: pd.DataFrame):
    """Labels of categories that no file has: a spelling that was forgotten, or a row too many."""
    used = set(frame["category"])
    unused = [code for code in card.tree.nodes if not card.tree.children(code) and code not in used]
    if unused:
        todo = "Mend a spelling in [releases.categories], or take the rows out."
        yield Fault(f"{card.id}/categories.csv", "categories without counts", "a figure for each", ", ".join(unused[:12]), todo)
