"""What stands around a chart in a file: finding, unit and period, legend, notes, source, release, licence and address,
as lines of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from charts import theme
from charts.frame_text import all_wrapped, width_of, wrapped

Box = tuple[tuple[str, str, str], str, int]


@dataclass(frozen=True)
class PictureFrame:
    """What stands around a chart, in the reader's language. ``boxes``: its legend, as fill, letter and ink, words and
    count. ``more``: the sentence that takes the place of notes for which there is no room.
    """

    title: str
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    address: str = ""
    boxes: tuple[Box, ...] = ()
    more: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Style:
    """Sizes in pixels."""

    pad: int
    title: int
    text: int
    small: int


WIDE, SMALL = Style(40, 30, 18, 15), Style(24, 21, 15, 12)


@dataclass(frozen=True)
class Line:
    """A line of the frame: its text or drawing, how high it is, and how it looks."""

    content: str
    size: float
    height: float
    colour: str = theme.INK
    bold: bool = False
    drawn: bool = False


def head_lines(frame: PictureFrame, style: Style, room: float) -> Iterator[Line]:
    for text in wrapped(frame.title, style.title, room, bold=True):
        yield Line(text, style.title, style.title * 1.3, bold=True)
    for text in wrapped(frame.subtitle, style.text, room):
        yield Line(text, style.text, style.text * 1.4, theme.MUTED)
    yield from _legend(frame.boxes, style, room)
    yield Line("", style.text, style.text * 0.7)


def _legend(boxes: Sequence[Box], style: Style, room: float) -> Iterator[Line]:
    """The boxes of a legend, as many in a line as there is room for."""
    size, gap = style.small, style.small * 1.4
    line, at = "", 0.0
    for (fill, letter, ink), words, count in boxes:
        text = f"{words} ({count})"
        width = size * 1.6 + width_of(text, size) + gap
        if line and at + width > room:
            yield Line(line, size, size * 1.6, drawn=True)
            line, at = "", 0.0
        line += (
            f'<rect x="{at:.1f}" y="{-size:.1f}" width="{size * 1.2:.1f}" height="{size * 1.2:.1f}" fill="{fill}" '
            f'stroke="{theme.RULE}"/>'
            f'<text x="{at + size * 0.6:.1f}" y="{-size * 0.1:.1f}" fill="{ink}" '
            f'text-anchor="middle">{escape(letter)}</text>'
            f'<text x="{at + size * 1.6:.1f}" y="0" fill="{theme.INK}">{escape(text)}</text>'
        )
        at += width
    if line:
        yield Line(line, size, size * 1.6, drawn=True)


def fitting(frame: PictureFrame, style: Style, room: float, free: float) -> list[Line]:
    """All notes, or as many as there is room for and the sentence that says where the others are. ``free``: pixels, 0
    where the picture is as high as it needs.
    """
    for number in range(len(frame.notes), -1, -1):
        texts = [*frame.notes[:number], *([frame.more] if number < len(frame.notes) else [])]
        lines = [
            Line(text, style.small, style.small * 1.4) for text in all_wrapped(texts, style.small, room, mark="• ")
        ]
        if not free or height_of(lines) <= free:
            break
    return lines


def foot_lines(frame: PictureFrame, style: Style, room: float) -> Iterator[Line]:
    yield Line(f'<path d="M0 {-style.small / 2} H{room}" stroke="{theme.RULE}"/>', style.small, style.small, drawn=True)
    for text in all_wrapped([*frame.source, *([frame.address] if frame.address else [])], style.small, room):
        yield Line(text, style.small, style.small * 1.4, theme.MUTED)


def height_of(lines: Sequence[Line]) -> float:
    return sum(line.height for line in lines)


def written(lines: Sequence[Line], left: float, top: float) -> Iterator[str]:
    for line in lines:
        top += line.height
        base = top - line.size * 0.25
        weight = ' font-weight="700"' if line.bold else ""
        if line.drawn:
            yield f'<g transform="translate({left} {base:.1f})" font-size="{line.size}">{line.content}</g>'
        elif line.content:
            yield (
                f'<text x="{left}" y="{base:.1f}" font-size="{line.size}" fill="{line.colour}"{weight} '
                f'xml:space="preserve">'
                f"{escape(line.content)}</text>"
            )
