"""Asks engines for counts: ``python -m loaders pull``.

A card with ``[warehouse]`` names a table of a department's own records. The engine is asked for counts by area, period
and category; what it answers becomes a file, passes the gate and the reader like a published one, and is written as a
release: all or nothing for each dataset. A command for maintainers; the web side never asks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from loaders.cards.read_card import card_to_pull, find_cards
from loaders.cards.source_card import Release, SourceCard
from loaders.cards.warehouse_schema import FORMATS
from loaders.commands import DONE, FAILED, ORDER, WAITS
from loaders.errors import Fault, FaultyInput, SourceError
from loaders.places.place import Place
from loaders.places.read_places import read_places
from loaders.refresh.commit_release import card_text, commit_release, staging
from loaders.refresh.dataset import Outcome, attempted
from loaders.warehouse.answers import Asking, Survey, cleared, progress
from loaders.warehouse.columns import checked_table
from loaders.warehouse.counts_file import Counted, counted, counts_table, unknown_faults, write_counts
from loaders.warehouse.engine import opened
from loaders.warehouse.known_words import Words, words_known
from loaders.warehouse.plan import Plan, planned
from loaders.warehouse.pulled_release import compared, drafted, same_as_before
from loaders.warehouse.question import Question
from loaders.warehouse.sorted_counts_file import is_large, write_sorted

_EXITS = {"failed": FAILED, "doubtful": WAITS}  # every other ending is done


@dataclass(frozen=True)
class Options:
    """``dry``: show the questions and ask none; ``accept``: take a doubtful answer; ``say``: what tells of the
    progress."""

    dry: bool = False
    accept: bool = False
    say: Callable[[str], None] = progress


def pull_all(root: Path, name: str = "", options: Options | None = None) -> int:
    """Pull every dataset with a ``[warehouse]``, or those of the place or dataset named. The exit status."""
    options, broken = options or Options(), {}
    cards = _cards(root, broken)
    places = read_places(root, {card.name: card for card in cards}, broken)
    chosen = [card for card in cards if card.warehouse and (not name or name in (card.place, card.name))]
    faulty = [error for dataset, error in broken.items() if name == dataset]
    print(*faulty, sep="\n", end="\n" if faulty else "", file=sys.stderr)
    if not chosen and not faulty:
        known = ", ".join(card.name for card in cards if card.warehouse) or "nothing: no card has a [warehouse]"
        print(
            Fault("pull", "there is nothing to pull", known, name or "no card", "See docs/warehouse.md."),
            file=sys.stderr,
        )
    outcomes = [pull(card, places.get(card.place), options) for card in chosen]
    print(*outcomes, sep="\n", end="\n" if outcomes else "")
    if any(outcome.state == "written" for outcome in outcomes):
        print(
            "Now: python -m measures build, which protects and attacks; say in CHANGELOG.md under Figures what moves."
        )
    return max(
        [FAILED if faulty or not chosen else DONE, *(_EXITS.get(outcome.state, DONE) for outcome in outcomes)],
        key=ORDER.index,
    )


def _cards(root: Path, broken: dict[str, FaultyInput]) -> list[SourceCard]:
    cards = []
    for path in find_cards(root):
        try:
            cards.append(card_to_pull(path))
        except SourceError as error:
            broken[path.parent.name] = error
    return cards


def pull(card: SourceCard, place: Place | None, options: Options | None = None) -> Outcome:
    """Pull one dataset, and put what is new beside the old.

    Never raises for what an engine, a disk or a file does wrong.
    """
    if place is None:
        fault = Fault(card.id, "its place cannot be read", "a file in data/places", card.place, "Fix the place first.")
        return Outcome(card.name, "failed", (str(fault),))
    return attempted(
        card, partial(_shown if (options or Options()).dry else _pulled, card, place, options or Options())
    )


def _shown(card: SourceCard, place: Place, options: Options) -> Outcome:
    """The questions as the engine would be asked them: only its schema is."""
    words = words_known(card, place)
    plan = planned(card, words, _today())
    with opened(card) as engine:
        question = Question(checked_table(engine, card), card, words)
        asked = [question.survey(plan.first, plan.last)]
        asked += [question.counts(part.first, part.last, part.most + 1) for part in plan.parts]
        lines = [f"-- question {number} of {len(asked)}\n{engine.sql(one)};" for number, one in enumerate(asked, 1)]
    about = f"{len(asked)} questions to {engine.address}; only the schema was asked (--dry-run)."
    return Outcome(card.name, "shown", (*"\n".join(lines).splitlines(), about))


def _pulled(card: SourceCard, place: Place, options: Options) -> Outcome:
    with staging(card) as stage:
        text = card_text(card)
        card = card_to_pull(card.folder / "source.toml")
        words = words_known(card, place)
        plan = planned(card, words, _today())
        with opened(card) as engine:
            question = Question(checked_table(engine, card), card, words)
            files, survey = _asked(Asking(engine, question, plan, card, options.say))
        path, written = _written(files, words, card, plan, stage / "answer")
        release = drafted(card, written, path, _today().isoformat())
        if same := same_as_before(card, release):
            outcome = Outcome(card.name, "unchanged", (f"the same counts as release {same}",))
        else:
            path.rename(card.folder / release.file)
            outcome = _taken(card, place, text, release, options)
        if outcome.state != "doubtful":
            cleared(card)
        return replace(outcome, lines=(*outcome.lines, *_left_out(survey, plan)))


def _written(files: list[Path], words: Words, card: SourceCard, plan: Plan, path: Path) -> tuple[Path, Counted]:
    """The file of all answers, and what is known of it."""
    if is_large(files, card):
        path = path.with_suffix(".parquet")
        return path, write_sorted(files, words, card, plan, path)
    path, table = path.with_suffix(FORMATS[card.warehouse.get("format", "csv")]), counts_table(files, words, card)
    write_counts(table, path)
    return path, counted(table)


def _asked(asking: Asking) -> tuple[list[Path], Survey]:
    """The answers to all questions. Raises SourceError, also where the engine has values that the card does not
    know."""
    try:
        files, survey = asking.answers()
    finally:
        asking.say("")
    if faults := unknown_faults(asking, files):
        cleared(asking.card)
        raise SourceError(asking.card.id, faults)
    return files, survey


def _taken(card: SourceCard, place: Place, text: str, release: Release, options: Options) -> Outcome:
    """The release beside the old ones, if nothing about it is doubtful; ``text``: the card as it was read."""
    changes = compared(card, place, release)
    first = (f"{release.rows} rows, {release.first} to {release.last}, total {release.total:,}",)
    told = changes.lines if changes else first
    if changes and changes.doubts and not options.accept:
        lines = (*told, *map(str, changes.doubts), "Nothing was written.")
        return Outcome(card.name, "doubtful", lines, None, release, changes)
    commit_release(card, text, release, _today().isoformat())
    replaced = card.disclosure == "protect" and card.releases
    gone = (
        [f"release {card.latest.id} is replaced; keep {card.latest.file} elsewhere, or remove it"] if replaced else []
    )
    return Outcome(card.name, "written", (f"release {release.id}", *told, *gone), None, release, changes)


def _left_out(survey: Survey, plan: Plan) -> list[str]:
    """What was not counted is told."""
    lines = [f"{survey.undated:,} rows have no time and are not counted"] if survey.undated else []
    if survey.outside:
        lines.append(f"{survey.outside:,} rows lie outside {plan.first} to {plan.last} and are not counted")
    return lines


def _today() -> date:
    return datetime.now(UTC).date()
