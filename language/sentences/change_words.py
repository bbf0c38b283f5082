"""A change in words: its size, its limits, and how many decimals they are said with."""

from __future__ import annotations

from math import isfinite

from language.numbers import digits_of, exact, signed
from language.sentences.statement import Statement
from language.translator import Translator


def usual_words(facts: Statement, say: Translator) -> dict[str, str]:
    """Of which years the usual ups and downs are, and how large a change they leave unclear."""
    first, last = facts.usual
    years = say("{start} to {end}", start=first, end=last) if first != last else first
    return {"years": years, "usual": size_words(facts, facts.reach(facts.low, facts.high), say)}


def size_words(facts: Statement, reach: float, say: Translator) -> str:
    """A size in per cent or points: whole from ten on, with a decimal below, so that it never reads as nothing."""
    text = exact(reach, say, 0 if reach >= 10 else decimals(reach))
    return say("{number} percentage points", number=text) if facts.shares else f"{text}%"


def limit_words(facts: Statement, limit: float, digits: int, say: Translator) -> str:
    text = signed(facts.in_hundredths(limit), say, digits) if isfinite(limit) else ""
    return text if facts.shares else f"{text}%"


def change_digits(facts: Statement) -> int:
    """Decimals that keep a small change from reading as none and its limits from reading as one: 6.9%, 0.04%. One
    sentence shares them."""
    shown = (facts.change, facts.low, facts.high) if facts.verdict in ("rise", "fall") else (facts.change,)
    digits = decimals(*map(facts.in_hundredths, shown))
    low, high = (facts.in_hundredths(limit) for limit in (facts.low, facts.high))
    return next((more for more in range(digits, 4) if f"{low:.{more}f}" != f"{high:.{more}f}"), digits)


def decimals(*shown: float) -> int:
    """Decimals for percentages, so that the smallest of them still shows."""
    smallest = min((abs(value) for value in shown if isfinite(value) and value), default=1.0)
    return next((digits for digits in (1, 2, 3) if smallest >= 0.5 * 10**-digits), 4)


def change_words(facts: Statement, say: Translator) -> str:
    """A change alone, with its sign: −6.9%, +1.1 percentage points, and −4 where the base is small; '' where none may
    be said."""
    if not (facts.tested or (facts.why in ("no_test", "too_short") and isfinite(facts.change))) or not (
        isfinite(facts.now) and isfinite(facts.before)
    ):
        return ""
    if facts.small or not isfinite(facts.change):
        return _in_counts(facts, say)
    text = signed(facts.in_hundredths(facts.change), say, change_digits(facts))
    return say("{number} percentage points", number=text) if facts.shares else f"{text}%"


def _in_counts(facts: Statement, say: Translator) -> str:
    """A small base speaks in counts; a rate in those that it was worked out from, an index or an estimate not at
    all."""
    if "rate" in facts.view and all(map(isfinite, facts.counts)):
        return say(
            "{number} {unit}", number=signed(facts.counts[0] - facts.counts[1], say, 0), unit=say.pick(facts.unit)
        )
    difference = facts.now - facts.before
    return "" if facts.view in ("index", "adjusted") else signed(difference, say, digits_of(facts.view, difference))


def limits_words(facts: Statement, say: Translator) -> str:
    """The 95 % limits of a change alone: '−8.0% to −5.8%'; '' where none are said."""
    if not (facts.tested and facts.in_percent):
        return ""
    low, high = (limit_words(facts, limit, change_digits(facts), say) for limit in (facts.low, facts.high))
    return say("{start} to {end}", start=low, end=high)
