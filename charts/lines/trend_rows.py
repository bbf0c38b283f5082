"""What a trend draws of every figure: one row each, with all that a tool tip says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from charts import theme, time_axis
from charts.descriptions import changes_on_year, judged_words, value_words
from language import Translator, period_name, reason_words, status_words
from loaders import periods
from measures.about.statements import names_in
from measures.figures.compute import Measure
from measures.lines.columns import frame_of

Columns = dict[str, np.ndarray]
LINES, AVERAGES = "a", "m"  # letters of the lines of figures, and of those of average months
PLACE, CHOSEN, THIN = 2.0, 2.25, 1.0  # pixels of a line
PALE = 0.5  # how much of its colour a line has that stands behind another of its own


def trend_rows(
    measure: Measure, names: dict[str, str], say: Translator, lines: str = LINES, *, pale: bool = False
) -> pd.DataFrame:
    """One row = one mark: an area and period that has a value. ``part`` changes at every cut, so the line stops
    there. ``n``: the line, by its letter and number; ``pale``: the lines stand thin behind others.
    """
    known = np.isfinite(measure.columns["value"])
    table = {name: values[known] for name, values in measure.columns.items()}
    colours, numbers = colours_of(measure), {area: f"{lines}{n}" for n, area in enumerate(measure.query.areas)}
    parts = stretches_of(measure, table)
    sizes = Counter(zip(table["area"], parts, strict=True))
    card = measure.sources[0]
    names_of = names_in(card, measure.place)
    marked = [
        say(": ").join(
            text
            for text in (
                status_words(status, say) if status else "",
                reason_words(reason, say, card.breaks, card.cells, names_of) if reason else "",
            )
            if text
        )
        for status, reason in zip(table["status"], table["reason"], strict=True)
    ]
    return frame_of(
        {
            "t": [time_axis.instant(period) for period in table["period"]],
            "v": table["value"].round(4),
            "area": [names[area] for area in table["area"]],
            "c": [colours[area] for area in table["area"]],
            "wide": [THIN if pale else PLACE if area == measure.place.code else CHOSEN for area in table["area"]],
            "o": [PALE if pale else 1.0] * len(parts),
            "n": [numbers[area] for area in table["area"]],
            "part": parts if lines == LINES else [-1 - part for part in parts],  # lines of their own
            "s": table["status"],
            "when": [period_name(period, say, measure.query.view) for period in table["period"]],
            "what": [value_words(measure, value, say) for value in table["value"]],
            "change": changes_on_year(table, measure.query.view, say),
            "mark": marked,
            "verdict": [judged_words(*pair, say) for pair in zip(table["verdict"], table["why"], strict=True)],
            "fresh": _fresh(table),
            "alone": [sizes[key] == 1 for key in zip(table["area"], parts, strict=True)],
            "flag": _flagged(table, measure.query.view),
        }
    )


def context_rows(context: Measure, names: Mapping[str, str]) -> pd.DataFrame:
    """The grey lines: where each goes, and whose it is."""
    known = np.isfinite(context.columns["value"])
    table = {name: values[known] for name, values in context.columns.items()}
    return frame_of(
        {
            "t": [time_axis.instant(period) for period in table["period"]],
            "v": table["value"].round(4),
            "area": [names[area] for area in table["area"]],
            "part": stretches_of(context, table),
        }
    )


def _fresh(table: Columns) -> list[bool]:
    """The provisional end of a line, with the last final point that it starts from."""
    provisional = table["status"] == "p"
    following = np.append(provisional[1:], False) & (table["area"] == np.append(table["area"][1:], ""))
    return (provisional | following).tolist()


def _flagged(table: Columns, view: str) -> list[bool]:
    """Where a triangle stands: every unreliable figure, or the first of a stretch when one month reaches into twelve
    sums.
    """
    doubtful = table["status"] == "u"
    if not view.startswith(("rolling", "average")):
        return doubtful.tolist()
    return (doubtful & ~np.append(False, doubtful[:-1])).tolist()


def colours_of(measure: Measure) -> dict[str, str]:
    chosen = [area for area in measure.query.areas if area != measure.place.code]
    return {measure.place.code: theme.INK} | {
        area: theme.CHOSEN[n % len(theme.CHOSEN)] for n, area in enumerate(chosen)
    }


def stretches_of(measure: Measure, table: Columns) -> list[int]:
    """Which unbroken stretch of its line a figure belongs to: a new one begins at every cut and after every gap."""
    parts: list[int] = []
    area, before, part = "", 0, 0
    for here, period in zip(table["area"], table["period"], strict=True):
        number = periods.ordinal(period)
        if here != area:
            cuts = {
                cut.at for cut in measure.breaks if cut.effect == "cut" and cut.touches(here, measure.query.category)
            }
            part = 0
        elif number != before + 1 or period in cuts:
            part += 1
        area, before = here, number
        parts.append(part)
    return parts
