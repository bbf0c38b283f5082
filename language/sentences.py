"""Plain sentences from statements: one statement gives every language, with the same numbers, and the verdict decides
the words.

An English sentence says the fact before its period, a Chinese one after it; both orders stand in the catalogue, not
here.
"""

from __future__ import annotations

from math import isfinite

from language.fact_phrases import area_words, counted_amount, fact_words, then_words, when_words
from language.numbers import digits_of, exact, signed
from language.sentence_data import Statement
from language.translator import Translator
from language.verdicts import verdict_word, why_words

BESIDE = (
    "provisional",
    "unallocated",
    "unreliable",
    "estimated",
    "zero_denominator",
)  # no verdict, but the two figures count the same thing
LEAST_MOVED = 0.5  # points by which counts that were allocated to no area must move a change to be spoken of


def sentence(one: Statement, say: Translator) -> str:
    """'The police recorded 39,922 offences in Camden in the 12 months to March 2026, 6.9% fewer than the 42,902 a year
    before (95% limits
    −8.0% to −5.8%): a fall.' A figure that is missing gets a sentence that says why, and no number."""
    if not isfinite(one.now):
        return _missing(one, say)
    return say.sentences([_compared(one, say), *_asides(one, say)])


def _asides(one: Statement, say: Translator) -> list[str]:
    """What must be known of a comparison besides: its releases, its days, its residents."""
    if not isfinite(one.before):
        return []
    told = isfinite(one.change) and not one.small
    return [
        say("The change is worked out by the day, as the two periods are not equally long.")
        if one.by_day and told
        else "",
        say("Both are divided by the residents of {year}.", year=one.residents) if one.residents else "",
        _unallocated(one, say),
        say("The two figures come from two releases.") if one.crosses else "",
    ]


def _unallocated(one: Statement, say: Translator) -> str:
    """How much of the place's counts no area has, and the change with this area's part of it; '' where it does not
    move the change."""
    if one.small or not abs(one.in_hundredths(one.allocated - one.change)) >= LEAST_MOVED:
        return ""
    now, before = (f"{exact(share * 100, say, 1)}%" for share in one.unallocated)
    change = signed(one.in_hundredths(one.allocated), say, decimals(one.in_hundredths(one.allocated)))
    return say(
        "Of all such counts {before} was allocated to no area then and {now} now; with this area's proportional part "
        "of that, the change would be {change}.",
        before=before,
        now=now,
        change=f"{change}%",
    )


def _missing(one: Statement, say: Translator) -> str:
    area, when = area_words(one.area, say), when_words(one, say)
    if one.status == "c":
        return say("The figure for {area} in {when} is withheld to protect people.", area=area, when=when)
    return say("There is no figure for {area} in {when}: {reason}.", area=area, when=when, reason=say.pick(one.reason))


def _compared(one: Statement, say: Translator) -> str:
    if not one.tested:
        return _unjudged(one, say)
    if one.verdict == "no_clear_change":
        return _unclear(one, say)
    places = _places(one, say)
    rising = one.verdict == "rise"
    if one.in_percent:
        return _in_percent(one, rising, places, say)
    if "rate" in one.view or one.shares:
        against = say("{fact} in {when}, against {before} {then}{basis}: a rise.", **places)
        return against if rising else say("{fact} in {when}, against {before} {then}{basis}: a fall.", **places)
    if rising:
        return say("{fact} in {when}, {step} more than the {before} {then}: a rise.", **places)
    return say("{fact} in {when}, {step} fewer than the {before} {then}: a fall.", **places)


def _in_percent(one: Statement, rising: bool, places: dict[str, str], say: Translator) -> str:
    if rising:
        return say(
            "{fact} in {when}, {share} more than the {before} {then} (95% limits {low} to {high}): a rise.", **places
        )
    if one.shares:
        return say(
            "{fact} in {when}, {share} less than the {before} {then} (95% limits {low} to {high}): a fall.", **places
        )
    return say(
        "{fact} in {when}, {share} fewer than the {before} {then} (95% limits {low} to {high}): a fall.", **places
    )


def _unclear(one: Statement, say: Translator) -> str:
    """No word of a direction: both figures, and how large a change would have been clear."""
    places = _places(one, say)
    if one.now == one.before:
        return say("{fact} in {when}, the same as {then}: no clear change.", **places)
    if one.in_percent and isfinite(one.reach(one.low, one.high)):
        return say(
            (
                "{fact} in {when}, against {before} {then} ({change}): no clear change, as this is not clearly more than "
                "the ups and downs of {years} (up to about ±{usual})."
            ),
            **places,
            change=change_words(one, say),
            **usual_words(one, say),
        )
    return say(
        (
            "{fact} in {when}, against {before} {then}{basis}: no clear change, as this is not clearly more than the "
            "usual ups and downs."
        ),
        **places,
    )


def usual_words(one: Statement, say: Translator) -> dict[str, str]:
    """Of which years the usual ups and downs are, and how large a change they leave unclear."""
    first, last = one.usual
    years = say("{start} to {end}", start=first, end=last) if first != last else first
    return {"years": years, "usual": _size(one, one.reach(one.low, one.high), say)}


def unclear_words(one: Statement, say: Translator, period: str, before: str) -> str:
    """For a card: what stood before, without a direction, and how large a change would have been clear."""
    if one.in_percent and isfinite(one.reach(one.low, one.high)):
        return say(
            "{before} in {period}; usual ups and downs up to about ±{usual}",
            before=before,
            period=period,
            usual=usual_words(one, say)["usual"],
        )
    return say("{before} in {period}", before=before, period=period)


