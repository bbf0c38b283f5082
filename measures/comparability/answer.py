"""May these figures be compared: in one picture, in two apart, or not at all, and what would be fair instead?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from disclosure.remembered import remembered
from measures.comparability.alternatives import nearest
from measures.comparability.aspects import ASPECTS, STRENGTH, Difference
from measures.comparability.figure import Figure, facts_of
from measures.comparability.statements import compare_statements
from measures.store.shelf import Shelf

__all__ = ["Answer", "Difference", "Figure", "compare", "compare_all"]


@dataclass(frozen=True)
class Answer:
    """``outcome``: 'draw', 'separate' (two panels, no change worked out) or 'decline'. ``findings``: the strongest
    first.

    ``nearest``: the nearest figures that may be drawn together, in the order asked; None when there are none, or when
    nothing better is needed.
    """

    outcome: str
    findings: tuple[Difference, ...]
    nearest: tuple[Figure, ...] | None = None

    @property
    def advised(self) -> bool:
        """Would drawing these figures together follow the site's advice?"""
        return self.outcome == "draw"

    @property
    def against(self) -> tuple[str, ...]:
        """The aspects in which the figures are not comparable."""
        return tuple(dict.fromkeys(finding.aspect for finding in self.findings if finding.outcome != "say"))


def compare(figure: Figure, other: Figure, place: str, shelf: Shelf) -> Answer:
    """The answer for two figures of a place. Raises KeyError for a code that is not known, SourceError for a faulty
    dataset."""
    return compare_all((figure, other), place, shelf)


@remembered()
def compare_all(sides: tuple[Figure, ...], place: str, shelf: Shelf) -> Answer:
    """The answer for several figures: every pair of them is looked at."""
    findings = _findings(sides, place, shelf)
    outcome = _outcome(findings)
    better = nearest(sides, place, shelf, lambda others: _findings(others, place, shelf))
    return Answer("draw" if outcome == "say" else outcome, tuple(findings), better)


@remembered()
def _findings(sides: tuple[Figure, ...], place: str, shelf: Shelf) -> list[Difference]:
    """What is found of any pair, each thing once, the strongest first and otherwise in the order of the aspects."""
    findings: list[Difference] = []
    for figure, other in combinations(sides, 2):
        findings += [finding for finding in _pair(figure, other, place, shelf) if finding not in findings]
    order = list(ASPECTS)
    return sorted(findings, key=lambda finding: (-STRENGTH.index(finding.outcome), order.index(finding.aspect)))


def _pair(figure: Figure, other: Figure, place: str, shelf: Shelf) -> list[Difference]:
    stated = [shelf.measures[side.measure].kind == "statements" for side in (figure, other)]
    if all(stated):
        return list(compare_statements(figure, other, place, shelf))
    if any(stated):
        return [
            Difference("definition", "separate", "other_measure", {"measures": (figure.measure, other.measure)}),
            Difference("unit", "separate", "units_differ", {"views": (figure.view, other.view)}),
        ]
    pair = facts_of(figure, place, shelf), facts_of(other, place, shelf)
    return [finding for aspect in ASPECTS.values() for finding in aspect(*pair)]


def _outcome(findings: list[Difference]) -> str:
    return max((finding.outcome for finding in findings), key=STRENGTH.index, default="draw")
