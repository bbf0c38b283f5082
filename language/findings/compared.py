"""The finding of a few areas side by side: their figures, and whether their limits overlap."""

from __future__ import annotations

from math import isfinite

from language.findings.facts import AreaFigure, ComparedFacts, Finding, Subject
from language.findings.headline import fitting
from language.findings.map import what_words
from language.findings.not_to_write import beside_comparison
from language.numbers import exact
from language.sentences.fact_phrases import area_words, number_words, period_phrase
from language.translator import Translator, capital


def compared_finding(facts: ComparedFacts, say: Translator) -> Finding:
    """A few areas side by side: their figures, and whether their limits overlap."""
    told = _side_by_side(facts, say)
    limits = [_limits(area, facts.subject, say) for area in facts.areas if area.limited]
    whole = [facts.whole] if facts.whole else []
    text = say.sentences(
        [
            told,
            say("95% confidence intervals: {limits}.", limits=say.joined(limits)) if limits and facts.advised else "",
            *(
                say("{place} as a whole: {figure}.", place=area_words(area.name, say), figure=_figure(area, facts, say))
                for area in whole
            ),
            *dict.fromkeys(say.pick(area.warning) for area in facts.areas if area.warning),
            say("The figures do not say why.") if facts.advised else "",
        ]
    )
    return Finding(_compared_headline(facts, say), told, text, beside_comparison(facts, say))


def _limits(area: AreaFigure, subject: Subject, say: Translator) -> str:
    low, high = (number_words(subject.view, limit, say) for limit in (area.low, area.high))
    return say("{area} ({words})", area=area_words(area.name, say), words=say("{start} to {end}", start=low, end=high))


def _figure(area: AreaFigure, facts: ComparedFacts, say: Translator) -> str:
    return number_words(facts.subject.view, area.value, say) if isfinite(area.value) else say("no figure")


def overlapping(facts: ComparedFacts) -> bool:
    """Do the limits of two areas overlap, so that their difference is not clear?"""
    first, second = facts.areas[:2]
    return first.limited and second.limited and first.low <= second.high and second.low <= first.high


def _compared_headline(facts: ComparedFacts, say: Translator) -> str:
    places = {
        "what": what_words(facts.subject, say),
        "names": say.joined([area_words(area.name, say) for area in facts.areas]),
    }
    if not facts.advised:
        texts = [
            say("{what}: {names} cannot be compared fairly", **places),
            say("{names} cannot be compared fairly", names=places["names"]),
        ]
        return fitting([*texts, say("these figures cannot be compared fairly")], say)
    if len(facts.areas) == 2 and overlapping(facts):
        texts = [
            say("no clear difference in {what}: {names}", **places),
            say("no clear difference: {names}", names=places["names"]),
        ]
        return fitting([*texts, say("no clear difference in {what}", what=places["what"])], say)
    pairs = [
        say("{area} {figure}", area=area_words(area.name, say), figure=_figure(area, facts, say))
        for area in facts.areas
    ]
    count = exact(len(facts.areas), say)
    return fitting(
        [
            say("{what}: {figures}", what=places["what"], figures=say.joined(pairs)),
            say.joined(pairs) if len(pairs) == 2 else "",
            say("{what}: {count} {areas} side by side", count=count, what=places["what"], areas=_areas(facts, say)),
            say("{count} {areas} side by side", count=count, areas=_areas(facts, say)),
        ],
        say,
    )


def _areas(facts: ComparedFacts, say: Translator) -> str:
    return say.pick(facts.subject.area_word)


def _side_by_side(facts: ComparedFacts, say: Translator) -> str:
    subject = facts.subject
    pairs = [
        say("{area} {figure}", area=area_words(area.name, say), figure=_figure(area, facts, say))
        for area in facts.areas
    ]
    places = {
        "what": capital(what_words(subject, say)),
        "when": period_phrase(subject.period, subject.view, say),
        "figures": say.joined(pairs),
    }
    if not facts.advised:
        return say("{what}, {when}: these figures cannot be compared fairly.", what=places["what"], when=places["when"])
    if len(facts.areas) == 2 and overlapping(facts):
        return say("{what}, {when}: {figures}. Their limits overlap: the difference is not clear.", **places)
    return say("{what}, {when}: {figures}.", **places)
