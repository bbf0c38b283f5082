"""Plain sentences from statements: one statement gives every language, with the same numbers, and the verdict decides
the words.

An English sentence says the fact before its period, a Chinese one after it; both orders stand in the catalogue, not
here.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan

from language.numbers import exact
from language.sentences.asides import asides, link_words
from language.sentences.change_words import change_digits, change_words, limit_words, usual_words
from language.sentences.fact_phrases import area_words, counted_amount, fact_words, then_words, when_words
from language.sentences.statement import Statement
from language.sentences.unjudged import BESIDE, unjudged
from language.translator import Translator
from language.verdicts import verdict_word


def sentence(facts: Statement, say: Translator) -> str:
    """'The police recorded 39,922 offences in Camden in the 12 months to March 2026, 6.9% fewer than the 42,902 a
    year before (95% limits −8.0% to −5.8%): a fall.' A figure that is missing gets a sentence that says why, and no
    number."""
    if not isfinite(facts.now):
        return _missing(facts, say)
    notes = [say.pick(note) for note in facts.notes]
    known = facts if shows_before(facts) else replace(facts, before=nan)
    return say.sentences([_compared(facts, say), *asides(known, say), *notes])


def main_sentence(facts: Statement, say: Translator) -> str:
    """The figure and its comparison alone, with what is known of the two releases where the change allows for it."""
    if not isfinite(facts.now):
        return _missing(facts, say)
    return say.sentences([_compared(facts, say), *(link_words(facts, say) if shows_before(facts) else ())])


def shows_before(facts: Statement) -> bool:
    """Does the sentence hold the figure that it is compared with?"""
    both = facts.why in (*BESIDE, "none", "too_short") or (facts.why == "no_test" and isfinite(facts.change))
    return isfinite(facts.before) and (facts.tested or both)


def _missing(facts: Statement, say: Translator) -> str:
    area, when = area_words(facts.area, say), when_words(facts, say)
    if facts.status == "c":
        return say("The figure for {area} in {when} is withheld to protect people.", area=area, when=when)
    return say(
        "There is no figure for {area} in {when}: {reason}.", area=area, when=when, reason=say.pick(facts.reason)
    )


def _compared(facts: Statement, say: Translator) -> str:
    if not facts.tested:
        return unjudged(facts, places_of(facts, say), say)
    if facts.verdict == "no_clear_change":
        return _unclear(facts, say)
    places = places_of(facts, say)
    rising = facts.verdict == "rise"
    if facts.in_percent:
        return _in_percent(facts, rising, places, say)
    if "rate" in facts.view or facts.shares:
        against = say(
            ("{fact} in {when}, compared with {before} {then}{basis}. This rise is more than the usual ups and downs."),
            **places,
        )
        return (
            against
            if rising
            else say(
                (
                    "{fact} in {when}, compared with {before} {then}{basis}. This fall is more than the "
                    "usual ups and downs."
                ),
                **places,
            )
        )
    if rising:
        return say(
            ("{fact} in {when}, {step} more than {then} ({before}). This rise is more than the usual ups and downs."),
            **places,
        )
    return say(
        ("{fact} in {when}, {step} fewer than {then} ({before}). This fall is more than the usual ups and downs."),
        **places,
    )


def _in_percent(facts: Statement, rising: bool, places: dict[str, str], say: Translator) -> str:
    if rising:
        return say(
            (
                "{fact} in {when}, {share} more than {then} ({before}). This rise is more than the "
                "usual ups and downs (95% confidence interval {low} to {high})."
            ),
            **places,
        )
    if facts.shares:
        return say(
            (
                "{fact} in {when}, {share} less than {then} ({before}). This fall is more than the "
                "usual ups and downs (95% confidence interval {low} to {high})."
            ),
            **places,
        )
    return say(
        (
            "{fact} in {when}, {share} fewer than {then} ({before}). This fall is more than the "
            "usual ups and downs (95% confidence interval {low} to {high})."
        ),
        **places,
    )


def _unclear(facts: Statement, say: Translator) -> str:
    """No word of a direction: both figures, and how large a change would have been clear."""
    places = places_of(facts, say)
    if facts.now == facts.before:
        return say("{fact} in {when}, the same as {then}: no clear change.", **places)
    if facts.in_percent and isfinite(facts.reach(facts.low, facts.high)):
        return say(
            (
                "{fact} in {when}, compared with {before} {then}. There is no clear change: the "
                "difference ({change}) is not clearly more than the ups and downs of {years} (up to "
                "about ±{usual})."
            ),
            **places,
            change=change_words(facts, say),
            **usual_words(facts, say),
        )
    return say(
        (
            "{fact} in {when}, compared with {before} {then}{basis}. There is no clear change: "
            "the difference is not clearly more than the usual ups and downs."
        ),
        **places,
    )


def unclear_words(facts: Statement, say: Translator, period: str, before: str) -> str:
    """For a card: what stood before, without a direction, and how large a change would have been clear."""
    if facts.in_percent and isfinite(facts.reach(facts.low, facts.high)):
        return say(
            "{before} in {period}; usual ups and downs up to about ±{usual}",
            before=before,
            period=period,
            usual=usual_words(facts, say)["usual"],
        )
    return say("{before} in {period}", before=before, period=period)


def places_of(facts: Statement, say: Translator) -> dict[str, str]:
    """The words that the templates of a comparison are filled with."""
    digits = change_digits(facts)
    share = exact(abs(facts.in_hundredths(facts.change)), say, digits) if isfinite(facts.change) else ""
    low, high = (limit_words(facts, limit, digits, say) for limit in (facts.low, facts.high))
    return {
        "fact": fact_words(facts, say),
        "when": when_words(facts, say),
        "before": counted_amount(facts, facts.before, say),
        "then": then_words(facts, say),
        "share": say("{number} percentage points", number=share) if facts.shares else f"{share}%",
        "low": low,
        "high": high,
        "step": counted_amount(facts, abs(facts.now - facts.before), say),
        "basis": _basis(facts, say),
    }


def _basis(facts: Statement, say: Translator) -> str:
    """The counts that two rates on a small base were worked out from."""
    if not (facts.small and "rate" in facts.view and all(map(isfinite, facts.counts))):
        return ""
    now, before = (exact(count, say) for count in facts.counts)
    return say.language.unit_gap + say(
        "(worked out from {now} and {before} {unit})", now=now, before=before, unit=say.pick(facts.unit)
    )


def brief(facts: Statement, say: Translator) -> str:
    """The verdict and the change without the figures, for a list that is read aloud: 'fall, −6.9%'."""
    step = change_words(facts, say) if facts.tested else ""
    word = verdict_word(facts.verdict, say)
    return say("{verdict}, {change}", verdict=word, change=step) if step else word


def per_residents(rate: str, per: str, place: str, place_rate: str, say: Translator) -> str:
    """'That is 184.0 for every 1,000 residents; in London as a whole it is 100.3.'"""
    return say(
        ("That is a rate of {rate} per {per} residents, compared with {place_rate} across {place}."),
        rate=rate,
        per=per,
        place=place,
        place_rate=place_rate,
    )
