"""How much of a count was allocated to no area? The one place that works it out, and says how much is much.

The share is that of one variable and category over one window, so that marks, verdicts, maps and comparisons agree.
Rows that are known to lie elsewhere than in any of the areas (``elsewhere`` in the place file) are no part of it.
"""

from __future__ import annotations

import numpy as np

from disclosure.remembered import remembered
from disclosure.safe_table import SafeTable
from loaders import Place

LARGE = 0.05  # design rule 5: with a share above this the figures of all areas are too low to be compared


def share_of(whole: np.ndarray, apart: np.ndarray, width: int = 1) -> np.ndarray:
    """The share of the ``width`` periods that end at each ``[period]``, 0 to 1; 0 where the whole has no count of one
    of them.

    ``whole``: counts of the place ``[period]``; ``apart``: those of its rows outside every area ``[row, period]``,
    added up. A row without a number adds nothing. 30 and 10 of 800 are 0.05.
    """
    outside = np.nan_to_num(apart).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num(_sums(outside, width) / _sums(whole, width), posinf=0.0)


def unallocated_shares(safe: SafeTable, place: Place, parts: tuple[str, ...], category: str, width: int) -> np.ndarray:
    """The share of a figure over the ``width`` periods that end at each period of the table, ``[period]``.

    ``parts``: the variables that the figure is made of, of which the largest share decides. Raises KeyError for a
    variable or category that the table lacks.
    """
    rows = tuple(code for code in place.of_unknown_area if safe.has(area=code))
    return np.max([_shares(safe, rows, variable, category, width) for variable in parts], axis=0)


@remembered()
def _shares(safe: SafeTable, rows: tuple[str, ...], variable: str, category: str, width: int) -> np.ndarray:
    if not rows:
        return np.zeros(len(safe.periods))
    counts = safe.block(variable, category, [safe.areas[0], *rows]).values
    return share_of(counts[0], counts[1:], width)


def times_of_part(share):
    """By which an area's count is multiplied to have its proportional part of what was allocated to no area:
    1 ÷ (1 − share); 1 where no area has anything."""
    return 1 / np.where(share < 1, 1 - share, 1)


def is_large(share):
    """Is so much allocated to no area that the figures of areas are too low to be compared? For one share or an array
    of them."""
    return share > LARGE


def _sums(values: np.ndarray, width: int) -> np.ndarray:
    """Sums of the ``width`` values that end at each; NaN where there are fewer."""
    padded = np.concatenate([np.full(width - 1, np.nan), values])
    return np.lib.stride_tricks.sliding_window_view(padded, width).sum(axis=-1)
