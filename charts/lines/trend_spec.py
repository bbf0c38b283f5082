"""How a trend is drawn: the template of its layers, filled with rows by ``charts.lines.trend``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from charts import theme, time_axis
from charts.grammar import exact, layer, said_once, template, text, words
from charts.lines.layers import CONTEXT, layers, names_of_context
from charts.lines.marked_dates import date_layers
from charts.value_axis import BESIDE, unit_layer, upwards

ROWS, ENDS, MOVED = "rows", "ends", "moved"  # the names of the rows in the picture
HOVER = "at"  # the selection: the moment that is pointed at
POINTED = {"type": "point", "on": "pointermove", "clear": "pointerout", "nearest": True}
RIGHT = f"width - {BESIDE}"  # where the last period stands
_PARTS = ("what", "change", "verdict", "mark")
TIP = " + ".join(
    f"(datum.{one} ? {joined!r} + datum.{one} : '')"
    for one, joined in zip(_PARTS, ("", " · ", " · ", " · "), strict=True)
)


@cache
def line_spec(code: str, naming: str) -> dict:
    """The template of a trend: behind, dates, lines, dots, names at the ends, and the moment that is pointed at."""
    x, y, colour = time_axis.along("t", code, naming, BESIDE), upwards("v", code), exact("c")
    pale = {"opacity": exact("o", "quantitative")}
    line = {"x": x, "y": y, "color": colour, "strokeWidth": exact("wide", "quantitative"), **pale}
    joined = line | {"detail": [{"field": "area"}, {"field": "part"}]}
    dot = {"x": x, "y": y, "color": colour, **pale}
    hollow = {"filled": False, "fill": theme.PAPER, "strokeWidth": 1.5}
    ends = {"x": {"value": {"expr": RIGHT}}, "y": {**y, "field": "y"}, "color": colour, "text": text("word")}
    return template(
        [
            *layers(x, y, colour),
            *date_layers(x),
            layer(ROWS, "line", joined, "datum.s != 'p'"),
            layer(ROWS, "line", joined, "datum.fresh", strokeDash=[3, 3]),
            layer(ROWS, "point", dot, "datum.alone && datum.s != 'p'", size=14, filled=True),
            layer(ROWS, "point", dot, "datum.s == 'p'", size=26, **hollow),
            layer(ROWS, "point", dot, "datum.flag", size=42, shape="triangle-down", **hollow),
            _leaders(x, y, colour),
            words(ENDS, ends, align="left", dx=8, fontWeight=600),
            unit_layer(),
        ],
        code,
        autosize={"type": "fit", "contains": "padding"},
        padding={"left": 4, "top": 4, "bottom": 4, "right": 4},
    )


def _leaders(x: dict, y: dict, colour: dict) -> dict:
    """From the last mark of a line to its name, where that does not stand beside it."""
    ends = {"x": x, "x2": {"value": {"expr": RIGHT}}, "y": y, "y2": {"field": "y"}, "color": colour}
    return layer(MOVED, "rule", ends, strokeWidth=1, opacity=0.6)


def with_hover(spec: dict, code: str, naming: str, lines: Mapping[str, str]) -> dict:
    """The template with one rule, dots and one tool tip for all lines at the moment nearest to the pointer.

    ``lines``: the letter and number of each line (``n``) with its name. Each moment is a mark of its own to the
    keyboard and says all that its tool tip does.
    """
    x, y = time_axis.along("t", code, naming, BESIDE), upwards("v", code)
    near = {"param": HOVER, "empty": False}
    dots = layer(ROWS, "point", {"x": x, "y": y, "color": exact("c")}, size=44, filled=True)
    dots["transform"] = [{"filter": near}]
    shown = {"condition": {**near, "value": 0.5}, "value": 0}
    said = " + ".join(
        f"(datum.{line} ? {json.dumps(f'; {name} ', ensure_ascii=False)} + datum.{line} : '')"
        for line, name in lines.items()
    )
    tips = [{"field": "when", "title": "title"}]
    tips += [{"field": line, "type": "nominal", "title": name} for line, name in lines.items()]
    moments = {
        "data": {"name": ROWS},
        "transform": [
            {"calculate": TIP, "as": "tip"},
            {"pivot": "n", "value": "tip", "op": "max", "groupby": ["t", "when"]},
            {"calculate": f"datum.when + {said}", "as": "told"},
        ],
        "params": [{"name": HOVER, "select": {**POINTED, "encodings": ["x"]}}],
        "mark": {"type": "rule", "color": theme.MUTED, "strokeWidth": 1},
        "encoding": {"x": x, "opacity": shown, "tooltip": tips, "description": text("told")},
    }
    named = [names_of_context(x, y)] if any(one["data"].get("name") == CONTEXT for one in spec["layer"]) else []
    return {**spec, "layer": list(said_once([*spec["layer"], dots, moments, *named]))}
