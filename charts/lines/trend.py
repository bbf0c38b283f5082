"""How has it gone over time? Lines that stop at breaks and gaps, with open circles where figures are still
provisional.
"""

from __future__ import annotations

import pandas as pd

from charts import time_axis
from charts.descriptions import describe_trend
from charts.grammar import filled
from charts.lines.layers import BAND, behind
from charts.lines.line_ends import line_ends, room_beside
from charts.lines.marked_dates import LINE as DATE_LINE
from charts.lines.marked_dates import marked_dates
from charts.lines.trend_rows import colours_of, context_rows, trend_rows
from charts.lines.trend_spec import ENDS, MOVED, ROWS, line_spec, with_hover
from charts.picture import Picture
from charts.value_axis import levels_to, value_params
from language import Translator
from measures.figures.compute import Measure
from measures.figures.units import unit_beside_number

OUTSIDE = 60  # pixels of a chart's height that are its axis, its unit and its margins


def trend_picture(
    measure: Measure,
    names: dict[str, str],
    say: Translator,
    height: int = 340,
    band: pd.DataFrame | None = None,
    raw: Measure | None = None,
    context: Measure | None = None,
) -> Picture:
    """``names``: area code → the reader's name of it. The city is ink, the chosen areas are in colour.

    ``band``: how far provisional figures may still move (area, period, low, high); ``raw``: the counts behind adjusted
    figures; ``context``: the same measure of areas that stand grey behind, without names.
    """
    rows = trend_rows(measure, names, say)
    beside = context_rows(context) if context is not None else rows.head(0)
    naming, ticked = time_axis.ticks(list(measure.periods), say)
    behind_it = behind(names, colours_of(measure), band, raw)
    highest = max(
        [
            rows["v"].max(),
            beside["v"].max(),
            *(frame["high"].max() for frame in [behind_it.get(BAND)] if frame is not None),
        ]
    )
    dates, lines = marked_dates(measure, say)
    above = DATE_LINE * lines
    ends = line_ends(rows, levels_to(highest)[-1] / (height - OUTSIDE - above))
    drawn = pd.concat([beside, rows], ignore_index=True) if len(beside) else rows
    datasets = {ROWS: drawn, ENDS: ends, MOVED: ends[ends["moved"]], **dates, **behind_it}
    datasets = {name: frame for name, frame in datasets.items() if name == ROWS or len(frame)}
    params = [*ticked, *value_params(highest, unit_beside_number(measure, say), above, room_beside(ends))]
    spec = filled(line_spec(say.code, naming), datasets, params=params, height=height)
    hovered = with_hover(spec, say.code, naming, [names[area] for area in measure.query.areas])
    return Picture(hovered, datasets, describe_trend(measure, names, say))
