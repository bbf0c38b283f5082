"""How much does a figure bend away from the straight line between its neighbours of a year before and a year after?

The second difference y₋ − 2y + y₊ of three figures a year apart leaves out level, slope and season, so that a turn of
the level over several
years does not count as fluctuation; by chance alone its variance is six times the mean count (Gasser, Sroka and
Jennen-Steinmetz
1986, Biometrika 73:625). Shares are taken on the logit scale.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from measures.inference.fluctuation import LEAST_DF, Fluctuation, floored
from measures.inference.moderation import moderated
from measures.inference.residual_sums import independent

LEAST = 5  # figures needed where there is one a year, or years of them where there are several


def second_differences(counts: list[np.ndarray], lag: int) -> tuple[np.ndarray, np.ndarray]:
    """Squared second differences ÷ what chance gives them, and the size that chance depends on, ``[series, period]``,
    at the middle one.

    ``counts``: one array of counts, or part and whole. Of counts the sum N of the three is given, and 2N is expected
    of the square;
    of shares the logits (half an event added, Gart 1966) have the variance 1 ÷ part + 1 ÷ rest. NaN where one of the
    three is missing or none has an event.
    """
    part = counts[0]
    if len(counts) == 2:
        cases, rest = part + 0.5, counts[1] - part + 0.5
        with np.errstate(invalid="ignore", divide="ignore"):
            value, variance = np.log(cases / rest), 1 / cases + 1 / rest
        size = 1 / variance
    else:
        value, variance, size = part, None, part
    before, middle, after = (_shifted(value, way * lag) for way in (-1, 0, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        chance = 2 * (before + middle + after)
        if variance is not None:
            chance = _shifted(variance, -lag) + 4 * variance + _shifted(variance, lag)
        return np.where(chance > 0, (before - 2 * middle + after) ** 2 / chance, np.nan), size


def _shifted(values: np.ndarray, by: int) -> np.ndarray:
    """Each figure's neighbour ``by`` periods later; NaN beyond the ends."""
    out = np.full(values.shape, np.nan)
    length = values.shape[1]
    if abs(by) < length:
        out[:, max(0, -by) : length - max(0, by)] = values[:, max(0, by) : length - max(0, -by)]
    return out


def without(length: int, lag: int, width: int, position: int) -> np.ndarray:
    """Which second differences have no part in the figure at ``at`` nor in the one a year before, by the middle
    period of each."""
    ends = np.arange(length)[:, None] + np.array([-lag, 0, lag])
    return (np.abs(ends - position) >= width).all(axis=1) & (np.abs(ends - (position - lag)) >= width).all(axis=1)


@lru_cache(maxsize=4096)
def degrees(used: bytes, lag: int, width: int) -> float:
    """Degrees of freedom of a mean of such squares, which overlap: (tr A)² ÷ tr A² (Satterthwaite). ``used``: one
    byte a period, 1 where it is a middle."""
    middles = np.flatnonzero(np.frombuffer(used, dtype=bool))
    if not len(middles):
        return 0.0
    rows = np.zeros((len(middles), len(used) + width))
    for row, middle in zip(rows, middles, strict=True):
        for step, weight in ((-lag, 1.0), (0, -2.0), (lag, 1.0)):
            row[middle + step + 1 : middle + step + 1 + width] += weight
    products = rows @ rows.T
    return float(np.trace(products) ** 2 / np.sum(products**2))


class Step(NamedTuple):
    """By how many periods the three figures of a second difference lie apart, and how many each counts."""

    year: int
    width: int


def from_years(
    counts: list[np.ndarray], sure: np.ndarray, cuts: list[list[int]], inside: np.ndarray, year: int
) -> Fluctuation:
    """Of series ``[area, period]`` with ``year`` periods a year; one factor for every period that is judged, which
    has no part in it."""
    length = sure.shape[1]
    widths = [_of_width(counts, sure, cuts, inside, Step(year, width)) for width in dict.fromkeys((1, year))]
    factor, df, first, last = (np.stack(parts * (2 // len(widths))) for parts in map(list, zip(*widths, strict=True)))
    enough = sure.sum(axis=1) >= LEAST * year
    factor[:, ~enough] = np.nan
    return floored(factor, df, first, last) if length else Fluctuation(factor, df, first, last)


def _of_width(counts, sure, cuts, inside, step: Step) -> list[np.ndarray]:
    year, width = step
    sums, whole = (
        [_sums(np.where(sure, series, np.nan), width) for series in counts],
        _sums(np.where(sure, 1.0, np.nan), width),
    )
    for row, own in zip(whole, cuts, strict=True):
        for cut in own:  # no second difference over a cut
            row[cut : cut + width - 1] = np.nan
    squares, size = second_differences(sums, year)
    for row, own in zip(squares, cuts, strict=True):
        for cut in own:
            row[max(0, cut - year) : cut + year + width - 1] = np.nan
    shape = squares.shape
    factor, df, first, last = np.full(shape, np.nan), np.zeros(shape), np.full(shape, -1), np.full(shape, -1)
    known = np.isfinite(squares)
    mean = np.where(known, size, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    for position in range(shape[1]):
        apart = known & without(shape[1], year, width, position)
        apart = np.where(
            _left_with(apart, year, width, inside)[:, None], apart, known
        )  # where too little else is left, the two take part
        factor[:, position], df[:, position] = _from_squares(squares, apart, inside, mean, step)
        some = apart.any(axis=1)
        first[some, position] = apart[some].argmax(axis=1) - year - width + 1
        last[some, position] = shape[1] - 1 - apart[some, ::-1].argmax(axis=1) + year
    return [factor, df, first, last]


def _left_with(used: np.ndarray, year: int, width: int, inside: np.ndarray) -> np.ndarray:
    """Which areas still have second differences enough; a series that borrows from no others needs more."""
    return np.array(
        [
            degrees(row.tobytes(), year, width) >= (LEAST_DF if not borrows else 0.5)
            for row, borrows in zip(used, inside, strict=True)
        ]
    )


def _from_squares(squares, used, inside, mean, step: Step) -> tuple[np.ndarray, np.ndarray]:
    """Factor and degrees of freedom of every area from the squares ``used``."""
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.where(used, squares, 0).sum(axis=1) / used.sum(axis=1)
    df = np.array([degrees(row.tobytes(), *step) for row in used]) / (1 + 0.5 / np.maximum(mean, 0.05))
    some = inside & (df > 0)
    most = np.inf
    if some.sum() > 1:
        both = used[some].all(axis=0)
        most = float(df[some].mean()) * (independent(np.sqrt(squares[some][:, both])) if both.sum() > 2 else some.sum())
    own[inside], df[inside] = moderated(own[inside], df[inside], mean[inside], most)
    return own, df


def _sums(values: np.ndarray, width: int) -> np.ndarray:
    """Sums of the ``width`` periods that end at each; NaN before the first whole one and over a gap."""
    out = np.full(values.shape, np.nan)
    if values.shape[1] >= width:
        out[:, width - 1 :] = np.lib.stride_tricks.sliding_window_view(values, width, axis=1).sum(axis=2)
    return out
