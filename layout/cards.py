"""The cards of the first page: what, value, period, change on the same period a year before, sparkline, source."""

from __future__ import annotations

import html
from dataclasses import replace

import numpy as np
import streamlit as st

from charts import sparkline
from charts.statements import figure_words, span_words
from language import compact, percent, period_name, signed_percent, status_words, whole
from language.numbers import points, signed_whole, written_date
from layout.reader import Reader
from loaders import SourceError
from measures.cards import MeasureCard
from measures.change import change
from measures.claims import statements
from measures.compute import Measure, Query, compute
from measures.units import unit_words
from routes.addresses import page_address


def glance(reader: Reader) -> list[MeasureCard]:
    """Draw the place's cards; returns the measures that were shown. A dataset that cannot be read leaves a calm card."""
    shown, drawn = [], []
    for name in reader.place.measures:
        card = reader.shelf.measures[name]
        for category in card.home_categories:
            try:
                drawn.append(_statement(reader, card, category) if card.kind == "statements" else _figure(reader, card, category))
                shown.append(card)
            except SourceError:
                drawn.append(
                    f'<article class="card"><p>{html.escape(reader.say.pick(card.title))}</p><p class="calm">{html.escape(reader.say("Not shown at the moment."))}</p></article>'
                )
    st.html(f'<div class="cards">{"".join(one for one in drawn if one)}</div>')
    return list({card.name: card for card in shown}.values())


def _figure(reader: Reader, card: MeasureCard, category: str) -> str:
    say = reader.say
    table = reader.shelf.table(card.dataset)
    area = reader.place.code if table.has(area=reader.place.code) else table.areas[0]
    view = "rolling" if "rolling" in card.views else card.views[0]
    made = compute(Query(reader.place.id, card.name, (area,), category, view), reader.shelf)
    step = change(made, area)
    if step is None:
        return ""
    tree = reader.shelf.cards[card.dataset].tree
    node = tree.nodes.get(category)
    title = say.pick(card.title) + (f" · {say.pick(node.name)}" if node and node.level != "all" else "")
    big = percent(step.now, say) if view == "share" else whole(step.now, say) if view == "density" else compact(step.now, say)
    line = compute(replace(made.query, view="count" if view == "rolling" else view), reader.shelf).line(area)
    link = page_address(
        "trends", {"lang": say.code, "place": reader.place.id, "measure": card.name, "category": category if node else "", "view": view}
    )
    where = say.pick(reader.shelf.area_names(reader.place.id, card.dataset)[area])
    return _article(
        title, big, f"{unit_words(made, say)} · {where}", f"{period_name(step.period, say, view)}{_mark(step.status, reader)}", _compared(step, made, reader),
        sparkline(line["value"].to_numpy(), line["status"].to_numpy(), title), say.pick(made.sources[0].publisher), link, exact=whole(step.now, say),
    )  # fmt: skip


def _mark(status: str, reader: Reader) -> str:
    return f" [{status}] {status_words(status, reader.say)}" if status else ""


def _compared(step, made: Measure, reader: Reader) -> str:
    """The change with the figure it is a change from; below a base of 30 in counts only."""
    say = reader.say
    before = period_name(step.before_period, say, made.query.view)
    if made.query.view == "density":
        return ""
    if not step.compared:
        return say("No comparable figure for {period}.", period=before)
    if made.query.view == "share":
        return say("{change} on {period} ({before})", change=points(step.difference, say), period=before, before=percent(step.before, say))
    change_words = signed_whole(step.difference, say) if step.small or not np.isfinite(step.ratio) else signed_percent(step.ratio, say)
    text = say("{change} on {period} ({before})", change=change_words, period=before, before=whole(step.before, say))
    return text + (" · " + say("figures from two releases") if step.crosses else "")


def _statement(reader: Reader, card: MeasureCard, indicator: str) -> str:
    """The newest statement about the whole place on one indicator, as it was stated."""
    say = reader.say
    made = statements(reader.shelf, card.dataset, reader.place.id, indicator)
    own = made.table[(made.table["area"] == reader.place.code) & np.isfinite(made.table["number"]) & (made.table["end"] != "")]
    if own.empty:
        return ""
    row = own.sort_values("end").iloc[-1]
    base = row[f"compared_with_{say.code}"]
    link = page_address("trends", {"lang": say.code, "place": reader.place.id, "measure": card.name, "category": indicator})
    return _article(
        say.pick(made.indicator.name), figure_words(row["number"], row[f"unit_{say.code}"], row["kind"], say), row[f"kind_{say.code}"],
        span_words(row["period_start"], row["period_end"], say), say("compared with: {base}", base=base) if base else say("no comparison stated"), "",
        f"{row[f'publisher_{say.code}']} · {written_date(row['published'], say)}", link,
    )  # fmt: skip


def _article(title: str, big: str, unit: str, when: str, compared: str, spark: str, source: str, link: str, exact: str = "") -> str:
    safe = {name: html.escape(text, quote=True) for name, text in locals().items() if isinstance(text, str) and name != "spark"}
    return (
        f'<article class="card"><h3><a href="{safe["link"]}" target="_self">{safe["title"]}</a></h3>'
        f'<p class="big" title="{safe["exact"]}">{safe["big"]}</p><p class="unit">{safe["unit"]}</p><p class="when">{safe["when"]}</p>'
        f"<p>{safe['compared']}</p>{spark}<p class='small'>{safe['source']}</p></article>"
    )
