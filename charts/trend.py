"""How has it gone over time? Lines that stop at breaks and gaps, with open circles where figures are still
provisional.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pandas as pd

from charts import theme, time_axis
from charts.descriptions import describe_trend, judged_words, value_words
from charts.layers import behind, layers
from charts.picture import Picture
from language import Translator, period_name, reason_words, status_words
from loaders import periods
from measures.about.statements import names_in
from measures.figures.compute import Measure
from measures.lines.columns import frame_of

Columns = dict[str, np.ndarray]
LINES_OF_WORDS = 3  # above the chart, for the names of breaks that stand close together


def trend_picture(
    measure: Measure,
    names: dict[str, str],
    say: Translator,
    height: int = 340,
    band: pd.DataFrame | None = None,
    raw: Measure | None = None,
) -> Picture:
    """``names``: area code → the reader's name of it. The city is ink, the chosen areas are in colour.

    ``band``: how far provisional figures may still move (area, period, low, high); ``raw``: the counts behind adjusted
    figures.
    """
    rows = _rows(measure, names, say)
    naming, ticked = time_axis.ticks(measure.periods)
    breaks = _breaks(measure, say)
    lines_of_words = min(len(breaks), LINES_OF_WORDS)
    padding = {"left": 4, "top": 10 + 14 * lines_of_words, "bottom": 4, "right": _room(measure, names, say)}
    spec = {**line_spec(say.code, naming), "params": ticked, "height": height, "padding": padding}
    datasets = {
        "rows": rows,
        "ends": _ends(rows, height),
        "breaks": breaks,
        **behind(names, _colours(measure), band, raw),
    }
    return Picture(spec, datasets, describe_trend(measure, names, say))


def _room(measure: Measure, names: dict[str, str], say: Translator) -> int:
    """Room for the longest name at the end of a line, in steps of 20 pixels; none where one line stands alone."""
    if len(measure.query.areas) < 2:
        return 12
    longest = max(len(names[area]) for area in measure.query.areas) * say.language.glyph
    return min(140, 20 + int(longest / 20 + 1) * 20)


def _rows(measure: Measure, names: dict[str, str], say: Translator) -> pd.DataFrame:
    """One row = one mark: an area and period that has a value. ``part`` changes at every cut, so the line stops
    there.
    """
    known = np.isfinite(measure.columns["value"])
    table = {name: values[known] for name, values in measure.columns.items()}
    colours = _colours(measure)
    parts = _parts(measure, table)
    sizes = Counter(zip(table["area"], parts, strict=True))
    card = measure.sources[0]
    names_of = names_in(card, measure.place)
    marked = [
        say(": ").join(
            text
            for text in (
                status_words(status, say) if status else "",
                reason_words(reason, say, card.breaks, card.cells, names_of) if reason else "",
            )
            if text
        )
        for status, reason in zip(table["status"], table["reason"], strict=True)
    ]
    return frame_of(
        {
            "t": [time_axis.instant(period) for period in table["period"]],
            "v": table["value"].round(4),
            "area": [names[area] for area in table["area"]],
            "c": [colours[area] for area in table["area"]],
            "part": parts,
            "s": table["status"],
            "when": [period_name(period, say, measure.query.view) for period in table["period"]],
            "what": [value_words(measure, value, say) for value in table["value"]],
            "mark": marked,
            "verdict": [judged_words(*pair, say) for pair in zip(table["verdict"], table["why"], strict=True)],
            "fresh": _fresh(table),
            "alone": [sizes[key] == 1 for key in zip(table["area"], parts, strict=True)],
            "flag": _flagged(table, measure.query.view),
        }
    )


def _fresh(table: Columns) -> list[bool]:
    """The provisional end of a line, with the last final point that it starts from."""
    provisional = table["status"] == "p"
    following = np.append(provisional[1:], False) & (table["area"] == np.append(table["area"][1:], ""))
    return (provisional | following).tolist()


def _flagged(table: Columns, view: str) -> list[bool]:
    """Where a triangle stands: every unreliable figure, or the first of a stretch when one month reaches into twelve
    sums.
    """
    doubtful = table["status"] == "u"
    if not view.startswith("rolling"):
        return doubtful.tolist()
    return (doubtful & ~np.append(False, doubtful[:-1])).tolist()


def _colours(measure: Measure) -> dict[str, str]:
    chosen = [area for area in measure.query.areas if area != measure.place.code]
    return {measure.place.code: theme.INK} | {
        area: theme.CHOSEN[n % len(theme.CHOSEN)] for n, area in enumerate(chosen)
    }


def _parts(measure: Measure, table: Columns) -> list[int]:
    """Which unbroken stretch of its line a figure belongs to: a new one begins at every cut and after every gap."""
    parts: list[int] = []
    area, before, part = "", 0, 0
    for here, period in zip(table["area"], table["period"], strict=True):
        number = periods.ordinal(period)
        if here != area:
            cuts = {
                cut.at for cut in measure.breaks if cut.effect == "cut" and cut.touches(here, measure.query.category)
            }
            part = 0
        elif number != before + 1 or period in cuts:
            part += 1
        area, before = here, number
        parts.append(part)
    return parts


def _ends(rows: pd.DataFrame, height: int) -> pd.DataFrame:
    """The last mark of each line with its name; names that would overlap are moved apart. One line alone needs none."""
    columns = {name: rows[name].to_numpy() for name in ("t", "v", "area", "c")}
    last = {area: number for number, area in enumerate(columns["area"])}
    numbers = np.array(list(last.values()) if len(last) > 1 else [], dtype=int)
    ends = numbers[np.argsort(columns["v"][numbers], kind="stable")]
    step = columns["v"].max(initial=0) / height * 21
    placed: list[float] = []
    for value in columns["v"][ends]:
        placed.append(max(value, placed[-1] + step) if placed else value)
    return frame_of({name: values[ends] for name, values in columns.items()} | {"y": np.array(placed, dtype=float)})


def _breaks(measure: Measure, say: Translator) -> pd.DataFrame:
    """One row = one date on which something changed; breaks on the same date share a rule and its words."""
    found: dict[str, list[str]] = {}
    for cut in sorted(measure.breaks, key=lambda cut: cut.at):
        words = found.setdefault(time_axis.instant(cut.at), [])
        if say.pick(cut.short) not in words:
            words.append(say.pick(cut.short))
    words = [say.joined(words) for words in found.values()]
    return frame_of({"t": list(found), "word": words, "row": np.arange(len(found)) % LINES_OF_WORDS})


@cache
def line_spec(code: str, naming: str) -> dict:
    """The spec of a trend without its rows, ticks, height and padding; an empty layer of words draws nothing."""
    import altair as alt

    rows, ends, breaks = alt.NamedData("rows"), alt.NamedData("ends"), alt.NamedData("breaks")
    x = time_axis.across("t", code, naming)
    y = alt.Y(
        "v:Q",
        axis=alt.Axis(labelExpr=theme.axis_number(code), domain=False, ticks=False, tickCount=5),
        scale=alt.Scale(zero=True, nice=True, domainMin=0),
    )
    colour = alt.Color("c:N", scale=None, legend=None)
    tip = [
        alt.Tooltip(f"{field}:N", title=" " * n)
        for n, field in enumerate(("area", "when", "what", "verdict", "mark"), 1)
    ]
    base = alt.Chart(rows).encode(x=x, y=y, color=colour)
    lines = base.mark_line(strokeWidth=1.75).encode(detail=["area:N", "part:N"]).transform_filter("datum.s != 'p'")
    fresh = (
        base.mark_line(strokeWidth=1.75, strokeDash=[3, 3])
        .encode(detail=["area:N", "part:N"])
        .transform_filter("datum.fresh")
    )
    open_dots = base.mark_point(size=26, filled=False, fill="white", strokeWidth=1.5).transform_filter("datum.s == 'p'")
    flagged = base.mark_point(shape="triangle-down", size=42, filled=False, fill="white").transform_filter("datum.flag")
    alone = base.mark_point(size=14, filled=True, aria=False).transform_filter("datum.alone && datum.s != 'p'")
    hover = base.mark_point(size=140, opacity=0, filled=True, aria=False).encode(tooltip=tip)
    rules = alt.Chart(breaks).mark_rule(color=theme.MUTED, strokeWidth=1, strokeDash=[1, 3]).encode(x=x)
    drawn = [*layers(x, y, colour), rules, lines, alone, fresh, open_dots, flagged]
    for row in range(LINES_OF_WORDS):
        word = (
            alt.Chart(breaks)
            .transform_filter(f"datum.row == {row}")
            .encode(x=x, y=alt.value(-6 - 14 * row), text="word:N")
        )
        drawn.append(word.mark_text(align="right", baseline="bottom", dx=3, fontSize=11, color=theme.MUTED))
    drawn.append(
        alt.Chart(ends)
        .mark_text(align="left", dx=8, fontSize=12, fontWeight=600, limit=130)
        .encode(x=x, y="y:Q", text="area:N", color=colour)
    )
    chart = alt.layer(*drawn, hover).properties(width="container")
    spec = theme.dressed(chart, code)
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec
