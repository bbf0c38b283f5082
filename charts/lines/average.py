"""How the average month and the months that it is made of share a chart: which is drawn how, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from charts import theme
from charts.frame_text import cut_to
from charts.lines.layers import Around
from charts.lines.line_ends import NAME
from charts.lines.trend_rows import AVERAGES, LINES, trend_rows
from language import Translator
from measures.figures.compute import Measure

Names = Mapping[str, str]


def drawn_rows(measure: Measure, names: Names, say: Translator, average: Measure | None) -> pd.DataFrame:
    """The marks of all lines; the months stand thin and pale before their average, which is drawn over them."""
    rows = trend_rows(measure, names, say, pale=average is not None)
    if average is None:
        return rows
    return pd.concat([rows, trend_rows(average, names, say, AVERAGES)], ignore_index=True)


def names_of_lines(measure: Measure, names: Names, say: Translator, average: Measure | None) -> dict[str, str]:
    """What a tool tip calls each line, by its letter and number, an average before its months."""
    called = {}
    for number, area in enumerate(measure.query.areas):
        if average is not None:
            called[f"{AVERAGES}{number}"] = say("{area}, average of 12 months", area=names[area])
        called[f"{LINES}{number}"] = names[area]
    return called


def names_at_ends(measure: Measure, names: Names, say: Translator, average: Measure | None) -> dict[str, str]:
    """What stands before the last figure of each line at its end, by its letter and number. One line alone needs no
    name, with its months each says which it is; of several the averages are named alone.
    """
    areas, letter = measure.query.areas, LINES if average is None else AVERAGES
    if len(areas) > 1:
        return {f"{letter}{n}": f"{cut_to(names[area], NAME, theme.SMALL)} " for n, area in enumerate(areas)}
    alone = {f"{LINES}0": f"{say('this month')} ", f"{AVERAGES}0": f"{say('average')} "}
    return {f"{LINES}0": ""} if average is None else alone


def key_of_lines(around: Around, say: Translator) -> list[str]:
    """Which line is which, in a sentence each: average and months, and whose the grey ones are."""
    told = say("Strong line: the average month of the last twelve. Pale line: each month.")
    return [text for text in (told if around.average is not None else "", around.whose) if text]
