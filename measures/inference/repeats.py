"""Small counts repeat: what is slow to work out is worked out once for the numbers that differ."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

_FEW = 64  # numbers that are not worth looking through


def once(work: Callable[..., np.ndarray], *columns: np.ndarray) -> np.ndarray:
    """What ``work`` gives of columns of numbers, an array (or several, ``[which, row]``) with a value for every row: it
    is asked for each row that differs from the others, once."""
    if len(columns[0]) < _FEW:
        return np.asarray(work(*columns))
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        numbers, values = pd.factorize(column, use_na_sentinel=False)
        codes = pd.factorize(codes * len(values) + numbers)[0]
    rows = np.empty(codes.max() + 1, dtype=np.int64)
    rows[codes[::-1]] = np.arange(len(codes))[::-1]  # where each stands first
    return np.asarray(work(*(column[rows] for column in columns)))[..., codes]
