"""Splices releases into one series: for each period the newest release that has it speaks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from loaders.observations.table import Observations, joined


def holders(held: Sequence[Collection[str]]) -> dict[str, list[int]]:
    """The numbers of the releases that have each period, the oldest first; ``held``: the periods of each release.

    The last one speaks for the period; a figure is revised where the one before it gave another value.
    """
    numbers: dict[str, list[int]] = {}
    for number, periods in enumerate(held):
        for period in periods:
            numbers.setdefault(period, []).append(number)
    return numbers


def newest_first(releases: list[Observations]) -> pd.DataFrame:
    """Splice releases into one series: each period from the newest release that has it.

    One row = one area, category, period and variable, with ``release`` (id). A change that crosses two releases can be
    told from it.
    """
    return joined(_layer(releases, 1))


def superseded(releases: list[Observations]) -> pd.DataFrame | None:
    """What ``newest_first`` replaced: each period from the newest release before the one that speaks.

    None where none has two.
    """
    parts = _layer(releases, 2)
    return joined(parts) if parts else None


def _layer(releases: list[Observations], back: int) -> list[pd.DataFrame]:
    """From each release the rows of the periods for which it is the newest (``back`` 1) or the newest but one (2) that
    has them."""
    having = holders([release.frame["period"].unique() for release in releases])
    ids = pd.Index([release.release.id for release in releases], dtype=object)
    parts = []
    for number, release in enumerate(releases):
        frame, chosen = (
            release.frame,
            {period for period, numbers in having.items() if len(numbers) >= back and numbers[-back] == number},
        )
        if not chosen:
            continue
        rows = frame if len(chosen) == frame["period"].nunique() else frame[frame["period"].isin(chosen)]
        parts.append(
            rows.assign(release=pd.Categorical.from_codes(np.full(len(rows), number, dtype=np.int8), categories=ids))
        )
    return parts
