"""In which languages a case is tried where each in every one would take too long: in English, and in the others by turns."""

from __future__ import annotations

from language import LANGUAGES, SPOKEN_IN_CODE

OTHERS = [code for code in LANGUAGES if code != SPOKEN_IN_CODE]


def by_turns(number: int) -> tuple[str, str]:
    """The languages of the case with that number."""
    return SPOKEN_IN_CODE, OTHERS[number % len(OTHERS)]
