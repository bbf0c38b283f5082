"""Finds labels that are sums of other labels, at every level: regions of districts, and countries of regions.

A sum is looked for in the run beside a label, in a run anywhere, and among a few labels in any order. The more sums
there are to compare with, the more digits must agree before one is believed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loaders.lint.sums import DIGITS, end_of_run

FEWEST = 2  # parts of a sum
MOST_ANY_ORDER = 24  # labels among which parts in any order are sought
MOST_STEPS = 2_500  # of that search, for one label


def nested_sums(cells: np.ndarray) -> dict[int, list[int]]:
    """The rows of ``cells`` (labels × comparisons) that are sums → the rows that they are the sums of."""
    sums: dict[int, list[int]] = {}
    left = list(range(len(cells)))
    while len(left) > FEWEST:
        level = _sums_at_once(cells, left, sums)
        if not level:
            break
        sums |= level
        parts = {row for rows in level.values() for row in rows}
        left = [row for row in left if row not in parts]
    rest = [row for row in range(len(cells)) if row not in sums]
    if len(rest) <= MOST_ANY_ORDER:
        for number, positions in _in_any_order(_whole(cells[rest])).items():
            sums[rest[number]] = [rest[position] for position in positions]
    return sums


def tops_of(nested: dict[str, list[str]], among: Sequence[str]) -> list[str]:
    """Of labels that are sums those that hold all others, through whatever sums lie between."""

    def within(text: str) -> set[str]:
        return {text} if text not in nested else set().union(*map(within, nested[text]))

    rest = {text for text in among if text not in nested}
    return [text for text in nested if within(text) == rest]


def nested_doubts(nested: dict[str, list[str]]) -> list[str]:
    """A question for each label that is the sum of some others: only a person knows which of them are to be shown."""
    return [
        f"'{text}' is the sum of {_listed(parts)}: leave it out with 'ignore_rows', or leave those out."
        for text, parts in nested.items()
    ]


def _listed(texts: Sequence[str]) -> str:
    return (
        f"'{texts[0]}' and '{texts[1]}'" if len(texts) == 2 else f"the {len(texts)} from '{texts[0]}' to '{texts[-1]}'"
    )


def _sums_at_once(cells: np.ndarray, left: list[int], known: dict[int, list[int]]) -> dict[int, list[int]]:
    counts = _whole(cells[left])
    level = {}
    for number, row in enumerate(left):
        if row in known:
            continue
        if positions := _beside(cells[left], number) or _run_anywhere(counts, number):
            level[row] = [left[position] for position in positions]
    return level


def _whole(cells: np.ndarray) -> np.ndarray:
    """The comparisons in which every label has a whole number."""
    complete = ~np.isnan(cells).any(axis=0)
    complete &= (np.nan_to_num(cells) % 1 == 0).all(axis=0) & (np.abs(np.nan_to_num(cells)) < 1e12).all(axis=0)
    return cells[:, complete].astype(np.int64)


def _beside(cells: np.ndarray, number: int) -> Sequence[int]:
    for run in (range(number + 1, len(cells)), range(number - 1, -1, -1)):
        end = end_of_run(cells, number, run)
        if end >= 0:
            return range(min(run[0], end), max(run[0], end) + 1)
    return ()


def _run_anywhere(counts: np.ndarray, number: int) -> Sequence[int]:
    """The run of labels, wherever it stands, that adds up to a label in every comparison."""
    stated = counts[number]
    if _digits(stated) < DIGITS + 2 * np.log10(len(counts)):
        return ()
    before = np.vstack([np.zeros_like(stated), counts.cumsum(axis=0)])
    starts = {added.tobytes(): first for first, added in enumerate(before)}
    for first, added in enumerate(before):
        end = starts.get((added + stated).tobytes(), -1)
        if end - first >= FEWEST and not first <= number < end:
            return range(first, end)
    return ()


def _in_any_order(counts: np.ndarray) -> dict[int, list[int]]:
    """Labels that are the sum of some smaller ones, where the search ends soon enough."""
    sums: dict[int, list[int]] = {}
    largest_first = np.argsort(-counts.sum(axis=1), kind="stable")
    for number in largest_first:
        smaller = [
            row
            for row in largest_first
            if row != number and counts[row].any() and (counts[row] <= counts[number]).all()
        ]
        if len(smaller) < FEWEST or _digits(counts[number]) < DIGITS + len(smaller) * np.log10(2):
            continue
        parts = _parts_of(counts[number], counts[smaller])
        if len(parts) >= FEWEST:
            sums[int(number)] = [int(smaller[part]) for part in parts]
    return sums


def _parts_of(stated: np.ndarray, counts: np.ndarray) -> list[int]:
    """The rows of ``counts`` that add up to ``stated``; [] where none do, or the search goes on for too long."""
    rest = counts[::-1].cumsum(axis=0)[::-1]
    paths: list[tuple[int, np.ndarray, list[int]]] = [(0, stated, [])]
    for _ in range(MOST_STEPS):
        if not paths:
            break
        row, lacking, parts = paths.pop()
        if not lacking.any():
            return parts
        if row == len(counts) or (lacking > rest[row]).any():
            continue
        paths.append((row + 1, lacking, parts))
        if (counts[row] <= lacking).all():
            paths.append((row + 1, lacking - counts[row], [*parts, row]))
    return []


def _digits(stated: np.ndarray) -> float:
    return float(np.log10(1 + stated[stated > 0]).sum())
