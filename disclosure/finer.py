"""Is anything shown that is finer than its source? For data shown as published, nothing may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from disclosure.published import read_built
from loaders import Place, SourceCard, read_release


def finer_than_source(root: Path, card: SourceCard, place: Place, entry: dict) -> Iterator[str]:
    """Cells of a built table that are neither in the source nor a sum of source cells; at most ten for each release."""
    for release in entry["tables"]:
        table = read_built(root, entry, release)
        known = _source(card, place, release)
        absent = card.absent_rows == "zero"
        leaves = [code for code in table.categories if not card.tree.children(code)]
        own = [code for code in table.areas if code != place.code or code in known["areas"]]
        found = 0
        for number, variable in enumerate(table.variables):
            block = np.ix_([table.categories.index(code) for code in leaves], [table.areas.index(code) for code in own], range(len(table.periods)))
            values = table.values[number][block]
            for category, area, period in np.argwhere(np.isfinite(values)):
                key = (variable, leaves[category], own[area], table.periods[period])
                zero = absent and values[category, area, period] == 0
                if key not in known["cells"] and not zero and (found := found + 1) <= 10:
                    yield " · ".join(part for part in (*key, release) if part)


def _source(card: SourceCard, place: Place, release: str) -> dict[str, set]:
    cells, areas = set(), set()
    for one in card.releases:
        if release in ("latest", one.id):
            frame = read_release(card, one, place).frame
            frame = frame[frame["value"].notna()]
            areas |= set(frame["area"])
            cells |= set(zip(frame["variable"], frame["category"], frame["area"], frame["period"], strict=True))
    return {"cells": cells, "areas": areas}
