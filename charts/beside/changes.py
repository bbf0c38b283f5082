"""By how much did each of several figures change? A dot for each change and a line for its limits, around no change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import isfinite

import pandas as pd

from charts import theme
from charts.grammar import filled, layer, template, text, words
from charts.picture import Picture
from language import Translator
from language.numbers import compact
from language.sentences.change_words import change_words, limits_words
from language.sentences.figure import brief
from language.sentences.statement import Statement

STEP, ROOM = 34, 30  # pixels for each change, and for the axis
ENDS = 0.5  # changes and limits beyond half as much again or less are cut there
ROWS, DRAWN, KNOWN = "rows", "drawn", "known"  # all changes, those with a dot, and those with limits
NARROW = 600  # pixels of a picture in which names stand above their lines
NAMES, FIGURES = 244, 124  # pixels for names beside their lines, and for the figures at the right
CUT = {-1: "← ", 1: " →"}  # beside the figure of a change that lies beyond an end


def changes_picture(told: Sequence[tuple[str, Statement]], title: str, say: Translator) -> Picture:
    """``told``: name and statement of each change, in the order drawn. A small base has its change in counts and no
    dot; where no limits are known there is a dot alone."""
    rows = pd.DataFrame([_row(number, name, facts, say) for number, (name, facts) in enumerate(told)])
    datasets = {ROWS: rows, DRAWN: rows[rows["drawn"]], KNOWN: rows[rows["known"]]}
    datasets = {name: frame for name, frame in datasets.items() if name == ROWS or len(frame)}
    clauses = say.clauses([f"{name}{say(': ')}{brief(facts, say)}" for name, facts in told])
    description = say.sentences([say("Dot chart. {title}.", title=title), say("{clauses}.", clauses=clauses)])
    spec = filled(change_spec(say.code), datasets, height=STEP * len(rows) + ROOM)
    return Picture(spec, datasets, description)


def _row(number: int, name: str, facts: Statement, say: Translator) -> dict:
    drawn = isfinite(facts.change) and not facts.small
    known = drawn and isfinite(facts.low) and isfinite(facts.high)
    side = (facts.change > ENDS) - (facts.change < -ENDS) if drawn else 0
    change = change_words(facts, say)
    said, limits = brief(facts, say), limits_words(facts, say)
    return {
        "row": number,
        "name": name,
        "drawn": drawn,
        "v": _inside(facts.change) if drawn else 0.0,
        "low": _inside(facts.low) if known else 0.0,
        "high": _inside(facts.high) if known else 0.0,
        "known": known,
        "clear": facts.verdict in ("rise", "fall"),
        "what": _figures(facts, _cut(change, side), say),
        "said": said,
        "limits": limits,
        "told": say("{name}: {words}", name=name, words=say.clauses([part for part in (said, limits) if part])),
    }


def _cut(change: str, side: int) -> str:
    return f"{CUT.get(side, '')}{change}" if side < 0 else f"{change}{CUT.get(side, '')}"


def _figures(facts: Statement, change: str, say: Translator) -> str:
    """Change and figure; of a small base both counts in words."""
    if not isfinite(facts.now):
        return change
    if facts.small and isfinite(facts.before):
        return say("{now}, before {before}", now=compact(facts.now, say), before=compact(facts.before, say))
    return " · ".join(part for part in (change, compact(facts.now, say)) if part)


def _inside(change: float) -> float:
    return min(ENDS, max(-ENDS, change))


@cache
def change_spec(code: str) -> dict:
    """The template: no change as a rule, limits as lines, changes as dots, names and figures beside or above them."""
    narrow = f"width < {NARROW}"
    left = {"expr": f"{narrow} ? 8 : {NAMES}"}
    scale = {"domain": [-ENDS, ENDS], "nice": False, "range": [left, {"expr": f"width - {FIGURES}"}]}
    axis = {
        "labelExpr": "datum.value == 0 ? '0%' : format(datum.value, '+.0%')",
        "domain": False,
        "ticks": False,
        "values": [-0.5, -0.25, 0, 0.25, 0.5],
        "labelFlush": False,
    }
    along = {"type": "quantitative", "axis": axis, "scale": scale}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    low = {"expr": f"{narrow} ? 7 : 0"}  # beneath its name
    fill = {"condition": {"test": "datum.clear", "value": theme.ACCENT}, "value": theme.PAPER}
    tip = [{"field": "name", "title": "title"}, {"field": "said", "title": " "}, {"field": "limits", "title": "  "}]
    said = {"tooltip": tip, "description": text("told")}
    limits = {"y": y, "x": {**along, "field": "low"}, "x2": {"field": "high"}}
    dots = {"y": y, "x": {**along, "field": "v"}, "fill": fill, **said}
    name = {"y": y, "x": {"value": 0}, "text": text("name")}
    figure = {"y": y, "x": {"value": "width"}, "text": text("what"), **said}
    beside = {
        "align": "left",
        "limit": {"expr": f"{narrow} ? width - {FIGURES} : {NAMES - 10}"},
        "dy": {"expr": f"{narrow} ? -8 : 0"},
    }
    halo = {"stroke": theme.PAPER, "strokeWidth": 3, "strokeJoin": "round"}  # where the rule runs through a name
    dot = {"size": 80, "filled": True, "opacity": 1, "strokeWidth": 1.5, "stroke": theme.ACCENT, "aria": True}
    return template(
        [
            layer(ROWS, "rule", {"x": {**along, "datum": 0}}, strokeWidth=1.25, color=theme.INK),
            layer(KNOWN, "rule", limits, strokeWidth=2, color=theme.ACCENT, opacity=0.45, yOffset=low),
            layer(DRAWN, "point", dots, yOffset=low, **dot),
            words(ROWS, name, **beside, **halo),
            words(ROWS, name, **beside),
            words(ROWS, figure, "!datum.drawn", align="right", aria=True),
            words(ROWS, figure, "datum.drawn", align="right"),
        ],
        code,
        autosize={"type": "fit", "contains": "padding"},
        padding={"left": 4, "right": 4, "top": 4, "bottom": 4},
    )
