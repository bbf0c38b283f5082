"""When several releases hold the same period, which one speaks? The newest that has it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from loaders.observations import KEYS, Observations


def newest_first(releases: list[Observations]) -> pd.DataFrame:
    """Splice releases into one series: each period from the newest release that has it.

    One row = one area, category, period and variable, with ``release`` (id) and ``revised`` (True where an earlier
    release gave the same cell another value). A change that crosses two releases can be told from ``release``.
    """
    taken: list[pd.DataFrame] = []
    seen: set[str] = set()
    ids = pd.Index([one.release.id for one in releases], dtype=object)
    for index in range(len(releases) - 1, -1, -1):
        frame = releases[index].frame
        fresh = frame[~frame["period"].isin(seen)] if seen else frame
        earlier = releases[index - 1].frame if index else None
        release = pd.Categorical.from_codes(np.full(len(fresh), index, dtype=np.int8), categories=ids)
        taken.append(fresh.assign(release=release, revised=_differs(fresh, earlier)))
        seen |= set(frame["period"].unique())
    return joined(taken[::-1])


def joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same columns one below the other, their columns of codes kept as such."""
    if len(frames) == 1:
        return frames[0].reset_index(drop=True)
    columns = {}
    for name in frames[0].columns:
        parts = [one[name] for one in frames]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            same = name == "release" or name == "status"
            made = pd.concat(parts).array if same else union_categoricals(parts, sort_categories=True, ignore_order=True)
            columns[name] = made.as_ordered() if name == "period" else made
        else:
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
    return pd.DataFrame(columns, copy=False)


def key_numbers(frame: pd.DataFrame, like: pd.DataFrame | None = None) -> np.ndarray:
    """One number for the key of each row (area, category, period and variable), counted as in ``like``; −1 where that has no such code."""
    like = frame if like is None else like
    key, unknown = np.zeros(len(frame), dtype=np.int64), np.zeros(len(frame), dtype=bool)
    for axis in KEYS:
        names = like[axis].cat.categories
        numbers = np.append(names.get_indexer(frame[axis].cat.categories), -1)[frame[axis].cat.codes]
        unknown |= numbers < 0
        key *= max(len(names), 1)
        key += numbers
    key[unknown] = -1
    return key


def _differs(fresh: pd.DataFrame, earlier: pd.DataFrame | None) -> np.ndarray:
    """Where the earlier release holds another value of the same cell."""
    if earlier is None or not len(earlier):
        return np.zeros(len(fresh), dtype=bool)
    known, asked = key_numbers(earlier), key_numbers(fresh, earlier)
    order = np.argsort(known)
    at = order[np.minimum(np.searchsorted(known, asked, sorter=order), len(order) - 1)]
    before = np.where(known[at] == asked, earlier["value"].to_numpy()[at], np.nan)
    return ~np.isnan(before) & (before != fresh["value"].to_numpy())
