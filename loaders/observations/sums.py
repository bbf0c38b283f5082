"""Which lines of numbers are the sums of other lines? Found from the numbers, where chance cannot explain it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

MOST_LINES = 400  # beyond so many lines only the sum of all others is looked for
MOST_PAIRED = 40  # up to so many lines two that do not stand together are added, too
ENOUGH = 3  # digits of agreement, beyond those that the search itself makes likely, from which a sum is no chance

Sum = tuple[int, tuple[int, ...]]  # the line of the total, the lines of its parts


def sums_of(values: np.ndarray, called: Sequence[bool]) -> list[Sum]:
    """Every line of ``values`` ``[line, place]`` that is the sum of others in all places where all of them are known.

    ``called``: is the line called a total? Then one place is enough. Parts are all the other lines, a run of lines
    before or after the total, or two lines; what is a part of a total stands for it no more among the parts of others.
    """
    lines_summed: list[Sum] = []
    left = list(range(len(values)))
    while len(left) > 2:
        sums = [
            (left[total], tuple(left[part] for part in parts))
            for total, parts in _of_level(values[left], [called[line] for line in left])
        ]
        sums = [found_sum for found_sum in sums if found_sum[0] not in {total for total, _ in lines_summed}]
        if not sums:
            break
        lines_summed += sums
        below = {part for _, parts in sums for part in parts} - {total for total, _ in sums}
        left = [line for line in left if line not in below]
    return lines_summed


def _of_level(values: np.ndarray, called: list[bool]) -> Iterator[Sum]:
    for total in range(len(values)):
        for parts, searched in _candidates(values, total):
            if _holds(values, total, parts, 0.0 if called[total] else np.log10(searched) + ENOUGH):
                yield total, parts
                break


def _candidates(values: np.ndarray, total: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Lines that may add up to a total, the likeliest first, each with how many such sums a search of all lines tries:
    all others, the longest run beside the total, two lines."""
    lines = len(values)
    yield tuple(line for line in range(lines) if line != total), lines
    if lines > MOST_LINES:
        return
    runs = []
    for step in (-1, 1):
        run = range(total + step, -1 if step < 0 else lines, step)
        if len(run) > 1:
            with np.errstate(invalid="ignore"):
                gaps = np.cumsum(values[run], axis=0) - values[total]
            fits = ((np.abs(gaps) < 0.5) | ~np.isfinite(gaps)).all(axis=1)
            runs += [tuple(sorted(run[: length + 1])) for length in np.flatnonzero(fits) if length > 0]
    yield from ((run, lines**2) for run in sorted(runs, key=len, reverse=True))
    if lines <= MOST_PAIRED:
        others = [line for line in range(lines) if line != total]
        yield from (((first, second), lines**3) for n, first in enumerate(others) for second in others[n + 1 :])


def _holds(values: np.ndarray, total: int, parts: tuple[int, ...], digits: float) -> bool:
    """Is the total the sum wherever all of it is known, more often than chance explains, and with two parts at
    least?"""
    if len(parts) < 2:
        return False
    lines = values[[*parts]]
    places = np.isfinite(values[total]) & np.isfinite(lines).all(axis=0)
    if not places.any() or (np.abs(lines[:, places].sum(axis=0) - values[total, places]) >= 0.5).any():
        return False
    if (np.nan_to_num(lines) > 0).any(axis=1).sum() < 2:
        return False
    return np.log10(1 + np.unique(np.abs(values[total, places]))).sum() >= max(digits, 1e-9)
