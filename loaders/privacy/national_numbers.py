"""Knows the identity numbers of persons as some twenty countries print them, by their shape, dates and check digits.

A shape that nothing else has is enough in a single text. Bare digits are a number of a person only where nearly all
texts of a column pass its check: counts and codes of areas have as many digits.
Sources: the tax office or registry of each country; ISO 7064 for French and Italian keys, Verhoeff (1969) for India.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

NEARLY_ALL, FEWEST = 0.8, 5
_DIHEDRAL = [
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
]
_SHIFTED = [
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
]


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - number % 2) for number, digit in enumerate(digits))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _luhn_of_nine(digits: str) -> bool:
    doubled = (int(digit) * (1 + number % 2) for number, digit in enumerate(digits))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _is_day(year: int, month: str, day: str) -> bool:
    try:
        return bool(date(year, int(month), int(day)))
    except ValueError:
        return False


def _brazil(digits: str) -> bool:
    def key(length: int) -> int:
        return _weighted(digits, tuple(range(length + 1, 1, -1))) * 10 % 11 % 10

    return len(set(digits)) > 1 and [key(9), key(10)] == [int(digits[9]), int(digits[10])]


def _poland(digits: str) -> bool:
    month = int(digits[2:4]) % 20
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return _is_day(2000, str(month), digits[4:6]) and _weighted(digits, weights) % 10 == 0


def _spain(text: str) -> bool:
    number = str("XYZ".find(text[0])) + text[1:-1] if text[0] in "XYZ" else text[:-1]
    return text[-1] == "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]


def _france(digits: str) -> bool:
    return 97 - int(digits[:13]) % 97 == int(digits[13:])


def _letter_as_two_digits(text: str) -> bool:
    letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(text[0]) + 10
    return _weighted(f"{letter}{text[1:]}", (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def _japan(digits: str) -> bool:
    left = _weighted(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return int(digits[11]) == (0 if left <= 1 else 11 - left)


def _india(digits: str) -> bool:
    key = 0
    for number, digit in enumerate(reversed(digits)):
        key = int(_DIHEDRAL[key][int(_SHIFTED[number % 8][int(digit)])])
    return key == 0


def _korea(digits: str) -> bool:
    return _is_day(2000, digits[2:4], digits[4:6])


def _nordic(digits: str) -> bool:
    return _is_day(2000, digits[-8:-6], digits[-6:-4]) and _luhn(digits[-10:])


Check = Callable[[str], bool]
_LABELS = "(?:CPF|PESEL|DNI|NIE|NIR|AADHAAR|AHV|AVS|RRN|NIF|SVNR)"
_ALONE: tuple[tuple[str, Check | None], ...] = (  # the shape as printed, and what its letters and digits must pass
    (r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", _brazil),
    (rf"{_LABELS}[ .:#№NO°]{{0,6}}(?:[0-9](?:[ .-]?[0-9]){{8,14}}|[0-9XYZ](?:[ .-]?[0-9]){{7}}-?[A-Z])", None),
    (r"[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]", None),  # Italy
    (r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]", None),  # Mexico
    (r"[12] [0-9]{2} (?:0[1-9]|1[0-2]) [0-9AB]{2} [0-9]{3} [0-9]{3}(?: [0-9]{2})?", None),  # France
    (r"756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}", None),  # Switzerland
    (r"[0-9]{6}-[1-8][0-9]{6}", _korea),
    (r"[0-9]{6}-[1-8][*X]{6}", None),  # Korea, masked
    (r"[2-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}", _india),
    (r"[A-Z]{1,2}[0-9]{6}\([0-9A]\)", None),  # Hong Kong
)
_MANY: tuple[tuple[str, Check], ...] = (
    (r"[0-9]{11}", _brazil),
    (r"[0-9]{11}", _poland),
    (r"[0-9XYZ][0-9]{7}-?[A-HJ-NP-TV-Z]", _spain),
    (r"[12][0-9]{14}", _france),
    (r"[A-Z][1289][0-9]{8}", _letter_as_two_digits),  # Taiwan
    (r"[0-9]{12}", _japan),
    (r"[2-9][0-9]{11}", _india),
    (r"(?:[0-9]{2})?[0-9]{6}[-+][0-9]{4}", _nordic),
    (r"[0-9]{3}[- ][0-9]{3}[- ][0-9]{3}", _luhn_of_nine),
    (r"[A-Z]{5}[0-9]{4}[A-Z]", lambda text: True),  # India, tax
)
_SHAPES = re.compile("|".join(rf"(?<![0-9A-Z])(?:{shape})(?![0-9A-Z])" for shape, _ in _ALONE))
_LIKELY = "|".join(rf"(?:{shape})" for shape, _ in _ALONE)
_SIEVE = "[0-9][ .-]?[0-9]"  # a text without this holds none of them
_BARE = "|".join(dict.fromkeys(rf"^(?:{shape})$" for shape, _ in _MANY))


def holds_national_number(texts: pa.Array) -> bool:
    """Do distinct texts, in capitals and ordinary widths, hold identity numbers of persons?"""
    if not pc.any(pc.match_substring_regex(texts, _SIEVE), min_count=0).as_py():
        return False
    alone = texts.filter(pc.match_substring_regex(texts, _LIKELY)).to_pylist()
    if any(_passes(match[0]) for text in alone for match in _SHAPES.finditer(text)):
        return True
    bare = texts.filter(pc.match_substring_regex(texts, _BARE))
    if len(bare) < max(FEWEST, NEARLY_ALL * len(texts)):
        return False
    return any(_nearly_all(bare.to_pylist(), re.compile(shape), check) for shape, check in _MANY)


def _passes(text: str) -> bool:
    joined = re.sub(r"[^0-9A-Z]", "", text)
    return any(re.fullmatch(shape, text) and (check is None or check(joined)) for shape, check in _ALONE)


def _nearly_all(texts: list[str], shape: re.Pattern, check: Check) -> bool:
    passed = sum(bool(shape.fullmatch(text)) and check(re.sub(r"[^0-9A-Z]", "", text)) for text in texts)
    return passed >= NEARLY_ALL * len(texts)
