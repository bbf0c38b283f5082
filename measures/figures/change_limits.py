"""Between which limits does a change lie, wherever the counts belong that were allocated to no area?

Two answers bound it: nothing of what no area has came from this one, or its proportional part did, and then an area's
count is but (1 − the share allocated to no area) of its events in that window. Limits reach over both answers.
Decision: docs/decisions/0038-verdicts-at-both-bounds.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from disclosure.unallocated import times_of_part
from measures.inference.limits import Noise, ratio_limits, share_difference, widened
from measures.lines.line import Line

OPEN = 1e6  # times: an upper end of a change beyond it says nothing, and is open


class Basis(Protocol):
    """What of the grounds of a verdict the limits of a change need (``measures.figures.change_verdict.Grounds``)."""

    view: str
    factor: np.ndarray
    df: np.ndarray
    levels: np.ndarray
    spread: np.ndarray | float
    apart: np.ndarray
    apart_before: np.ndarray


@dataclass(frozen=True)
class ChangeLimits:
    """Limits of the change of each figure and p, NaN where it is not judged; ``high`` is NaN too where it is open.

    ``rising``: is the change upwards? ``differs``: would the verdict be another one at the other bound?
    """

    low: np.ndarray
    high: np.ndarray
    p: np.ndarray
    rising: np.ndarray
    differs: np.ndarray

    @property
    def sign(self) -> np.ndarray:
        """1 where the limits leave out no change and lie above it, −1 below it, else 0."""
        return (self.low > 0).astype(int) - (self.high < 0)

    def only(self, where: np.ndarray) -> ChangeLimits:
        """NaN outside of ``where``."""
        numbers = {name: np.where(where, getattr(self, name), np.nan) for name in ("low", "high", "p")}
        return replace(self, **numbers)


def change_at_both_bounds(basis: Basis, now: Line, before: Line, where: np.ndarray) -> ChangeLimits:
    """The limits that hold whichever of the two answers is right; p is the larger one, 1 where the answers lie on both
    sides of no change."""
    published = _limits(basis, now, before, where)
    moved = where & (basis.apart != basis.apart_before) & (basis.view != "share")
    if not moved.any():
        return published
    spread = _limits(basis, with_its_part(now, basis.apart), with_its_part(before, basis.apart_before), moved)
    high = np.where(np.isnan(published.high) | np.isnan(spread.high), np.nan, np.fmax(published.high, spread.high))
    p = np.where(published.rising == spread.rising, np.fmax(published.p, spread.p), 1.0)
    return ChangeLimits(
        np.fmin(published.low, spread.low),
        np.where(moved, high, published.high),
        np.where(moved, p, published.p),
        published.rising,
        moved & (published.sign != spread.sign),
    )


def with_its_part(line: Line, apart: np.ndarray) -> Line:
    """The line with the area's proportional part of what was allocated to no area."""
    times = times_of_part(apart)
    return replace(line, values=line.values * times, numerators=line.numerators * times)


def _limits(basis: Basis, now: Line, before: Line, where: np.ndarray) -> ChangeLimits:
    ratio, low, high, p = (np.full(where.shape, np.nan) for _ in range(4))
    if where.any():
        view = basis.view
        parts = [
            events_or_part(view, now),
            _exposure(view, now) * basis.levels,
            events_or_part(view, before),
            _exposure(view, before),
            basis.factor,
            basis.df,
            basis.spread,
        ]
        chosen = [np.broadcast_to(part, where.shape)[where] for part in parts]
        ratio[where], low[where], high[where], p[where] = (_points if view == "share" else _ratios)(chosen)
    return ChangeLimits(low, high, p, ~(ratio < 0), np.zeros(where.shape, dtype=bool))


def _points(parts: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    *sides, scale, df, _ = parts
    difference, low, high, p = share_difference(*sides, Noise(scale, df))
    return difference, low * 100, high * 100, p


def _ratios(parts: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    *sides, scale, df, spread = parts
    ratio, *limits = ratio_limits(*sides, Noise(scale, df))
    low, high, p = widened((ratio, *limits), spread)
    return ratio - 1, low - 1, np.where(high < OPEN, high, np.nan) - 1, p


def events(view: str, line: Line) -> np.ndarray:
    """How many events stand behind each figure: the count itself, what a rate divides, what a share is a share of."""
    if view == "density":
        return np.full(len(line.values), np.inf)
    base = line.denominators if view == "share" else line.numerators
    return np.where(np.isnan(base), line.values, base)


def events_or_part(view: str, line: Line) -> np.ndarray:
    """How many events a change compares: of a share its part."""
    return line.numerators if view == "share" else events(view, line)


def _exposure(view: str, line: Line) -> np.ndarray:
    return line.denominators if "rate" in view or view == "share" else np.ones(len(line.values))
