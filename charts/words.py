"""What does the chart show, for someone who cannot see it? The same numbers as the table, in the reader's language."""

from __future__ import annotations

import numpy as np

from language import Translator, decimal, period_name, whole
from measures.compute import Measure
from measures.units import unit_words


def value_words(measure: Measure, value: float, say: Translator) -> str:
    """A value of this measure with its decimals, without its unit."""
    if not np.isfinite(value):
        return "—"
    if measure.query.view in ("count", "rolling", "adjusted", "density"):
        return whole(value, say)
    return decimal(value, say, digits_for(value))


def digits_for(value: float) -> int:
    """Decimals that leave two figures of a small rate to be read: 364.7, 8.8, 0.28, 0.016."""
    return 1 if abs(value) >= 1 or value == 0 else 2 if abs(value) >= 0.1 else 3


def describe_trend(measure: Measure, names: dict[str, str], say: Translator) -> str:
    """First and last value of every line, and where the line is interrupted."""
    parts = []
    for area in measure.query.areas:
        line = measure.line(area)
        known = line[np.isfinite(line["value"])]
        if known.empty:
            parts.append(say("{area}: no figure", area=names[area]))
            continue
        first, last = known.iloc[0], known.iloc[-1]
        parts.append(
            say(
                "{area}: {before} in {first}, {now} in {last}", area=names[area], before=value_words(measure, first["value"], say),
                now=value_words(measure, last["value"], say), first=period_name(first["period"], say, measure.query.view),
                last=period_name(last["period"], say, measure.query.view),
            )
        )  # fmt: skip
    head = say("Line chart. {title}, {unit}.", title=say.pick(measure.card.title), unit=unit_words(measure, say))
    return say.sentences([head, say("{clauses}.", clauses=say.clauses(parts))])