def _size(one: Statement, reach: float, say: Translator) -> str:
    """A size in per cent or points: whole from ten on, with a decimal below, so that it never reads as nothing."""
    text = exact(reach, say, 0 if reach >= 10 else decimals(reach))
    return say("{number} percentage points", number=text) if one.shares else f"{text}%"


def _unjudged(one: Statement, say: Translator) -> str:
    """The figure, what stands beside it, and why nothing is said of its change. Estimates and indices are not tested:
    no verdict is missed.
    """
    places = {**_places(one, say), "why": why_words(one.why, say)}
    beside = one.why in BESIDE and isfinite(one.before)
    if one.why == "none" and isfinite(one.before):
        return say("{fact} in {when}, and none {then}.", **places)
    if one.why == "too_short" and isfinite(one.before):
        return _unknown(one, places, say)
    if one.why == "no_test":
        places |= {"change": change_words(one, say)}
        return (
            say("{fact} in {when}, against {before} {then} ({change}).", **places)
            if places["change"]
            else say("{fact} in {when}.", **places)
        )
    if beside:
        return say("{fact} in {when}, against {before} {then}. No verdict is given on the change: {why}.", **places)
    return say("{fact} in {when}. No verdict is given on the change: {why}.", **places)


def _unknown(one: Statement, places: dict[str, str], say: Translator) -> str:
    """Both figures, the change, and what chance alone would make of it: how much the series usually moves is not
    known.
    """
    low, high = one.chance
    places |= {"change": change_words(one, say)}
    if one.small or not (places["change"] and isfinite(one.reach(low, high))):
        return say("{fact} in {when}, against {before} {then}. No verdict is given on the change: {why}.", **places)
    places["chance"] = _size(one, one.reach(low, high), say)
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


def _places(one: Statement, say: Translator) -> dict[str, str]:
    """The words that the templates of a comparison are filled with."""
    digits = _digits(one)
    share = exact(abs(one.in_hundredths(one.change)), say, digits) if isfinite(one.change) else ""
    low, high = (_limit(one, limit, digits, say) for limit in (one.low, one.high))
    return {
        "fact": fact_words(one, say),
        "when": when_words(one, say),
        "before": counted_amount(one, one.before, say),
        "then": then_words(one, say),
        "share": say("{number} percentage points", number=share) if one.shares else f"{share}%",
        "low": low,
        "high": high,
        "step": counted_amount(one, abs(one.now - one.before), say),
        "basis": _basis(one, say),
    }


def _limit(one: Statement, limit: float, digits: int, say: Translator) -> str:
    text = signed(one.in_hundredths(limit), say, digits) if isfinite(limit) else ""
    return text if one.shares else f"{text}%"


def _digits(one: Statement) -> int:
    """Decimals that keep a small change from reading as none and its limits from reading as one: 6.9%, 0.04%. One
    sentence shares them.
    """
    shown = (one.change, one.low, one.high) if one.verdict in ("rise", "fall") else (one.change,)
    digits = decimals(*map(one.in_hundredths, shown))
    low, high = (one.in_hundredths(limit) for limit in (one.low, one.high))
    return next((more for more in range(digits, 4) if f"{low:.{more}f}" != f"{high:.{more}f}"), digits)


def decimals(*shown: float) -> int:
    """Decimals for percentages, so that the smallest of them still shows."""
    smallest = min((abs(value) for value in shown if isfinite(value) and value), default=1.0)
    return next((digits for digits in (1, 2, 3) if smallest >= 0.5 * 10**-digits), 4)


def _basis(one: Statement, say: Translator) -> str:
    """The counts that two rates on a small base were worked out from."""
    if not (one.small and "rate" in one.view and all(map(isfinite, one.counts))):
        return ""
    now, before = (exact(count, say) for count in one.counts)
    return say.language.unit_gap + say(
        "(worked out from {now} and {before} {unit})", now=now, before=before, unit=say.pick(one.unit)
    )


def change_words(one: Statement, say: Translator) -> str:
    """A change alone, with its sign: −6.9%, +1.1 percentage points, and −4 where the base is small; '' where none may
    be said.
    """
    if not (one.tested or (one.why in ("no_test", "too_short") and isfinite(one.change))) or not (
        isfinite(one.now) and isfinite(one.before)
    ):
        return ""
    if one.small or not isfinite(one.change):
        return _in_counts(one, say)
    text = signed(one.in_hundredths(one.change), say, _digits(one))
    return say("{number} percentage points", number=text) if one.shares else f"{text}%"


def _in_counts(one: Statement, say: Translator) -> str:
    """A small base speaks in counts; a rate in those that it was worked out from, an index or an estimate not at
    all.
    """
    if "rate" in one.view and all(map(isfinite, one.counts)):
        return say("{number} in counts", number=signed(one.counts[0] - one.counts[1], say, 0))
    difference = one.now - one.before
    return "" if one.view in ("index", "adjusted") else signed(difference, say, digits_of(one.view, difference))


def limits_words(one: Statement, say: Translator) -> str:
    """The 95 % limits of a change alone: '−8.0% to −5.8%'; '' where none are said."""
    if not (one.tested and one.in_percent):
        return ""
    low, high = (_limit(one, limit, _digits(one), say) for limit in (one.low, one.high))
    return say("{start} to {end}", start=low, end=high)


def brief(one: Statement, say: Translator) -> str:
    """The verdict and the change without the figures, for a list that is read aloud: 'fall, −6.9%'."""
    step = change_words(one, say) if one.tested else ""
    word = verdict_word(one.verdict, say)
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
