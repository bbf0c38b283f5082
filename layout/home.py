"""The cards of the first page: what, the latest final value, its period, the verdict on its change, sparkline,
source.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from markupsafe import Markup, escape

from charts import sparkline
from charts.statements import figure_words, statement_span_words
from language import compact, decimal, percent, period_name, status_words, whole
from language.change_words import change_words
from language.claims import claim_verdict_words
from language.fact_phrases import counted_amount, number_words
from language.numbers import digits_of, written_date
from language.sentence_data import Statement
from language.sentences import unclear_words
from language.verdicts import why_words
from layout.frame.blocks import Blocks, Group, paragraph
from layout.frame.footer import is_stale
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.trends.sentences import mark
from loaders import SourceCard, SourceError
from loaders.cards.measure_card import MeasureCard
from measures.about.statements import statement
from measures.claims.checks.stored_findings import findings
from measures.claims.collection import statements
from measures.figures.compute import Measure, Query, compute
from measures.figures.units import unit_words
from measures.lines.year_before import cut_positions
from routes.addresses import page_address

PAST = 12  # months after which figures that are older than their card allows are no latest figures any more


def glance(reader: Reader) -> Blocks[list[MeasureCard]]:
    """Draw the place's cards; returns the measures that were shown. A dataset that cannot be read leaves a calm
    card; one whose figures are long past leaves a line.
    """
    shown, drawn, past = [], [], []
    for name in reader.place.measures:
        card = reader.shelf.measures[name]
        source = reader.shelf.cards.get(card.dataset)
        if card.home_categories and source and source.kind == "observations" and is_stale(source, least=PAST):
            past.append(_past(reader, card, source))
            continue
        for category in card.home_categories:
            try:
                drawn.append(
                    _statement(reader, card, category) if card.kind == "statements" else _figure(reader, card, category)
                )
                shown.append(card)
            except SourceError:
                words = reader.say.pick(card.title), reader.say("Not shown at the moment.")
                drawn.append(Markup('<article class="card"><p>{}</p><p class="calm">{}</p></article>').format(*words))
    yield Group("cards", tuple(article for article in drawn if article))
    yield paragraph(*past)
    return list({card.name: card for card in shown}.values())


def _past(reader: Reader, card: MeasureCard, source: SourceCard) -> Markup:
    """Where figures are that are too old for a card."""
    say = reader.say
    address = page_address("trends", {**reader.site_state, "measure": card.name})
    words = say("the newest figures are for {period}.", period=period_name(source.latest.last, say))
    return Markup("{}{}{}").format(link(address, say.pick(card.title)), say(": "), words)


def _figure(reader: Reader, card: MeasureCard, category: str) -> Markup | None:
    say = reader.say
    table = reader.shelf.table(card.dataset)
    area = reader.place.code if table.has(area=reader.place.code) else table.areas[0]
    view = "rolling" if "rolling" in card.views else card.views[0]
    made = compute(Query(reader.place.id, card.name, (area,), category, view), reader.shelf)
    one = statement(made, area)
    if one is None or not np.isfinite(one.now):
        return None
    node = reader.shelf.cards[card.dataset].tree.nodes.get(category)
    title = say.pick(card.title) + (f" · {say.pick(one.category)}" if one.category else "")
    big = (
        percent(one.now, say)
        if view == "share"
        else whole(one.now, say)
        if view == "density"
        else decimal(one.now, say, digits_of(view, one.now))
        if view in ("count", "rolling") and one.now % 1
        else compact(one.now, say)
    )
    line = compute(replace(made.query, view="count" if view == "rolling" else view), reader.shelf).line(area)
    cuts = cut_positions(made.sources[0], made.periods, area, category)
    link = page_address(
        "trends",
        {
            "lang": say.code,
            "place": reader.place.id,
            "measure": card.name,
            "category": category if node else "",
            "view": view,
        },
    )
    return _article(
        title,
        big,
        f"{unit_words(made, say)} · {say.pick(one.area)}",
        f"{period_name(one.period, say, view)}{_mark(one.status, reader)}",
        _compared(one, reader),
        sparkline(line["value"].to_numpy(), line["status"].to_numpy(), title, cuts),
        say.sentences([_fresher(made, area, one.period, reader), say.pick(made.sources[0].publisher)]),
        link,
        exact=counted_amount(one, one.now, say),
    )


def _mark(status: str, reader: Reader) -> str:
    return f" [{status}] {status_words(status, reader.say)}" if status else ""


def _compared(one: Statement, reader: Reader) -> Markup:
    """The verdict with its arrow, the change with the figure it is a change from; a base under 30 speaks in counts."""
    say = reader.say
    step = change_words(one, say)
    if step:
        places = {
            "period": period_name(one.before_period, say, one.view),
            "before": number_words(one.view, one.before, say),
        }
        if (
            one.verdict == "no_clear_change"
        ):  # no direction: what stood before, and how large a change would have been clear
            step = unclear_words(one, say, **places)
        else:
            step = say("{change} compared with {period} ({before})", change=step, **places)
    words = [
        step,
        why_words(one.why, say) if one.why != "no_test" else "",
        say("figures from different releases") if one.crosses and step else "",
    ]
    head = mark(one, reader) if one.why != "no_test" else ""
    return Markup(" · ").join(part for part in (head, *words) if part)


def _fresher(made: Measure, area: str, period: str, reader: Reader) -> str:
    """Where newer figures stand that are provisional, or incomplete and so not shown; '' when the one shown is the
    newest."""
    line = made.line(area)
    if "incomplete" in line["reason"].iloc[-1]:
        return reader.say("Newer figures are incomplete: see Trends.")
    known = line.dropna(subset="value")["period"]
    if known.iloc[-1] == period:
        return ""
    return reader.say("Provisional figures up to {period}: see Trends.", period=period_name(known.iloc[-1], reader.say))


def _statement(reader: Reader, card: MeasureCard, indicator: str) -> Markup | None:
    """The newest statement about the whole place on one indicator, as it was stated."""
    say = reader.say
    made = statements(reader.shelf, card.dataset, reader.place.id, indicator)
    own = made.table[
        (made.table["area"] == reader.place.code) & np.isfinite(made.table["number"]) & (made.table["end"] != "")
    ]
    if own.empty:
        return None
    row = own.sort_values("end").iloc[-1]
    base = row[f"compared_with_{say.code}"]
    link = page_address("trends", {**reader.site_state, "measure": card.name, "category": indicator})
    return _article(
        say.pick(made.indicator.name),
        figure_words(row["number"], row[f"unit_{say.code}"], row["kind"], say),
        row[f"kind_{say.code}"],
        statement_span_words(row["period_start"], row["period_end"], say),
        _checked(row, base, card, reader),
        "",
        f"{row[f'publisher_{say.code}']} · {written_date(row['published'], say)}",
        link,
    )


def _checked(row: dict, base: str, card: MeasureCard, reader: Reader) -> Markup:
    """What the statement is compared with, and the outcome of its check with a link to it."""
    say, verdict = reader.say, findings(reader.shelf, card.dataset)[row["claim_id"]].verdict
    compared = say("compared with: {base}", base=base) if base else say("no comparison stated")
    address = page_address("claims", {**reader.site_state, "claim": row["claim_id"]})
    return Markup(f"{escape(compared)} · {link(address, claim_verdict_words(verdict, say))}")


def _article(
    title: str, big: str, unit: str, when: str, compared: str, spark: str, source: str, link: str, exact: str = ""
) -> Markup:
    given = {name: text for name, text in locals().items() if name != "spark"}
    safe = {name: text if isinstance(text, Markup) else escape(text) for name, text in given.items()}
    return Markup(
        f'<article class="card"><h3><a href="{safe["link"]}" target="_self">{safe["title"]}</a></h3>'
        f'<p class="big" title="{safe["exact"]}">{safe["big"]}</p><p class="unit">{safe["unit"]}</p><p '
        f'class="when">{safe["when"]}</p>'
        f"<p>{safe['compared']}</p>{spark}<p class='small'>{safe['source']}</p></article>"
    )
