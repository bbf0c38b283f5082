"""Tells values that look like numbers of persons, vehicles, telephones or devices, or like single moments.

Only distinct values are looked at, a chunk at a time, by Arrow's regular expressions; what they point out is then
checked exactly (dates and check digits; those of other countries in ``national_numbers``). Nothing here returns,
prints or keeps a value: the answer is the names of the rules.
Identity numbers: GB 11643-1999, check digit by ISO 7064 MOD 11-2. Plates: GA 36-2018; DVLA INF104 for British ones.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.privacy.national_numbers import holds_national_number
from loaders.privacy.patterns import (
    ADDRESS,
    ADDRESS_SIEVE,
    CONTROL,
    DAY,
    FOREIGN,
    HARMLESS,
    INVISIBLE,
    LINK,
    LOOK_ALIKE,
    NAME,
    NUMBER,
    OTHER_NUMBERS,
    PATTERNS,
    SIEVE,
)

CHUNK = 100_000


def normalised(texts: pa.Array) -> pa.Array:
    """The texts in capitals, ordinary widths and without invisible characters: what a reader sees."""
    if pc.any(pc.match_substring_regex(texts, CONTROL), min_count=0).as_py():
        texts = pc.replace_substring_regex(texts, CONTROL, "")
    if not pc.all(pc.string_is_ascii(texts), min_count=0).as_py():
        texts = pc.replace_substring_regex(pc.utf8_normalize(texts, form="NFKC"), INVISIBLE, "")
        texts = pc.replace_substring_regex(pc.replace_substring_regex(texts, r"\pZ", " "), r"\p{Pd}|\x{2212}", "-")
        if pc.any(pc.match_substring_regex(texts, FOREIGN), min_count=0).as_py():
            texts = pa.array([text.upper().translate(LOOK_ALIKE) for text in texts.to_pylist()], pa.string())
    return pc.utf8_trim_whitespace(pc.utf8_upper(texts))


def rules_met(texts: pa.Array, prose: bool = False) -> set[str]:
    """The names of the rules that these distinct texts meet. ``prose``: keys and moments in a link are part of it."""
    met: set[str] = set()
    for start in range(0, len(texts), CHUNK):
        chunk = normalised(texts.slice(start, CHUNK))
        chunk = chunk.filter(pc.invert(pc.match_substring_regex(chunk, HARMLESS)))
        if not len(chunk):
            continue
        bare = pc.replace_substring_regex(chunk, LINK, " ") if prose else chunk
        for name, pattern in PATTERNS.items():
            if name not in met and _meets(bare if name in ("hash", "timestamp", "phone") else chunk, name, pattern):
                met.add(name)
        if "identity" not in met and holds_national_number(chunk):
            met.add("identity")
    return met


def looks_like_addresses(texts: pa.Array) -> bool:
    """Does a value look like a door or like a full British postcode?"""
    likely = normalised(texts.filter(pc.match_substring_regex(texts, ADDRESS_SIEVE)))
    return pc.any(pc.match_substring_regex(likely, ADDRESS), min_count=0).as_py()


def looks_like_names(texts: pa.Array) -> bool:
    """Are most of at least eight different texts two or three characters that begin with a common Chinese surname?"""
    filled = normalised(texts.slice(0, CHUNK // 4))
    filled = filled.filter(pc.not_equal(filled, ""))
    return len(filled) >= 8 and pc.mean(pc.match_substring_regex(filled, NAME)).as_py() > 0.6


def born_in_digits(column) -> bool:
    """Do half of the numbers have eighteen digits with a date of birth inside, as workbooks round identity numbers?"""
    large = np.nan_to_num(column.numbers)
    day = (large // 1e4).astype(np.int64)
    year, month = day // 10_000 % 10_000, day // 100 % 100
    born = (
        (large >= 1e17)
        & (large < 1e18)
        & (year > 1900)
        & (year < 2100)
        & (month >= 1)
        & (month <= 12)
        & (day % 100 >= 1)
        & (day % 100 <= 31)
    )
    return bool(born.any()) and 2 * int(column.used[born].sum()) >= int(column.used[~column.blank].sum())


def mostly_phones(column) -> bool:
    """Does a text in a column of counts hold a telephone number, or have half of its numbers that shape?

    A single number of that shape may be a large count.
    """
    mobile = r"^(?:86)?1[3-9][0-9]{9}$|^(?:0|44)?7[0-9]{9}$"
    shaped = np.asarray(pc.match_substring_regex(pc.utf8_trim_whitespace(column.texts), mobile))
    others = column.texts.filter(pa.array(np.isnan(column.numbers)))
    return "phone" in rules_met(others) or 2 * int(column.used[shaped].sum()) >= int(column.used[~column.blank].sum())


def _meets(texts: pa.Array, name: str, pattern: str) -> bool:
    likely = texts.filter(pc.match_substring_regex(texts, SIEVE[name]))
    if not len(likely):  # Arrow compiles a pattern at each call, which takes longer than most columns do
        return False
    likely = likely.filter(pc.match_substring_regex(likely, pattern))
    check = _EXACT.get(name)
    return len(likely) > 0 and (check is None or any(map(check, likely.to_pylist())))


_NUMBER = re.compile(NUMBER)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_OTHER_IDENTITY = re.compile(OTHER_NUMBERS)


def identity_number(digits: str) -> bool:
    """Is this an eighteen-digit Chinese identity number: a real date of birth and the right check digit?"""
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return date(1850, 1, 1) < born < date(2100, 1, 1) and digits[17] == "10X98765432"[remainder]


def _is_identity(text: str) -> bool:
    numbers = (re.sub(r"[^0-9X]", "", match[0]) for match in _NUMBER.finditer(text))
    return any(map(identity_number, numbers)) or bool(_OTHER_IDENTITY.search(text))


def _is_moment(text: str) -> bool:
    """A time of day other than midnight: midnight is how spreadsheets write a date."""
    return not re.fullmatch(rf"{DAY}[T ]*0?0:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?", text)


def _is_key(text: str) -> bool:
    """A short run of hexadecimal digits is a key only when digits and letters are mixed."""
    return (
        len(text) >= 32
        or not re.fullmatch(r"(?:0X)?[0-9A-F]+", text)
        or bool(re.search("[A-F]", text) and re.search("[0-9].*[0-9]", text))
    )


_EXACT = {"identity": _is_identity, "timestamp": _is_moment, "hash": _is_key}
