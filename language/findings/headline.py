"""The headline on one figure: its verdict and a size that can be held, within the length that a title may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isfinite
from unicodedata import east_asian_width

from language.fallback import own_or_fallen
from language.findings.sizes import held_size, multiplied
from language.numbers import exact, per_words
from language.sentences.change_words import decimals
from language.sentences.fact_phrases import (
    area_words,
    counted_amount,
    number_words,
    period_phrase,
    then_words,
    when_words,
)
from language.sentences.statement import Statement, Words
from language.settings import chain
from language.translator import Translator, capital

RECORDING = ("counting", "window_break", "releases")  # reasons that lie in the way of recording
WORDS, LETTERS = 15, 28  # of a headline: words, and in a script without spaces letters
_ASIDE = re.compile(r" \([^)]*\)|（[^）]*）")  # what a name says in brackets


def length(text: str, say: Translator) -> float:
    """Words, or in a script without spaces letters, of which figures and Latin letters take half."""
    if say.language.sentence_gap:
        return len(text.split())
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.5 for letter in text)


def fits(text: str, say: Translator) -> bool:
    return length(text, say) <= (WORDS if say.language.sentence_gap else LETTERS)


def fitting(candidates: Iterable[str], say: Translator) -> str:
    """The first of the candidates, the fullest first, that is short enough; the last without its names' brackets where
    none is."""
    texts = [capital(text) for text in candidates if text]
    short = [_ASIDE.sub("", text) for text in texts]
    return next((text for text in (*texts, *short) if fits(text, say)), short[-1])


def listed(names: list[str], most: int, say: Translator) -> str:
    """Names with 'and' before the last, or so many of them 'and 3 more'."""
    if len(names) > most:
        return say("{names} and {number} more", names=say.joined(names[:most]), number=exact(len(names) - most, say))
    if len(names) < 2:
        return "".join(names)
    return say("{names} and {last}", names=say.joined(names[:-1]), last=names[-1])


def subject(named: Words, category: Words, title: Words, say: Translator) -> str:
    """What is counted, small letters first: 'recorded theft', 'road deaths'."""
    kind = small(say.pick(category))
    for code in (say.code, *chain(say.code)):
        if template := named.get(f"{code}_of" if kind else code, ""):
            return say.filled(own_or_fallen(template, say.code, code), {"category": kind})
    return kind or small(say.pick(title))


def small(text: str) -> str:
    """With a small letter to begin with, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def subject_of(facts: Statement, say: Translator) -> str:
    return rated(subject(facts.named, facts.category, facts.title, say), facts.view, facts.per, say)


def rated(what: str, view: str, per: int, say: Translator) -> str:
    """What is counted, per so many residents where it is a rate."""
    return say("{what} per {per} residents", what=what, per=per_words(per, say)) if "rate" in view else what


def headline_of(facts: Statement, say: Translator) -> str:
    """'Recorded theft in London fell by a tenth in the year to March 2026', and less of it where that is too long.
    Nothing but a rise or a fall has a word of a direction."""
    places = {"what": subject_of(facts, say), "area": _ASIDE.sub("", area_words(facts.area, say))}
    if not isfinite(facts.now):
        return _missing(facts, places, say)
    if facts.verdict in ("rise", "fall"):
        return _changed(facts, places, say)
    if facts.verdict == "no_clear_change":
        texts = [say("no clear change in {what} in {area} {when}", when=when, **places) for when in _whens(facts, say)]
        bare = say("no clear change in {what} in {area}", **places)
        return fitting([*texts, bare, say("no clear change in {what}", what=places["what"])], say)
    return _unjudged(facts, places, say)


def _missing(facts: Statement, places: dict[str, str], say: Translator) -> str:
    when = when_words(facts, say)
    if facts.status == "c":
        texts = [say("the figure for {what} in {area} in {when} is withheld to protect people", when=when, **places)]
        return fitting([*texts, say("the figure for {what} is withheld to protect people", **places)], say)
    texts = [
        say("no figure for {what} in {area} in {when}", when=when, **places),
        say("no figure for {what} in {area}", **places),
    ]
    return fitting([*texts, say("no figure for {what}", **places)], say)


def _changed(facts: Statement, places: dict[str, str], say: Translator) -> str:
    """A rise or a fall: in counts where the base is small, else by how much, with the period as far as it fits."""
    rising, whens = facts.verdict == "rise", [*_whens(facts, say), ""]
    bare = [_bare(rising, places, say), _bare(rising, {**places, "area": ""}, say)]
    if facts.small or not isfinite(facts.change):
        return fitting([*(_in_counts(facts, places, when, say) for when in whens), *bare], say)
    size = abs(facts.in_hundredths(facts.change))
    words = (
        say("{number} percentage points", number=exact(size, say, decimals(size)))
        if facts.shares
        else held_size(size, say)
    )
    folded = multiplied(size, say) if rising and not facts.shares else ""
    return fitting([*(_by(rising, words, folded, {**places, "when": when}, say) for when in whens), *bare], say)


