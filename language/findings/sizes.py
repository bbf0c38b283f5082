"""A size that a reader can hold: 'a tenth' for 9.9%, 'a third' for 33.1%, else whole per cents.

A fraction stands only where it is the same whole per cent: 9.5% to 10.5% is a tenth.
"""

from __future__ import annotations

from language.numbers import exact
from language.sentences.change_words import decimals
from language.translator import Translator

NEAR = 0.5  # per cent by which a size may differ from the fraction that is said for it
THIRD = 100 / 3


def held_size(per_cent: float, say: Translator) -> str:
    """The size of a change, whichever way: 'a tenth', '13%', '0.4%'."""
    fractions = {
        10: say("a tenth"),
        20: say("a fifth"),
        25: say("a quarter"),
        THIRD: say("a third"),
        40: say("two fifths"),
        50: say("half"),
        2 * THIRD: say("two thirds"),
        75: say("three quarters"),
    }
    near = next((words for size, words in fractions.items() if abs(per_cent - size) < NEAR), "")
    return near or f"{exact(per_cent, say, 0 if per_cent >= 9.5 else decimals(per_cent))}%"


def multiplied(per_cent: float, say: Translator) -> str:
    """'doubled', 'more than doubled', 'more than tripled' for rises of that size; '' for smaller ones."""
    for size, exactly, more in (
        (200, say("tripled"), say("more than tripled")),
        (100, say("doubled"), say("more than doubled")),
    ):
        if abs(per_cent - size) < NEAR:
            return exactly
        if per_cent > size:
            return more
    return ""
