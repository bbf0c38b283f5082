"""Colours, type and number formats of every chart."""

from __future__ import annotations

from babel.dates import get_day_names, get_month_names

from language import LANGUAGES

PAPER, PANEL, INK, MUTED, RULE = "#ffffff", "#f7f6f2", "#1d2a35", "#55626e", "#d5dbe0"
ACCENT, SECOND = "#0f5c7a", "#a4480b"
CONTEXT = "#b9c2c9"
CHOSEN = (ACCENT, SECOND, "#6b4c9a", "#2f7d4f", "#b0306a", "#7a6a0f")
SEQUENTIAL = ("#e6f0f0", "#b5d5d8", "#79b3bb", "#3b8796", "#0d5566")
DIFFERS = ("#8a4b08", "#d9a766", "#efefec", "#7fb4bd", "#0d5566")  # lower than the place … higher
DIFFERS_SIGNS = ("−−", "−", "", "+", "++")  # the same in grey, where both ends of the scale look alike
# zero is a figure; the kinds of no figure differ in fill or in the letter that stands in the shape: (fill, letter, ink)
KINDS = {
    "zero": ("#ffffff", "0", MUTED),
    "withheld": ("#4a4a4a", "c", "#ffffff"),
    "not_published": ("#f0eee8", "x", MUTED),
    "not_yet_published": ("#f0eee8", "…", MUTED),
    "not_applicable": ("#d6d1c4", "z", INK),
    "no_such_area": ("#d6d1c4", "–", INK),
    "cannot_say": ("#ffffff", "?", MUTED),  # there is a figure, and nothing may be said of how it compares
}
FONT = "Source Sans, 'Source Sans 3', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"

_NUMBER = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""], "minus": "−"}
_MYRIADS = (
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~f') + '亿' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~f') + '万' : format(datum.value, ',~f')"
)


def vega_locale(code: str) -> dict:
    """Vega's words for numbers, months and days in a language, from Babel."""
    locale = LANGUAGES[code].locale
    months = {
        width: [get_month_names(width, locale=locale)[n] for n in range(1, 13)] for width in ("wide", "abbreviated")
    }
    days = {
        width: [get_day_names(width, locale=locale)[n] for n in (6, 0, 1, 2, 3, 4, 5)]
        for width in ("wide", "abbreviated")
    }
    time = {
        "dateTime": "%x %X",
        "date": LANGUAGES[code].axis["month"],
        "time": "%H:%M",
        "periods": ["am", "pm"],
        "days": days["wide"],
        "shortDays": days["abbreviated"],
        "months": months["wide"],
        "shortMonths": months["abbreviated"],
    }
    return {"number": _NUMBER, "time": time}


def axis_number(code: str) -> str:
    """How an axis writes its numbers: 80,000, or 8万 where a language counts in myriads."""
    return _MYRIADS if LANGUAGES[code].myriads else "format(datum.value, ',~f')"


def dressed(chart, code: str, *, axes: bool = True) -> dict:
    """An Altair chart in the house style and the reader's formats, as a spec without data. A map has no axes to
    format.
    """
    styled = chart.configure(font=FONT, background=PAPER, aria=True).configure_view(stroke=None)
    if axes:
        look = {
            "domainColor": RULE,
            "gridColor": "#eceff1",
            "tickColor": RULE,
            "labelColor": MUTED,
            "labelFontSize": 12,
            "labelPadding": 6,
            "title": None,
        }
        styled = styled.configure_axis(**look)
    spec = styled.to_dict(validate=False)  # tests hold that it is valid; a reader would wait for that
    if axes:
        spec["config"]["locale"] = vega_locale(code)
    spec["usermeta"] = {"embedOptions": {"renderer": "svg", "actions": False}}
    return spec
