"""Sentences on a figure whose change is not judged: what stands beside it, and why nothing more is said."""

from __future__ import annotations

from math import isfinite

from language.sentences.change_words import change_words, size_words
from language.sentences.statement import Statement
from language.translator import Translator
from language.verdicts import why_words

# no verdict, but the two figures count the same thing
BESIDE = ("provisional", "late", "releases", "unallocated", "unreliable", "estimated", "zero_denominator")


def unjudged(facts: Statement, places: dict[str, str], say: Translator) -> str:
    """The figure, what stands beside it, and why nothing is said of its change. Estimates and indices are not tested:
    no verdict is missed."""
    places = places | {"why": why_words(facts.why, say)}
    beside = facts.why in BESIDE and isfinite(facts.before)
    if facts.why == "none" and isfinite(facts.before):
        return say("{fact} in {when}, and none {then}.", **places)
    if facts.why == "too_short" and isfinite(facts.before):
        return _unknown(facts, places, say)
    if facts.why == "no_test":
        places |= {"change": change_words(facts, say)}
        return (
            say("{fact} in {when}, compared with {before} {then} ({change}).", **places)
            if places["change"]
            else say("{fact} in {when}.", **places)
        )
    if beside:
        return say(
            ("{fact} in {when}, compared with {before} {then}. We cannot say whether this is a change, because {why}."),
            **places,
        )
    return say("{fact} in {when}. We cannot say whether this is a change, because {why}.", **places)


def _unknown(facts: Statement, places: dict[str, str], say: Translator) -> str:
    """Both figures, the change, and what chance alone would make of it: how much the series usually moves is not
    known."""
    low, high = facts.chance
    places |= {"change": change_words(facts, say)}
    if facts.small or not (places["change"] and isfinite(facts.reach(low, high))):
        return say(
            ("{fact} in {when}, compared with {before} {then}. We cannot say whether this is a change, because {why}."),
            **places,
        )
    places["chance"] = size_words(facts, facts.reach(low, high), say)
    if low > 0 or high < 0:
        return say(
            (
                "{fact} in {when}, compared with {before} {then} ({change}). This is more than chance"
                " alone (±{chance}), but how much it usually moves is not known."
            ),
            **places,
        )
    return say(
        (
            "{fact} in {when}, compared with {before} {then} ({change}). This is no more than "
            "chance alone (±{chance}), and how much it usually moves is not known."
        ),
        **places,
    )
