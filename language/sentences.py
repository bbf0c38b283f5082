"""Plain sentences from statements: one statement gives every language, with the same numbers, and the verdict decides
the words.

An English sentence says the fact before its period, a Chinese one after it; both orders stand in the catalogue, not
here.
"""

from __future__ import annotations

from math import isfinite

from language.change_words import change_digits, change_words, decimals, limit_words, size_words, usual_words
from language.fact_phrases import area_words, counted_amount, fact_words, then_words, when_words
from language.numbers import exact, signed, written_date
from language.sentence_data import Statement
from language.translator import Translator
from language.verdicts import verdict_word, why_words

BESIDE = (
    "provisional",
    "late",
    "releases",
    "unallocated",
    "unreliable",
    "estimated",
    "zero_denominator",
)  # no verdict, but the two figures count the same thing
CLEAR, RARE = 0.05, 0.001  # p below which areas are one-sided, and below which only "less than" is said
LEAST_MOVED = 0.5  # points by which counts that were allocated to no area must move a change to be spoken of


def sentence(facts: Statement, say: Translator) -> str:
    """'The police recorded 39,922 offences in Camden in the 12 months to March 2026, 6.9% fewer than the 42,902 a year
    before (95% limits
    −8.0% to −5.8%): a fall.' A figure that is missing gets a sentence that says why, and no number."""
    if not isfinite(facts.now):
        return _missing(facts, say)
    notes = [say.pick(note) for note in facts.notes]
    return say.sentences([_compared(facts, say), *_asides(facts, say), *notes])


def _asides(facts: Statement, say: Translator) -> list[str]:
    """What must be known of a comparison besides: its releases, its days, its residents."""
    if not isfinite(facts.before):
        return []
    compared = isfinite(facts.change) and not facts.small
    return [
        say("The change is worked out by the day, as the two periods are not equally long.")
        if facts.by_day and compared
        else "",
        say("Both are divided by the residents of {year}.", year=facts.residents) if facts.residents else "",
        _unallocated(facts, say),
        _areas(facts, say),
        *_of_releases(facts, say),
    ]


def _of_releases(facts: Statement, say: Translator) -> list[str]:
    """How figures of two releases were compared, and what late records could still do."""
    months, more = facts.linked
    share = signed(abs(more) * 100, say, 1).lstrip("+") + "%" if isfinite(more) else ""
    overlap = {"number": months, "share": share}
    return [
        say("The two figures come from two releases.") if facts.crosses else "",
        say(
            "On the {number} months that both releases hold, the newer has {share} more; the change allows for it.",
            **overlap,
        )
        if months and more >= 0
        else "",
        say(
            "On the {number} months that both releases hold, the newer has {share} less; the change allows for it.",
            **overlap,
        )
        if months and more < 0
        else "",
        say(
            "The change is that within the release of about {date}, which holds both.",
            date=written_date(facts.within, say),
        )
        if facts.within
        else "",
        say("The verdict is the same if late records come in as usual.") if facts.late else "",
    ]


def _unallocated(facts: Statement, say: Translator) -> str:
    """How much of the place's counts no area has, and the change with this area's part of it; '' where it does not
    move the change."""
    allocated = facts.in_hundredths(facts.allocated)
    if facts.small or not abs(allocated - facts.in_hundredths(facts.change)) >= LEAST_MOVED:
        return ""
    now, before = (f"{exact(share * 100, say, 1)}%" for share in facts.unallocated)
    return say(
        "Of all such counts {before} was allocated to no area then and {now} now; with this area's proportional part "
        "of that, the change would be {change}.",
        before=before,
        now=now,
        change=f"{signed(allocated, say, decimals(allocated))}%",
    )


