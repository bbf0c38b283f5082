"""What stands out in a release, in sentences; pages and feeds take them from here."""

from __future__ import annotations

from collections.abc import Sequence

from language.numbers import exact, period_name, signed
from language.sentences.change_words import change_words, decimals
from language.sentences.fact_phrases import counted_amount
from language.sentences.statement import Statement
from language.translator import Translator
from language.verdicts import verdict_word


def percent(part: float, say: Translator) -> str:
    """A part of one as a signed percentage."""
    return f"{signed(part * 100, say, decimals(part * 100))}%"


def line_words(facts: Statement, say: Translator) -> str:
    """One change in a line: '76,581, −15.1%: a fall'. Without a verdict the figure with its change, if one may be
    said."""
    amount, change = counted_amount(facts, facts.now, say), change_words(facts, say)
    if not change:
        return amount
    if facts.verdict == "cannot_say":
        return say("{figure}, {change}", figure=amount, change=change)
    return say("{figure}, {change}: {verdict}", figure=amount, change=change, verdict=verdict_word(facts.verdict, say))


def beside_words(where: str, what: str, own: str, together: str, areas: str, say: Translator) -> str:
    """An area that changes otherwise than all areas together."""
    return say(
        "{area}, {category}: {change}; all {areas} together {together}.",
        area=where,
        category=what,
        change=own,
        together=together,
        areas=areas,
    )


def same_way_words(what: str, counts: tuple[int, int, int], areas: str, say: Translator) -> str:
    """Most areas went the same way. ``counts``: higher, lower, all."""
    higher, lower, number = counts
    if higher > lower:
        return say(
            "{category}: higher in {count} of {total} {areas}", category=what, count=higher, total=number, areas=areas
        )
    return say("{category}: lower in {count} of {total} {areas}", category=what, count=lower, total=number, areas=areas)


def extreme_words(kind: str, where: str, what: str, amount: str, first: str, say: Translator) -> str:
    """A figure that is the highest or lowest of its comparable stretch."""
    places = {"area": where, "category": what, "figure": amount, "period": first}
    if kind == "highest":
        return say("{area}, {category}: {figure}, more than in any such period since {period}.", **places)
    return say("{area}, {category}: {figure}, fewer than in any such period since {period}.", **places)


def turned_words(where: str, what: str, was: str, verdict: str, say: Translator) -> str:
    """A verdict that is another one than in the release before."""
    return say(
        "{area}, {category}: {verdict}; in the release before it was “{was}”.",
        area=where,
        category=what,
        verdict=verdict_word(verdict, say),
        was=verdict_word(was, say),
    )


def revised_words(
    named: tuple[str, str, str], figures: tuple[float, float], usual: tuple[float, float], say: Translator
) -> str:
    """A figure that moved by more than usual. ``named``: area, category, period; ``figures``: then and now."""
    then, now = figures
    low, high = (percent(end, say) for end in usual)
    return say(
        "{area}, {category}, {period}: {then} in the release before, {now} now ({change}; nine in ten such figures "
        "move "
        "by {low} to {high}).",
        area=named[0],
        category=named[1],
        period=named[2],
        then=exact(then, say),
        now=exact(now, say),
        change=percent(now / then - 1, say),
        low=low,
        high=high,
    )


def revised_briefly(what: str, figures: tuple[float, float], usual: tuple[float, float], say: Translator) -> str:
    """The same beside others of its area and period: 'Theft: 282,228 then, 285,774 now, +1.3% (usually −0.5% to
    +0.6%)'."""
    then, now = figures
    low, high = (percent(end, say) for end in usual)
    return say(
        "{category}: {then} then, {now} now, {change} (usually {low} to {high})",
        category=what,
        then=exact(then, say),
        now=exact(now, say),
        change=percent(now / then - 1, say),
        low=low,
        high=high,
    )


def apart_words(what: str, periods: Sequence[str], largest: float, say: Translator) -> str:
    """Periods of which much was allocated to no area: first and last, how many, and at most how much."""
    share = f"{exact(largest * 100, say, 1)}%"
    first, last = (period_name(period, say) for period in (periods[0], periods[-1]))
    if len(periods) == 1:
        return say("{category}, {period}: {share}", category=what, period=first, share=share)
    return say(
        "{category}, {count} periods from {first} to {last}: up to {share}",
        category=what,
        count=len(periods),
        first=first,
        last=last,
        share=share,
    )
