"""How a funnel plot is drawn: its template, and where its names stand so that none covers another."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pandas as pd

from charts import theme
from charts.grammar import exact, layer, template, text, words
from charts.value_axis import BESIDE, unit_layer, upwards

# of the plot in pixels; names that stand clear of each other at the narrowest do so at any width
HEIGHT, PLOT, NARROWEST = 400, 320, 235
UNIT = 120  # pixels of the unit beside the highest number
LINE = 16  # pixels between two lines of words
LIMITS = (("high_998", "99.8%"), ("high_95", "95%"), ("low_95", "95%"), ("low_998", "99.8%"))
Box = tuple[float, float, float]  # left and right end, and height, of what stands somewhere, in pixels


class Frame(NamedTuple):
    """What the plot reaches over: exposures from ``left`` to ``right``, rates from zero to ``top``."""

    left: float
    right: float
    top: float

    def across(self, exposure: float) -> float:
        """Pixels from the left, at the narrowest."""
        return (exposure - self.left) * NARROWEST / (self.right - self.left)

    def up(self, rate: float) -> float:
        """Pixels from the axis."""
        return rate * PLOT / self.top


def placed_names(points: pd.DataFrame, frame: Frame, glyph: float) -> pd.DataFrame:
    """Where the names stand: at the side of their points, above or below, as near as no other name or point allows.

    ``led``: does a line lead from the point to its name?
    """
    taken = [
        (frame.across(x) - 6, frame.across(x) + 6, frame.up(y)) for x, y in zip(points["x"], points["at"], strict=True)
    ]
    taken.append((0, UNIT, PLOT + LINE / 4))
    rows = []
    for point in points[points["named"]].sort_values("at", ascending=False).itertuples():
        across, size, up = frame.across(point.x), len(point.label) * glyph, frame.up(point.at)
        starts = {"left": across + 8, "right": across - 8 - size, "center": across - size / 2}
        fitting = {side: start for side, start in starts.items() if start >= 0 and start + size < NARROWEST + 30}
        at, side = _free(fitting or starts, size, up, taken)
        taken.append((starts[side], starts[side] + size, at))
        led = abs(at - up) > LINE * 1.5
        rows.append(
            {"x": point.x, "y": at * frame.top / PLOT, "from": point.at, "name": point.label, "side": side, "led": led}
        )
    return pd.DataFrame(rows, columns=["x", "y", "from", "name", "side", "led"]).astype({"led": bool})


def _free(starts: dict[str, float], size: float, point: float, taken: list[Box]) -> tuple[float, str]:
    """The height nearest to the point, and the side, at which nothing else stands; a name right above or below is
    centred.
    """
    for step in range(60):
        for at in (point + step * LINE / 3, point - step * LINE / 3):
            for side in [side for side in starts if (side == "center") == (LINE * 0.8 < abs(at - point) < LINE * 1.4)]:
                clear = not any(
                    starts[side] < b and a < starts[side] + size and abs(at - y) < LINE * 0.8 for a, b, y in taken
                )
                if 0 <= at <= PLOT + LINE and clear:
                    return at, side
    return point, next(iter(starts))


def placed_ends(lines: pd.DataFrame, middle: float, word: str, frame: Frame) -> pd.DataFrame:
    """The words at the right ends of the lines, that of the middle area's rate first and the limits' apart from it."""
    last, step = lines.iloc[-1], frame.top / PLOT * LINE
    rows = [{"y": middle, "word": word, "weight": "600"}]
    for names, sign in ((("high_95", "high_998"), 1), (("low_95", "low_998"), -1)):
        before = middle
        for name in names:
            before = sign * max(sign * last[name], sign * before + step)
            rows.append({"y": max(before, 0.0), "word": dict(LIMITS)[name], "weight": "400"})
    return pd.DataFrame(rows)


@cache
def funnel_spec(code: str, exposure: str = "") -> dict:
    """The template: two bands of limits, the middle, a dot for every area, and the words. ``exposure``: the title of
    the axis across.
    """
    look = {"domain": False, "ticks": False, "tickCount": 5, "labelExpr": theme.axis_number(code), "labelOverlap": True}
    title = {
        "title": exposure,
        "titleColor": theme.MUTED,
        "titleFontSize": theme.SMALL,
        "titleFontWeight": 400,
    }
    scale = {"zero": False, "nice": False, "range": [0, {"expr": f"width - {BESIDE}"}]}
    x = {"field": "x", "type": "quantitative", "axis": {**look, **title, "grid": False}, "scale": scale}
    y = upwards("at", code)
    curve = {"x": {**x, "field": "exposure"}}
    bands = [
        layer(
            "lines",
            "area",
            {**curve, "y": {**y, "field": f"low_{level}"}, "y2": {"field": f"high_{level}"}},
            color=theme.CONTEXT,
            opacity=0.16,
        )
        for level in ("998", "95")
    ]
    return template(
        [*bands, *_dots(x, y), *_words(x, y), unit_layer()],
        code,
        height=HEIGHT,
        autosize={"type": "fit", "contains": "padding"},
        padding={"left": 4, "right": 4, "top": 4, "bottom": 4},
    )


def _dots(x: dict, y: dict) -> list[dict]:
    """The rate of the middle area, and a dot for every area; at the upper edge a triangle."""
    tip = [{"field": "name", "title": "title"}]
    tip += [{"field": field, "title": " " * (n + 1)} for n, field in enumerate(("what", "parts", "class", "mark"))]
    dot = {"x": x, "y": y, "color": exact("fill"), "tooltip": tip}
    look = {"filled": True, "opacity": 1, "strokeWidth": 1, "stroke": theme.MUTED}
    said = "datum.name + ' ' + datum.what + '; ' + datum.parts + '; ' + datum.class"
    said += " + (datum.mark ? '; ' + datum.mark : '')"
    told = [{"calculate": said, "as": "told"}]
    dot["description"] = text("told")
    every = layer("points", "point", dot, size=60, aria=True, **look)
    every["transform"] = [{"filter": "!datum.beyond"}, *told]
    beyond = layer("beyond", "point", dot, shape="triangle-up", size=130, aria=True, **look)
    beyond["transform"] = told
    return [
        layer(
            "middle",
            "rule",
            {"y": {**y, "field": "y"}, "x": {"value": 0}, "x2": {"value": {"expr": f"width - {BESIDE}"}}},
            color=theme.INK,
            strokeWidth=1.5,
        ),
        layer("outlined", "point", {"x": x, "y": y}, size=260, filled=True, opacity=1, color=theme.INK),
        layer("outlined", "point", {"x": x, "y": y}, size=140, filled=True, opacity=1, color=theme.PAPER),
        every,
        beyond,
    ]


def _words(x: dict, y: dict) -> list[dict]:
    """Names beside the dots with their leaders, and the words at the ends of the lines."""
    place = {**y, "field": "y"}
    shift = {"expr": "datum.side == 'left' ? 9 : datum.side == 'right' ? -9 : 0"}
    ends = {"x": {"value": {"expr": f"width - {BESIDE}"}}, "y": place, "text": text("word")}
    return [
        layer(
            "leaders",
            "rule",
            {"x": x, "y": {**y, "field": "from"}, "y2": {"field": "y"}},
            color=theme.EDGE,
            strokeWidth=1,
        ),
        words("labels", {"x": x, "y": place, "text": text("name")}, align={"expr": "datum.side"}, dx=shift),
        words("ends", ends, "datum.weight == '600'", align="left", dx=6, fontWeight=600),
        words("ends", ends, "datum.weight == '400'", align="left", dx=6, color=theme.MUTED),
    ]
