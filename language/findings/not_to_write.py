"""What not to write of a finding: one line for journalists, by what was found and of which kind it is."""

from __future__ import annotations

from math import isfinite

from language.findings.facts import ComparedFacts, MapFacts, SeveralFacts, StatedFacts
from language.sentences.statement import Statement
from language.translator import Translator


def beside_statement(facts: Statement, say: Translator) -> str:
    """Of one figure: what its verdict leaves open."""
    if not isfinite(facts.now):
        return say("Do not write “none” or “zero”: there is no figure.")
    if facts.verdict in ("rise", "fall"):
        return (
            say("Do not write a percentage: the numbers are too small. Do not write why: the figures do not say.")
            if facts.small
            else say("Do not write why, or that an area became safer or more dangerous: the figures do not say.")
        )
    if facts.verdict == "no_clear_change":
        return say("Do not write that it changed, or that it stayed the same: the figures do not show either.")
    if facts.shares:
        return say("Do not write what people prefer: the share says how something was done, not why.")
    return say("Do not write that the figure changed: nothing can be said of a change.")


def beside_map(facts: MapFacts, say: Translator) -> str:
    """Of a map: no ranks."""
    return say(
        "Do not rank the {areas} or call one the safest or most dangerous: a rate depends on who is counted as a "
        "resident.",
        areas=say.pick(facts.subject.area_word),
    )


def beside_comparison(facts: ComparedFacts, say: Translator) -> str:
    """Of areas side by side."""
    if not facts.advised:
        return say("Do not put these figures into one sentence: they do not count the same thing.")
    return say("Do not write that one area is safer than the other: a rate depends on who is counted as a resident.")


def beside_several(facts: SeveralFacts, say: Translator) -> str:
    """Of a page of several categories."""
    return say("Do not add these figures up, and do not sum them up as “crime”: each counts something else.")


def beside_stated(facts: StatedFacts, say: Translator) -> str:
    """Of figures that were published in words."""
    return say("Do not write these figures as facts: name who stated them, and whether they could be checked.")
