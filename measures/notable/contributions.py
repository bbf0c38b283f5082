"""What part of the change of a whole came from each of its parts? In counts, so that the parts add up exactly."""

from __future__ import annotations

import numpy as np


def contributions(now: np.ndarray, before: np.ndarray, whole: tuple[float, float]) -> tuple[np.ndarray, float]:
    """(differences of the parts, what remains of the difference of the whole).

    ``now``, ``before``: counts of the parts, NaN where one is missing or the two may not be compared; ``whole``: those
    of the whole. 60 → 40 and 10 → 15 of 100 → 85: −20, +5 and nothing remains. A part without a difference is in what
    remains, with what belongs to no part.
    """
    parts = np.asarray(now, dtype=float) - np.asarray(before, dtype=float)
    return parts, float(whole[0] - whole[1] - np.nansum(parts))
