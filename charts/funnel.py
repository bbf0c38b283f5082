"""Which areas stand apart from the rest? A funnel plot: names only where a point lies outside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from charts import theme
from charts.descriptions import value_words
from charts.picture import Picture
from language import Translator, capital, decimal, period_name, reason_words, status_words, whole
from language.differing import differs_words
from measures.about.statements import names_in
from measures.figures.units import unit_words
from measures.maps.funnel import CLASSES, Funnel, curves

HEIGHT, NARROWEST = (
    380,
    235,
)  # of the plot in pixels; names that stand clear of each other at the narrowest do so at any width
LINE = 15  # pixels between two lines of words
LIMITS = (("high_998", "99.8%"), ("high_95", "95%"), ("low_95", "95%"), ("low_998", "99.8%"))


def funnel_plot(made: Funnel, names: dict[str, str], chosen: Sequence[str], say: Translator) -> Picture:
    """Areas by how many live there (across) and their rate (upwards), with the rate of the middle one and the limits
    around it.

    ``chosen``: areas to outline and name. Areas without a figure are not drawn; the words name them.
    """
    points = _points(made, names, chosen, say)
    lines = curves(made).round(4)
    top = max(points["y"].max(), lines["high_998"].iloc[0])
    labels = _labels(points, lines["exposure"].min(), lines["exposure"].max(), top, say)
    word = say("middle")
    ends = _ends(lines, made, word, top)
    datasets = {"points": points.drop(columns="named"), "lines": lines, "labels": labels, "ends": ends}
    padding = {"left": 4, "top": 8, "bottom": 4, "right": 12 + int(max(40, len(word) * say.language.glyph))}
    return Picture({**funnel_spec(say.code), "padding": padding}, datasets, describe_funnel(made, names, say))


def _points(made: Funnel, names: dict[str, str], chosen: Sequence[str], say: Translator) -> pd.DataFrame:
    """One row = one area with a class."""
    table = made.table[made.table["differs"] != ""]
    outlined = table["area"].isin(chosen).to_numpy()
    return pd.DataFrame(
        {
            "x": table["exposure"].to_numpy(),
            "y": table["value"].to_numpy().round(4),
            "fill": [theme.DIFFERS[CLASSES.index(one)] for one in table["differs"]],
            "line": np.where(outlined, theme.SECOND, theme.MUTED),
            "wide": np.where(outlined, 3.0, 1.0),
            "size": np.where(outlined, 150, 70),
            "name": [names[area] for area in table["area"]],
            "what": [value_words(made.measure, value, say) for value in table["value"]],
            "parts": [_parts_words(*counts, say) for counts in zip(table["observed"], table["expected"], strict=True)],
            "class": [differs_words(one, say) for one in table["differs"]],
            "mark": [status_words(status, say) if status else "" for status in table["status"]],
            "named": outlined | (table["differs"] != "within").to_numpy(),
        }
    )


def _parts_words(observed: float, expected: float, say: Translator) -> str:
    return say(
        "{observed} where {expected} were expected",
        observed=whole(observed, say),
        expected=expected_words(expected, say),
    )


def expected_words(value: float, say: Translator) -> str:
    """An expected count: whole from a hundred on, with a decimal below."""
    return whole(value, say) if value >= 100 else decimal(value, say)


def _labels(points: pd.DataFrame, left: float, right: float, top: float, say: Translator) -> pd.DataFrame:
    """Where the names stand: at the side of their points, above or below, as near as no other name or point allows."""
    width, height = NARROWEST / (right - left), HEIGHT / top
    taken = [
        ((x - left) * width - 6, (x - left) * width + 6, y * height)
        for x, y in zip(points["x"], points["y"], strict=True)
    ]
    named = [row for row in zip(points["x"], points["y"], points["name"], points["named"], strict=True) if row[-1]]
    rows = []
    for x, y, name, _ in sorted(named, key=lambda row: -row[1]):
        across, size = (x - left) * width, len(name) * say.language.glyph
        starts = {"left": across + 8, "right": across - 8 - size, "center": across - size / 2}
        fitting = {side: start for side, start in starts.items() if start >= 0 and start + size < NARROWEST + 30}
        at, side = _free(fitting or starts, size, y * height, taken)
        start = starts[side]
        taken.append((start, start + size, at))
        rows.append({"x": x, "y": at / height, "name": name, "side": side})
    return pd.DataFrame(rows, columns=["x", "y", "name", "side"])


def _free(
    starts: dict[str, float], size: float, point: float, taken: list[tuple[float, float, float]]
) -> tuple[float, str]:
    """The height nearest to the point, and the side, at which nothing else stands; a name right above or below is
    centred.
    """
    for step in range(60):
        for at in (point + step * LINE / 3, point - step * LINE / 3):
            for side in [side for side in starts if (side == "center") == (LINE * 0.8 < abs(at - point) < LINE * 1.4)]:
                if at >= 0 and not any(
                    starts[side] < b and a < starts[side] + size and abs(at - y) < LINE * 0.8 for a, b, y in taken
                ):
                    return at, side
    return point, next(iter(starts))


def _ends(lines: pd.DataFrame, made: Funnel, word: str, top: float) -> pd.DataFrame:
    """The words at the right ends of the lines, that of the middle area's rate and the limits' apart from it."""
    last, step = lines.iloc[-1], top / HEIGHT * LINE
    rows = [{"y": made.middle, "word": word, "weight": "600"}]
    for names, sign in ((("high_95", "high_998"), 1), (("low_95", "low_998"), -1)):
        before = made.middle
        for name in names:
            before = sign * max(sign * last[name], sign * before + step)
            rows.append({"y": before, "word": dict(LIMITS)[name], "weight": "400"})
    return pd.DataFrame(rows).assign(x=last["exposure"])


def describe_funnel(made: Funnel, names: dict[str, str], say: Translator) -> str:
    """The place's rate and that of the middle area, how many areas lie within the limits, each that lies outside, and
    those without a figure.
    """
    place = names[made.measure.place.code]
    head = say(
        "Funnel plot. {title}, {unit}, {period}. {place}: {value}.",
        title=say.pick(made.measure.card.title),
        unit=unit_words(made.measure, say),
        period=period_name(made.period, say, made.measure.query.view),
        place=place,
        value=value_words(made.measure, made.city, say),
    )
    middle = (
        ""
        if made.why
        else say("The middle one of the areas: {value}.", value=value_words(made.measure, made.middle, say))
    )
    return say.sentences([head, middle, *outside_words(made, names, say)])


def outside_words(made: Funnel, names: dict[str, str], say: Translator) -> list[str]:
    """How many areas are not clearly different, which ones are, and which have no figure, by name."""
    table = made.table
    if made.why == "provisional":
        return [say("The figures of this period are provisional, so the areas are not compared.")]
    if made.why:
        card = made.measure.sources[0]
        return [
            say(
                "No comparison is made for this period: {why}.",
                why=reason_words(made.why, say, card.breaks, card.cells, names_in(card, made.measure.place)),
            )
        ]
    texts = [say("{count} of {total} lie within the usual spread.", count=made.counted("within"), total=made.compared)]
    found = list(zip(table["area"], table["value"], table["status"], table["differs"], strict=True))
    for differs in [one for one in reversed(CLASSES) if one != "within"]:
        listed = [
            _beside(names[area], value_words(made.measure, value, say), say)
            for area, value, _, one in found
            if one == differs
        ]
        if not listed:
            continue
        texts.append(
            say("{what}: {areas}.", what=capital(differs_words(differs, say)), areas=say.joined(sorted(listed)))
        )
    listed = [
        _beside(names[area], status_words(status, say), say)
        for area, value, status, _ in found
        if not np.isfinite(value)
    ]
    return [*texts, say("Without a figure: {areas}.", areas=say.joined(sorted(listed)))] if listed else texts


def _beside(area: str, words: str, say: Translator) -> str:
    return say("{area} ({words})", area=area, words=words)


@cache
def funnel_spec(code: str) -> dict:
    """The spec of a funnel plot without its rows and padding."""
    import altair as alt

    look = {"domain": False, "ticks": False, "tickCount": 5, "labelExpr": theme.axis_number(code), "labelOverlap": True}
    x = {"axis": alt.Axis(**look, grid=False), "scale": alt.Scale(zero=False, nice=False)}
    y = alt.Y("y:Q", axis=alt.Axis(**look), scale=alt.Scale(zero=True, nice=True))
    limits = [
        alt.Chart(alt.NamedData("lines"))
        .mark_line(color=theme.MUTED, strokeWidth=1, strokeDash=[4, 3] if words == "95%" else [1, 0], aria=False)
        .encode(x=alt.X("exposure:Q", **x), y=f"{name}:Q")
        for name, words in LIMITS
    ]
    chart = alt.layer(*limits, *_place_and_dots(alt, alt.X("x:Q", **x), y), *_words(alt)).properties(
        width="container", height=HEIGHT
    )
    spec = theme.dressed(chart, code)
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec


def _place_and_dots(alt, x, y) -> list:
    """The rate of the middle area as a line, and a dot for every area."""
    city = (
        alt.Chart(alt.NamedData("ends"))
        .transform_filter("datum.weight == '600'")
        .mark_rule(color=theme.INK, strokeWidth=1.5, aria=False)
    )
    tip = [
        alt.Tooltip(f"{field}:N", title=" " * (n + 1))
        for n, field in enumerate(("name", "what", "parts", "class", "mark"))
    ]
    dots = alt.Chart(alt.NamedData("points")).transform_calculate(
        told="datum.name + ' ' + datum.what + ' ' + datum.class"
    )
    drawn = dots.mark_point(filled=True, opacity=1).encode(
        x=x,
        y=y,
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("line:N", scale=None),
        size=alt.Size("size:Q", scale=None),
        strokeWidth=alt.StrokeWidth("wide:Q", scale=None),
        tooltip=tip,
        description="told:N",
    )
    return [city.encode(y="y:Q"), drawn]


def _words(alt) -> list:
    """Names beside the dots, and the words at the ends of the lines."""
    names = alt.Chart(alt.NamedData("labels")).encode(x="x:Q", y="y:Q", text="name:N")
    ends = alt.Chart(alt.NamedData("ends")).encode(x="x:Q", y="y:Q", text="word:N")
    sides = [
        names.transform_filter(f"datum.side == '{side}'").mark_text(
            align=side, dx=dx, fontSize=12, color=theme.INK, aria=False
        )
        for side, dx in (("left", 9), ("right", -9), ("center", 0))
    ]
    return sides + [
        ends.transform_filter(f"datum.weight == '{weight}'").mark_text(
            align="left", dx=6, fontSize=12, fontWeight=int(weight), color=colour, aria=False
        )
        for weight, colour in (("600", theme.INK), ("400", theme.MUTED))
    ]
