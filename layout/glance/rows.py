"""Figures as rows of a list: what, how many, the verdict on the change, and the line of the last years."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from markupsafe import Markup, escape

from charts import Along, sparkline
from charts.lines.sparkline import PERIODS
from language import compact, decimal, percent, period_name, status_words, whole
from language.numbers import digits_of
from language.sentences.change_words import change_words
from language.sentences.fact_phrases import counted_amount
from language.sentences.statement import Statement
from language.verdicts import why_words
from layout.frame.blocks import Fold, Group
from layout.frame.markup import soft_link
from layout.frame.reader import Reader
from layout.glance.told import Told
from layout.trends.sentences import mark
from measures.figures.units import unit_words
from measures.lines.year_before import cut_positions
from routes.addresses import page_address

CLEAR = ("rise", "fall")


def row(told: Told, reader: Reader) -> Markup:
    """One figure as a row that leads to its trend."""
    say, facts = reader.say, told.facts
    status = f" [{facts.status}] {status_words(facts.status, say)}" if facts.status else ""
    unit = say.pick(told.made.unit) if facts.view == "rolling" else unit_words(told.made, say)
    when = f"{period_name(facts.period, say, facts.view)}{status}"
    about = " · ".join(text for text in (when, unit, _fresher(told, reader)) if text)
    return Markup(
        '<article class="stand"><h3>{}</h3><p class="when">{}</p><p class="big" title="{}">{}</p><p>{}</p>{}</article>'
    ).format(
        soft_link(_address(told, reader), told.name(reader)),
        about,
        counted_amount(facts, facts.now, say),
        amount(facts, facts.now, reader),
        _compared(facts, reader),
        line(told, reader),
    )


def _fresher(told: Told, reader: Reader) -> str:
    """Where newer figures stand that are provisional, or incomplete and so not shown; '' when the one shown is the
    newest."""
    say, shown = reader.say, told.made.line(told.made.query.areas[0])
    if "incomplete" in shown["reason"].iloc[-1]:
        return say("Newer figures are incomplete: see Trends.")
    last = shown.dropna(subset="value")["period"].iloc[-1]
    if last == told.facts.period:
        return ""
    return say("Provisional figures up to {period}: see Trends.", period=period_name(last, say))


def hidden(title: str, reader: Reader) -> Markup:
    """A row whose figures cannot be shown."""
    words = reader.say("Not shown at the moment.")
    return Markup('<article class="stand"><h3>{}</h3><p class="calm">{}</p></article>').format(title, words)


def _address(told: Told, reader: Reader) -> str:
    query = told.made.query
    own = {"area": query.areas[0]} if query.areas[0] in {area.code for area in reader.place.areas} else {}
    state = {"measure": told.card.name, "category": told.category, "view": query.view}
    return page_address("trends", {**reader.site_state, **state, **own})


def amount(facts: Statement, value: float, reader: Reader) -> str:
    """A figure as it stands large: shortened where it is long."""
    say, view = reader.say, facts.view
    if view == "share":
        return percent(value, say)
    if view == "density":
        return whole(value, say)
    return decimal(value, say, digits_of(view, value)) if value % 1 else compact(value, say)


def _compared(facts: Statement, reader: Reader) -> Markup:
    """The verdict with the change, where it is clear or not tested at all; then what stood before and why there is no
    verdict."""
    say, step = reader.say, change_words(facts, reader.say)
    before = amount(facts, facts.before, reader) if step else ""
    rest = [
        say("a year before: {number}", number=before) if before else "",
        why_words(facts.why, say) if facts.why != "no_test" else "",
        say("figures from different releases") if facts.crosses and step else "",
    ]
    head = mark(facts, reader) if facts.why != "no_test" else Markup("")
    change = escape(step if facts.verdict != "no_clear_change" else "")
    beneath = Markup(" · ").join(escape(part) for part in rest if part)
    return Markup('{} {}<span class="rest">{}</span>').format(head, change, beneath)


def line(told: Told, reader: Reader) -> Markup:
    """The line of the last years between its first and its last value; '' where there are too few."""
    made, area = told.made, told.made.query.areas[0]
    shown = made.line(area)
    values, statuses = shown["value"].to_numpy(), shown["status"].to_numpy()
    known = np.flatnonzero(np.isfinite(values))
    recent = known[known >= len(values) - PERIODS]
    if len(known) < 3 or not len(recent):
        return Markup("")
    cuts = cut_positions(made.sources[0], made.periods, area, told.category)
    marks = [made.periods.index(entry.at) for entry in made.breaks if entry.at in made.periods]
    first = recent[0]
    ends = [amount(told.facts, values[number], reader) for number in (first, known[-1])]
    say = reader.say
    title = say(
        "{what}: from {first} in {start} to {last} in {end}",
        what=told.name(reader),
        first=ends[0],
        last=ends[1],
        start=period_name(made.periods[first], say),
        end=period_name(made.periods[known[-1]], say),
    )
    image = Markup(sparkline(values, statuses, title, Along(cuts, marks)))
    return Markup('<div class="ends"><span>{}</span>{}<span>{}</span></div>').format(ends[0], image, ends[1])


def ended(past: Iterable[Told], reader: Reader) -> Fold:
    """The series whose newest figures are long past, to open."""
    items = tuple(_past(told, reader) for told in past)
    return Fold(reader.say("Series that have ended"), (Group("past", items, "ul"),))


def _past(told: Told, reader: Reader) -> Markup:
    """The last figure of a series with its period: 16 pixels, and no line."""
    say, facts = reader.say, told.facts
    words = say(
        "{figure} in {period}, the newest figure we have.",
        figure=amount(facts, facts.now, reader),
        period=period_name(facts.period, say, facts.view),
    )
    return Markup("<li>{}{}{}</li>").format(soft_link(_address(told, reader), told.name(reader)), say(": "), words)
