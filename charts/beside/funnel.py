"""Which areas stand apart from the rest? A funnel plot: names only where a point lies outside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from charts import theme
from charts.beside.funnel_spec import Frame, funnel_spec, placed_ends, placed_names
from charts.descriptions import value_words
from charts.frame_text import width_of
from charts.grammar import filled
from charts.picture import Picture
from charts.value_axis import levels_to, value_params
from language import Translator, capital, decimal, period_name, reason_words, status_words, whole
from language.differing import differs_words
from measures.about.statements import names_in
from measures.figures.compute import Measure
from measures.figures.units import unit_beside_number, unit_words
from measures.maps.funnel import CLASSES, Funnel, curves

HIGHEST = 1.15  # how far beyond the outermost limit the upward axis reaches


def funnel_plot(made: Funnel, names: dict[str, str], chosen: Sequence[str], say: Translator) -> Picture:
    """Areas by how many live there (across) and their rate (upwards), with the rate of the middle one and the limits
    around it.

    ``chosen``: areas to outline and name. Areas without a figure are not drawn; the words name them. An area far beyond
    the limits stands as a triangle at the upper edge, with its figure.
    """
    lines = curves(made).round(4)
    top = levels_to(lines["high_998"].max() * HIGHEST)[-1]
    points = _points(made, names, chosen, top, say)
    frame = Frame(lines["exposure"].min(), lines["exposure"].max(), top)
    labels = placed_names(points, frame, say.language.glyph)
    ends = placed_ends(lines, made.middle, say("middle"), frame)
    datasets = {
        "lines": lines,
        "points": points.drop(columns="named"),
        "beyond": points[points["beyond"]],
        "outlined": points[points["outlined"]],
        "labels": labels,
        "leaders": labels[labels["led"]],
        "ends": ends,
        "middle": ends.head(1),
    }
    datasets = {name: rows for name, rows in datasets.items() if name in ("points", "labels") or len(rows)}
    beside = 12 + int(max(width_of(word, theme.SMALL, bold=True) for word in ends["word"]))
    params = [*value_params(top, unit_beside_number(made.measure, say), 0, beside)]
    spec = filled(funnel_spec(say.code, exposure_words(made.measure, say)), datasets, params=params)
    return Picture(spec, datasets, describe_funnel(made, names, say))


def exposure_words(measure: Measure, say: Translator) -> str:
    """What the rate is divided by, for the axis that goes across."""
    if measure.query.view == "share":
        return say("All transactions")
    return say("Residents")


def _points(made: Funnel, names: dict[str, str], chosen: Sequence[str], top: float, say: Translator) -> pd.DataFrame:
    """One row = one area with a class. ``at``: where it is drawn, at the upper edge where it lies ``beyond``."""
    table = made.table[made.table["differs"] != ""]
    outlined = table["area"].isin(chosen).to_numpy()
    values = table["value"].to_numpy().round(4)
    words = [value_words(made.measure, value, say) for value in table["value"]]
    called = [names[area] for area in table["area"]]
    beyond = values > top
    rows = pd.DataFrame(
        {
            "x": table["exposure"].to_numpy(),
            "y": values,
            "at": np.minimum(values, top),
            "beyond": beyond,
            "outlined": outlined,
            "fill": [theme.DIFFERS[CLASSES.index(one)] for one in table["differs"]],
            "name": called,
            "label": [
                f"{name} {what} ▲" if far else name for name, what, far in zip(called, words, beyond, strict=True)
            ],
            "what": words,
            "parts": [_parts_words(*counts, say) for counts in zip(table["observed"], table["expected"], strict=True)],
            "class": [differs_words(one, say) for one in table["differs"]],
            "mark": [status_words(status, say) if status else "" for status in table["status"]],
            "named": outlined | (table["differs"] != "within").to_numpy(),
        }
    )
    return rows


def _parts_words(observed: float, expected: float, say: Translator) -> str:
    return say(
        "{observed} where {expected} were expected",
        observed=whole(observed, say),
        expected=expected_words(expected, say),
    )


def expected_words(value: float, say: Translator) -> str:
    """An expected count: whole from a hundred on, with a decimal below."""
    return whole(value, say) if value >= 100 else decimal(value, say)


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
            say(
                "{what}: {areas}.",
                what=capital(differs_words(differs, say)),
                areas=say.joined(say.by_name(listed, str)),
            )
        )
    listed = [
        _beside(names[area], status_words(status, say), say)
        for area, value, status, _ in found
        if not np.isfinite(value)
    ]
    return [*texts, say("Without a figure: {areas}.", areas=say.joined(say.by_name(listed, str)))] if listed else texts


def _beside(area: str, words: str, say: Translator) -> str:
    return say("{area} ({words})", area=area, words=words)