def _areas(facts: Statement, say: Translator) -> str:
    """How many areas of a place are higher than before and how many lower, and how seldom so many would be by chance:
    a second sign beside the verdict, which it does not change."""
    higher, lower, p = facts.areas
    if not isfinite(p):
        return ""
    words = {"higher": exact(higher, say), "lower": exact(lower, say), "areas": say.pick(facts.area_word)}
    if p >= CLEAR:
        return say(
            "The figure is higher than a year before in {higher} of the {areas} and lower in {lower}, which is no more "
            "one-sided than the toss of a coin often is.",
            **words,
        )
    if p < RARE:
        return say(
            "The figure is higher than a year before in {higher} of the {areas} and lower in {lower}; by the toss of a "
            "coin so many would be on one side under once in {times} times. As {areas} often move together, this is a "
            "second sign beside the verdict and does not change it.",
            **words,
            times=exact(1 / RARE, say),
        )
    return say(
        "The figure is higher than a year before in {higher} of the {areas} and lower in {lower}; by the toss of a "
        "coin so many would be on one side about once in {times} times. As {areas} often move together, this is a "
        "second sign beside the verdict and does not change it.",
        **words,
        times=exact(round(1 / p), say),
    )


def _missing(facts: Statement, say: Translator) -> str:
    area, when = area_words(facts.area, say), when_words(facts, say)
    if facts.status == "c":
        return say("The figure for {area} in {when} is withheld to protect people.", area=area, when=when)
    return say(
        "There is no figure for {area} in {when}: {reason}.", area=area, when=when, reason=say.pick(facts.reason)
    )


def _compared(facts: Statement, say: Translator) -> str:
    if not facts.tested:
        return _unjudged(facts, say)
    if facts.verdict == "no_clear_change":
        return _unclear(facts, say)
    places = _places(facts, say)
    rising = facts.verdict == "rise"
    if facts.in_percent:
        return _in_percent(facts, rising, places, say)
    if "rate" in facts.view or facts.shares:
        against = say("{fact} in {when}, against {before} {then}{basis}: a rise.", **places)
        return against if rising else say("{fact} in {when}, against {before} {then}{basis}: a fall.", **places)
    if rising:
        return say("{fact} in {when}, {step} more than the {before} {then}: a rise.", **places)
    return say("{fact} in {when}, {step} fewer than the {before} {then}: a fall.", **places)


def _in_percent(facts: Statement, rising: bool, places: dict[str, str], say: Translator) -> str:
    if rising:
        return say(
            "{fact} in {when}, {share} more than the {before} {then} (95% limits {low} to {high}): a rise.", **places
        )
    if facts.shares:
        return say(
            "{fact} in {when}, {share} less than the {before} {then} (95% limits {low} to {high}): a fall.", **places
        )
    return say(
        "{fact} in {when}, {share} fewer than the {before} {then} (95% limits {low} to {high}): a fall.", **places
    )


def _unclear(facts: Statement, say: Translator) -> str:
    """No word of a direction: both figures, and how large a change would have been clear."""
    places = _places(facts, say)
    if facts.now == facts.before:
        return say("{fact} in {when}, the same as {then}: no clear change.", **places)
    if facts.in_percent and isfinite(facts.reach(facts.low, facts.high)):
        return say(
            (
                "{fact} in {when}, against {before} {then} ({change}): no clear change, as this is not clearly more than "
                "the ups and downs of {years} (up to about ±{usual})."
            ),
            **places,
            change=change_words(facts, say),
            **usual_words(facts, say),
        )
    return say(
        (
            "{fact} in {when}, against {before} {then}{basis}: no clear change, as this is not clearly more than the "
            "usual ups and downs."
        ),
        **places,
    )


def unclear_words(facts: Statement, say: Translator, period: str, before: str) -> str:
    """For a card: what stood before, without a direction, and how large a change would have been clear."""
    if facts.in_percent and isfinite(facts.reach(facts.low, facts.high)):
        return say(
            "{before} in {period}; usual ups and downs up to about ±{usual}",
            before=before,
            period=period,
            usual=usual_words(facts, say)["usual"],
        )
    return say("{before} in {period}", before=before, period=period)


