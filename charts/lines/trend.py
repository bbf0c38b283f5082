"""How has it gone over time? Lines that stop at breaks and gaps, with open circles where figures are still
provisional.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from charts import theme, time_axis
from charts.descriptions import changes_on_year, describe_trend, judged_words, value_words
from charts.frame_text import cut_to, width_of
from charts.grammar import filled
from charts.lines.layers import BAND, behind
from charts.lines.marked_dates import LINE as DATE_LINE
from charts.lines.marked_dates import marked_dates
from charts.lines.trend_spec import ENDS, MOVED, ROWS, line_spec, with_hover
from charts.picture import Picture
from charts.value_axis import levels_to, value_params
from language import Translator, period_name, reason_words, status_words
from loaders import periods
from measures.about.statements import names_in
from measures.figures.compute import Measure
from measures.figures.units import unit_beside_number
from measures.lines.columns import frame_of

Columns = dict[str, np.ndarray]
LINE, GAP = 17, 8  # pixels from one name at the end of a line to the next, and between a line and its name
NAME = 92  # pixels of a name at the end of a line
OUTSIDE = 60  # pixels of a chart's height that are its axis, its unit and its margins
PLACE, CHOSEN, BESIDE = 2.0, 2.25, 1.0  # pixels of a line


def trend_picture(
    measure: Measure,
    names: dict[str, str],
    say: Translator,
    height: int = 340,
    band: pd.DataFrame | None = None,
    raw: Measure | None = None,
    context: Measure | None = None,
) -> Picture:
    """``names``: area code → the reader's name of it. The city is ink, the chosen areas are in colour.

    ``band``: how far provisional figures may still move (area, period, low, high); ``raw``: the counts behind adjusted
    figures; ``context``: the same measure of areas that stand grey behind, without names.
    """
    rows = _rows(measure, names, say)
    beside = _beside(context) if context is not None else rows.head(0)
    naming, ticked = time_axis.ticks(list(measure.periods), say)
    behind_it = behind(names, _colours(measure), band, raw)
    highest = max(
        [
            rows["v"].max(),
            beside["v"].max(),
            *(frame["high"].max() for frame in [behind_it.get(BAND)] if frame is not None),
        ]
    )
    dates, lines = marked_dates(measure, say)
    above = DATE_LINE * lines
    ends = _ends(rows, levels_to(highest)[-1] / (height - OUTSIDE - above))
    drawn = pd.concat([beside, rows], ignore_index=True) if len(beside) else rows
    datasets = {ROWS: drawn, ENDS: ends, MOVED: ends[ends["moved"]], **dates, **behind_it}
    datasets = {name: frame for name, frame in datasets.items() if name == ROWS or len(frame)}
    params = [*ticked, *value_params(highest, unit_beside_number(measure, say), above, _room(ends))]
    spec = filled(line_spec(say.code, naming), datasets, params=params, height=height)
    hovered = with_hover(spec, say.code, naming, [names[area] for area in measure.query.areas])
    return Picture(hovered, datasets, describe_trend(measure, names, say))


def _room(ends: pd.DataFrame) -> int:
    """Room for the longest name at the end of a line, in steps of 20 pixels, and for half the name of the last tick."""
    longest = max((width_of(word, theme.SMALL, bold=True) for word in ends["word"]), default=0)
    return max(30, int(longest / 8 + 1) * 8 + GAP)


def _beside(context: Measure) -> pd.DataFrame:
    """The grey lines: rows like those of the others, which are nothing to the pointer."""
    table = context.table[np.isfinite(context.table["value"])]
    return pd.DataFrame(
        {
            "t": [time_axis.instant(period) for period in table["period"]],
            "v": table["value"].to_numpy().round(4),
            "area": table["area"].to_list(),
            "c": theme.CONTEXT,
            "wide": BESIDE,
            "part": _parts(context, table),
            "s": "",
            "n": "",
            "fresh": False,
            "alone": False,
            "flag": False,
        }
    )


def _rows(measure: Measure, names: dict[str, str], say: Translator) -> pd.DataFrame:
    """One row = one mark: an area and period that has a value. ``part`` changes at every cut, so the line stops
    there.
    """
    known = np.isfinite(measure.columns["value"])
    table = {name: values[known] for name, values in measure.columns.items()}
    colours, numbers = _colours(measure), {area: f"a{n}" for n, area in enumerate(measure.query.areas)}
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
            "wide": [PLACE if area == measure.place.code else CHOSEN for area in table["area"]],
            "n": [numbers[area] for area in table["area"]],
            "part": parts,
            "s": table["status"],
            "when": [period_name(period, say, measure.query.view) for period in table["period"]],
            "what": [value_words(measure, value, say) for value in table["value"]],
            "change": changes_on_year(table, measure.query.view, say),
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


def _ends(rows: pd.DataFrame, pixel: float) -> pd.DataFrame:
    """The last mark of each line with its name and figure; names that would overlap are moved apart. One line alone
    needs no name. ``pixel``: the value that one pixel stands for.
    """
    ends = rows.drop_duplicates("n", keep="last").sort_values("v", kind="stable")
    called = [f"{cut_to(name, NAME, theme.SMALL)} " if len(ends) > 1 else "" for name in ends["area"]]
    words = [name + what for name, what in zip(called, ends["what"], strict=True)]
    placed = apart(ends["v"].tolist(), LINE * pixel)
    moved = [abs(place - value) > 3 * pixel for place, value in zip(placed, ends["v"], strict=True)]
    early = ends["t"] < rows["t"].max() if len(rows) else []
    return ends[["t", "v", "c"]].assign(y=placed, word=words, moved=np.array(moved, bool) | np.array(early, bool))


def apart(values: Sequence[float], step: float) -> list[float]:
    """Ascending places, at least a step from each other and as near as may be to these ascending values; none lies
    below zero where no value does.

    Neighbours that would overlap form a group around their mean (pool adjacent violators).
    """
    groups: list[list[float]] = []
    for number, value in enumerate(values):
        groups.append([value - number * step])
        while len(groups) > 1 and np.mean(groups[-2]) > np.mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    flat = [float(np.mean(group)) for group in groups for _ in group]
    floor = max(0.0, -flat[0]) if values and min(values) >= 0 else 0.0
    return [place + floor + number * step for number, place in enumerate(flat)]
