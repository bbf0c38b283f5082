"""What can be wrong with a source, a place or a card, said to the maintainer.

All faults of a file are raised together. Readers never see these texts; they get one calm sentence in their language.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit.

    ``where`` names file, row and column as the publisher counts them (heading = row 1).
    """

    where: str
    what: str
    expected: str
    found: str
    todo: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: expected {self.expected}, found {self.found}. {self.todo}"


class FaultyInput(ValueError):
    """Base of the three errors; ``faults`` holds every fault that was found, in the order of the file."""

    def __init__(self, subject: str, faults: list[Fault]):
        self.subject = subject
        self.faults = tuple(faults)
        lines = "\n".join(f"  - {fault}" for fault in faults)
        super().__init__(f"{subject}: {len(faults)} fault(s)\n{lines}")


class SourceError(FaultyInput):
    """A published file or its source card cannot be used."""


class PlaceError(FaultyInput):
    """A place file cannot be used."""


class CardError(FaultyInput):
    """A measure card cannot be used."""
