"""Where does an area lie among all others? One line for each measure: a tick for every area, a rule for the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from charts import theme
from charts.descriptions import value_words
from charts.grammar import filled, layer, template, text, words
from charts.picture import Picture
from language import Translator, period_name
from measures.figures.compute import Measure

STEP, LINE = 72, 20  # pixels for each measure: its title above, its line, and its figures beneath
TICKS, OWN, LINES = "ticks", "own", "lines"  # the names of the rows in the picture
NEAR, LEVEL, LEVELS = 13, 15, 3  # pixels from a dot to its name and to a higher name, and how high names stand at most
TITLE = 30  # pixels from a line to its title, above one level of names
EDGE = 6  # pixels left and right of the outermost ticks


@dataclass(frozen=True)
class Strip:
    """One measure of one period with a figure for the place and for areas; ``title``: what it is called."""

    title: str
    measure: Measure


def strips_picture(
    strips: Sequence[Strip], chosen: Sequence[str], names: dict[str, str], say: Translator
) -> Picture | None:
    """``chosen``: the areas that are named; every line is drawn from the lowest to the highest figure of its own
    measure, and neither end is named. None where no measure has a figure of any of them.
    """
    lines, ticks, own = [], [], []
    for strip in strips:
        table = strip.measure.table.set_index("area")["value"]
        known = table[np.isfinite(table)]
        named = [area for area in chosen if area in known.index]
        if not named or len(known) < 3:
            continue
        low, high = known.min(), known.max()
        place = strip.measure.place.code
        at = (known - low) / ((high - low) or 1.0)
        number = len(lines)
        lines.append(_line(number, strip, (low, high), at.get(place), known.get(place), say))
        ticks += [
            {"row": number, "x": round(float(at[area]), 4)} for area in known.index if area not in (*named, place)
        ]
        for order, area in enumerate(sorted(named, key=lambda code: at[code])):
            figure = value_words(strip.measure, known[area], say)
            own.append(
                {"row": number, "x": round(float(at[area]), 4), "word": f"{names[area]} {figure}"}
                | {"up": -NEAR - LEVEL * (order % LEVELS)}
                | {"told": _told(strip, names, area, figure, lines[-1], len(known) - (place in known.index), say)}
            )
    if not lines:
        return None
    above = LEVEL * (min(LEVELS, len(chosen)) - 1)  # for the names of more areas
    lines = [line | {"up": -TITLE - above} for line in lines]
    datasets = {LINES: pd.DataFrame(lines), TICKS: pd.DataFrame(ticks), OWN: pd.DataFrame(own)}
    description = say.sentences([say("Strips of all areas."), *(row["told"] for row in own)])
    return Picture(
        filled(strip_spec(say.code), datasets, height=(STEP + 2 * above) * len(lines) + 8), datasets, description
    )


def _line(number: int, strip: Strip, ends: tuple[float, float], at: float | None, place: float | None, say) -> dict:
    low, high = (value_words(strip.measure, end, say) for end in ends)
    ruled = at is not None
    word = value_words(strip.measure, place, say) if ruled else ""
    return {
        "row": number,
        "title": say("{title}: {low} to {high}", title=strip.title, low=low, high=high),
        "low": low,
        "high": high,
    } | {
        "place": round(float(at), 4) if ruled else None,
        "whole": f"{say.pick(strip.measure.place.whole)} {word}" if ruled else "",
    }


def _told(strip: Strip, names: dict, chosen: str, figure: str, line: dict, count: int, say: Translator) -> str:
    query = strip.measure.query
    period = period_name(query.last, say, query.view) if query.last else ""
    return say(
        "{title}, {period}: {area} {figure}; {whole}; {count} areas from {low} to {high}.",
        title=strip.title,
        period=period,
        area=names[chosen],
        figure=figure,
        whole=line["whole"],
        count=count,
        low=line["low"],
        high=line["high"],
    )


@cache
def strip_spec(code: str) -> dict:
    """The template: titles, lines, ticks, the place's rule and the chosen area's dot, with their words."""
    ends = [EDGE, {"expr": f"width - {EDGE}"}]
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1], "range": ends}}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    across = {"x": {**x, "datum": 0}, "x2": {"datum": 1}, "y": y}
    across["x"].pop("field")
    place = {**x, "field": "place"}
    clear = {"expr": "scale('x', datum.x) > width / 2 ? 6 : -6"}
    side = {"expr": "scale('x', datum.x) > width / 2 ? 'right' : 'left'"}
    whole_side = {"expr": "scale('x', datum.place) > width / 2 ? 'right' : 'left'"}
    beneath = {"dy": LINE, "color": theme.MUTED}
    return template(
        [
            layer(LINES, "rule", across, color=theme.RULE, strokeWidth=1),
            layer(TICKS, "tick", {"x": x, "y": y}, color=theme.CONTEXT, thickness=1.5, height=12),
            layer(LINES, "tick", {"x": place, "y": y}, color=theme.INK, thickness=2, height=24),
            layer(
                OWN,
                "point",
                {"x": x, "y": y, "description": text("told")},
                size=130,
                filled=True,
                opacity=1,
                color=theme.ACCENT,
                stroke=theme.PAPER,
                strokeWidth=1.5,
                aria=True,
            ),
            words(
                LINES,
                {"y": y, "x": {"value": 0}, "text": text("title")},
                align="left",
                dy={"expr": "datum.up"},
                color=theme.MUTED,
            ),
            words(
                OWN,
                {"x": x, "y": y, "text": text("word")},
                align=side,
                dx=clear,
                dy={"expr": "datum.up"},
                fontWeight=600,
                color=theme.ACCENT,
            ),
            words(
                LINES, {"x": place, "y": y, "text": text("whole")}, "isValid(datum.place)", align=whole_side, **beneath
            ),
        ],
        code,
        autosize={"type": "fit", "contains": "padding"},
        padding={"left": 4, "right": 4, "top": 4, "bottom": 4},
    )
