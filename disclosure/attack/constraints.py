"""What does each publication say about the counts behind it? Every kind of publication as a linear statement.

An attacker holds one vector of whole numbers, unknown at first. A table, a rate, a rounded share, a rolling sum,
another geography: each is a row over that vector. ``terms`` are names with factors: ``{"north": 1, "south": 1}``, or
one name, or a list of names that add up. Rounded figures become intervals that keep both ends, because nobody says how
halves were rounded; fractions are exact (no float enters a row).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, lcm

import numpy as np
from scipy import sparse

from disclosure.protection.bounds import FREE, LARGEST, Known

Terms = Mapping[str, int] | Iterable[str] | str
Number = int | str | Fraction | Decimal


class Constraints:
    """The attacker's notes: unknown counts by name, and what was published about them."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self._low: list[int] = []
        self._high: list[int] = []
        self._rows: list[tuple[dict[int, int], int, int]] = []

    def unknown(self, *names: str, low: int = 0, high: int | None = None) -> None:
        """Counts that are not published. ``low=1`` where zeros are shown: what is hidden then is not zero."""
        for name in names:
            if name in self.names:
                raise ValueError(f"'{name}' is already noted")
            self.names[name] = len(self.names)
            self._low.append(low)
            self._high.append(int(FREE) if high is None else high)

    def between(self, terms: Terms, low: Number | None, high: Number | None) -> None:
        """The sum of the terms lies between two numbers, both included; None: no limit on that side."""
        factors = {self.names[name]: Fraction(factor) for name, factor in _factors(terms).items()}
        scale = lcm(*(factor.denominator for factor in factors.values()))
        row = {column: int(factor * scale) for column, factor in factors.items() if factor}
        least = -int(FREE) if low is None else ceil(_exact(low) * scale)
        most = int(FREE) if high is None else floor(_exact(high) * scale)
        if (
            max(
                [abs(side) for side in (least, most) if abs(side) < FREE] + [abs(factor) for factor in row.values()],
                default=0,
            )
            > LARGEST
        ):
            raise OverflowError("a statement is too fine for 64-bit integers: round it outwards first")
        self._rows.append((row, least, most))

    def equal(self, terms: Terms, value: Number) -> None:
        """A published count, total or rolling sum: ``equal(["north", "south"], 12)``."""
        self.between(terms, value, value)

    def rate(self, terms: Terms, shown: str, per: int, denominator: int) -> None:
        """A rate as shown, its decimals those of the text: '0.06' per 1,000 of 52,340 is 3."""
        low, high = interval(shown)
        self.between(terms, low * denominator / per, high * denominator / per)

    def ratio(self, above: Terms, below: Terms, low: Number, high: Number) -> None:
        """A sum divided by another lies between two numbers: low · below ≤ above ≤ high · below."""
        for factor, sides in ((_exact(low), (0, None)), (_exact(high), (None, 0))):
            joined = {name: Fraction(value) for name, value in _factors(above).items()}
            for name, value in _factors(below).items():
                joined[name] = joined.get(name, Fraction(0)) - factor * value
            self.between(joined, *sides)

    def share(self, part: Terms, whole: Terms, shown: str) -> None:
        """A percentage of another sum as shown: '1.7' of 178 is 3."""
        low, high = interval(shown)
        self.ratio(part, whole, low / 100, high / 100)

    def change(self, now: Terms, before: Terms, shown: str) -> None:
        """A change in per cent as shown: '-40.0' from 5 is 3."""
        low, high = interval(shown)
        self.ratio(now, before, 1 + low / 100, 1 + high / 100)

    @property
    def rows(self) -> int:
        """How many statements were noted."""
        return len(self._rows)

    def spoken_of(self, first: int = 0) -> set[int]:
        """The numbers of the unknowns that the statements from the ``first`` one on speak of."""
        return {number for row, _, _ in self._rows[first:] for number in row}

    def known(self) -> Known:
        """All statements as rows of whole numbers."""
        lengths = [len(row) for row, _, _ in self._rows]
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        column = np.array([number for row, _, _ in self._rows for number in row], dtype=np.int64)
        factor = np.array([value for row, _, _ in self._rows for value in row.values()], dtype=np.int64)
        matrix = sparse.csr_array((factor, column, start), shape=(len(self._rows), len(self.names)))
        low, high = (np.array([row[side] for row in self._rows], dtype=np.int64) for side in (1, 2))
        return Known(matrix, low, high, np.array(self._low, dtype=np.int64), np.array(self._high, dtype=np.int64))


def interval(shown: str) -> tuple[Fraction, Fraction]:
    """What a rounded text can stand for: '0.06' is 0.055 to 0.065; '-40.0' is −40.05 to −39.95."""
    half = Fraction(10) ** Decimal(shown).as_tuple().exponent / 2
    return Fraction(shown) - half, Fraction(shown) + half


def _factors(terms: Terms) -> dict[str, int]:
    if isinstance(terms, str):
        return {terms: 1}
    if isinstance(terms, Mapping):
        return dict(terms)
    return {name: 1 for name in terms}


def _exact(number: Number) -> Fraction:
    return Fraction(number)
