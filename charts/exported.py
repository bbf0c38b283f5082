"""A picture as a file (SVG, PNG or PDF) that says what it shows wherever it lands: the chart in a frame with its
finding, unit and period, marks and notes, source, release, licence and address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa

from charts import theme
from charts.frame_text import all_wrapped, width_of, wrapped
from charts.pdf_order import in_order
from charts.picture import Picture
from language import LANGUAGES

FORMS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
SIZES = {
    "1200x675": (1200, 675),
    "1080x1350": (1080, 1350),
    "1200x630": (1200, 630),
    "600": (600, 0),
}  # 0: as high as it is
FONTS = Path(__file__).resolve().parent / "fonts"
VEGA_LITE = "6.1"  # what Altair writes
_NARROWEST, _UPRIGHT = (
    560,
    420,
)  # pixels that a chart is drawn across at least, in an upright picture, before it is enlarged
_LOWEST = 0.4  # the part of a picture's height that its chart has at least
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
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
class _Style:
    """Sizes in pixels."""

    pad: int
    title: int
    text: int
    small: int


_WIDE, _SMALL = _Style(40, 30, 18, 15), _Style(24, 21, 15, 12)


def draw(picture: Picture, frame: PictureFrame, form: str, size: str, files: Mapping[str, str] | None = None) -> bytes:
    """The picture as a file of one of ``FORMS``, in one of ``SIZES``. ``files``: the text of what the chart names by
    address (boundaries).
    """
    import vl_convert

    _register_fonts()
    svg = composed(picture, frame, size, files or {})
    if form == "svg":
        return svg.encode()
    return vl_convert.svg_to_png(svg, scale=1) if form == "png" else in_order(vl_convert.svg_to_pdf(svg, scale=1))


def bare(picture: Picture, width: int, files: Mapping[str, str] | None = None) -> bytes:
    """The chart alone as SVG, so many pixels wide, for a page that says all the rest; light or dark as the reader's
    system is.
    """
    svg, across, down = _chart(picture, (width, 0), width, files or {})
    root = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{across:g}" height="{down:g}" '
    return svg.replace("<svg ", root, 1).replace(">", f">{theme.sheet()}", 1).encode()


@cache
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))


def composed(picture: Picture, frame: PictureFrame, size: str, files: Mapping[str, str]) -> str:
    """The picture in its frame as SVG."""
    width, height = SIZES[size]
    style = _SMALL if width <= 600 else _WIDE
    room = width - 2 * style.pad
    head = list(_head(frame, style, room))
    foot = list(_foot(frame, style, room))
    taken = 2 * style.pad + _height(head) + _height(foot)
    notes = _fitting(frame, style, room, height * (1 - _LOWEST) - taken if height else 0)
    free = height - taken - _height(notes) if height else 0
    narrowest = _UPRIGHT if height > width else _NARROWEST
    chart, across, down = _chart(picture, (room, free), narrowest, files)
    factor = min(room / across, free / down) if free else room / across
    below = style.pad + _height(head) + (free or down * factor)
    whole = height or round(below + _height(notes) + _height(foot) + style.pad)
    placed = chart.replace(
        "<svg ",
        f'<svg x="{style.pad + (room - across * factor) / 2:.1f}" y="{style.pad + _height(head):.1f}" '
        f'width="{across * factor:.1f}" height="{down * factor:.1f}" ',
        1,
    )
    parts = [*_lines(head, style.pad, style.pad), placed, *_lines([*notes, *foot], style.pad, below)]
    return theme.resolved(_root(frame, picture, (width, whole), parts))


def _root(frame: PictureFrame, picture: Picture, size: tuple[int, int], parts: Sequence[str]) -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
        f'height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" lang={quoteattr(LANGUAGES[frame.language].tag)} '
        f"font-family={quoteattr(theme.font(frame.language))}>"
        f"<title>{escape(frame.title)}</title><desc>{escape(picture.description)}</desc>"
        f'<rect width="{width}" height="{height}" fill="{theme.PAPER}"/>{"".join(parts)}</svg>'
    )


@dataclass(frozen=True)
class _Line:
    """A line of the frame: its text or drawing, how high it is, and how it looks."""

    content: str
    size: float
    height: float
    colour: str = theme.INK
    bold: bool = False
    drawn: bool = False


def _head(frame: PictureFrame, style: _Style, room: float) -> Iterator[_Line]:
    for text in wrapped(frame.title, style.title, room, bold=True):
        yield _Line(text, style.title, style.title * 1.3, bold=True)
    for text in wrapped(frame.subtitle, style.text, room):
        yield _Line(text, style.text, style.text * 1.4, theme.MUTED)
    yield from _legend(frame.boxes, style, room)
    yield _Line("", style.text, style.text * 0.7)


def _legend(boxes: Sequence[Box], style: _Style, room: float) -> Iterator[_Line]:
    """The boxes of a legend, as many in a line as there is room for."""
    size, gap = style.small, style.small * 1.4
    line, at = "", 0.0
    for (fill, letter, ink), words, count in boxes:
        text = f"{words} ({count})"
        width = size * 1.6 + width_of(text, size) + gap
        if line and at + width > room:
            yield _Line(line, size, size * 1.6, drawn=True)
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
        yield _Line(line, size, size * 1.6, drawn=True)


def _fitting(frame: PictureFrame, style: _Style, room: float, free: float) -> list[_Line]:
    """All notes, or as many as there is room for and the sentence that says where the others are. ``free``: pixels, 0
    where the picture is as high as it needs.
    """
    for number in range(len(frame.notes), -1, -1):
        texts = [*frame.notes[:number], *([frame.more] if number < len(frame.notes) else [])]
        lines = [
            _Line(text, style.small, style.small * 1.4) for text in all_wrapped(texts, style.small, room, mark="• ")
        ]
        if not free or _height(lines) <= free:
            break
    return lines


def _foot(frame: PictureFrame, style: _Style, room: float) -> Iterator[_Line]:
    yield _Line(
        f'<path d="M0 {-style.small / 2} H{room}" stroke="{theme.RULE}"/>', style.small, style.small, drawn=True
    )
    for text in all_wrapped([*frame.source, *([frame.address] if frame.address else [])], style.small, room):
        yield _Line(text, style.small, style.small * 1.4, theme.MUTED)


def _height(lines: Sequence[_Line]) -> float:
    return sum(line.height for line in lines)


def _lines(lines: Sequence[_Line], left: float, top: float) -> Iterator[str]:
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


def _chart(
    picture: Picture, space: tuple[float, float], narrowest: float, files: Mapping[str, str]
) -> tuple[str, float, float]:
    """The chart alone as SVG, without a size of its own, and its width and height. Where it may be higher than it is
    drawn on a page it is drawn larger, and as much narrower.
    """
    import vl_convert

    (room, free), spec = space, picture.drawn()
    natural = spec["height"] if isinstance(spec.get("height"), int | float) else 340
    larger = min(max(free / (natural + 40), 1.0), max(room / narrowest, 1.0)) if free else 1.0
    rows = {name: _rows(table) for name, table in spec["datasets"].items()}
    static = _with_files({**spec, "width": round(room / larger), "datasets": rows}, files)
    svg = vl_convert.vegalite_to_svg(json.dumps(static, allow_nan=False), vl_version=VEGA_LITE)
    across, down = map(float, _SIZE.search(svg).groups())
    return _ROOT.sub(f'<svg viewBox="0 0 {across:g} {down:g}">', svg, count=1), across, down


def _rows(table: pa.Table) -> list[dict]:
    """Rows as JSON has them; a number that is none is null, and nothing leads anywhere."""
    bare = table.drop_columns([name for name in ("href",) if name in table.column_names])
    return [
        {name: None if isinstance(value, float) and value != value else value for name, value in row.items()}
        for row in bare.to_pylist()
    ]


def _with_files(spec, files: Mapping[str, str]):
    """The spec with what it names by address; nothing is ever fetched. Raises KeyError for an address without a
    file."""
    if isinstance(spec, dict):
        if "url" in spec and "format" in spec:
            return {"values": json.loads(files[spec["url"]]), "format": spec["format"]}
        return {name: _with_files(value, files) for name, value in spec.items()}
    return [_with_files(value, files) for value in spec] if isinstance(spec, list) else spec
