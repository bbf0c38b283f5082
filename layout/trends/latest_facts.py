"""What stands in the margin of a trend: the latest final figure of each line, and its average month."""

from __future__ import annotations

from math import isfinite

from markupsafe import Markup

from language.numbers import period_name
from language.sentences.change_words import change_words
from language.sentences.fact_phrases import counted_amount
from language.sentences.statement import Statement
from language.translator import Translator
from layout.frame.blocks import Group
from layout.frame.reader import Reader
from layout.trends.sentences import mark
from measures.about.statements import statement
from measures.figures.average_month import average_month
from measures.figures.compute import Measure


def facts_beside(reader: Reader, made: Measure) -> Group:
    """For each line drawn its latest final figure, the one a year before, and the verdict on the change."""
    say = reader.say
    average = average_month(made.query, reader.shelf)
    told = [(facts, area) for area in made.query.areas if (facts := statement(made, area)) and isfinite(facts.now)]
    items = [_fact(facts, average_words(average, area, reader), reader) for facts, area in told]
    return Group("facts", tuple(items), "ul", say("Latest final figures"))


def average_words(average: Measure | None, area: str, reader: Reader) -> Markup:
    """The average month of an area's latest final twelve with the verdict on them; '' where there is none."""
    say, facts = reader.say, statement(average, area) if average is not None else None
    if facts is None or not isfinite(facts.now):
        return Markup("")
    amount = say("12-month average to {period}: {number}", **_latest(facts, say))
    if not facts.tested:
        return Markup("<span>{}</span>").format(amount)
    return Markup("<span>{}</span><span>{} {}</span>").format(amount, mark(facts, reader), change_words(facts, say))


def _latest(facts: Statement, say: Translator) -> dict[str, str]:
    return {"period": period_name(facts.period, say), "number": counted_amount(facts, facts.now, say)}


def _fact(facts: Statement, average: Markup, reader: Reader) -> Markup:
    say = reader.say
    before = counted_amount(facts, facts.before, say)
    change = change_words(facts, say)
    return Markup("<li><span>{} · {}</span><strong>{}</strong><span>{}</span><span>{} {}</span>{}</li>").format(
        say.pick(facts.area),
        period_name(facts.period, say, facts.view),
        counted_amount(facts, facts.now, say),
        say("a year before: {number}", number=before) if before else "",
        mark(facts, reader) if facts.tested else "",
        change,
        average,
    )
