"""Is the base of a headline a usual one? The same months of every year as bars, the headline's own period and its base
set apart.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from charts import theme
from charts.picture import Picture
from language import Translator, whole
from language.claims import day_span_words
from loaders import periods
from measures.claims.checks.bases import Window, named_base
from measures.claims.checks.stated import Stated, same_periods
from measures.store.shelf import Shelf

STEP, ROOM = 24, 30  # pixels for a bar, and for the axis


def same_months_picture(stated: Stated, shelf: Shelf, say: Translator) -> Picture | None:
    """A bar for the stated period and for the same months of the years before it; None where there is only one."""
    drawn = same_periods(stated, shelf)
    if len(drawn) < 2:
        return None
    base = named_base(stated.base, stated.first, stated.last)[0] if stated.kind != "count" else ""
    rows = pd.DataFrame([_bar(one, stated, base, say) for one in drawn])
    told = [say("{period}: {count}", period=row.name, count=row.what) for row in rows.itertuples(index=False)]
    head = say("Bar chart of published counts.")
    spec = {**bar_spec(say.code), "height": STEP * len(rows) + ROOM}
    return Picture(spec, {"rows": rows}, say.sentences([head, say("{clauses}.", clauses=say.clauses(told))]))


def _bar(one: Window, stated: Stated, base: str, say: Translator) -> dict:
    fill = theme.ACCENT if one.first == stated.first else theme.SECOND if one.first == base else theme.CONTEXT
    return {
        "name": window_words(one.first, one.last, say),
        "v": one.value,
        "what": whole(one.value, say) + _marked(one),
        "fill": fill,
    }


def _marked(one: Window) -> str:
    letters = "".join(f" [{status}]" for status in sorted(set(one.statuses) - {""}))
    return letters


def window_words(first: str, last: str, say: Translator) -> str:
    """A stretch of periods by its days: 2025, June 2025, July 2025 to June 2026."""
    return day_span_words(str(periods.dates(first)[0]), str(periods.dates(last)[1]), say)


@cache
def bar_spec(code: str) -> dict:
    """The spec without its rows and height; the axis starts at zero."""
    import altair as alt

    names = alt.Axis(
        domain=False, ticks=False, grid=False, labelLimit=190, labelPadding=8, labelFontSize=13, labelColor=theme.INK
    )
    axis = alt.Axis(labelExpr=theme.axis_number(code), domain=False, ticks=False, tickCount=4)
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("name:N", sort=None, axis=names), x=alt.X("v:Q", axis=axis, scale=alt.Scale(zero=True))
    )
    tip = [alt.Tooltip(field, title=" " * (n + 1)) for n, field in enumerate(("name:N", "what:N"))]
    bars = base.mark_bar(height=14).encode(color=alt.Color("fill:N", scale=None), tooltip=tip)
    words = base.mark_text(align="left", dx=5, fontSize=12, color=theme.INK, aria=False).encode(text="what:N")
    spec = theme.dressed(alt.layer(bars, words).properties(width="container"), code)
    spec["padding"] = {"left": 4, "right": 64, "top": 4, "bottom": 4}
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec
