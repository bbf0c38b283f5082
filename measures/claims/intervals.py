"""Which true values does a printed figure allow?

39.6 % may stand for anything from 39.55 to 39.65 (rounded) or from 39.6 to 39.7 (cut off). 8.643 million may stand for
8,642,500 to 8,644,000. Ranges keep both ends, because nobody says how halves were rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

SLACK = 1e-9  # relative; arithmetic in floats must never turn a possible figure into an impossible one
FEW_DIGITS = 1000  # from here on, two or more zeros at the end of a count may be the zeros of a rounded one


@dataclass(frozen=True)
class Range:
    """All values from ``low`` to ``high``, both included."""

    low: float
    high: float

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Range) -> Range:
        ends = [_times(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))

    def __truediv__(self, other: Range) -> Range:
        """A range through one that may hold zero can be anything."""
        if other.low <= 0 <= other.high:
            return Range(-inf, inf)
        return self * Range(1 / other.high, 1 / other.low)

    def overlaps(self, other: Range) -> bool:
        """Is there a value that both allow?"""
        slack = SLACK * max(1.0, *(abs(end) for end in (self.low, self.high, other.low, other.high) if isfinite(end)))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def holds(self, value: float) -> bool:
        return self.overlaps(Range(value, value))


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def exactly(value: float) -> Range:
    return Range(value, value)


def change(now: Range, before: Range) -> Range:
    """The changes in per cent that two ranges of counts allow: 16 → 11 is −31.25 %; nothing is below −100 %."""
    ratio = now / before
    return Range((ratio.low - 1) * 100, (ratio.high - 1) * 100)


def step_of(printed: str, *, zeros: bool = False) -> float:
    """The unit of the last figure printed: '39.6' 0.1, '40' 1; with ``zeros`` (counts, money) '27000' 1,000, for they
    may be rounding."""
    digits = printed.strip().lstrip("+-")
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    last = len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
    return 10.0**last if zeros and last >= 2 and float(digits) >= FEW_DIGITS else 1.0


def rounded(printed: str, multiplier: float = 1, *, zeros: bool = False, whole: bool = False) -> Range:
    """The values that round to what is printed. A ``whole`` count printed to its last figure is that count alone."""
    return _steps_around(printed, (-0.5, 0.5), multiplier, zeros, whole)


def cut_off(printed: str, multiplier: float = 1, *, zeros: bool = False, whole: bool = False) -> Range:
    """The values that give what is printed when the figures behind are left out instead of rounded: of a zero, those on
    both sides.
    """
    low, high = (-1, 0) if printed.strip().startswith("-") else (0, 1)
    sides = (-1, 1) if float(printed) == 0 else (low, high)
    return _steps_around(printed, sides, multiplier, zeros, whole)


def _steps_around(printed: str, sides: tuple[float, float], multiplier: float, zeros: bool, whole: bool) -> Range:
    """From so many steps of the last figure printed to so many."""
    number, step = float(printed), step_of(printed, zeros=zeros)
    if whole and step == 1 and abs(multiplier) == 1:
        return exactly(number * multiplier)
    return _ordered(*(number + side * step for side in sides), multiplier)


def allowed(printed: str, multiplier: float = 1, bound: str = "", *, zeros: bool = False, whole: bool = False) -> Range:
    """Rounded or cut off, whichever allows more; wider where the words around the figure say 'over', 'nearly' or
    'about'."""
    nearest, other = (read(printed, multiplier, zeros=zeros, whole=whole) for read in (rounded, cut_off))
    plain = Range(min(nearest.low, other.low), max(nearest.high, other.high))
    number, unit = float(printed) * multiplier, abs(multiplier) * _last_figure(printed)
    if bound == "at_least":
        return Range(-inf, plain.high) if number < 0 else Range(plain.low, inf)
    if bound == "at_most":
        return Range(plain.low, number + unit) if number < 0 else Range(number - unit, plain.high)
    return Range(number - unit, number + unit) if bound == "about" else plain


def _last_figure(printed: str) -> float:
    """The unit of the last figure that is not zero: '-40' 10, '17' 1, '27000' 1,000."""
    digits = printed.strip().lstrip("+-")
    if "." in digits:
        return step_of(printed)
    return 10.0 ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") else 1.0


def _ordered(end: float, other: float, multiplier: float) -> Range:
    return Range(*sorted((end * multiplier, other * multiplier)))
