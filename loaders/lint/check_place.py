"""Finds what is missing in a place or does not fit, each fault as an instruction: ``python -m loaders check PLACE``.

Each part of the check goes on when another finds something: a card that cannot be read hides no fault of the others,
and a card without a licence, of which nothing is shown, is read here all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from loaders.cards.measure_card import MeasureCard
from loaders.cards.read_card import find_cards
from loaders.cards.source_card import SourceCard
from loaders.claims.statements import read_statements
from loaders.contents.read import Contents, read_contents
from loaders.errors import Fault, FaultyInput, SourceError
from loaders.lint import freshness, translations
from loaders.lint.breaks import breaks
from loaders.lint.coverage import area_faults, area_remarks
from loaders.lint.fallen_back import fallen_back
from loaders.lint.last_period import short_periods, unfinished_periods
from loaders.lint.scale import scale_remarks
from loaders.lint.sums import sum_remarks
from loaders.lint.totals import totals
from loaders.lint.withheld import given_away_faults
from loaders.observations.read import read_release
from loaders.observations.splice import newest_first
from loaders.places.place import Place

BESIDE = (
    "categories",
    "labels",
    "indicators",
    "indicator_map",
    "readings",
    "stated_beside",
    "entries",
    "statistics",
    "places",
    "tables",
)
# beside a published file
OURS = {"source.toml", "refresh.toml", "unpublished.toml", *(f"{name}.csv" for name in BESIDE)}


@dataclass
class Lint:
    """``faults`` must be fixed; ``remarks`` are for a person to look at: either fix them or say in the card why they
    hold.

    ``totals``: how many totals of the publishers were added up again.
    """

    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    totals: int = 0


def check_place(root: Path, name: str, today: date | None = None) -> Lint:
    """Everything that is missing or does not fit in ``places/NAME.toml``, the datasets that say ``place = "NAME"`` and
    their measures."""
    lint, today = Lint(), today or date.today()
    contents = read_contents(root, to_check=True)
    cards, place = contents.cards, contents.places.get(name)
    mine = {key: card for key, card in cards.items() if card.place == name}
    measures = {
        key: card
        for key, card in contents.measures.items()
        if (place and key in place.measures) or {card.dataset, card.rate.get("dataset")} & {*mine}
    }
    if not mine and name not in map(translations.says_place, find_cards(root)):
        todo = "python -m loaders new drafts one."
        lint.faults.append(Fault(f"{name}.toml", "no dataset", f'a card with place = "{name}"', "none", todo))
    _files(root, name, contents, measures, lint)
    lint.faults += translations.left(root, name, measures)
    lint.remarks += fallen_back(root, name, measures)
    for card in mine.values():
        lint.faults += [*translations.licences(card), *translations.name_faults(card)]
        lint.remarks += [*freshness.looked_at(card, today), *_strays(card), *_questions(card)]
        if not card.is_table:
            lint.remarks += freshness.stale_faults(card, card.latest.published, today)
    if place:
        lint.faults += translations.of_place(place)
        frames = _frames(mine, place, lint, today)
        lint.faults += area_faults(place, measures, cards, frames)
        lint.remarks += area_remarks(place, measures, cards, frames)
    return Lint(list(dict.fromkeys(lint.faults)), list(dict.fromkeys(lint.remarks)), lint.totals)


def _questions(card: SourceCard) -> list[Fault]:
    """What is still to be asked of the publisher; nothing that cannot be sourced is drawn meanwhile."""
    todo = "Ask the publisher, write the answer into the card with its source, and take the question out."
    return [Fault(card.id, "an open question", "an answer", question["en"], todo) for question in card.questions]


def _files(root: Path, name: str, contents: Contents, measures: dict[str, MeasureCard], lint: Lint) -> None:
    """The faults of the files that are of this place, or of which nothing can be told; the others are named."""
    listed = {listed_measure for place in contents.places.values() for listed_measure in place.measures}
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
        lint.faults += error.faults if mine else ()
        others += [] if mine else [file]
    if others:
        todo = "Run python -m loaders check, without a place."
        lint.remarks.append(Fault("other places", "files with faults", "none", ", ".join(others), todo))


def _frames(cards: dict[str, SourceCard], place: Place, lint: Lint, today: date) -> dict[str, pd.DataFrame]:
    """Every dataset of counts as one series, by name; what does not fit in it becomes faults and remarks."""
    frames = {}
    for card in cards.values():
        if card.disclosure == "protect" or card.kind == "boundaries":
            continue
        try:
            if not card.is_table:
                read_statements(card)
                continue
            frames[card.name] = _series(card, place, lint)
        except FaultyInput as error:
            lint.faults += error.faults
            continue
        except OSError as error:
            fault = Fault(
                card.id, "a file cannot be read", "the published file", type(error).__name__, "Put it beside the card."
            )
            lint.faults.append(fault)
            continue
        frame = frames[card.name]
        lint.faults += freshness.gaps(card, frame, place)
        lint.remarks += [
            *breaks(card, frame),
            *sum_remarks(card, place, frame),
            *scale_remarks(card, place, frame),
            *freshness.partly_there(card, frame, place),
            *unfinished_periods(card, frame),
            *short_periods(card, frame, place),
            *freshness.stale_faults(card, frame["period"].max(), today),
            *_unused(card, frame),
        ]
    return frames


def _series(card: SourceCard, place: Place, lint: Lint) -> pd.DataFrame:
    """The dataset's releases as one series.

    Raises SourceError with the faults of all of them, when one cannot be read.
    """
    read, faults = [], []
    for release in card.releases:
        try:
            read.append(read_release(card, release, place))
        except FaultyInput as error:
            faults += [_with_folder(card, fault) for fault in error.faults]
            continue
        sums = totals(card, release, place)
        lint.totals += sums.compared
        lint.faults += [*sums.faults, *given_away_faults(card, release, place)]
        lint.remarks += sums.remarks
    lint.faults += faults
    if not read:
        raise SourceError(card.id, faults)
    return newest_first(read)


def _with_folder(card: SourceCard, fault: Fault) -> Fault:
    """A fault of a published file, named with the folder of its card: several cards may hold a file of one name."""
    return replace(fault, where=f"{card.id}: {fault.where}") if fault.where.startswith("'") else fault


def _strays(card: SourceCard) -> Iterator[Fault]:
    """Files in a dataset's folder that no release names and that are none of ours."""
    known = {release.file for release in card.releases} | OURS
    strays = sorted(path.name for path in card.folder.iterdir() if path.name not in known and path.name[0] != ".")
    if strays:
        todo = "Name each in a release of the card, or take it out of the folder."
        yield Fault(card.id, "files that no release names", "the published files alone", ", ".join(strays), todo)


def _unused(card: SourceCard, frame: pd.DataFrame):
    """Labels of categories that no file has: a spelling that was forgotten, or a row too many."""
    used = set(frame["category"])
    unused = [code for code in card.tree.nodes if not card.tree.children(code) and code not in used]
    if unused:
        todo = "Fix a spelling in [releases.categories], or take the rows out."
        yield Fault(
            f"{card.id}/categories.csv", "categories without counts", "a figure for each", ", ".join(unused[:12]), todo
        )
