"""Columns that become a table without being looked through: texts stay plain objects, and all share one index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd


def frame_of(columns: Mapping[str, np.ndarray | Sequence]) -> pd.DataFrame:
    """One row = one value of each column. Of a list the first value tells whether it holds texts.

    pandas would guess the type of every text column and lay it out for Arrow: a quarter of the time of a change, for
    tables that are read once.
    """
    arrays = {name: _array(values) for name, values in columns.items()}
    index = pd.RangeIndex(len(next(iter(arrays.values()))))
    series = {n: pd.Series(values, index, values.dtype, copy=False) for n, values in enumerate(arrays.values())}
    frame = pd.DataFrame(series, index)
    frame.columns = _headings(tuple(arrays))
    return frame


@lru_cache(maxsize=256)
def _headings(names: tuple[str, ...]) -> pd.Index:
    """The same names are laid out once."""
    return pd.Index(names)


def _array(values: np.ndarray | Sequence) -> np.ndarray:
    if isinstance(values, np.ndarray):
        return values
    return np.array(values, dtype=object if not len(values) or isinstance(values[0], str) else None)
