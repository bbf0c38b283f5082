"""Which of many tests stand when they are looked at all at once?"""

from __future__ import annotations

import numpy as np

from measures.figures.discoveries import RATE, cutoff


def discovered(p: np.ndarray, rate: float = RATE) -> np.ndarray:
    """Which of these p, of any shape, stand when at most ``rate`` of those that do may be false on average (Benjamini
    and Hochberg 1995): one family, NaN = not tested. 0.01, 0.04, 0.2 and 0.9 at 10 %: the first two."""
    flat = np.asarray(p, dtype=float).ravel()
    with np.errstate(invalid="ignore"):
        stands = flat <= float(cutoff(flat[:, None], rate)[0]) if flat.size else flat.astype(bool)
    return (stands & (np.nan_to_num(flat, nan=1.0) <= rate)).reshape(np.shape(p))