def _unjudged(facts: Statement, say: Translator) -> str:
    """The figure, what stands beside it, and why nothing is said of its change. Estimates and indices are not tested:
    no verdict is missed.
    """
    places = {**_places(facts, say), "why": why_words(facts.why, say)}
    beside = facts.why in BESIDE and isfinite(facts.before)
    if facts.why == "none" and isfinite(facts.before):
        return say("{fact} in {when}, and none {then}.", **places)
    if facts.why == "too_short" and isfinite(facts.before):
        return _unknown(facts, places, say)
    if facts.why == "no_test":
        places |= {"change": change_words(facts, say)}
        return (
            say("{fact} in {when}, against {before} {then} ({change}).", **places)
            if places["change"]
            else say("{fact} in {when}.", **places)
        )
    if beside:
        return say("{fact} in {when}, against {before} {then}. No verdict is given on the change: {why}.", **places)
    return say("{fact} in {when}. No verdict is given on the change: {why}.", **places)


def _unknown(facts: Statement, places: dict[str, str], say: Translator) -> str:
    """Both figures, the change, and what chance alone would make of it: how much the series usually moves is not
    known.
    """
    low, high = facts.chance
    places |= {"change": change_words(facts, say)}
    if facts.small or not (places["change"] and isfinite(facts.reach(low, high))):
        return say("{fact} in {when}, against {before} {then}. No verdict is given on the change: {why}.", **places)
    places["chance"] = size_words(facts, facts.reach(low, high), say)
    if low > 0 or high < 0:
        return say(
            (
                "{fact} in {when}, against {before} {then} ({change}): more than chance alone (±{chance}), but how much "
                "it usually moves is not known."
            ),
            **places,
        )
    return say(
        (
            "{fact} in {when}, against {before} {then} ({change}): no more than chance alone (±{chance}), and how much "
            "it usually moves is not known."
        ),
        **places,
    )


def _places(facts: Statement, say: Translator) -> dict[str, str]:
    """The words that the templates of a comparison are filled with."""
    digits = change_digits(facts)
    share = exact(abs(facts.in_hundredths(facts.change)), say, digits) if isfinite(facts.change) else ""
    low, high = (limit_words(facts, limit, digits, say) for limit in (facts.low, facts.high))
    return {
        "fact": fact_words(facts, say),
        "when": when_words(facts, say),
        "before": counted_amount(facts, facts.before, say),
        "then": then_words(facts, say),
        "share": say("{number} percentage points", number=share) if facts.shares else f"{share}%",
        "low": low,
        "high": high,
        "step": counted_amount(facts, abs(facts.now - facts.before), say),
        "basis": _basis(facts, say),
    }


def _basis(facts: Statement, say: Translator) -> str:
    """The counts that two rates on a small base were worked out from."""
    if not (facts.small and "rate" in facts.view and all(map(isfinite, facts.counts))):
        return ""
    now, before = (exact(count, say) for count in facts.counts)
    return say.language.unit_gap + say(
        "(worked out from {now} and {before} {unit})", now=now, before=before, unit=say.pick(facts.unit)
    )


def brief(facts: Statement, say: Translator) -> str:
    """The verdict and the change without the figures, for a list that is read aloud: 'fall, −6.9%'."""
    step = change_words(facts, say) if facts.tested else ""
    word = verdict_word(facts.verdict, say)
    return say("{verdict}, {change}", verdict=word, change=step) if step else word


def per_residents(rate: str, per: str, place: str, place_rate: str, say: Translator) -> str:
    """'That is 184.0 for every 1,000 residents; in London as a whole it is 100.3.'"""
    return say(
        "That is {rate} for every {per} residents; in {place} as a whole it is {place_rate}.",
        rate=rate,
        per=per,
        place=place,
        place_rate=place_rate,
    )
