"""The sum of categories that pass by one after another: what ``guard`` gives for all of them at once."""

from __future__ import annotations

import numpy as np

from disclosure.cell_statuses import mark_incomplete
from disclosure.draft_table import Reasons
from disclosure.guard import Arrays, adds_nothing, strongest_sum
from loaders.statuses import STRENGTH

OF_A_CELL = 8 + 1 + 2 + 1  # bytes of a cell of a sum: value, status, reason, and whether any of its parts has a number


class RunningSum:
    """A sum so far. Counts are whole, so the order in which they are added changes nothing; of parts without a number
    it keeps which cells lack them, a bit for each."""

    def __init__(self, leaves: list[str], words: Reasons):
        self._leaves, self._words = leaves, words
        self._so_far: Arrays | None = None
        self._any: np.ndarray | None = None
        self._lacking: dict[str, np.ndarray] = {}
        self._in_areas: set[int] = set()

    def add(self, leaf: str, arrays: Arrays) -> None:
        """Add one of its parts, ``[variable, 1, area, period]``, in the order of the leaves."""
        part = tuple(cells[:, 0] for cells in arrays)
        nothing = adds_nothing(part[1])
        lacking = np.isnan(part[0]) & ~nothing
        if lacking.any():
            self._lacking[leaf] = np.packbits(lacking, axis=-1)
            self._in_areas.update(np.flatnonzero(lacking.any(axis=(0, 2))).tolist())
        some = ~lacking & ~nothing
        self._any = some if self._any is None else self._any | some
        both = [part] if self._so_far is None else [self._so_far, part]
        self._so_far = strongest_sum(tuple(np.stack(cells, axis=1) for cells in zip(*both, strict=True)), 1)

    def result(self) -> Arrays:
        """Values, statuses and reasons ``[variable, area, period]``; a sum that lacks some of its parts names them."""
        total, status, reason = self._so_far
        reason = reason.copy()
        for area in sorted(self._in_areas):
            lacking = self._lacking_in(area)
            some = lacking.any(axis=-1) & self._any[:, area] & (status[:, area] == STRENGTH["x"])
            if some.any():
                mark_incomplete(reason[:, area], some, lacking[some], self._words, ("category", self._leaves))
        return total, status, reason

    def _lacking_in(self, area: int) -> np.ndarray:
        """``[variable, period, leaf]``: which of its parts the sum lacks."""
        length = self._any.shape[-1]
        lacking = np.zeros((len(self._any), length, len(self._leaves)), dtype=bool)
        for number, leaf in enumerate(self._leaves):
            if leaf in self._lacking:
                lacking[..., number] = np.unpackbits(self._lacking[leaf][:, area], axis=-1, count=length)
        return lacking
