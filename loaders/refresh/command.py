"""Asks publishers for new releases: ``python -m loaders refresh``.

It fetches the address in each card's ``[refresh]``. What comes passes the gate and the reader under the card, as any
file does, and is then written as a new release beside the old ones: all or nothing for each dataset. A command for
maintainers; the web side never asks.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from loaders.cards.read_card import find_cards, read_card
from loaders.cards.refresh_schema import ENDINGS, address
from loaders.cards.source_card import Release, SourceCard
from loaders.commands import DONE, FAILED, ORDER
from loaders.errors import Fault, FaultyInput, SourceError
from loaders.observations.read import read_release
from loaders.observations.splice import newest_first
from loaders.observations.table import Observations
from loaders.places.place import Place
from loaders.places.read_places import read_places
from loaders.refresh.commit_release import card_text, commit_release, recalled, remember, staging
from loaders.refresh.diff import Changes, compare_releases
from loaders.refresh.new_release import as_announced, drafted, read_new
from loaders.refresh.outcome import EXITS, Outcome, attempted


def refresh_all(root: Path, name: str = "", *, dry: bool = False, accept: bool = False) -> int:
    """Ask for every dataset with a ``[refresh]``, or those of the place or dataset named.

    Print what became of each. The exit status.
    """
    broken: dict[str, FaultyInput] = {}
    cards = _cards(root, broken)
    places = read_places(root, {card.name: card for card in cards}, broken)
    chosen = [card for card in cards if not name or name in (card.place, card.name)]
    faulty = [error for dataset, error in broken.items() if not name or name == dataset]
    print(*faulty, sep="\n", end="\n" if faulty else "", file=sys.stderr)
    if not chosen and not faulty:
        known = (
            ", ".join(sorted({name for card in cards for name in (card.place, card.name) if card.refresh})) or "nothing"
        )
        print(
            Fault("refresh", "no place or dataset is called so", known, name or "no card", "Write one of these."),
            file=sys.stderr,
        )
    if silent := [card.name for card in chosen if not card.refresh]:
        print(f"not asked, because the card has no [refresh]: {', '.join(silent)}")
    outcomes = [refresh(card, places.get(card.place), dry=dry, accept=accept) for card in chosen if card.refresh]
    print(*outcomes, sep="\n", end="\n" if outcomes else "")
    if any(outcome.state == "written" for outcome in outcomes):
        print(
            "Now: python -m measures build; say in CHANGELOG.md under Figures what moves; "
            "bring notes and next_update up to date."
        )
    return max(
        [FAILED if faulty or not chosen else DONE, *(EXITS[outcome.state] for outcome in outcomes)], key=ORDER.index
    )


def _cards(root: Path, broken: dict[str, FaultyInput]) -> list[SourceCard]:
    cards = []
    for path in find_cards(root):
        try:
            cards.append(read_card(path))
        except SourceError as error:
            broken[path.parent.name] = error
    return cards


@dataclass(frozen=True)
class Options:
    """``dry``: write nothing; ``accept``: take a doubtful answer; ``limits``: how long and how large it may be."""

    dry: bool = False
    accept: bool = False
    limits: Any = None


def refresh(card: SourceCard, place: Place | None, *, dry: bool = False, accept: bool = False, limits=None) -> Outcome:
    """Ask for one dataset and put what is new beside the old.

    Never raises for what a publisher, a disk or a file does wrong.
    """
    if place is None:
        fault = Fault(card.id, "its place cannot be read", "a file in data/places", card.place, "Fix the place first.")
        return Outcome(card.name, "failed", (str(fault),))

    def work() -> Outcome:
        with staging(card) as stage:
            text = card_text(card)
            fresh = read_card(card.folder / "source.toml")
            return _refreshed(fresh, text, place, stage, Options(dry, accept, limits))

    return attempted(card, work)


def _refreshed(card: SourceCard, text: str, place: Place, stage: Path, options: Options) -> Outcome:
    from loaders.refresh.download import Limits, Request, fetch

    url, today = address(card.refresh), datetime.now(UTC).date().isoformat()
    limits = options.limits or Limits()
    if "max_mb" in card.refresh:
        limits = replace(limits, size=card.refresh["max_mb"] * 1024 * 1024)
    path = stage / f"answer{ENDINGS[card.refresh['format']]}"
    answer = fetch(Request(card.name, url, recalled(card, url)), path, limits)
    if answer is None:
        return Outcome(card.name, "unchanged", ("the publisher says so (304)",))
    as_announced(card, path)
    release = drafted(card, path, answer.day, today)
    answered = {
        "url": url,
        "asked": today,
        "sha256": release.sha256,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
    }
    same = next((earlier for earlier in card.releases if earlier.sha256 == release.sha256), None)
    if same:
        if not options.dry and same is card.latest:
            remember(card, answered)
        return Outcome(card.name, "unchanged", (f"the same bytes as release {same.id}",))
    path.rename(card.folder / release.file)
    release, observations = read_new(card, release, place)
    changes = _compared(card, place, observations, release)
    if changes.doubts and not options.accept:
        return Outcome(card.name, "doubtful", (*changes.lines, *map(str, changes.doubts), "Nothing was written."))
    if not options.dry:
        commit_release(card, text, release, today)
        remember(card, answered)
    about = f"release {release.id}, published {'about ' if release.about else ''}{release.published}"
    return Outcome(
        card.name,
        "new" if options.dry else "written",
        (about, *changes.lines, *(["Nothing was written (--dry-run)."] if options.dry else [])),
    )


def _compared(card: SourceCard, place: Place, observations: Observations, release: Release) -> Changes:
    """The new release beside the series so far. Raises SourceError when the old one cannot be read."""
    before = newest_first([read_release(card, former, place) for former in card.releases])
    return compare_releases(card, before, observations.frame, release.rows or 0)
