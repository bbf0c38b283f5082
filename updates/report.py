"""The report of a round, in one language: what came, what changed, what stands out, what waits, what broke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from language import Translator
from language.numbers import day, exact, period_name, written_date
from loaders.errors import Fault
from loaders.refresh.command import Round
from loaders.refresh.dataset import Outcome
from measures.store.shelf import Shelf
from updates.standing_out import standing_out
from updates.told_changes import Names, changes_words, doubt_words, plain_text, taken_words

BELOW = "  * "  # begins a line that stands below the one before


def report(asked: Round, shelf: Shelf | None, say: Translator) -> str:
    """The whole report as Markdown. ``shelf``: the data with what was written; None where nothing was."""
    parts = [_heading(say("Refresh of {date}", date=day(datetime.now(UTC).date(), say)), "=")]
    for heading, states in (
        (say("New releases"), ("written",)),
        (say("New releases, not written: a dry run"), ("new",)),
        (say("Waiting for a person"), ("doubtful",)),
    ):
        outcomes = [outcome for outcome in asked.outcomes if outcome.state in states]
        parts += _section(heading, (_release(outcome, asked, shelf, say) for outcome in outcomes))
    failed = [outcome for outcome in asked.outcomes if outcome.state == "failed"]
    late = [outcome for outcome in failed if outcome.later]
    parts += _section(say("Refused"), (_failure(one, asked, say) for one in failed if not one.later))
    parts += _section(say("The publisher did not answer; ask again later"), (_failure(one, asked, say) for one in late))
    parts += _section(
        say("Files that cannot be read"), ([name, *_faults(asked.broken[name].faults)] for name in asked.broken)
    )
    return "\n\n".join([*parts, *_rest(asked, say)]) + "\n"


def _section(heading: str, entries: Iterable[list[str]]) -> Iterator[str]:
    """A heading with its entries, each a line and what is said of it; nothing where there are none."""
    written = []
    for first, *rest in entries:
        indented = (f"  {line}" if line.startswith(BELOW) else f"  * {line}" for line in rest)
        written.append("\n".join([f"* {first}", *indented]))
    if written:
        yield _heading(heading, "-")
        yield "\n".join(written)


def _heading(text: str, line: str) -> str:
    """Underlined: in the message of a commit, lines that begin with # may be taken for comments."""
    return f"{text}\n{line * max(3, len(text))}"


def _title(dataset: str, asked: Round, say: Translator) -> str:
    return say.pick(asked.cards[dataset].title)


def _release(outcome: Outcome, asked: Round, shelf: Shelf | None, say: Translator) -> list[str]:
    """What came, what changed, what is doubtful and what stands out, of one dataset."""
    card, release = asked.cards[outcome.dataset], outcome.release
    date = written_date(release.published, say)
    date = say("{date} (date approximate)", date=date) if release.about else date
    lines = [say("{title}: release of {date}", title=_title(card.name, asked, say), date=date)]
    lines += [taken_words(outcome.taken, say)] if outcome.taken else []
    first, last = (period_name(period, say) for period in (release.first, release.last))
    lines.append(say("The release holds {start} to {end}.", start=first, end=last))
    lines += changes_words(outcome.changes, Names(card, asked.places[card.place], say))
    if outcome.state == "doubtful":
        return lines + [doubt_words(doubt, say) for doubt in outcome.changes.doubts]
    return lines + (_notable(shelf, outcome, say) if shelf else [])


def _notable(shelf: Shelf, outcome: Outcome, say: Translator) -> list[str]:
    told = list(standing_out(shelf, outcome.dataset, outcome.release.id, say.code))
    if not told:
        return [say("What stands out is not told of this dataset.")]
    return [say("What stands out:"), *(f"{BELOW}{text}" for text in told)]


def _failure(outcome: Outcome, asked: Round, say: Translator) -> list[str]:
    """What broke, in the words for maintainers, which are in English."""
    return [
        _title(outcome.dataset, asked, say),
        *_faults(outcome.faults),
        say("The release that was there goes on serving."),
    ]


def _faults(faults: Iterable[Fault]) -> list[str]:
    return [plain_text(" ".join(str(fault).split())) for fault in faults]


def _rest(asked: Round, say: Translator) -> Iterator[str]:
    """Who has nothing newer, and how many are never asked."""
    same = [_title(outcome.dataset, asked, say) for outcome in asked.outcomes if outcome.state == "unchanged"]
    if same:
        yield say("Nothing newer: {names}.", names=say.joined(same))
    if asked.silent:
        yield say("Datasets whose cards name no address to ask: {number}.", number=exact(len(asked.silent), say))
