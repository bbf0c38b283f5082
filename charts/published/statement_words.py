"""A stated figure and its period in words, as they were published."""

from __future__ import annotations

from language import Translator
from language.claims import day_span_words
from language.numbers import exact, published_digits, written_date


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
