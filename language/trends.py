"""The sentence of a trend over several equal periods; its words follow the verdict."""

from __future__ import annotations

from math import isfinite

from language.fact_phrases import area_words, period_phrase
from language.numbers import exact, signed
from language.sentence_data import TrendFacts
from language.sentences import decimals
from language.translator import Translator
from language.verdicts import why_words


def trend_sentence(one: TrendFacts, say: Translator) -> str:
    """'From the 12 months to March 2021 to the 12 months to March 2026, the figures for Camden fell by 2.1% a year on
    average (…): a fall.'
    """
    area = area_words(one.area, say)
    if one.verdict == "cannot_say" and not one.span:
        return say("No verdict is given on a trend in {area}: {why}.", area=area, why=why_words(one.why, say))
    judged = (
        _judged(one, area, say)
        if one.verdict != "cannot_say"
        else say("No verdict is given on a trend in {area}: {why}.", area=area, why=why_words(one.why, say))
    )
    return say.sentences([judged, _whole(one, say) if one.span else ""])


def _whole(one: TrendFacts, say: Translator) -> str:
    """Over more years than a trend is tested of: the change from first to last, and how many steps went up and down."""
    first, last, number, change, rises, falls = one.span
    size = change if one.shares else change * 100
    words = signed(size, say, decimals(size)) if isfinite(size) else ""
    places = {
        "first": period_phrase(first, one.view, say),
        "last": period_phrase(last, one.view, say),
        "number": number,
        "rises": rises,
        "falls": falls,
        "change": say("{number} percentage points", number=words) if one.shares else f"{words}%",
    }
    if not words:
        return say(
            (
                "Over all {number} years from {first} to {last} there were {rises} rises and {falls} falls from one year "
                "to the next."
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


def _judged(one: TrendFacts, area: str, say: Translator) -> str:
    sizes = [value if one.shares else value * 100 for value in (one.per_year, one.low, one.high)]
    digits = decimals(*sizes)
    low, high = (signed(size, say, digits) if one.shares else f"{signed(size, say, digits)}%" for size in sizes[1:])
    rate = exact(abs(sizes[0]), say, digits)
    places = {
        "area": area,
        "first": period_phrase(one.first, one.view, say),
        "last": period_phrase(one.last, one.view, say),
        "number": one.blocks,
        "rate": say("{number} percentage points", number=rate) if one.shares else f"{rate}%",
        "low": low,
        "high": high,
    }
    if one.verdict == "rise":
        return say(
            (
                "From {first} to {last}, the figures for {area} rose by {rate} a year on average (95% limits {low} to "
                "{high}; {number} equal periods): a rise."
            ),
            **places,
        )
    if one.verdict == "fall":
        return say(
            (
                "From {first} to {last}, the figures for {area} fell by {rate} a year on average (95% limits {low} to "
                "{high}; {number} equal periods): a fall."
            ),
            **places,
        )
    return say(
        (
            "From {first} to {last}, the figures for {area} show no clear trend: on average a year's change lies between "
            "{low} and {high} (95% limits; {number} equal periods)."
        ),
        **places,
    )
