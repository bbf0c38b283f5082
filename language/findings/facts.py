"""What a finding is made from besides a single statement: a map, a comparison, several measures, published
statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from language.sentences.statement import Statement, Words


@dataclass(frozen=True)
class Subject:
    """What figures count, where and when. ``what``: the name of what is counted, small letters first; ``area_word``:
    what the areas of the place are called, several of them."""

    what: Words
    place: Words
    period: str
    view: str
    area_word: Words = field(default_factory=dict)
    per: int = 1
    unit: Words = field(default_factory=dict)


@dataclass(frozen=True)
class AreaFigure:
    """A figure of one area. ``differs``: its class in the funnel ('' for none); ``low``, ``high``: its own limits;
    ``warning``: why its residents are the wrong denominator, {} where they are not."""

    name: Words
    value: float
    differs: str = ""
    low: float = float("nan")
    high: float = float("nan")
    warning: Words = field(default_factory=dict)

    @property
    def apart(self) -> bool:
        return self.differs not in ("", "within")

    @property
    def limited(self) -> bool:
        return isfinite(self.low) and isfinite(self.high)


@dataclass(frozen=True)
class MapFacts:
    """The areas of a place in one period, in the publisher's order. ``middle``: the rate of the median area; ``why``:
    why they are not compared, in all languages ({} where they are, or where nobody asked)."""

    subject: Subject
    areas: tuple[AreaFigure, ...]
    middle: float = float("nan")
    why: Words = field(default_factory=dict)

    @property
    def compared(self) -> int:
        return sum(area.differs != "" for area in self.areas)

    @property
    def apart(self) -> tuple[AreaFigure, ...]:
        return tuple(area for area in self.areas if area.apart)


@dataclass(frozen=True)
class ComparedFacts:
    """A few areas side by side in one period. ``advised``: may they be compared? ``whole``: the place's own figure."""

    subject: Subject
    areas: tuple[AreaFigure, ...]
    advised: bool = True
    whole: AreaFigure | None = None


@dataclass(frozen=True)
class SeveralFacts:
    """The latest figures of several categories or measures of one area."""

    area: Words
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class StatedFacts:
    """What was published in words about a place: how many statements, and how many of each outcome of a check (the
    keys of ``language.claims``). ``what``: the indicator, {} for all; ``newest``: figure, source and date of the newest
    one, ready to be said, '' where none has a figure."""

    place: Words
    outcomes: dict[str, int]
    what: Words = field(default_factory=dict)
    newest: Words = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True)
class Finding:
    """What figures say, in three lengths, and a line on what not to write. ``headline``: at most fifteen words, or 28
    Chinese characters, without a full stop; ``sentence``; ``paragraph``: with limits, both figures, base and
    caution."""

    headline: str
    sentence: str
    paragraph: str
    not_to_write: str
