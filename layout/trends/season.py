"""What a reader is told of seasonally adjusted figures: that they are worked out here."""

from __future__ import annotations

from dataclasses import replace

from layout.frame.reader import Reader
from measures.figures.compute import Measure, compute
from measures.lines.seasonal import ADJUSTED


def raw_of(made: Measure, reader: Reader) -> Measure | None:
    """The counts behind adjusted figures; None for every other view."""
    return compute(replace(made.query, view="count"), reader.shelf) if made.query.view == ADJUSTED else None


def method_words(made: Measure, reader: Reader) -> str:
    """How the figures were adjusted; '' for every other view."""
    say = reader.say
    if made.query.view != ADJUSTED:
        return ""
    return say(
        "Seasonally adjusted by STL on the log scale (square root where a month stands at zero); not a published "
        "figure. The pale dots are the published counts."
    )
