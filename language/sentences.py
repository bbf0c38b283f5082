"""Plain sentences from figures: the same numbers in both languages, and what they are compared with. No words of rise or fall."""

from __future__ import annotations

from language.numbers import period_name, signed_percent, signed_whole
from language.translator import Translator


def compared(said: str, now: str, before: str, area: str, period: str, before_period: str, step: str, view: str, say: Translator) -> str:
    """'The police recorded 39,922 offences in Camden in the 12 months to June 2026; in the 12 months to June 2025, 42,902 (−6.9%).'"""
    fact = said.format(value=now, area=area)
    when, then = (period_name(one, say, view) for one in (period, before_period))
    if view.startswith("rolling"):
        when, then = say("the {period}", period=when), say("the {period}", period=then)
    if not before:
        return say("{fact} in {when}.", fact=fact, when=when)
    return say("{fact} in {when}; in {then} it was {before} ({step}).", fact=fact, when=when, then=then, before=before, step=step)


def per_residents(rate: str, per: str, place: str, place_rate: str, say: Translator) -> str:
    """'That is 184.0 for every 1,000 residents; in London as a whole it is 100.3.'"""
    return say(
        "That is {rate} for every {per} residents; in {place} as a whole it is {place_rate}.", rate=rate, per=per, place=place, place_rate=place_rate
    )


def step_words(difference: float, ratio: float, small: bool, say: Translator) -> str:
    """A change in per cent, or in counts when the base is small."""
    return signed_whole(difference, say) if small or ratio != ratio else signed_percent(ratio, say)
