"""What part of a change came from where? A bar for each part; as they are printed they add up to the whole exactly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from charts import theme
from charts.grammar import filled, layer, template, text, words
from charts.picture import Picture
from language import Translator
from language.numbers import signed

STEP, ROOM = 26, 6  # pixels for each part, and around them
ROWS = "rows"
NARROW, NAMES, FIGURE = 480, 190, 64  # pixels: a picture that is narrow, and the room for names and for figures


def contributions_picture(
    parts: Sequence[tuple[str, float]], whole: tuple[str, float], before: float, say: Translator
) -> Picture:
    """``parts``: name and difference in counts of each; ``whole``: those of all together, which the parts add up to;
    ``before``: the count that it is set against. Bars and figures are in percentage points of the change of the whole.
    """
    points = rounded_to_sum([difference / before * 100 for _, difference in parts], whole[1] / before * 100, 1)
    names = [*(name for name, _ in parts), whole[0]]
    values = [*points, round(whole[1] / before * 100, 1)]
    rows = pd.DataFrame(
        {
            "row": range(len(names)),
            "name": names,
            "v": values,
            "what": [signed(value, say) for value in values],
            "fill": [theme.ACCENT] * len(parts) + [theme.INK],
            "told": [f"{name}{say(': ')}{signed(value, say)}" for name, value in zip(names, values, strict=True)],
        }
    )
    head = say("Bar chart. Percentage points of the change of {whole}, by part.", whole=whole[0])
    description = say.sentences([head, say("{clauses}.", clauses=say.clauses(rows["told"].to_list()))])
    ends = {"name": "ends", "value": [min(0.0, rows["v"].min()), max(0.0, rows["v"].max())]}
    spec = filled(bar_spec(say.code), {ROWS: rows}, height=STEP * len(rows) + ROOM, params=[ends])
    return Picture(spec, {ROWS: rows}, description)


def rounded_to_sum(parts: Sequence[float], whole: float, digits: int) -> list[float]:
    """The parts rounded so that they add up to the rounded whole: largest remainders first.

    Where the parts and the whole do not agree before rounding, what is missing is not hidden: ValueError. Hamilton's
    method, as statistical offices use it for percentages.
    """
    size = 10**digits
    scaled = np.asarray(parts, float) * size
    if not np.isclose(scaled.sum(), whole * size, atol=1e-6 * max(1.0, float(np.abs(scaled).sum()))):
        raise ValueError(f"the parts add up to {scaled.sum() / size}, and the whole is {whole}")
    floors = np.floor(scaled)
    missing = round(round(whole, digits) * size) - int(floors.sum())
    order = np.argsort(-(scaled - floors), kind="stable")
    floors[order[:missing]] += 1
    return [float(value) / size for value in floors]


@cache
def bar_spec(code: str) -> dict:
    """The template: a bar from zero for each part, its name at the left and its figure at the right."""
    narrow = f"width < {NARROW}"
    ends = [{"expr": f"{narrow} ? 130 : {NAMES}"}, {"expr": f"width - {FIGURE}"}]
    scale = {"domain": {"expr": "ends"}, "nice": False, "range": ends}
    x = {"field": "v", "type": "quantitative", "axis": None, "scale": scale}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    fill = {"field": "fill", "type": "nominal", "scale": None, "legend": None}
    tip = [{"field": "name", "title": "title"}, {"field": "what", "title": " "}]
    bars = {"x": x, "x2": {"datum": 0}, "y": y, "color": fill, "tooltip": tip, "description": text("told")}
    name = {"y": y, "x": {"value": 0}, "text": text("name")}
    figure = {"y": y, "x": {"value": "width"}, "text": text("what")}
    return template(
        [
            layer(ROWS, "bar", bars, height=14, aria=True),
            layer(
                ROWS, "rule", {"x": {"datum": 0, "type": "quantitative", "axis": None, "scale": scale}}, color=theme.INK
            ),
            words(ROWS, name, align="left", limit={"expr": f"({narrow} ? 130 : {NAMES}) - 10"}),
            words(ROWS, figure, align="right"),
        ],
        code,
        autosize={"type": "fit", "contains": "padding"},
        padding={"left": 4, "right": 4, "top": 4, "bottom": 4},
    )
