"""What was stated, over which stretch of time? Changes are drawn as changes and levels as levels, each over its own
period.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from charts import theme, time_axis
from charts.areas.map_specs import tile_spec, tiles_of
from charts.picture import Picture
from language import Translator
from language.claims import day_span_words
from language.numbers import exact, published_digits, written_date
from loaders.periods import span
from loaders.places.place import Area, Place
from measures.claims.claim import Base
from measures.claims.collection import LEVELS, Statements


def stated_changes(
    made: Statements, names: dict[str, str], say: Translator, bases: Mapping[str, Base]
) -> Picture | None:
    """Stated percentage changes: a bar from the first to the last day it speaks of, at the height of the change.

    ``bases``: by statement, the days it is compared with; they are drawn pale beside the bar, at its height and joined
    to it.
    """
    table = made.table[(made.table["kind"] == "percent_change") & _drawable(made.table)]
    return _picture(table, made, names, say, say("Stated changes, each over the period that it speaks of."), bases)


def levels(made: Statements, names: dict[str, str], say: Translator, unit: str) -> Picture | None:
    """Stated levels of one unit (published numbers, rates, shares and targets), each over its own period."""
    table = made.table[made.table["kind"].isin(LEVELS) & (made.table["unit"] == unit) & _drawable(made.table)]
    return _picture(table, made, names, say, say("Stated figures, each over the period that it speaks of."))


def _drawable(table: pd.DataFrame) -> pd.Series:
    return np.isfinite(table["number"]) & (table["end"] != "")


def _picture(
    table: pd.DataFrame,
    made: Statements,
    names: dict[str, str],
    say: Translator,
    head: str,
    bases: Mapping[str, Base] | None = None,
) -> Picture | None:
    if table.empty:
        return None
    year_before = [
        spelt for spelt, base in made.card.readings.get("bases", {}).items() if base == "same_period_last_year"
    ]
    rows = statement_rows(table, names, year_before, say, bases or {})
    told = [_told(row, say) for row in rows.itertuples()]
    words = say.sentences(
        [say("{clauses}.", clauses=say.pick(made.indicator.name)), head, say("{clauses}.", clauses=say.clauses(told))]
    )
    spoken = [say.clauses([one, who]) for one, who in zip(told, rows["who"], strict=True)]
    days = [day for day in rows[["start", "end", "first", "last"]].to_numpy().ravel() if day]
    naming, ticked = time_axis.ticks(span(min(days)[:7], max(days)[:7]), say)
    return Picture({**segment_spec(say.code, naming), "params": ticked}, {"rows": rows.assign(told=spoken)}, words)


def _told(row, say: Translator) -> str:
    """One statement in the description: who, when, what, and against what."""
    if row.base:
        return say(
            "{who}, {when}: {what}, compared with {base}", who=row.area, when=row.when, what=row.what, base=row.base
        )
    return say("{who}, {when}: {what}", who=row.area, when=row.when, what=row.what)


def statement_rows(
    table: pd.DataFrame, names: dict[str, str], year_before: list[str], say: Translator, bases: Mapping[str, Base]
) -> pd.DataFrame:
    """One row = one statement: its two days, the days of its base ('' where unknown), its number, and what to say of
    it.

    ``year_before``: the published spellings of a base that is the same period a year before (the card lists them).
    """
    starts = [start or end for start, end in zip(table["start"], table["end"], strict=True)]
    kinds = [
        theme.MUTED if kind == "target" else theme.ACCENT if not base or base in year_before else theme.SECOND
        for kind, base in zip(table["kind"], table["compared_with"], strict=True)
    ]
    return pd.DataFrame(
        {
            "start": starts,
            "end": table["end"].to_list(),
            "v": table["number"].to_list(),
            "y": _label_heights(table),
            "c": kinds,
            "first": [base.start if (base := bases.get(one)) else "" for one in table["claim_id"]],
            "last": [base.end if (base := bases.get(one)) else "" for one in table["claim_id"]],
            "area": [
                names.get(code) or own for code, own in zip(table["area"], table[f"place_{say.code}"], strict=True)
            ],
            "when": [
                statement_span_words(a, b, say) for a, b in zip(table["period_start"], table["period_end"], strict=True)
            ],
            "what": [
                figure_words(value, unit, kind, say, bound)
                for value, unit, kind, bound in zip(
                    table["number"], table[f"unit_{say.code}"], table["kind"], table["bound"], strict=True
                )
            ],
            "base": table[f"compared_with_{say.code}"].to_list(),
            "who": table[f"publisher_{say.code}"].to_list(),
        }
    )


def _label_heights(table: pd.DataFrame) -> list[float]:
    """Where each figure's words stand: at its value, moved up when another that ends in the same year would cover
    it.
    """
    step = (max(table["number"].max(), 0) - min(table["number"].min(), 0)) / 320 * 17
    taken: dict[int, list[float]] = {}
    heights = dict.fromkeys(range(len(table)), 0.0)
    order = sorted(range(len(table)), key=lambda at: table["number"].iloc[at])
    for at in order:
        year, value = int(table["end"].iloc[at][:4]), float(table["number"].iloc[at])
        near = [height for one in (year - 1, year, year + 1) for height in taken.get(one, [])]
        while any(abs(value - height) < step * 0.95 for height in near):
            value += step / 4
        taken.setdefault(year, []).append(value)
        heights[at] = value
    return [heights[at] for at in range(len(table))]


def figure_words(value: float, unit: str, kind: str, say: Translator, bound: str = "") -> str:
    """A stated figure as it was printed, with its unit, and with 'over' or 'nearly' where its words say so; a change
    keeps its sign."""
    sign = ("−" if value < 0 else "+") if kind == "percent_change" and value else ""
    text = exact(abs(value) if kind == "percent_change" else value, say, published_digits(value))
    gap = "" if unit in ("%", "") else say.language.unit_gap
    figure = f"{sign}{text}{gap}{unit}"
    return {
        "at_least": say("over {figure}", figure=figure),
        "at_most": say("nearly {figure}", figure=figure),
        "about": say("about {figure}", figure=figure),
    }.get(bound, figure)


def statement_span_words(start: str, end: str, say: Translator) -> str:
    """The period of a statement as it was given, from day to day."""
    if not end and not start:
        return say("period not stated")
    if not start or start == end:
        return written_date(end or start, say)
    if start[5:] == "01-01" and end[5:] == "12-31" and start[:4] == end[:4]:
        return written_date(start[:4], say)
    return day_span_words(start, end, say) if end else written_date(start, say)


@cache
def segment_spec(code: str, naming: str) -> dict:
    """Horizontal bars over days, without rows and ticks; a single day is a point. The bars alone speak, each of its
    statement.
    """
    import altair as alt

    rows = alt.NamedData("rows")
    fields = ("area:N", "when:N", "what:N", "base:N", "who:N")
    tip = [alt.Tooltip(field, title=" " * (n + 1)) for n, field in enumerate(fields)]
    x = time_axis.across("start", code, naming)
    y = alt.Y(
        "v:Q",
        axis=alt.Axis(labelExpr=theme.axis_number(code), domain=False, ticks=False, tickCount=5),
        scale=alt.Scale(zero=True),
    )
    based = alt.Chart(rows).transform_filter("datum.first != ''").encode(y=y)
    before = based.mark_rule(strokeWidth=4, strokeCap="round", color=theme.CONTEXT, aria=False).encode(
        x=alt.X("first:T"), x2="last:T", tooltip=tip
    )
    joined = based.mark_rule(strokeWidth=1, color=theme.CONTEXT, aria=False).encode(x=alt.X("last:T"), x2="start:T")
    base = alt.Chart(rows).encode(x=x, y=y, color=alt.Color("c:N", scale=None), tooltip=tip)
    bars = base.mark_rule(strokeWidth=4, strokeCap="round").encode(x2="end:T", description="told:N")
    days = base.transform_filter("datum.start == datum.end")
    dots = days.mark_point(size=40, filled=True, aria=False).encode(x="end:T")
    zero = alt.Chart(rows).mark_rule(color=theme.MUTED, strokeWidth=1, aria=False).encode(y=alt.datum(0))
    words = base.mark_text(align="left", dx=6, dy=0, fontSize=11, aria=False).encode(x="end:T", y="y:Q", text="what:N")
    spec = theme.dressed(
        alt.layer(zero, joined, before, bars, dots, words).properties(width="container", height=320), code
    )
    spec["padding"] = {"left": 4, "top": 12, "bottom": 4, "right": 84}
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec


def statement_tiles(made: Statements, place: Place, chosen: str, say: Translator) -> Picture:
    """Exactly what has been published for each district on one indicator, the newest statement of each; nothing
    elsewhere.
    """
    table = made.table[made.table["area"] != place.code]
    newest = {row["area"]: row for row in table.sort_values(["end", "start"]).to_dict("records")}
    spots = tiles_of(place)
    rows = [
        _tile(area, spots[area.code], newest.get(area.code), chosen, say) for area in place.areas if area.code in spots
    ]
    told = [
        say("{who}, {when}: {what}", who=row["name"], when=row["mark"], what=row["what"]) for row in rows if row["what"]
    ]
    head = say(
        "Tile map. {title}: published for {count} of {total} areas.",
        title=say.pick(made.indicator.name),
        count=len(told),
        total=len(rows),
    )
    return Picture(
        tile_spec(say.code, *(max(row[name] for row in rows) + 1 for name in ("row", "col"))),
        {"rows": pd.DataFrame(rows)},
        say.sentences([head, say.clauses(told)]),
    )


def _tile(area: Area, spot: tuple[int, int], row: dict | None, chosen: str, say: Translator) -> dict:
    figure = ""
    fill, letter, ink = (theme.SEQUENTIAL[1], "", theme.INK) if row else theme.KINDS["not_published"]
    if row:
        numbered = np.isfinite(row["number"])
        figure = (
            figure_words(row["number"], row[f"unit_{say.code}"], row["kind"], say, row["bound"])
            if numbered
            else row.get(f"value_{say.code}") or "—"
        )
    return {
        "id": area.code,
        "name": say.pick(area.name),
        "short": say.pick(area.short or area.name),
        "row": spot[0],
        "col": spot[1],
        "fill": fill,
        "ink": ink,
        "what": figure,
        "letter": letter,
        "mark": statement_span_words(row["period_start"], row["period_end"], say) if row else say("not published"),
        "size": 0.0,
        "line": theme.INK if area.code == chosen else theme.MUTED,
        "wide": 3.0 if area.code == chosen else 0.6,
    }
