"""What became of one dataset that was asked for, and how a failure is told: never with a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from loaders.cards.source_card import SourceCard
from loaders.commands import DONE, FAILED, WAITS
from loaders.errors import Fault, FaultyInput
from loaders.refresh.commit_release import STAGE

EXITS = {"unchanged": DONE, "new": DONE, "written": DONE, "shown": DONE, "doubtful": WAITS, "failed": FAILED}


@dataclass(frozen=True)
class Outcome:
    """What became of one dataset: ``unchanged``, ``new`` (dry run), ``written``, ``doubtful``, ``failed``, or ``shown``
    (the questions of a pull), and what to tell."""

    dataset: str
    state: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.dataset}: {self.state}", *(f"  {line}" for line in self.lines)])


def attempted(card: SourceCard, work: Callable[[], Outcome]) -> Outcome:
    """What the work comes to; where it fails, why. Never raises for what a publisher, an engine, a disk or a file does
    wrong."""
    try:
        return work()
    except FaultyInput as error:
        return _failed(card, *(str(fault).replace(f"{STAGE}/", "") for fault in error.faults))
    except OSError as error:
        what, todo = "cannot be written", "Free some space or give the permission, and run again."
        reason = error.strerror or type(error).__name__
        return _failed(card, str(Fault(card.id, what, "free space and permission to write", reason, todo)))
    except Exception as error:  # what broke may quote a cell: its kind is said, and the next dataset is asked
        what, todo = "the answer broke the reader", "Report it, with the file."
        return _failed(card, str(Fault(card.id, what, "a table", type(error).__name__, todo)))


def _failed(card: SourceCard, *lines: str) -> Outcome:
    before = "The release that was there goes on serving." if card.releases else "Nothing was written."
    return Outcome(card.name, "failed", (*lines, before))
