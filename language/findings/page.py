"""The findings of a page of several measures, and of what was published in words."""

from __future__ import annotations

from language.claims import claim_verdict_words
from language.findings.facts import Finding, SeveralFacts, StatedFacts
from language.findings.headline import fits, fitting, headline_of, listed, small, subject_of
from language.findings.not_to_write import beside_several, beside_stated
from language.numbers import exact
from language.sentences.fact_phrases import area_words
from language.sentences.figure import main_sentence, sentence
from language.sentences.statement import Statement
from language.translator import Translator, capital


def several_finding(facts: SeveralFacts, say: Translator) -> Finding:
    """What fell and what rose clearly; of one figure its own finding."""
    told = say.sentences([main_sentence(one, say) for one in _clear_first(facts)[:2]])
    text = say.sentences([sentence(one, say) for one in _clear_first(facts)])
    return Finding(_several_headline(facts, say), told, text, beside_several(facts, say))


def _clear_first(facts: SeveralFacts) -> list[Statement]:
    order = {"fall": 0, "rise": 0, "no_clear_change": 1}
    return sorted(facts.statements, key=lambda one: order.get(one.verdict, 2))


def _several_headline(facts: SeveralFacts, say: Translator) -> str:
    """'London: theft, vehicle crime and burglary fell, weapons offences rose', with as many names as fit."""
    area = area_words(facts.area, say)
    fell, rose = ([_short(one, say) for one in facts.statements if one.verdict == key] for key in ("fall", "rise"))
    if not fell and not rose:
        return _none_clear(facts, area, say)
    longest = max(len(fell), len(rose))
    texts = (_clauses(area, fell, rose, most, say) for most in range(longest, 0, -1))
    return next((text for text in texts if fits(text, say)), _counted(area, fell, rose, say))


def _short(facts: Statement, say: Translator) -> str:
    """A category by its bare name; a total as it is named."""
    return small(say.pick(facts.category)) or subject_of(facts, say)


def _clauses(area: str, fell: list[str], rose: list[str], most: int, say: Translator) -> str:
    lower, higher = listed(fell, most, say), listed(rose, most, say)
    if fell and rose:
        return capital(say("{area}: {lower} fell, {higher} rose", area=area, lower=lower, higher=higher))
    return capital(
        say("{area}: {lower} fell", area=area, lower=lower)
        if fell
        else say("{area}: {higher} rose", area=area, higher=higher)
    )


def _counted(area: str, fell: list[str], rose: list[str], say: Translator) -> str:
    counts = {"area": area, "lower": exact(len(fell), say), "higher": exact(len(rose), say)}
    return capital(say("{area}: {lower} categories fell, {higher} rose", **counts))


def _none_clear(facts: SeveralFacts, area: str, say: Translator) -> str:
    unclear = [one for one in facts.statements if one.verdict == "no_clear_change"]
    if len(facts.statements) == 1:
        return headline_of(facts.statements[0], say)
    if not unclear:
        return fitting([say("{area}: nothing can be said of changes", area=area)], say)
    number, others = exact(len(unclear), say), exact(len(facts.statements) - len(unclear), say)
    if len(unclear) < len(facts.statements):
        texts = [
            say(
                "{area}: no clear change in {number} figures, {others} cannot be judged",
                number=number,
                others=others,
                area=area,
            )
        ]
        return fitting([*texts, say("{area}: no clear change in {number} figures", area=area, number=number)], say)
    return fitting([say("{area}: no clear change in any of {number} figures", area=area, number=number)], say)


def stated_finding(facts: StatedFacts, say: Translator) -> Finding:
    """How many statements there are on something, and what came of checking them."""
    places = {"what": say.pick(facts.what), "place": say.pick(facts.place), "number": exact(facts.number, say)}
    outcomes = [
        say("{outcome}: {count}", count=exact(count, say), outcome=claim_verdict_words(key, say))
        for key, count in facts.outcomes.items()
        if count
    ]
    told = (
        say("{what}: {number} published statements on {place}; {outcomes}.", outcomes=say.joined(outcomes), **places)
        if places["what"]
        else say("{number} published statements on {place}; {outcomes}.", outcomes=say.joined(outcomes), **places)
    )
    newest = say.pick(facts.newest)
    text = say.sentences([told, say("The newest: {words}", words=newest) if newest else ""])
    return Finding(_stated_headline(facts, places, say), told, text, beside_stated(facts, say))


def _stated_headline(facts: StatedFacts, places: dict[str, str], say: Translator) -> str:
    open_ = facts.outcomes.get("cannot_be_checked", 0)
    counts = {"open": exact(open_, say), **places}
    if not facts.number:
        return fitting([say("{what}: nothing was published", **places), say("nothing was published", **places)], say)
    if open_ == facts.number:
        texts = [
            say("{what}: {number} published statements, none can be checked", **counts),
            say("{number} published statements, none can be checked", **counts),
        ]
    else:
        texts = [
            say("{what}: {open} of {number} published statements cannot be checked", **counts),
            say("{open} of {number} published statements cannot be checked", **counts),
        ]
    return fitting(texts if places["what"] else texts[1:], say)
