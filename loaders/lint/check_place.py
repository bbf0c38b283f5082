"""What is missing in a place, or does not fit? Every fault in one run, each as an instruction: ``python -m loaders check PLACE``.

Each part of the check goes on when another finds something: a card that cannot be read hides no fault of the others, and a card
without a licence, of which nothing is shown, is read here all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from loaders.cards.measure_card import MeasureCard
from loaders.cards.source_card import COUNTED, SourceCard, find_cards
from loaders.claims.statements import read_statements
from loaders.contents.read import Contents, read_contents
from loaders.errors import Fault, FaultyInput, SourceError
from loaders.lint import freshness, translations
from loaders.lint.breaks import breaks
from loaders.lint.coverage import area_faults, area_remarks
from loaders.lint.totals import totals
from loaders.lint.withheld import given_away_faults
from loaders.observations.read import read_release
from loaders.observations.splice import newest_first
from loaders.places.place import Place


@dataclass
class Lint:
    """``faults`` must be mended; ``remarks`` are for a person to look at: either mend them or say in the card why they hold.

    ``totals``: how many totals of the publishers were added up again.
    """

    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    totals: int = 0


def check_place(root: Path, name: str, today: date | None = None) -> Lint:
    """Everything that is missing or does not fit in ``places/NAME.toml``, the datasets that say ``place = "NAME"`` and their measures."""
    found, today = Lint(), today or date.today()
    contents = read_contents(root, to_check=True)
    cards, place = contents.cards, contents.places.get(name)
    mine = {key: card for key, card in cards.items() if card.place == name}
    measures = {
        key: card
        for key, card in contents.measures.items()
        if (place and key in place.measures) or {card.dataset, card.rate.get("dataset")} & {*mine}
    }
    if not mine and name not in map(translations.says_place, find_cards(root)):
        found.faults.append(
            Fault(
                f"{name}.toml",
                "no dataset",
                f'a card with place = "{name}"',
                "none",
                "python -m loaders new drafts one.",
            )
        )
    _files(root, name, contents, measures, found)
    found.faults += translations.left(root, name, measures)
    for card in mine.values():
        found.faults += [*translations.licences(card), *translations.name_faults(card)]
        found.remarks += freshness.looked_at(card, today)
        if card.kind not in COUNTED:
            found.remarks += freshness.stale_faults(card, card.latest.published, today)
    if place:
        found.faults += translations.of_place(place)
        frames = _frames(mine, place, found, today)
        found.faults += area_faults(place, measures, cards, frames)
        found.remarks += area_remarks(place, measures, cards, frames)
    return Lint(list(dict.fromkeys(found.faults)), list(dict.fromkeys(found.remarks)), found.totals)


def _files(root: Path, name: str, contents: Contents, measures: dict[str, MeasureCard], found: Lint) -> None:
    """The faults of the files that are of this place, or of which nothing can be told; the others are named."""
    listed = {one for place in contents.places.values() for one in place.measures}
    own = contents.places[name].measures if name in contents.places else ()
    others = []
    for file, error in contents.faulty.items():
        stem = file.rsplit("/", 1)[-1].removesuffix(".toml")
        if file.startswith("open/"):
            mine = translations.says_place(root / file) in (name, "")
        elif file.startswith("measures/"):
            mine = stem in measures or stem in own or (stem not in listed and stem not in contents.measures)
        else:
            mine = stem == name or not file.startswith("places/")
        found.faults += error.faults if mine else ()
        others += [] if mine else [file]
    if others:
        todo = "Run python -m loaders check, without a place."
        found.remarks.append(Fault("other places", "files with faults", "none", ", ".join(others), todo))


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
            fault = Fault(
                card.id, "a file cannot be read", "the published file", type(error).__name__, "Put it beside the card."
            )
            found.faults.append(fault)
            continue
        frame = frames[card.name]
        found.faults += freshness.gaps(card, frame, place)
        found.remarks += [
            *breaks(card, frame),
            *freshness.partly_there(card, frame, place),
            *freshness.stale_faults(card, frame["period"].max(), today),
            *_unused(card, frame),
        ]
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
        found.faults += [*sums.faults, *given_away_faults(card, release, place)]
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
        yield Fault(
            f"{card.id}/categories.csv", "categories without counts", "a figure for each", ", ".join(unused[:12]), todo
        )
