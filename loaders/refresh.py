"""``python -m loaders refresh [PLACE|DATASET] [--dry-run] [--accept]``: has the publisher published since?

Asks the address in each card's ``[refresh]``. What comes passes the gate and the reader under the card, as any file does, and is then
written as a new release beside the old ones: all or nothing for each dataset. A command for maintainers; the web side never asks.

Ends with 0 when every dataset is as new as its publisher, 1 when one failed, 2 when one awaits a person's word (``--accept``).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from loaders.asking import ENDINGS, address
from loaders.cards import Release, SourceCard, find_cards, read_card
from loaders.changes import Changes, changes
from loaders.errors import Fault, FaultyInput, SourceError
from loaders.folders import data_folder
from loaders.observation_table import Observations
from loaders.observations import read_release
from loaders.places import Place, read_places
from loaders.releases import newest_first
from loaders.releases_beside import STAGE, drafted, put_beside, recalled, remember, staging, text_of
from loaders.tables.signatures import kind_by_ending, kind_of

USAGE = "usage: python -m loaders refresh [PLACE|DATASET] [--dry-run] [--accept]"
_FLAGS = {"--dry-run", "--accept"}
_EXITS = {"unchanged": 0, "new": 0, "written": 0, "doubtful": 2, "failed": 1}


@dataclass(frozen=True)
class Outcome:
    """What became of one dataset: ``unchanged``, ``new`` (dry run), ``written``, ``doubtful`` or ``failed``, and what to tell."""

    dataset: str
    state: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.dataset}: {self.state}", *(f"  {line}" for line in self.lines)])


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit status."""
    names = [one for one in arguments if not one.startswith("--")]
    flags = set(arguments) - set(names)
    if len(names) > 1 or flags - _FLAGS:
        print(USAGE, file=sys.stderr)
        return 1
    root, broken = data_folder(), {}
    cards = _cards(root, broken)
    try:
        places = read_places(root, {card.name: card for card in cards}, broken)
    except FaultyInput as error:
        print(error, file=sys.stderr)
        return 1
    chosen = [card for card in cards if not names or names[0] in (card.place, card.name)]
    for name, error in broken.items():
        if not names or names[0] == name:
            print(error, file=sys.stderr)
    asked = [card for card in chosen if card.refresh]
    silent = [card.name for card in chosen if not card.refresh]
    if silent:
        print(f"not asked, because the card has no [refresh]: {', '.join(silent)}")
    outcomes = [refresh(card, places.get(card.place), dry="--dry-run" in flags, accept="--accept" in flags) for card in asked]
    print(*outcomes, sep="\n", end="\n" if outcomes else "")
    if any(one.state == "written" for one in outcomes):
        print("Now: python -m measures build; say in CHANGELOG.md under Figures what moves; bring notes and next_update up to date.")
    named = bool(chosen) and not any(not names or name == names[0] for name in broken)
    return max([0 if named else 1, *(_EXITS[one.state] for one in outcomes)], key=(0, 2, 1).index)


def _cards(root: Path, broken: dict[str, FaultyInput]) -> list[SourceCard]:
    cards = []
    for path in find_cards(root):
        try:
            cards.append(read_card(path))
        except SourceError as error:
            broken[path.parent.name] = error
    return cards


def refresh(card: SourceCard, place: Place | None, *, dry: bool = False, accept: bool = False, limits=None) -> Outcome:
    """Ask for one dataset and put what is new beside the old. Never raises for what a publisher, a disk or a file does wrong."""
    if place is None:
        fault = Fault(card.id, "its place cannot be read", "a file in data/places", card.place, "Mend the place first.")
        return Outcome(card.name, "failed", (str(fault),))
    try:
        with staging(card) as stage:
            text = text_of(card)
            return _refreshed(read_card(card.folder / "source.toml"), text, place, stage, dry, accept, limits)
    except FaultyInput as error:
        return Outcome(
            card.name, "failed", (*(str(one).replace(f"{STAGE}/", "") for one in error.faults), "The release that was there goes on serving.")
        )
    except OSError as error:
        fault = Fault(card.id, "cannot be written", "room and leave to write", error.strerror or type(error).__name__, "Make room and run again.")
        return Outcome(card.name, "failed", (str(fault), "The release that was there goes on serving."))
    except Exception as error:  # what broke may quote a cell: its kind is said, and the next dataset is asked
        fault = Fault(card.id, "the answer broke the reader", "a table", type(error).__name__, "Report it, with the file.")
        return Outcome(card.name, "failed", (str(fault), "The release that was there goes on serving."))


