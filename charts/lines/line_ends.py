"""The names and last figures at the ends of lines, moved apart where they would cover one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from charts import theme
from charts.frame_text import width_of

LINE, GAP = 17, 8  # pixels from one name at the end of a line to the next, and between a line and its name
NAME = 92  # pixels of a name at the end of a line


def line_ends(rows: pd.DataFrame, called: Mapping[str, str], pixel: float) -> pd.DataFrame:
    """The last mark of each line that is ``called`` something, with that and its figure; what would overlap is moved
    apart. ``pixel``: the value that one pixel stands for.
    """
    ends = rows[rows["n"].isin(called)].drop_duplicates("n", keep="last").sort_values("v", kind="stable")
    words = [called[line] + what for line, what in zip(ends["n"], ends["what"], strict=True)]
    placed = apart(ends["v"].tolist(), LINE * pixel)
    moved = [abs(place - value) > 3 * pixel for place, value in zip(placed, ends["v"], strict=True)]
    early = ends["t"] < rows["t"].max() if len(rows) else []
    return ends[["t", "v", "c"]].assign(y=placed, word=words, moved=np.array(moved, bool) | np.array(early, bool))


def apart(values: Sequence[float], step: float) -> list[float]:
    """Ascending places, at least a step from each other and as near as may be to these ascending values; none lies
    below zero where no value does.

    Neighbours that would overlap form a group around their mean (pool adjacent violators).
    """
    groups: list[list[float]] = []
    for number, value in enumerate(values):
        groups.append([value - number * step])
        while len(groups) > 1 and np.mean(groups[-2]) > np.mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    flat = [float(np.mean(group)) for group in groups for _ in group]
    floor = max(0.0, -flat[0]) if values and min(values) >= 0 else 0.0
    return [place + floor + number * step for number, place in enumerate(flat)]


def room_beside(ends: pd.DataFrame) -> int:
    """Room for the longest name at the end of a line, in steps of 20 pixels, and for half the name of the last tick."""
    longest = max((width_of(word, theme.SMALL, bold=True) for word in ends["word"]), default=0)
    return max(30, int(longest / 8 + 1) * 8 + GAP)
