"""The sentence of a trend over several equal periods; its words follow the verdict."""

from __future__ import annotations

from math import isfinite

from language.numbers import exact, signed
from language.sentences.change_words import decimals
from language.sentences.fact_phrases import area_words, period_phrase
from language.sentences.statement import TrendFacts
from language.translator import Translator, capital
from language.verdicts import why_words


def trend_sentence(facts: TrendFacts, say: Translator) -> str:
    """'From the 12 months to March 2021 to the 12 months to March 2026, the figures for Camden fell by 2.1% a year on
    average (…): a fall.'"""
    area = area_words(facts.area, say)
    if facts.verdict == "cannot_say" and not facts.span:  # nothing but the reason
        return say(
            "We cannot say whether there is a trend in {area}, because {why}.", area=area, why=why_words(facts.why, say)
        )
    if facts.why == "no_test":
        return _whole(facts, say)
    judged = (
        _judged(facts, area, say)
        if facts.verdict != "cannot_say"
        else say(
            "We cannot say whether there is a trend in {area}, because {why}.", area=area, why=why_words(facts.why, say)
        )
    )
    return say.sentences([judged, _whole(facts, say) if facts.span else ""])


def _whole(facts: TrendFacts, say: Translator) -> str:
    """Over more years than a trend is tested of: the change from first to last, and how many steps went up and down."""
    first, last, number, change, rises, falls = facts.span
    size = change if facts.shares else change * 100
    words = signed(size, say, decimals(size)) if isfinite(size) else ""
    places = {
        "first": period_phrase(first, facts.view, say),
        "last": period_phrase(last, facts.view, say),
        "number": number,
        "rises": rises,
        "falls": falls,
        "change": say("{number} percentage points", number=words) if facts.shares else f"{words}%",
    }
    if not words:
        return say(
            (
                "Over all {number} years from {first} to {last} there were {rises} rises and {falls} falls from one "
                "year to the next."
            ),
            **places,
        )
    return say(
        (
            "Over all {number} years from {first} to {last}: {change}, with {rises} rises and {falls} falls from one "
            "year to the next."
        ),
        **places,
    )


def _judged(facts: TrendFacts, area: str, say: Translator) -> str:
    sizes = [value if facts.shares else value * 100 for value in (facts.per_year, facts.low, facts.high)]
    digits = decimals(*sizes)
    low, high = (signed(size, say, digits) if facts.shares else f"{signed(size, say, digits)}%" for size in sizes[1:])
    rate = exact(abs(sizes[0]), say, digits)
    places = {
        "what": capital(say.pick(facts.what)),
        "area": area,
        "first": period_phrase(facts.first, facts.view, say),
        "last": period_phrase(facts.last, facts.view, say),
        "number": facts.blocks,
        "rate": say("{number} percentage points", number=rate) if facts.shares else f"{rate}%",
        "low": low,
        "high": high,
    }
    if facts.verdict == "rise":
        return say(
            (
                "{what} in {area} rose by {rate} a year on average from {first} to {last} ({number} "
                "years; 95% confidence interval {low} to {high})."
            ),
            **places,
        )
    if facts.verdict == "fall":
        return say(
            (
                "{what} in {area} fell by {rate} a year on average from {first} to {last} ({number} "
                "years; 95% confidence interval {low} to {high})."
            ),
            **places,
        )
    return say(
        (
            "{what} in {area} had no clear trend from {first} to {last} ({number} years): the "
            "average change a year lies between {low} and {high} (95% confidence interval)."
        ),
        **places,
    )
