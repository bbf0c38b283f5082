"""Was exactly this table attacked, and did it hold?

Without a verdict that names its hash a table with withheld cells is not shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from disclosure import SafeTable
from disclosure.builds import ATTACKED, Build
from loaders import Fault, SourceCard, SourceError
from measures.store.artifacts import table_name


class AttackSucceeded(SourceError):
    """The attack of the build worked out what is hidden, or found what is finer than its source."""


class NotAttacked(SourceError):
    """A table with withheld cells that no attack has tried yet: ``table``."""

    def __init__(self, subject: str, faults: list[Fault], table: SafeTable):
        super().__init__(subject, faults)
        self.table = table


@dataclass(frozen=True)
class Verdicts:
    """What the attack of a build found: its day ('' = none), and of each dataset ``safe``, ``unsafe`` and ``tables``.

    ``tables``: release → SHA-256 of the built table that was attacked.
    """

    date: str
    datasets: dict[str, dict]

    def unsafe(self) -> dict[str, AttackSucceeded]:
        """The datasets that are not shown at all, with the reason."""
        return {name: unsafe(name, counts["unsafe"]) for name, counts in self.datasets.items() if counts["unsafe"]}

    def names(self, dataset: str, release: str, digest: str) -> bool:
        """Is there a verdict on the very table that has this hash?"""
        verdict = self.datasets.get(dataset, {})
        return bool(digest) and not verdict.get("unsafe", 1) and verdict["tables"].get(release) == digest


def verdicts_of(build: Build) -> Verdicts:
    """The verdicts of a build; none where it has none, or others than it wrote."""
    content = build.read(ATTACKED, lambda path: json.loads(path.read_text(encoding="utf-8"))) or {}
    return Verdicts(content.get("date", ""), content.get("datasets", {}))


def unsafe(dataset: str, cells: int) -> AttackSucceeded:
    """Why a dataset that the attack undid is not shown."""
    fault = Fault(dataset, "hidden cells can be worked out", "0 unsafe", str(cells), "Run python -m disclosure attack.")
    return AttackSucceeded(dataset, [fault])


def let_through(table: SafeTable, card: SourceCard, build: Build, verdicts: Verdicts, built: bool) -> SafeTable:
    """The table, where nothing is withheld in it or where it was attacked as it is. Raises NotAttacked.

    ``built``: it was read from the build, and not made from the published files.
    """
    digest = build.hash_of(table_name(card.name, table.release)) if built else ""
    if build.attacked_later or verdicts.names(card.name, table.release, digest):
        return table
    if card.disclosure != "protect" and not table.count("c"):
        return table
    expected, answer = "a verdict of the attack on this very table", "none"
    what, todo = f"withheld cells were not attacked ({table.release})", "Run: python -m measures build."
    fault = Fault(card.id, what, expected, answer, todo)
    raise NotAttacked(card.id, [fault], table)
