"""When several releases hold the same period, which one speaks? The newest that has it."""

from __future__ import annotations

import pandas as pd

from loaders.observations import Observations


def newest_first(releases: list[Observations]) -> pd.DataFrame:
    """Splice releases into one series: each period from the newest release that has it.

    One row = one area, category, period and variable, with ``release`` (id) and ``revised`` (True where an earlier
    release gave the same cell another value). A change that crosses two releases can be told from ``release``.
    """
    taken: list[pd.DataFrame] = []
    seen: set[str] = set()
    for index in range(len(releases) - 1, -1, -1):
        frame = releases[index].frame
        fresh = frame[~frame["period"].isin(seen)].assign(release=releases[index].release.id)
        earlier = releases[index - 1].frame if index else None
        taken.append(fresh.assign(revised=_differs(fresh, earlier)))
        seen |= set(frame["period"])
    return pd.concat(reversed(taken), ignore_index=True)


def _differs(fresh: pd.DataFrame, earlier: pd.DataFrame | None) -> pd.Series:
    if earlier is None:
        return pd.Series(False, index=fresh.index)
    keys = ["area", "category", "period", "variable"]
    before = fresh[keys].merge(earlier, on=keys, how="left")["value"].to_numpy()
    return pd.Series(~pd.isna(before) & (before != fresh["value"].to_numpy()), index=fresh.index)
