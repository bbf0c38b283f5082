"""How statements are drawn over time: bars over the days they speak of."""

from __future__ import annotations

from functools import cache

from charts import theme, time_axis


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
