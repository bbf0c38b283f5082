"""How a card says which of many titles or names it means: ``*`` stands for anything, ``{year}`` and its like for a
period."""

from __future__ import annotations

import re
from functools import cache

from loaders.period_formats import parts_named, pattern_of, period_of_parts, says_year

MOST_PIECES = 20


@cache
def _pieces(pattern: str) -> tuple[re.Pattern, ...]:
    plain = " ".join(pattern.split())
    return tuple(re.compile(pattern_of(piece), re.IGNORECASE) for piece in plain.split("*"))


def names_period(pattern: str) -> bool:
    """Does it hold a part such as ``{year}``, so that the latest can be told by it?"""
    return bool(parts_named(pattern))


def check_pattern(pattern: str) -> None:
    """Nothing, for a pattern that can be used. Raises ValueError when a part is not known, or none says the year."""
    if parts_named(pattern) and not says_year(pattern):
        raise ValueError("parts of a period and no year")
    if pattern.count("*") >= MOST_PIECES:
        raise ValueError(f"more than {MOST_PIECES - 1} *")
    if not pattern.strip("* "):
        raise ValueError("nothing but *")
    _pieces(pattern)


def matched(pattern: str, text: str) -> str | None:
    """The period that a text says by its pattern, '' where the pattern asks for none; None when it does not fit.

    Each piece is looked for once, after the one before, so that no text takes long.
    """
    pieces, plain, at, parts = _pieces(pattern), " ".join(text.split()), 0, {}
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        if number == 0:
            match = piece.fullmatch(plain) if last else piece.match(plain)
        else:
            match = _at_end(piece, plain, at) if last else piece.search(plain, at)
        if match is None:
            return None
        at, parts = match.end(), {**match.groupdict(), **parts}
    period = period_of_parts(parts) if parts else ""
    return None if parts and not period else f"{period}{_day(parts)}"


def _at_end(piece: re.Pattern, text: str, at: int) -> re.Match | None:
    """The last piece, at the end of the text."""
    return next((match for start in range(at, len(text) + 1) if (match := piece.fullmatch(text, start))), None)


def _day(parts: dict[str, str]) -> str:
    return f"-{int(parts['day']):02d}" if "day" in parts else ""
