"""How far apart are a few figures, and how far does each usually move? A dot for each figure and a line for its
limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from textwrap import wrap

import numpy as np
import pandas as pd

from charts import theme
from charts.descriptions import value_words
from charts.picture import Picture
from language import Translator, decimal
from measures.figures.compute import Measure
from measures.figures.units import unit_words

STEP = 38  # pixels for each figure
ROOM, LINE = 34, 20  # pixels for the axis, and for a line of words
WORDS = 330  # pixels of a line of words on the narrowest screen
NAMES = 170  # pixels that a name may take at most


def compared(
    measure: Measure,
    figures: Sequence[tuple[str, object]],
    say: Translator,
    *,
    ruled: tuple[str, object] | None = None,
    top: float = 0.0,
    marked: str = "",
) -> Picture:
    """``figures``: name and row of ``Measure.table`` of each, in the order drawn; ``ruled``: those of the figure ruled
    across all.

    ``top``: the end of the axis where two pictures share it (0: that of the figures). ``marked``: words that must stand
    in the
    picture itself.
    """
    rows = pd.DataFrame([_row(measure, name, row, say) for name, row in figures])
    line = pd.DataFrame([_row(measure, *one, say) for one in [ruled] if one], columns=rows.columns)
    spec = {**dot_spec(say.code), "height": STEP * len(rows) + ROOM + LINE * bool(ruled)}
    spec["padding"] = {"left": 4, "right": 56, "top": 6 + LINE * bool(ruled), "bottom": 4}
    if marked:
        lines = (
            wrap(marked, int(WORDS / say.language.glyph))
            if say.language.sentence_gap
            else _slices(marked, int(WORDS / say.language.glyph))
        )
        spec["title"] = {
            "text": lines,
            "color": theme.SECOND,
            "fontSize": 13,
            "anchor": "start",
            "frame": "bounds",
            "offset": 10,
            "limit": 0,
        }
        spec["height"] += LINE * len(lines)
    everything = [row for _, row in [*figures, *([ruled] if ruled else [])]]
    ends = pd.DataFrame({"v": [top or furthest(everything)]})
    return Picture(spec, {"rows": rows, "line": line, "ends": ends}, _description(measure, figures, ruled, marked, say))


def _slices(text: str, width: int) -> list[str]:
    """Lines of a language that puts no spaces between words."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def furthest(rows: Sequence[object]) -> float:
    """The end of an axis that holds every figure with its limits."""
    ends = [end for row in rows for end in (row.value, row.high) if np.isfinite(end)]
    return float(max(ends, default=1.0))


def _row(measure: Measure, name: str, row, say: Translator) -> dict:
    known = bool(np.isfinite(row.value))
    low, high = (limit if np.isfinite(limit) else row.value for limit in (row.low, row.high))
    words = value_words(measure, row.value, say) if known else ""
    return {
        "name": name,
        "v": row.value,
        "low": low,
        "high": high,
        "known": known,
        "fresh": row.status == "p",
        "what": f"{words} [{row.status}]".strip() if row.status and not known else words,
        "limits": figure_limits_words(measure, row, say),
        "told": _told(measure, name, row, say),
    }


def _told(measure: Measure, name: str, row, say: Translator) -> str:
    """A figure with its limits, as the keyboard speaks it."""
    value = value_words(measure, row.value, say) if np.isfinite(row.value) else say("no figure")
    limits = figure_limits_words(measure, row, say)
    if not limits:
        return f"{name}{say(': ')}{value}"
    what = limits_name(measure, say)
    return say("{area}: {value} ({what} {limits})", area=name, value=value, what=what, limits=limits)


def figure_limits_words(measure: Measure, row, say: Translator) -> str:
    """The limits of a figure: '182.2 to 185.9'; '' where there are none."""
    if not np.isfinite([row.low, row.high]).all():
        return ""
    low, high = (value_words(measure, limit, say) for limit in (row.low, row.high))
    if low == high:
        low, high = (decimal(limit, say, 2) for limit in (row.low, row.high))
    return say("{start} to {end}", start=low, end=high)


def limits_name(measure: Measure, say: Translator) -> str:
    """What the limits of a figure show: of deaths and casualties chance alone, of all others what is usual."""
    return say("range of chance alone") if measure.card.limits == "chance" else say("usual ups and downs")


def _description(measure: Measure, figures, ruled, marked: str, say: Translator) -> str:
    parts = [_told(measure, name, row, say) for name, row in [*figures, *([ruled] if ruled else [])]]
    head = say("Dot chart. {title}, {unit}.", title=say.pick(measure.card.title), unit=unit_words(measure, say))
    return say.sentences([head, say("{clauses}.", clauses=say.clauses(parts)), marked])


@cache
def dot_spec(code: str) -> dict:
    """The spec without its rows, height and words."""
    import altair as alt

    rows, line, ends = alt.NamedData("rows"), alt.NamedData("line"), alt.NamedData("ends")
    axis = alt.Axis(labelExpr=theme.axis_number(code), domain=False, ticks=False, tickCount=5)
    along = {"type": "quantitative", "axis": axis, "scale": alt.Scale(zero=True, nice=True, domainMin=0)}
    names = alt.Axis(
        domain=False, ticks=False, grid=False, labelLimit=NAMES, labelPadding=8, labelFontSize=13, labelColor=theme.INK
    )
    known = alt.Chart(rows).encode(y=alt.Y("name:N", sort=None, axis=names)).transform_filter("datum.known")
    unknown = alt.Chart(rows).encode(y=alt.Y("name:N", sort=None, axis=names)).transform_filter("!datum.known")
    tip = [alt.Tooltip(field, title=title) for field, title in (("name:N", " "), ("what:N", "  "), ("limits:N", "   "))]
    fill = alt.condition("datum.fresh", alt.value(theme.PAPER), alt.value(theme.ACCENT))
    bold = {"fontSize": 13, "fontWeight": 600, "color": theme.INK, "aria": False}
    layers = [
        alt.Chart(ends).mark_point(opacity=0, aria=False).encode(x=alt.X("v", **along)),
        alt.Chart(line).mark_rule(color=theme.INK, strokeWidth=1.25, aria=False).encode(x=alt.X("v", **along)),
        alt.Chart(line)
        .transform_calculate(words="datum.name + '  ' + datum.what")
        .mark_text(**bold, baseline="bottom", dy=-4)
        .encode(x=alt.X("v", **along), y=alt.value(0), text="words:N"),
        known.mark_rule(strokeWidth=2.5, color=theme.ACCENT, opacity=0.45, aria=False).encode(
            x=alt.X("low", **along), x2="high"
        ),
        known.mark_point(size=70, filled=True, opacity=1, strokeWidth=1.5, stroke=theme.ACCENT).encode(
            x=alt.X("v", **along), tooltip=tip, fill=fill, description="told:N"
        ),
        known.mark_text(**bold, align="left", dx=9).encode(x=alt.X("high", **along), text="what:N"),
        unknown.mark_text(align="left", dx=4, fontSize=13, color=theme.MUTED).encode(
            x=alt.value(0), text="what:N", description="told:N"
        ),
    ]
    spec = theme.dressed(alt.layer(*layers).properties(width="container"), code)
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec
