"""Where does a map change colour? Class breaks that stay fixed over all periods, so that a new colour is a new
figure.
"""

from __future__ import annotations

import numpy as np

METHODS = ("quantiles", "natural", "equal")
CLASSES = 5
MOST = 2000  # values among which natural breaks are sought; of more, so many that lie evenly in their order


def class_breaks(values: np.ndarray, method: str) -> list[float]:
    """Upper bounds of up to five classes (Slocum et al. 2009, ch. 5), lowest first; natural breaks (Fisher and Jenks)
    by jenkspy.

    ``values``: every figure that the map may show, over areas and years; those without a number are left out.
    Equal bounds (many equal values) fall together, so that no class is empty by construction.
    """
    known = np.sort(values[np.isfinite(values)])
    count = min(CLASSES, len(np.unique(known)))
    if count < 2:
        return [float(known.max())] if len(known) else []
    bounds = _natural(known, count) if method == "natural" else _even(known, count, method)
    return sorted({float(bound) for bound in bounds})


def _natural(known: np.ndarray, count: int) -> list[float]:
    import jenkspy

    some = known if len(known) <= MOST else known[np.linspace(0, len(known) - 1, MOST).round().astype(int)]
    return jenkspy.jenks_breaks(some, n_classes=count)[1:]


def _even(known: np.ndarray, count: int, method: str) -> np.ndarray:
    """As many figures in each class (the quantiles lie on straight lines between neighbours), or classes of one
    width.
    """
    steps = np.arange(1, count + 1)
    if method == "quantiles":
        return np.percentile(known, steps * (100 / count))
    return np.append(known[0] + steps[:-1] * ((known[-1] - known[0]) / count), known[-1])


def class_of(values: np.ndarray, bounds: list[float]) -> np.ndarray:
    """The class of each value, 0 = lowest; −1 has no class (no value). Values over the last bound fall in the last
    class.
    """
    classes = np.minimum(np.searchsorted(bounds, values, side="left"), len(bounds) - 1)
    return np.where(np.isfinite(values), classes, -1)


def changed_classes(first: np.ndarray, second: np.ndarray) -> int:
    """How many areas fall in another class; areas without a class in either are not counted."""
    both = (first >= 0) & (second >= 0)
    return int((both & (first != second)).sum())