def _by(rising: bool, size: str, folded: str, places: dict[str, str], say: Translator) -> str:
    when = places["when"]
    if folded and when:
        return say("{what} in {area} {folded} {when}", folded=folded, **places)
    if folded:
        return say("{what} in {area} {folded}", folded=folded, what=places["what"], area=places["area"])
    if when:
        return (
            say("{what} in {area} rose by {size} {when}", size=size, **places)
            if rising
            else say("{what} in {area} fell by {size} {when}", size=size, **places)
        )
    places = {"what": places["what"], "area": places["area"], "size": size}
    return (
        say("{what} in {area} rose by {size}", **places) if rising else say("{what} in {area} fell by {size}", **places)
    )


def _bare(rising: bool, places: dict[str, str], say: Translator) -> str:
    if places["area"]:
        return say("{what} in {area} rose", **places) if rising else say("{what} in {area} fell", **places)
    return say("{what} rose", what=places["what"]) if rising else say("{what} fell", what=places["what"])


def _in_counts(facts: Statement, places: dict[str, str], when: str, say: Translator) -> str:
    """'rose from 12 to 40': of a rate the counts that it was worked out from; '' where there are none."""
    counts = facts.counts if "rate" in facts.view else (facts.now, facts.before)
    if not all(map(isfinite, counts)) or facts.view in ("index", "adjusted"):
        return ""
    now, before = (exact(count, say) for count in counts)
    places |= {"now": now, "before": before}
    if not when:
        return (
            say("{what} in {area} rose from {before} to {now}", **places)
            if facts.verdict == "rise"
            else say("{what} in {area} fell from {before} to {now}", **places)
        )
    return (
        say("{what} in {area} rose from {before} to {now} {when}", when=when, **places)
        if facts.verdict == "rise"
        else say("{what} in {area} fell from {before} to {now} {when}", when=when, **places)
    )


def _whens(facts: Statement, say: Translator) -> list[str]:
    """'in the year to March 2026', 'in a year', 'in 2014', 'in March 2026 on a year before'; the fullest first, and of
    any two other periods both."""
    when = period_phrase(facts.period, facts.view, say)
    if not facts.before_period:
        return []
    if facts.before_period != f"{int(facts.period[:4]) - 1}{facts.period[4:]}":
        before = period_phrase(facts.before_period, facts.view, say)
        return [say("in {when}, compared with {before}", when=when, before=before)]
    if facts.view.startswith("rolling"):
        return [say("in the year to {period}", period=period_phrase(facts.period, "", say)), say("in a year")]
    if facts.period.isdigit():
        return [say("in {when}", when=when)]
    return [say("in {when} on a year before", when=when), say("on a year before")]


def _before(facts: Statement, say: Translator) -> str:
    """The period before, or 'a year before' where it is that of twelve months."""
    return then_words(facts, say) if facts.view.startswith("rolling") else period_phrase(facts.before_period, "", say)


def _unjudged(facts: Statement, places: dict[str, str], say: Translator) -> str:
    """What stands, and in short why nothing is said of its change."""
    when = when_words(facts, say)
    figure = counted_amount(facts, facts.now, say)
    if say.pick(facts.unit) in places["what"]:  # a rate as it was published, whose name says its unit
        figure = number_words(facts.view, facts.now, say)
    stands = [
        say("{what} in {area}: {figure} in {when}", figure=figure, when=when, **places),
        say("{what} in {area}: {figure}", figure=figure, **places),
        say("{what}: {figure}", figure=figure, what=places["what"]),
    ]
    if facts.why in RECORDING and facts.before_period:
        texts = [
            say(
                "{what} in {area} cannot be compared with {then}: recording changed", then=_before(facts, say), **places
            ),
            say("{what} in {area} cannot be compared: recording changed", **places),
        ]
        return fitting([*texts, say("{what} cannot be compared: recording changed", what=places["what"])], say)
    if facts.view in ("index", "adjusted"):
        return fitting([say("{what} in {area}", **places), places["what"]], say)
    if facts.why in ("provisional", "late"):
        return fitting([say("{what} in {area}: too early to tell of a change", **places), *stands[1:]], say)
    if facts.why == "none":
        return fitting([say("no {what} in {area} in {when}, and none before", when=when, **places), *stands], say)
    return fitting(stands, say)
