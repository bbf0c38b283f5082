"""The one place that knows how figures are written: a text as the number that it says, a number as a text, and a
table's own signs.

The gate, the draft and the reader of cells all read numbers here, so none of them sees a number where another sees a
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

SPACES = " \u00a0\u202f\u2009"
_APOSTROPHES = "'’"
OTHER_DIGITS = "[０-９٠-٩۰-۹०-९০-৯๐-๙]"
_WIDE = str.maketrans(
    "０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙，．－＋％（）٬٫٪",
    "0123456789" * 6 + ",.-+%(),.%",
)
_MINUS = "−–‒﹣"
_TIMES = {"万": 10_000, "萬": 10_000, "만": 10_000, "亿": 10**8, "億": 10**8, "억": 10**8}
_PLAIN = re.compile(r"[-+]?\d*\.?\d*(?:[eE][-+]?\d{1,3})?", re.ASCII)
PLAIN = r"^[-+]?\d*\.?\d*(?:[eE][-+]?\d{1,3})?$"
WRITTEN = r"^[-+−–‒﹣－＋(（]?[0-9０-９]"  # what may be a number that needs a closer look
MARK_ALONE = r"^\s*(?::\s?[a-z]{1,4}|\[[^\[\]]{1,9}\](?: ?\[[^\[\]]{1,9}\])*)\s*$"
MARKS_BEHIND = (
    r"^(.*[\d０-９%％)）万萬亿億])"
    r"(?:\s*\[[^\[\]]{1,9}\]|\s*[*†‡§]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|[ᵃᵇᶜᵈᵉᵏⁿᵖʳˢᵘˣᶻ]{1,3}| [bcdefknprsuz]{1,4})+$"
)
MARKS_BEFORE = r"^[*†‡§^~]{1,2}([-+]?[\d０-９])"
BEGINS_AS_NUMBER = r"^[*†‡§^~]{0,2}[-+−–‒﹣－＋(（]?\.?[0-9０-９]"
LIKE_A_NUMBER = re.compile(
    rf"[*†‡§^~]{{0,2}}[-+−–‒﹣－＋(（]?[0-9０-９][0-9０-９.,，．{SPACES}{_APOSTROPHES}]*(?:E[-+]?\d+)?[)）]?(?:\s*[%％万萬만亿億억])?"
    r"(?:\s*(?:\[[^\[\]]{1,9}\]|\(\w\)|[*†‡§]+|[a-z]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉᵏⁿᵖʳˢᵘˣᶻ]+))*"
)
LIKE_A_MARK = re.compile(MARK_ALONE[1:-1])
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}"
_LONGEST = 40  # digits; a longer number stays as it was written, and the reader of cells refuses it


class Notation(NamedTuple):
    """The sign between thousands ('' for none) and the sign of decimals."""

    thousands: str = ""
    decimal: str = "."

    @property
    def usual(self) -> bool:
        return self == Notation()


_NOTES_BEHIND = re.compile(
    r"(?:\s*(?:\[(?:note \d{1,2}|[a-z]{1,3})\]|[¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉᵏⁿᵖʳˢᵘˣᶻ]+|[*†‡]+))+$", re.IGNORECASE
)


def without_notes(text: str) -> str:
    """A heading or a name without the markers of notes behind it: ``2022 [note 4]``, ``Southam²``; a text of markers
    alone stays.
    """
    return _NOTES_BEHIND.sub("", text) or text


def usual_digits(text: str) -> str:
    """A text with the digits and signs of full width, or of Arabic, Indian and Thai numbers, as the usual ones."""
    return text if text.isascii() else text.translate(_WIDE)


def number_text(value, point: str = ".") -> str:
    """A number with the decimal sign ``point``, a whole one without any; nothing where there is none."""
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:  # nearly every number of a workbook
            return str(int(value))
        value = Decimal(repr(value))
    if not isinstance(value, Decimal):
        return "" if value is None else str(value)
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        return str(value)
    return str(int(value)) if value == value.to_integral_value() else format(value, "f").replace(".", point)


def number(text: str, notation: Notation) -> float:
    """The number that a text writes with these signs, NaN when it writes none.

    Digits of full width, every kind of minus, brackets around a number below zero, ``%`` and 万 or 亿 behind it need no
    sign of their own.
    """
    bare, times = _bare(text)
    if notation.usual:
        whole = _PLAIN.fullmatch(bare) and any(map(str.isdigit, bare))
    else:
        whole = _grouped(notation).fullmatch(bare)
        bare = re.sub(f"[{re.escape(_alike(notation.thousands))}]", "", bare) if notation.thousands else bare
        bare = bare.replace(notation.decimal, ".")
    try:
        value = float(Decimal(bare) * times if times != 1 else bare) if whole else float("nan")
    except (InvalidOperation, OverflowError):
        return float("nan")
    return value if abs(value) < float("inf") else float("nan")


def _bare(text: str) -> tuple[str, int]:
    """A number's own letters without what stands around it, and by how much it is to be multiplied."""
    text = text.strip().translate(_WIDE)
    if text.startswith("(") and text.endswith(")") and text[1:2].isdigit():
        text = f"-{text[1:-1]}"
    if text[:1] and text[0] in _MINUS:
        text = f"-{text[1:]}"
    if text[-1:] == "%" and text[:-1].strip():
        text = text[:-1].rstrip()
    times = _TIMES.get(text[-1:], 1)
    return (text[:-1].rstrip(), times) if times != 1 else (text, times)


