"""The only table that measures accept: every value with its status, at the grains its publisher released."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

STATUSES = ("", "p", "r", "e", "b", "c", "x", "z", "u", "k")
WITHOUT_VALUE = ("c", "x", "z")


@dataclass(frozen=True)
class Series:
    """One area, category and variable over all periods of its table: values (NaN = none), statuses and reasons."""

    values: np.ndarray
    statuses: np.ndarray
    reasons: np.ndarray


@dataclass(frozen=True, eq=False)
class SafeTable:
    """A complete table: ``values[variable, category, area, period]`` with a status and a reason for every cell.

    ``reasons`` holds the distinct reason keys that ``reason`` points into; several keys of one cell are joined by '|'.
    ``release_of`` names for each period the release it was taken from.
    """

    dataset: str
    release: str
    variables: tuple[str, ...]
    categories: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    release_of: tuple[str, ...]
    values: np.ndarray
    status: np.ndarray
    reason: np.ndarray
    reasons: tuple[str, ...]
    _at: dict[str, dict[str, int]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for axis in ("variables", "categories", "areas", "periods"):
            self._at[axis] = {code: number for number, code in enumerate(getattr(self, axis))}

    def has(self, *, area: str | None = None, category: str | None = None) -> bool:
        """Does the table have the area and the category? What is not asked about does not count."""
        return (area is None or area in self._at["areas"]) and (category is None or category in self._at["categories"])

    def series(self, variable: str, category: str, area: str) -> Series:
        """The cells of one line. Raises KeyError for a code that the table does not have."""
        at = self._at["variables"][variable], self._at["categories"][category], self._at["areas"][area]
        words = np.array(self.reasons, dtype=object)
        return Series(self.values[at], np.array(STATUSES, dtype=object)[self.status[at]], words[self.reason[at]])

    def position(self, period: str) -> int | None:
        """The number of the period in the table, or None."""
        return self._at["periods"].get(period)
