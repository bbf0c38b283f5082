"""What figures say, in three lengths, with a line on what not to write: one function for everything that a page shows.

A headline, a sentence and a paragraph never say more than the verdict: a direction only of a rise or a fall, no area
named highest or lowest, no cause, neither good nor bad.
"""

from __future__ import annotations

from functools import singledispatch

from language.findings.compared import compared_finding
from language.findings.facts import ComparedFacts, Finding, MapFacts, SeveralFacts, StatedFacts
from language.findings.headline import headline_of
from language.findings.map import map_finding
from language.findings.not_to_write import beside_statement
from language.findings.page import several_finding, stated_finding
from language.sentences.change_words import change_words
from language.sentences.fact_phrases import area_words, counted_amount, period_phrase
from language.sentences.figure import main_sentence, sentence
from language.sentences.statement import Statement
from language.translator import Translator


@singledispatch
def finding(facts: object, say: Translator) -> Finding:
    """The finding on a ``Statement`` (an area or a place), ``MapFacts``, ``ComparedFacts``, ``SeveralFacts`` (a page of
    several measures) or ``StatedFacts`` (what was published in words). TypeError for anything else."""
    raise TypeError(f"no finding is said of {type(facts).__name__}")


@finding.register
def _(facts: Statement, say: Translator) -> Finding:
    warning = beside_statement(facts, say)
    text = say.sentences([sentence(facts, say), caution(facts, say)])
    return Finding(headline_of(facts, say), main_sentence(facts, say), text, warning)


finding.register(MapFacts, map_finding)
finding.register(ComparedFacts, compared_finding)
finding.register(SeveralFacts, several_finding)
finding.register(StatedFacts, stated_finding)


def caution(facts: Statement, say: Translator) -> str:
    """What a verdict does not say."""
    return {
        "rise": say("The figures do not say why."),
        "fall": say("The figures do not say why."),
        "no_clear_change": say(
            "This does not show that nothing changed, only that a change cannot be told from the usual."
        ),
    }.get(facts.verdict, "")


def subtitle(facts: Statement, say: Translator) -> str:
    """What stands under a headline: the figure, its period, and the change with the figure that it is a change from."""
    figure, before = (counted_amount(facts, value, say) for value in (facts.now, facts.before))
    places = {
        "figure": figure,
        "when": period_phrase(facts.period, facts.view, say),
        "area": area_words(facts.area, say),
    }
    change = change_words(facts, say)
    if not figure:
        return say("{area}, {when}", area=places["area"], when=places["when"])
    if not (change and before):
        return say("{area}: {figure} in {when}", **places)
    return say("{area}: {figure} in {when}, {before} a year before ({change})", before=before, change=change, **places)
