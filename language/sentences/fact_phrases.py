"""What was counted, of whom and when, in the words of the measure's card: the half of a sentence that compares
nothing."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import isfinite

from language.fallback import own_or_fallen
from language.numbers import digits_of, exact, per_words, period_name
from language.sentences.statement import Statement, Words
from language.settings import LANGUAGES, chain
from language.translator import Translator, capital

OF_RESIDENTS = "rate_per"  # with what the code of a unit begins that is a publisher's own rate


def fact_words(facts: Statement, say: Translator) -> str:
    """'The police recorded 39,922 offences in Camden', in the card's own words and the right number."""
    area, value = area_words(facts.area, say), number_words(facts.view, facts.now, say)
    category = say.pick(facts.category)
    if facts.view == "index":
        what = (
            say("{what} ({category})", what=say.pick(facts.title), category=category)
            if category
            else say.pick(facts.title)
        )
        return say(
            "{what} in {area} stood at {value}, where the start of the span is 100,", what=what, area=area, value=value
        )
    per = (
        say.language.unit_gap + say("per {per} residents", per=per_words(facts.per, say))
        if "rate" in facts.view
        else ""
    )
    template, names_category = _template(
        facts.wording, bool(category), f"{facts.now:.{digits_of(facts.view, facts.now)}f}", say
    )
    fact = say.filled(template, {"value": value, "area": area, "per": per, "category": category})
    fact = say("{category}: {fact}", category=category, fact=fact) if category and not names_category else fact
    fact = capital(fact)
    return say("{fact} (seasonally adjusted)", fact=fact) if facts.view == "adjusted" else fact


def area_words(names: Words, say: Translator) -> str:
    """An area's name inside a sentence, where that differs from the name alone: 'the City of London'."""
    return names.get(f"{say.code}_said") or say.pick(names)


def _template(wording: Words, of_category: bool, number: str, say: Translator) -> tuple[str, bool]:
    """The wording for a total or a category (``en_of``), one or several (``en_one``, ``en_of_one``); does it name the
    category?"""
    for code in (say.code, *chain(say.code)):
        form = plural(number, LANGUAGES[code].locale)
        for of in ("_of", "") if of_category else ("",):
            for ending in (f"_{form}", ""):
                if template := wording.get(f"{code}{of}{ending}"):
                    return own_or_fallen(template, say.code, code), of == "_of"
    return "", False


@lru_cache(maxsize=4096)
def plural(number: str, locale: str) -> str:
    """The plural form of a number as it is written in a language (Unicode's rules, by Babel): 'one', 'other' …"""
    from babel import Locale

    return Locale.parse(locale).plural_form(Decimal(number))


def number_words(view: str, value: float, say: Translator) -> str:
    """A value of a view as a sentence writes it; a share with its sign."""
    text = exact(value, say, digits_of(view, value))
    return f"{text}%" if view == "share" else text


def counted_amount(facts: Statement, value: float, say: Translator) -> str:
    """A number with the measure word that a language asks for: 42,902 / 42902起. A publisher's own rate has none, but
    a base of residents: 5.09.
    """
    if not isfinite(value):
        return ""
    counted = facts.view not in ("share", "index") and not facts.unit.get("code", "").startswith(OF_RESIDENTS)
    unit = say.pick(facts.unit) if say.language.counts_with_unit and counted else ""
    return number_words(facts.view, value, say) + unit


def when_words(facts: Statement, say: Translator) -> str:
    """'March 2026', 'the 12 months to March 2026'."""
    return period_phrase(facts.period, facts.view, say)


def then_words(facts: Statement, say: Translator) -> str:
    """The period that it is compared with: 'in March 2025', or for twelve months 'a year before' where it is that."""
    a_year_before = facts.before_period == f"{int(facts.period[:4]) - 1}{facts.period[4:]}"
    if facts.view.startswith("rolling") and a_year_before:
        return say("a year earlier")
    return say("in {period}", period=period_phrase(facts.before_period, facts.view, say))


def period_phrase(period: str, view: str, say: Translator) -> str:
    """A period inside a sentence."""
    name = period_name(period, say, view)
    return say("the {period}", period=name) if view.startswith("rolling") else name
