"""How has it gone over time? Lines that stop at breaks and gaps, with open circles where figures are still
provisional.
"""

from __future__ import annotations

from charts import time_axis
from charts.descriptions import describe_trend
from charts.grammar import filled
from charts.lines.average import drawn_rows, key_of_lines, names_at_ends, names_of_lines
from charts.lines.layers import BAND, CONTEXT, Around, behind
from charts.lines.line_ends import line_ends, room_beside
from charts.lines.marked_dates import LINE as DATE_LINE
from charts.lines.marked_dates import marked_dates
from charts.lines.trend_rows import colours_of
from charts.lines.trend_spec import ENDS, MOVED, ROWS, line_spec, with_hover
from charts.picture import Picture
from charts.value_axis import levels_to, value_params
from language import Translator
from measures.figures.compute import Measure
from measures.figures.units import unit_beside_number

OUTSIDE = 60  # pixels of a chart's height that are its axis, its unit and its margins


def trend_picture(
    measure: Measure, names: dict[str, str], say: Translator, height: int = 340, around: Around | None = None
) -> Picture:
    """``names``: area code → the reader's name of it. The city is ink, the chosen areas are in colour; where there is
    an average month its line is, and the months stand thin and pale behind it.
    """
    around = around or Around()
    rows = drawn_rows(measure, names, say, around.average)
    behind_it = behind(names, colours_of(measure), around)
    naming, ticked = time_axis.ticks(list(measure.periods), say)
    highest = max(
        frame[column].max()
        for frame, column in ((rows, "v"), (behind_it.get(BAND), "high"), (behind_it.get(CONTEXT), "v"))
        if frame is not None
    )
    dates, lines = marked_dates(measure, say)
    above = DATE_LINE * lines
    called = names_at_ends(measure, names, say, around.average)
    ends = line_ends(rows, called, levels_to(highest)[-1] / (height - OUTSIDE - above))
    datasets = {ROWS: rows, ENDS: ends, MOVED: ends[ends["moved"]], **dates, **behind_it}
    datasets = {name: frame for name, frame in datasets.items() if name == ROWS or len(frame)}
    params = [*ticked, *value_params(highest, unit_beside_number(measure, say), above, room_beside(ends))]
    spec = filled(line_spec(say.code, naming), datasets, params=params, height=height)
    hovered = with_hover(spec, say.code, naming, names_of_lines(measure, names, say, around.average))
    key = key_of_lines(around, say)
    return Picture(hovered, datasets, say.sentences([describe_trend(measure, names, say, around.average), *key]), key)
