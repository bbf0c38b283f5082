"""A picture as a file (SVG, PNG or PDF) that says what it shows wherever it lands: the chart in a frame with its
finding, unit and period, marks and notes, source, release, licence and address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from charts import theme
from charts.pdf_order import in_order
from charts.picture import Picture
from charts.picture_frame import SMALL, WIDE, PictureFrame, fitting, foot_lines, head_lines, height_of, written
from charts.static_chart import static_chart
from language import LANGUAGES

FORMS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
SIZES = {
    "1200x675": (1200, 675),
    "1080x1350": (1080, 1350),
    "1200x630": (1200, 630),
    "600": (600, 0),
}  # 0: as high as it is
FONTS = Path(__file__).resolve().parent / "fonts"
_NARROWEST, _UPRIGHT = (
    560,
    420,
)  # pixels that a chart is drawn across at least, in an upright picture, before it is enlarged
_LOWEST = 0.4  # the part of a picture's height that its chart has at least


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
    svg, across, down = static_chart(picture, (width, 0), width, files or {})
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    root = f'<svg {names} width="{across:g}" height="{down:g}" '
    return svg.replace("<svg ", root, 1).replace(">", f">{theme.sheet()}", 1).encode()


@cache
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))


def composed(picture: Picture, frame: PictureFrame, size: str, files: Mapping[str, str]) -> str:
    """The picture in its frame as SVG."""
    width, height = SIZES[size]
    style = SMALL if width <= 600 else WIDE
    room = width - 2 * style.pad
    head = list(head_lines(frame, style, room))
    foot = list(foot_lines(frame, style, room))
    taken = 2 * style.pad + height_of(head) + height_of(foot)
    notes = fitting(frame, style, room, height * (1 - _LOWEST) - taken if height else 0)
    free = height - taken - height_of(notes) if height else 0
    narrowest = _UPRIGHT if height > width else _NARROWEST
    chart, across, down = static_chart(picture, (room, free), narrowest, files)
    factor = min(room / across, free / down) if free else room / across
    below = style.pad + height_of(head) + (free or down * factor)
    whole = height or round(below + height_of(notes) + height_of(foot) + style.pad)
    placed = chart.replace(
        "<svg ",
        f'<svg x="{style.pad + (room - across * factor) / 2:.1f}" y="{style.pad + height_of(head):.1f}" '
        f'width="{across * factor:.1f}" height="{down * factor:.1f}" ',
        1,
    )
    parts = [*written(head, style.pad, style.pad), placed, *written([*notes, *foot], style.pad, below)]
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
