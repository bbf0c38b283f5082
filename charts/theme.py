"""Colours, type and number formats of every chart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel.dates import get_day_names, get_month_names

from language import LANGUAGES, SPOKEN_IN_CODE

TOKENS = {  # name → on light paper, on dark; the sheet holds them as custom properties of the same names
    "paper": ("#ffffff", "#12191f"),
    "panel": ("#f7f6f2", "#1b242c"),
    "ink": ("#1d2a35", "#e8edf1"),
    "muted": ("#55626e", "#a9b5bf"),
    "accent": ("#0f5c7a", "#6cc0dd"),
    "second": ("#a4480b", "#f0a06a"),
    "edge": ("#767f88", "#75828d"),
    "context": ("#8b949c", "#5d6a75"),
    "rule": ("#d5dbe0", "#2f3b45"),
    "grid": ("#eceff1", "#232d36"),
    "area3": ("#6b4c9a", "#b79be0"),
    "area4": ("#2f7d4f", "#6fc48d"),
    "area5": ("#b0306a", "#ee7fb0"),
    "area6": ("#7a6a0f", "#c9b458"),
    "class1": ("#e6f0f0", "#1f3a42"),
    "class2": ("#b5d5d8", "#2b5a66"),
    "class3": ("#79b3bb", "#3d7c8a"),
    "class4": ("#2f7886", "#74b0ba"),
    "class5": ("#0b4452", "#c3e3e6"),
    "onlow": ("#1d2a35", "#ffffff"),  # what is written on classes 1 to 3
    "onhigh": ("#ffffff", "#12191f"),  # and on 4 and 5
}


def _token(name: str) -> str:
    """A colour by its name in the sheet; where there is no sheet (in a file) it is that of light paper."""
    return f"var(--{name}, {TOKENS[name][0]})"


PAPER, PANEL, INK, MUTED, RULE, GRID = map(_token, ("paper", "panel", "ink", "muted", "rule", "grid"))
ACCENT, SECOND, CONTEXT, EDGE = map(_token, ("accent", "second", "context", "edge"))
CHOSEN = (ACCENT, SECOND, *map(_token, ("area3", "area4", "area5", "area6")))
SEQUENTIAL = tuple(map(_token, ("class1", "class2", "class3", "class4", "class5")))
ON_LOW, ON_HIGH = _token("onlow"), _token("onhigh")
DARKEST_INK, LIGHTEST_INK = "#1d2a35", "#ffffff"  # on grounds that stay as they are in the dark
DIFFERS = ("#8a4b08", "#d9a766", "#efefec", "#7fb4bd", "#0d5566")  # lower than the place … higher
DIFFERS_SIGNS = ("−−", "−", "", "+", "++")  # the same in grey, where both ends of the scale look alike
# zero is a figure; the kinds of no figure differ in fill or in the letter that stands in the shape: (fill, letter, ink)
KINDS = {
    "zero": (PAPER, "0", MUTED),
    "withheld": ("#4a4a4a", "c", "#ffffff"),
    "not_published": (PANEL, "x", MUTED),
    "not_covered": ("#d6d1c4", "x", DARKEST_INK),
    "not_yet_published": (PANEL, "…", MUTED),
    "not_applicable": ("#d6d1c4", "z", DARKEST_INK),
    "no_such_area": ("#d6d1c4", "–", DARKEST_INK),
    "cannot_say": (PAPER, "?", MUTED),  # there is a figure, and nothing may be said of how it compares
}
_NAMED = re.compile(r"var\(--([a-z0-9]+), #[0-9a-f]{6}\)")
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
SMALL = 13  # pixels of axis, label and note

_NUMBER = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""], "minus": "−"}


def resolved(text: str, *, dark: bool = False) -> str:
    """A drawing with its colours in figures, for readers that know no sheet: files, and whatever draws them."""
    return _NAMED.sub(lambda match: TOKENS[match[1]][dark], text)


def sheet(names: Iterable[str] = tuple(TOKENS)) -> str:
    """The colours of these names as a style element, light or dark as the reader's system is: for an image, which knows
    no sheet of its page.
    """
    light, dark = (" ".join(f"--{name}: {TOKENS[name][number]};" for name in names) for number in (0, 1))
    return f"<style>:root {{ {light} }} @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}</style>"


def font(code: str) -> str:
    """The families of a picture's letters: those of its language first, then those that have every other character."""
    families = dict.fromkeys([*LANGUAGES[code].fonts, *LANGUAGES[SPOKEN_IN_CODE].fonts])
    return ", ".join(["Source Sans", "'Source Sans 3'", *(f"'{family}'" for family in families), "sans-serif"])


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
    """How an axis writes its numbers: 80,000, or 8万 where a language has words for large numbers. A word that stands
    apart (million) is not written at every tick.
    """
    words = [(size, word) for size, word in LANGUAGES[code].large if word == word.strip()]
    sized = [
        f"abs(datum.value) >= {size:.0f} ? format(datum.value / {size:.0f}, ',~f') + '{word}' : "
        for size, word in words
    ]
    return "".join([*sized, "format(datum.value, ',~f')"])


def dressed(chart, code: str, *, axes: bool = True) -> dict:
    """An Altair chart in the house style and the reader's formats, as a spec without data. A map has no axes to
    format.
    """
    return styled(chart.to_dict(), code, axes=axes)


def styled(spec: dict, code: str, *, axes: bool = True) -> dict:
    """A spec in the house style and the reader's formats."""
    config = {"font": font(code), "background": PAPER, "aria": True, "view": {"stroke": None}}
    if axes:
        config["axis"] = {
            "aria": False,
            "domainColor": RULE,
            "gridColor": GRID,
            "tickColor": RULE,
            "labelColor": MUTED,
            "labelFontSize": SMALL,
            "labelPadding": 6,
            "title": None,
        }
        config["locale"] = vega_locale(code)
    return {
        "$schema": SCHEMA,
        **spec,
        "config": config,
        "usermeta": {"embedOptions": {"renderer": "svg", "actions": False}},
    }
