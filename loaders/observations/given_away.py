"""Which withheld cells do the publisher's own figures give away? By bounds alone: what follows from one sum after
another."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf

from loaders.observations.number_grid import Cell
from loaders.observations.relations import Statement

ROUNDS = 20  # after so many rounds nothing new follows in any real table


def given_away(statements: list[Statement], width: int) -> dict[Cell, str]:
    """Withheld cells that can be any of fewer than ``width`` whole numbers, and what gives each away."""
    low: dict[Cell, float] = {cell: 0 for statement in statements for cell in statement.terms}
    high: dict[Cell, float] = dict.fromkeys(low, inf)
    why: dict[Cell, str] = {}
    for _ in range(ROUNDS):
        before = dict(low), dict(high)
        for statement in statements:
            for cell in statement.terms:
                least, most = _room(statement, cell, low, high)
                if least > low[cell] or most < high[cell]:
                    low[cell], high[cell] = max(low[cell], least), min(high[cell], most)
                    why[cell] = statement.words
        if before == (low, high):
            break
    return {cell: why[cell] for cell in why if high[cell] - low[cell] + 1 < width}


def _room(statement: Statement, cell: Cell, low: dict[Cell, float], high: dict[Cell, float]) -> tuple[float, float]:
    """The least and the greatest whole number that a statement leaves to one of its cells."""
    factor = statement.terms[cell]
    least, most = statement.low, statement.high
    for other, times in statement.terms.items():
        if other != cell:
            ends = sorted((_times(times, low[other]), _times(times, high[other])))
            least, most = least - ends[1], most - ends[0]
    ends = sorted((_times(1 / factor, least), _times(1 / factor, most)))
    return (ceil(ends[0]) if ends[0] > -inf else -inf), (floor(ends[1]) if ends[1] < inf else inf)


def _times(factor: Fraction, number: float | Fraction) -> float | Fraction:
    return factor * Fraction(number) if number not in (inf, -inf) else (inf if (factor > 0) == (number > 0) else -inf)
