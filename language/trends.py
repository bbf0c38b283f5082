"""The sentence of a trend over several equal periods; its words follow the verdict."""

from __future__ import annotations

from language.fact_phrases import area_words, period_phrase
from language.numbers import exact, signed
from language.sentence_data import TrendFacts
from language.sentences import decimals
from language.translator import Translator
from language.verdicts import why_words


def trend_sentence(one: TrendFacts, say: Translator) -> str:
    """'From the 12 months to March 2021 to the 12 months to March 2026, the figures for Camden fell by 2.1% a year on average (…): a fall.'"""
    area = area_words(one.area, say)
    if one.verdict == "cannot_say":
        return say("No verdict is given on a trend in {area}: {why}.", area=area, why=why_words(one.why, say))
    ratio = say("The yearly change is relative to the share itself, not in percentage points.") if one.shares else ""
    return say.sentences([_judged(one, area, say), ratio])


def _judged(one: TrendFacts, area: str, say: Translator) -> str:
    digits = decimals(*(value * 100 for value in (one.per_year, one.low, one.high)))
    low, high = (f"{signed(limit * 100, say, digits)}%" for limit in (one.low, one.high))
    places = {
        "area": area,
        "first": period_phrase(one.first, one.view, say),
        "last": period_phrase(one.last, one.view, say),
        "number": one.blocks,
        "rate": f"{exact(abs(one.per_year) * 100, say, digits)}%",
        "low": low,
        "high": high,
    }
    if one.verdict == "rise":
        return say(
            "From {first} to {last}, the figures for {area} rose by {rate} a year on average (95% limits {low} to {high}; {number} equal periods): a rise.",
            **places,
        )
    if one.verdict == "fall":
        return say(
            "From {first} to {last}, the figures for {area} fell by {rate} a year on average (95% limits {low} to {high}; {number} equal periods): a fall.",
            **places,
        )
    if one.low > 0 or one.high < 0:
        return say(
            "From {first} to {last}, the figures for {area} show no clear trend: without one of the {number} years the direction would be another.",
            **places,
        )
    return say(
        "From {first} to {last}, the figures for {area} show no clear trend: on average a year's change lies between {low} and {high} (95% limits; {number} equal periods).",
        **places,
    )
