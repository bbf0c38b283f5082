"""One release of a dataset as a table of cells: its keys, and tables set one below the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from loaders.cards.source_card import Release, SourceCard

KEYS = ["area", "category", "period", "variable"]


@dataclass(frozen=True)
class Observations:
    """One release of a dataset, as published.

    ``frame``: one row = one area, category, period and variable; columns ``area``, ``category`` ('' when the table has
    none), ``period`` (in order), ``variable``, ``value`` (float; NaN = the publisher gave no number), ``status`` and
    ``reason`` (both '' unless the publisher marked the cell). All but the value are pandas categories.
    """

    card: SourceCard
    release: Release
    frame: pd.DataFrame


def key_numbers(frame: pd.DataFrame) -> np.ndarray:
    """One number for the key of each row (area, category, period and variable); −1 where a code is not known."""
    key, unknown = np.zeros(len(frame), dtype=np.int64), np.zeros(len(frame), dtype=bool)
    for axis in KEYS:
        codes = frame[axis].cat.codes.to_numpy()
        key *= max(len(frame[axis].cat.categories), 1)
        key += codes
        unknown |= codes < 0
    key[unknown] = -1
    return key


def joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same columns one below the other, their columns of codes kept as such."""
    if len(frames) == 1:
        return frames[0].reset_index(drop=True)
    columns = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            same = name == "release" or name == "status"
            codes = (
                pd.concat(parts).array if same else union_categoricals(parts, sort_categories=True, ignore_order=True)
            )
            columns[name] = codes.as_ordered() if name == "period" else codes
        else:
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
    return pd.DataFrame(columns, copy=False)
