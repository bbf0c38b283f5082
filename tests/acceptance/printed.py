"""Reading back what a reader sees: the numbers that are printed, how exactly each is printed, and the words of a verdict."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

# written out here a second time: what these tests expect to read is not taken from the code that writes it
WORDS = {
    "en": {"rise": "rise", "fall": "fall", "no_clear_change": "no clear change", "cannot_say": "cannot say"},
    "zh": {"rise": "上升", "fall": "下降", "no_clear_change": "无明显变化", "cannot_say": "无法判断"},
    "zh_hant": {"rise": "上升", "fall": "下降", "no_clear_change": "無明顯變化", "cannot_say": "無法判斷"},
}
ARROWS = {"▲": "rise", "▼": "fall", "●": "no_clear_change", "–": "cannot_say"}
COLOURS = {"rise": "clear", "fall": "clear", "no_clear_change": "unclear", "cannot_say": "unclear"}
SIZES = {"": 1.0, "万": 1e4, "亿": 1e8, "萬": 1e4, "億": 1e8, " million": 1e6}
_NUMBER = re.compile(r"(?<![\w.])([+−]?)(\d+(?:,\d{3})*)(\.\d+)?( million|万|亿|萬|億)?(?!\.?\d)", re.ASCII)
_MARK = re.compile(r'<span class="verdict (\w+)">([▲▼●–] [^<]+)</span>')  # a claim's verdict has a word alone


@dataclass(frozen=True)
class Number:
    """A number as printed, and how far the figure may lie from it: half a unit of its last digit; one in 万 or millions is exact."""

    value: float
    within: float

    def of(self, figure: float) -> bool:
        return abs(self.value - figure) <= self.within + 1e-9 * max(1.0, abs(figure))


def numbers(text: str, without: Iterable[str] = ()) -> list[Number]:
    """Every number of a text in order; ``without``: names, dates and units whose digits are none of them."""
    for words in sorted({words for words in without if words}, key=len, reverse=True):
        text = text.replace(words, " ")
    return [_number(*match.groups(default="")) for match in _NUMBER.finditer(text)]


def _number(sign: str, whole: str, decimals: str, size: str) -> Number:
    value = float(whole.replace(",", "") + decimals) * SIZES[size] * (-1 if sign == "−" else 1)
    return Number(value, 0.0 if size else 0.5 * 10 ** -max(0, len(decimals) - 1))


def values(numbers_read: Iterable[Number]) -> list[float]:
    return [number.value for number in numbers_read]


def marks(markup: str) -> list[tuple[str, str, str]]:
    """Every verdict that stands in a page's markup: its colour, the verdict of its arrow and its word."""
    pairs = [(colour, html.unescape(text)) for colour, text in _MARK.findall(markup)]
    return [(colour, ARROWS[text[0]], text[1:].strip()) for colour, text in pairs]


def text_of(markup: str) -> str:
    """What a reader reads of some markup."""
    return re.sub(r"[ \t]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()
