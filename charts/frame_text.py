"""Text in a picture: how wide it is in our font, and where its lines break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# hundredths of the font size that the characters from the space to the tilde take in Noto Sans CJK SC; all else is full
_REGULAR = (
    "22 32 47 56 56 92 68 28 34 34 47 56 28 35 28 39 56 56 56 56 56 56 56 56 56 56 28 28 56 56 56 47 95 61 66 64 69 "
    "59 55 "
    "69 73 29 54 65 54 81 72 74 63 74 64 60 60 72 58 88 57 53 60 34 39 34 56 56 61 56 62 51 62 55 32 56 61 28 28 55 "
    "28 93 "
    "61 61 62 62 39 47 38 61 52 80 50 52 48 34 27 34 56"
)
_BOLD = (
    "23 37 57 59 59 96 74 32 38 38 51 59 32 37 32 39 59 59 59 59 59 59 59 59 59 59 32 32 59 59 59 51 101 64 68 66 71 "
    "62 58 "
    "72 76 33 57 69 58 85 75 77 67 77 68 62 62 75 62 92 63 58 61 38 39 38 59 57 63 59 64 53 64 58 37 60 64 30 31 60 "
    "32 96 "
    "64 63 64 64 44 50 42 64 58 86 56 57 51 38 30 38 59"
)
_WIDTHS = tuple({chr(32 + n): int(width) / 100 for n, width in enumerate(row.split())} for row in (_REGULAR, _BOLD))
_HALF = 0.62  # Latin letters beyond the tilde, dashes and quotation marks
_NOT_FIRST = "，。、；：！？）》」』”’％%…·,.;:!?)]"  # no line begins with one of these
# pieces between which a line may break: a word with the spaces behind it, or one character of a script without spaces
_PIECES = re.compile(r"[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef]\s*|\s+")


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is, in pixels, about."""
    widths = _WIDTHS[bold]
    return size * sum(widths.get(one, 1.0 if one >= "\u2e80" else _HALF) for one in text)


def cut_to(text: str, room: float, size: float) -> str:
    """A text that is no wider than ``room`` pixels; one that was cut ends in an ellipsis."""
    if width_of(text, size, bold=True) <= room:
        return text
    kept = text
    while kept and width_of(kept + "…", size, bold=True) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The lines of a text that are no wider than ``room`` pixels."""
    lines, line = [], ""
    for piece in _pieces(text, size, room, bold):
        if line and width_of((line + piece).rstrip(), size, bold) > room and piece[0] not in _NOT_FIRST:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """A piece that is wider than a line, such as an address, may break anywhere."""
    for piece in _PIECES.findall(" ".join(text.split())):
        yield from piece if width_of(piece, size, bold) > room else [piece]


def all_wrapped(texts: Iterable[str], size: float, room: float, mark: str = "") -> list[str]:
    """The lines of several texts; with a mark each begins with it, and its further lines stand in line with the
    first."""
    indent = "\u2003" if mark else ""
    inside = room - (size * 1.2 if mark else 0)
    return [
        (mark if number == 0 else indent) + line
        for text in texts
        for number, line in enumerate(wrapped(text, size, inside))
    ]
