"""By how much did each of several figures change? A dot for each change and a line for its limits, around no change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import isfinite

import pandas as pd

from charts import theme
from charts.picture import Picture
from language import Translator
from language.change_words import change_words, limits_words
from language.sentence_data import Statement
from language.sentences import brief

STEP, ROOM = 28, 30  # pixels for each change, and for the axis
ENDS = 0.5  # changes and limits beyond half as much again or less are cut there
NAMES = 190  # pixels that a name may take at most
CUT = {-1: "◂ ", 1: " ▸"}  # beside the figure of a change that lies beyond an end


def changes_picture(told: Sequence[tuple[str, Statement]], title: str, say: Translator) -> Picture:
    """``told``: name and statement of each change, in the order drawn. A small base has its change in counts and no dot;
    where no limits are known there is a dot alone."""
    rows = pd.DataFrame([_row(name, facts, say) for name, facts in told])
    spec = {**change_spec(say.code), "height": STEP * len(rows) + ROOM}
    words = say.clauses([f"{name}{say(': ')}{brief(facts, say)}" for name, facts in told])
    head = say("Dot chart. {title}.", title=title)
    return Picture(spec, {"rows": rows}, say.sentences([head, say("{clauses}.", clauses=words)]))


def _row(name: str, facts: Statement, say: Translator) -> dict:
    drawn = isfinite(facts.change) and not facts.small
    known = drawn and isfinite(facts.low) and isfinite(facts.high)
    side = (facts.change > ENDS) - (facts.change < -ENDS) if drawn else 0
    words = change_words(facts, say)
    return {
        "name": name,
        "drawn": drawn,
        "v": _inside(facts.change) if drawn else 0.0,
        "low": _inside(facts.low) if known else 0.0,
        "high": _inside(facts.high) if known else 0.0,
        "known": known,
        "clear": facts.verdict in ("rise", "fall"),
        "what": f"{words}{CUT.get(side, '')}" if side > 0 else f"{CUT.get(side, '')}{words}",
        "said": brief(facts, say),
        "limits": limits_words(facts, say),
    }


def _inside(change: float) -> float:
    return min(ENDS, max(-ENDS, change))


@cache
def change_spec(code: str) -> dict:
    """The spec without its rows, height and words."""
    import altair as alt

    rows = alt.NamedData("rows")
    axis = alt.Axis(
        format="+.0%", domain=False, ticks=False, values=[-0.5, -0.25, 0, 0.25, 0.5], labelColor=theme.MUTED
    )
    along = {"type": "quantitative", "axis": axis, "scale": alt.Scale(domain=[-ENDS, ENDS], nice=False)}
    names = alt.Axis(
        domain=False, ticks=False, grid=False, labelLimit=NAMES, labelPadding=8, labelFontSize=13, labelColor=theme.INK
    )
    every = alt.Chart(rows).encode(y=alt.Y("name:N", sort=None, axis=names))
    tip = [alt.Tooltip(field, title=title) for field, title in (("name:N", " "), ("said:N", "  "), ("limits:N", "   "))]
    fill = alt.condition("datum.clear", alt.value(theme.ACCENT), alt.value(theme.PAPER))
    layers = [
        every.mark_rule(color=theme.INK, strokeWidth=1.25).encode(x=alt.datum(0, **along)),
        every.transform_filter("datum.known")
        .mark_rule(strokeWidth=2, color=theme.ACCENT, opacity=0.45)
        .encode(x=alt.X("low", **along), x2="high"),
        every.transform_filter("datum.drawn")
        .mark_point(size=80, filled=True, opacity=1, strokeWidth=1.5, stroke=theme.ACCENT)
        .encode(x=alt.X("v", **along), tooltip=tip, fill=fill),
        every.mark_text(fontSize=13, color=theme.INK, align="left", dx=6).encode(x=alt.value("width"), text="what:N"),
    ]
    spec = theme.dressed(alt.layer(*layers).properties(width="container"), code)
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    spec["padding"] = {"left": 4, "right": 74, "top": 6, "bottom": 4}
    return spec
