"""The finding of a map: which areas stand apart, and never which is first or last."""

from __future__ import annotations

from math import isfinite

from language.differing import differs_words
from language.findings.facts import AreaFigure, Finding, MapFacts, Subject
from language.findings.headline import fits, fitting, listed, rated
from language.findings.not_to_write import beside_map
from language.numbers import exact
from language.sentences.fact_phrases import area_words, number_words, period_phrase
from language.translator import Translator, capital

NAMED = 3  # areas that stand apart and are named in a headline; more are counted


def map_finding(facts: MapFacts, say: Translator) -> Finding:
    """Which areas of a place stand apart from the rest, or that hardly any does."""
    told = _told(facts, say)
    rows = [_apart_words(facts, say), _without(facts, say)] if facts.compared else [_reason(facts, say)]
    warnings = [say.pick(area.warning) for area in facts.apart if area.warning]
    limits = (
        say("Standing apart is neither better nor worse, and the figures do not say why.") if facts.compared else ""
    )
    text = say.sentences([told, *rows, *dict.fromkeys(warnings), limits])
    return Finding(_map_headline(facts, say), told, text, beside_map(facts, say))


def _places(facts: MapFacts, say: Translator) -> dict[str, str]:
    subject = facts.subject
    return {
        "what": what_words(subject, say),
        "areas": say.pick(subject.area_word),
        "when": period_phrase(subject.period, subject.view, say),
        "within": exact(facts.compared - len(facts.apart), say),
        "total": exact(facts.compared, say),
    }


def what_words(subject: Subject, say: Translator) -> str:
    return rated(say.pick(subject.what), subject.view, subject.per, say)


def _map_headline(facts: MapFacts, say: Translator) -> str:
    places = _places(facts, say)
    if not facts.compared:
        known = sum(isfinite(area.value) for area in facts.areas)
        counts = {"known": exact(known, say), "total": exact(len(facts.areas), say)}
        return fitting(
            [
                say("{what}: figures for {known} of {total} {areas}, not compared", **{**places, **counts}),
                say("{known} of {total} {areas} have a figure", areas=places["areas"], **counts),
            ],
            say,
        )
    if not facts.apart:
        texts = [say("{what}: none of {total} {areas} stands apart from the rest", **places)]
        return fitting([*texts, say("none of {total} {areas} stands apart from the rest", **places)], say)
    names = [area_words(area.name, say) for area in facts.apart]
    apart = listed(names, NAMED, say) if len(names) <= NAMED else ""
    texts = [
        say("{what}: {names} stand apart from the other {areas}", names=apart, **places)
        if len(names) > 1
        else say("{what}: {names} stands apart from the other {areas}", names=apart, **places),
        say("{names} stand apart from the other {areas}", names=apart, areas=places["areas"])
        if len(names) > 1
        else say("{names} stands apart from the other {areas}", names=apart, areas=places["areas"]),
    ]
    counted = [
        say("{what}: {within} of {total} {areas} do not stand apart", **places),
        say("{within} of {total} {areas} do not stand apart from the rest", **places),
    ]
    named = [text for text in texts if apart and fits(text, say)]
    return fitting([*named, *counted], say)


def _told(facts: MapFacts, say: Translator) -> str:
    places = _places(facts, say)
    if not facts.compared:
        return say("{what}, {when}: the {areas} are not compared with one another.", **_capital(places))
    if not facts.apart:
        return say("{what}, {when}: none of {total} {areas} stands clearly apart from the rest.", **_capital(places))
    return say(
        "{what}, {when}: {within} of {total} {areas} do not stand clearly apart from the rest.", **_capital(places)
    )


def _capital(places: dict[str, str]) -> dict[str, str]:
    return {**places, "what": capital(places["what"])}


def _apart_words(facts: MapFacts, say: Translator) -> str:
    """The areas of each class outside the usual spread, in the publisher's order, with their figures."""
    texts = []
    for differs in dict.fromkeys(area.differs for area in facts.apart):
        figures = [_with_figure(area, facts.subject, say) for area in facts.apart if area.differs == differs]
        what = capital(differs_words(differs, say))
        texts.append(say("{what}: {areas}.", what=what, areas=say.joined(figures)))
    if facts.apart and isfinite(facts.middle):
        rate = number_words(facts.subject.view, facts.middle, say)
        texts.append(say("The middle one has {rate}.", rate=rate))
    return say.sentences(texts)


def _with_figure(area: AreaFigure, subject: Subject, say: Translator) -> str:
    return say("{area} ({words})", area=area_words(area.name, say), words=number_words(subject.view, area.value, say))


def _without(facts: MapFacts, say: Translator) -> str:
    names = [area_words(area.name, say) for area in facts.areas if not isfinite(area.value)]
    return say("Without a figure: {areas}.", areas=say.joined(names)) if names else ""


def _reason(facts: MapFacts, say: Translator) -> str:
    why = say.pick(facts.why)
    return say("No comparison is made for this period: {why}.", why=why) if why else ""