def _refreshed(card: SourceCard, text: str, place: Place, stage: Path, dry: bool, accept: bool, limits) -> Outcome:
    from loaders.fetch import Asked, Limits, fetch

    url, today = address(card.refresh), datetime.now(UTC).date().isoformat()
    limits = limits or Limits()
    if "max_mb" in card.refresh:
        limits = replace(limits, size=card.refresh["max_mb"] * 1024 * 1024)
    path = stage / f"answer{ENDINGS[card.refresh['format']]}"
    answer = fetch(Asked(card.name, url, recalled(card, url)), path, limits)
    if answer is None:
        return Outcome(card.name, "unchanged", ("the publisher says so (304)",))
    _as_announced(card, path)
    release = drafted(card, path, answer.day, today)
    said = {"url": url, "asked": today, "sha256": release.sha256, "etag": answer.etag, "last_modified": answer.last_modified}
    same = next((one for one in card.releases if one.sha256 == release.sha256), None)
    if same:
        if not dry and same is card.latest:
            remember(card, said)
        return Outcome(card.name, "unchanged", (f"the same bytes as release {same.id}",))
    path.rename(card.folder / release.file)
    release, found = _read(card, release, place)
    made = _compared(card, place, found, release)
    if made.doubts and not accept:
        return Outcome(card.name, "doubtful", (*made.lines, *map(str, made.doubts), "Nothing was written."))
    if not dry:
        put_beside(card, text, release, today)
        remember(card, said)
    about = f"release {release.id}, published {'about ' if release.about else ''}{release.published}"
    return Outcome(card.name, "new" if dry else "written", (about, *made.lines, *(["Nothing was written (--dry-run)."] if dry else [])))


def _as_announced(card: SourceCard, answer: Path) -> None:
    """The answer is of the format that the card names, by its first bytes. Raises SourceError."""
    kind, found = card.refresh["format"], kind_of(answer)
    if found and found != kind_by_ending(ENDINGS[kind]):
        fault = Fault(card.name, "answers in another format", kind, found, "Look at the address in a browser and mend [refresh].")
        raise SourceError(card.id, [fault])


def _read(card: SourceCard, release: Release, place: Place) -> tuple[Release, Observations]:
    """Through the gate and the reader, as any file; then the release with its own numbers. Raises SourceError."""
    from loaders.files import read_cut
    from loaders.roles import words_of

    found = read_release(replace(card, releases=(*card.releases, release)), release, place)
    _whole_lines(card, release)
    frame = found.frame
    total = float(frame.loc[frame["variable"] == next(iter(card.variables)), "value"].sum())
    rows = read_cut(card, release, words_of(card, release)).table.rows
    exact = int(total) if total.is_integer() else total
    return replace(release, rows=rows, total=exact, first=frame["period"].min(), last=frame["period"].max()), found


def _whole_lines(card: SourceCard, release: Release) -> None:
    """A text whose last line has no end was cut short, unless this publisher writes so."""
    if not release.file.endswith((".csv", ".tsv")):
        return
    ended = [(card.folder / one.file).read_bytes()[-1:] in (b"\n", b"\r") for one in (card.latest, release)]
    if ended == [True, False]:
        fault = Fault(f"'{release.file}'", "the last line has no end", "a whole file", "an answer cut short", "Run again.")
        raise SourceError(card.id, [fault])


def _compared(card: SourceCard, place: Place, found: Observations, release: Release) -> Changes:
    """The new release beside the series so far. Raises SourceError when the old one cannot be read."""
    before = newest_first([read_release(card, one, place) for one in card.releases])
    return changes(card, before, found.frame, release.rows or 0)
