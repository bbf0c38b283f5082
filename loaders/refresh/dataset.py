"""Asks for one dataset and puts what is new beside the old, all or nothing; what became of it comes back as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from loaders.broken_off import reason_of, todo_of
from loaders.cards.read_card import read_card
from loaders.cards.refresh_schema import ENDINGS
from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault, FaultyInput
from loaders.observations.read import read_release
from loaders.observations.splice import newest_first
from loaders.observations.table import Observations
from loaders.places.place import Place
from loaders.refresh.catalogues.choose import Choice
from loaders.refresh.catalogues.read import Source, source_of
from loaders.refresh.changes import Changes
from loaders.refresh.clocks import day_of_both
from loaders.refresh.commit_release import STAGE, card_text, commit_release, recalled, remember, staging
from loaders.refresh.diff import compare_releases
from loaders.refresh.new_release import as_announced, drafted, read_new
from loaders.refresh.response import Limits, Request, Unanswered


@dataclass(frozen=True)
class Outcome:
    """What became of one dataset: ``unchanged``, ``new`` (dry run), ``written``, ``doubtful`` or ``failed``; ``shown``
    where a pull only tells what it would ask.

    ``lines``: what to tell a maintainer; ``taken``: which file of a catalogue was taken and why, None where the card
    has the address itself; ``release`` and ``changes``: of a new one, None else; ``faults``: why it failed; ``later``:
    it failed only because the publisher could not be asked now.
    """

    dataset: str
    state: str
    lines: tuple[str, ...] = ()
    taken: Choice | None = None
    release: Release | None = None
    changes: Changes | None = None
    faults: tuple[Fault, ...] = ()
    later: bool = False

    def __str__(self) -> str:
        taken = [str(self.taken)] if self.taken else []
        return "\n".join([f"{self.dataset}: {self.state}", *(f"  {line}" for line in (*taken, *self.lines))])


@dataclass(frozen=True)
class Options:
    """``dry``: write nothing; ``accept``: take a doubtful answer; ``limits``: how long and how large it may be;
    ``ahead``: what the line of progress begins with."""

    dry: bool = False
    accept: bool = False
    limits: Limits = field(default_factory=Limits)
    ahead: str = ""


def refresh(card: SourceCard, place: Place | None, options: Options) -> Outcome:
    """Ask for one dataset and put what is new beside the old.

    Never raises for what a publisher, a disk or a file does wrong.
    """
    if place is None:
        fault = Fault(card.id, "its place cannot be read", "a file in data/places", card.place, "Fix the place first.")
        return _failed(card, [fault])

    def work() -> Outcome:
        with staging(card) as stage:
            text = card_text(card)
            fresh = read_card(card.folder / "source.toml")
            return _refreshed(fresh, text, place, stage, options)

    return attempted(card, work)


def attempted(card: SourceCard, work: Callable[[], Outcome]) -> Outcome:
    """What the work comes to; where it fails, why.

    Never raises for what a publisher, an engine, a disk or a file does wrong, and never quotes a cell.
    """
    try:
        return work()
    except FaultyInput as error:
        return _failed(card, error.faults, isinstance(error, Unanswered))
    except OSError as error:
        what, expected = "cannot be written", "free space and permission to write"
        return _failed(card, [Fault(card.id, what, expected, reason_of(error), todo_of(error))])
    except Exception as error:  # what broke may quote a cell: its kind is said, and the next dataset is asked
        what, todo = "the answer broke the reader", "Report it, with the file."
        return _failed(card, [Fault(card.id, what, "a table", type(error).__name__, todo)])


def _failed(card: SourceCard, faults: Sequence[Fault], later: bool = False) -> Outcome:
    where = [replace(fault, where=fault.where.replace(f"{STAGE}/", "")) for fault in faults]
    before = "The release that was there goes on serving." if card.releases else "Nothing was written."
    said = (*(str(fault).replace(f"{STAGE}/", "") for fault in faults), before)
    return Outcome(card.name, "failed", said, faults=tuple(where), later=later)


def _refreshed(card: SourceCard, text: str, place: Place, stage: Path, options: Options) -> Outcome:
    from loaders.refresh.download import fetch

    today, limits = datetime.now(UTC).date().isoformat(), options.limits
    source = source_of(Request(card.name, card.refresh["url"], ahead=options.ahead), card.refresh, stage, limits)
    if "max_mb" in card.refresh:
        limits = replace(limits, size=card.refresh["max_mb"] * 1024 * 1024)
    path = stage / f"answer{ENDINGS[card.refresh['format']]}"
    answer = fetch(_request(card, source, options), path, limits)
    if answer is None:
        return Outcome(card.name, "unchanged", ("the publisher says so (304)",), source.choice)
    as_announced(card, path)
    today, clocks = day_of_both(today, answer.answered)
    release = drafted(card, path, answer.day or source.day, today)
    answered = {
        "url": source.url,
        "asked": today,
        "sha256": release.sha256,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
    }
    same = next((earlier for earlier in card.releases if earlier.sha256 == release.sha256), None)
    if same:
        if not options.dry and same is card.latest:
            remember(card, answered)
        return Outcome(card.name, "unchanged", (f"the same bytes as release {same.id}",), source.choice)
    path.rename(card.folder / release.file)
    release, observations = read_new(card, release, place)
    changes = _compared(card, place, observations, release)
    if changes.doubts and not options.accept:
        lines = (*changes.lines, *map(str, changes.doubts), "Nothing was written.")
        return Outcome(card.name, "doubtful", lines, source.choice, release, changes)
    if not options.dry:
        commit_release(card, text, release, today)
        remember(card, answered)
    about = f"release {release.id}, published {'about ' if release.about else ''}{release.published}"
    lines = (about, *clocks, *changes.lines, *(["Nothing was written (--dry-run)."] if options.dry else []))
    return Outcome(card.name, "new" if options.dry else "written", lines, source.choice, release, changes)


def _request(card: SourceCard, source: Source, options: Options) -> Request:
    named = (urlsplit(card.refresh["url"]).netloc, *card.refresh["hosts"]) if "hosts" in card.refresh else ()
    hosts = tuple(host.casefold() for host in named)
    remembered = {} if source.body else recalled(card, source.url)
    return Request(card.name, source.url, remembered, body=source.body, hosts=hosts, ahead=options.ahead)


def _compared(card: SourceCard, place: Place, observations: Observations, release: Release) -> Changes:
    """The new release beside the series so far. Raises SourceError when the old one cannot be read."""
    before = newest_first([read_release(card, former, place) for former in card.releases])
    return compare_releases(card, before, observations.frame, release.rows or 0)