@cache
def _grouped(notation: Notation) -> re.Pattern:
    apart = f"[{re.escape(_alike(notation.thousands))}]" if notation.thousands else ""
    whole = rf"(?:\d{{1,3}}(?:{apart}\d{{3}})+|\d+)" if apart else r"\d+"
    whole = rf"(?:{_INDIAN}|{whole})" if notation.thousands == "," else whole
    return re.compile(rf"[-+]?{whole}(?:{re.escape(notation.decimal)}\d+)?", re.ASCII)


def _alike(sign: str) -> str:
    """A space between thousands is any of the spaces that publishers use; so is an apostrophe."""
    return next((some for some in (SPACES, _APOSTROPHES) if sign and sign in some), sign.translate(_WIDE))


# What a column's cells prove of its signs; ``either_…`` proves nothing alone: 2.155 is two thousand or about two.
_FRONT = r"^[-+−–‒﹣－＋(（]?"
_BEHIND = rf"(?:[{SPACES}]*(?:\[[^\[\]]{{1,9}}\]|[^\d.,\s]{{1,4}}))*[)）]?$"
_GAPS = rf"\d{{{{1,3}}}}(?:[{SPACES}{_APOSTROPHES}{{gap}}]\d{{{{3}}}})+{{sign}}\d+"
_PROOFS = {
    "point_groups": r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+",
    "comma_groups": rf"\d{{1,3}}(?:,\d{{3}}){{2,}}|\d{{1,3}}(?:,\d{{3}})+\.\d+|{_INDIAN}",
    "comma_decimals": r"\d+,\d{1,2}|\d+,\d{4,}|0,\d+|\d{4,},\d{3}|\d{1,3}(?:\.\d{3})+,\d+|"
    + _GAPS.format(gap="", sign=","),
    "point_decimals": r"\d*\.\d{1,2}|\d*\.\d{4,}|0\.\d+|\d{4,}\.\d{3}|" + _GAPS.format(gap=",", sign=r"\."),
    "spaces": rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:[.,]\d+)?",
    "apostrophes": rf"\d{{1,3}}(?:[{_APOSTROPHES}]\d{{3}})+(?:[.,]\d+)?",
    "either_point": r"[1-9]\d{0,2}\.\d{3}",
    "either_comma": r"[1-9]\d{0,2},\d{3}",
}
_SIGNED = rf"(?:[0-9]|{OTHER_DIGITS})[.,{SPACES}{_APOSTROPHES}，．٬٫](?:[0-9]|{OTHER_DIGITS})"


def proofs(texts: pa.Array) -> frozenset[str]:
    """What the distinct texts of a column prove of its signs: names of ``_PROOFS``.

    Where whole numbers below 1000 stand plain beside 2.155 and none above, the sign stands between thousands.
    """
    signed = _narrow(texts.filter(pc.match_substring_regex(texts, _SIGNED)))
    if not len(signed):
        return frozenset()
    proven = {name for name, shape in _PROOFS.items() if _any(signed, f"{_FRONT}(?:{shape}){_BEHIND}")}
    either = proven & {"either_point", "either_comma"}
    if len(either) == 1 and not proven & {"point_decimals", "comma_decimals"}:
        plain = _narrow(texts)
        if _any(plain, rf"{_FRONT}[1-9]\d{{0,2}}{_BEHIND}") and not _any(plain, rf"{_FRONT}\d{{4,}}{_BEHIND}"):
            proven.add("point_groups" if "either_point" in proven else "comma_groups")
    return frozenset(proven)


def _narrow(texts: pa.Array) -> pa.Array:
    """Trimmed, with the usual digits."""
    return with_usual_digits(pc.utf8_trim_whitespace(texts))


def with_usual_digits(texts: pa.Array) -> pa.Array:
    """As ``usual_digits``, of many texts."""
    if not _any(texts, OTHER_DIGITS):
        return texts
    return pa.array([usual_digits(text) for text in texts.to_pylist()], pa.string())


def _any(texts: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, pattern), min_count=0).as_py())


def notation_of(own: frozenset[str], beside: Iterable[frozenset[str]] = ()) -> tuple[Notation, bool]:
    """The signs of a column by what it proves, else by what the columns beside it prove; and whether they are only one
    of two readings.
    """
    for proven in (own, own.union(*beside)):
        notation = _proven(proven)
        if notation is not None:
            return notation, False
    if "either_comma" in own:  # the gate's usual reading, and most of the world's in a table without decimals
        return Notation(",", "."), True
    return Notation(), "either_point" in own


def _proven(proven: frozenset[str]) -> Notation | None:
    """The signs that are proven; None where nothing is, or a sign is proven to be both."""
    comma = bool(proven & {"comma_decimals", "point_groups"})
    point = bool(proven & {"point_decimals", "comma_groups"})
    apart = " " if "spaces" in proven else "'" if "apostrophes" in proven else ""
    if comma and point:
        return None
    if comma:
        return Notation("." if proven & {"point_groups", "either_point"} else apart, ",")
    if point:
        return Notation("," if proven & {"comma_groups", "either_comma"} else apart, ".")
    if apart:
        return Notation(apart, "," if "either_comma" in proven else ".")
    return None
