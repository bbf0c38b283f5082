"""What a reader is told of seasonally adjusted figures: that they are worked out here, and how the newest final month
moved.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from language import period_name, signed_percent, whole
from layout.frame.controls import area_names
from layout.frame.reader import Reader
from measures.figures.compute import Measure, compute
from measures.figures.seasonal import ADJUSTED


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


def month_on_month(made: Measure, reader: Reader) -> list[str]:
    """A paragraph with a sentence for each area on its newest final month and the month before: only adjusted figures
    may be compared so.
    """
    if made.query.view != ADJUSTED:
        return []
    say, names = reader.say, area_names(reader, made.card.dataset)
    found = {area: _step(made, area) for area in made.query.areas}
    sentences = [
        say(
            "{area}, {period}, seasonally adjusted: {value} {unit}, {step} on the month before.",
            area=names[area],
            period=period_name(step[0], say),
            value=whole(step[1], say),
            unit=say.pick(made.unit),
            step=signed_percent(step[2], say),
        )
        for area, step in found.items()
        if step
    ]
    if not sentences:
        return []
    return [
        say.sentences(
            [
                *sentences,
                say(
                    "These are estimates; whether such a change from one month to the next is more than chance is "
                    "not tested."
                ),
            ]
        )
    ]


def _step(made: Measure, area: str) -> tuple[str, float, float] | None:
    """The newest final month, its adjusted figure and the ratio to the month before; None where either is missing or
    doubtful.
    """
    line = made.line(area)
    final = line[line["status"] != "p"].tail(2)
    if len(final) < 2 or not np.isfinite(final["value"]).all() or (final["status"] == "u").any():
        return None
    (_, before), (_, now) = final.iterrows()
    cut = any(
        cut.effect == "cut" and cut.at == now["period"] and cut.touches(area, made.query.category)
        for cut in made.breaks
    )
    if cut or not before["value"]:
        return None
    return now["period"], float(now["value"]), float(now["value"] / before["value"] - 1)
