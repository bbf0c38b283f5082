"""Is anything shown that is finer than its source? For data shown as published, nothing may be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from disclosure.attack.publications import read_built
from disclosure.builds import Build
from disclosure.draft_table import places
from disclosure.safe_table import SafeTable
from loaders import Place, SourceCard, read_release

MOST = 10  # cells named of each release


def finer_than_source(build: Build, card: SourceCard, place: Place, entry: dict) -> Iterator[str]:
    """Cells of a built table that are neither in the source nor a sum of source cells; at most ten for each release."""
    for release in entry["tables"]:
        table = read_built(build, entry, release)
        known, areas = _source(table, card, place, release)
        leaves = [number for number, code in enumerate(table.categories) if not card.tree.children(code)]
        own = [number for number, code in enumerate(table.areas) if code != place.code or code in areas]
        named = 0
        for variable, category in (
            (variable_row, leaf) for variable_row in range(len(table.variables)) for leaf in leaves
        ):
            values = table.cells.block(variable, category).values[own]
            odd = (
                np.isfinite(values) & ~known[variable, category, own] & ~((values == 0) & (card.absent_rows == "zero"))
            )
            for area, period in np.argwhere(odd)[: MOST - named]:
                named += 1
                key = (
                    table.variables[variable],
                    table.categories[category],
                    table.areas[own[area]],
                    table.periods[period],
                    release,
                )
                yield " · ".join(filter(None, key))


def _source(table: SafeTable, card: SourceCard, place: Place, release: str) -> tuple[np.ndarray, set[str]]:
    """Which cells of the table have a number in the published files, and the areas that have any."""
    axes = {name: getattr(table, name) for name in ("variables", "categories", "areas", "periods")}
    known, areas = np.zeros([len(codes) for codes in axes.values()], dtype=bool), set()
    for publication in card.releases:
        if release in ("latest", publication.id):
            frame = read_release(card, publication, place).frame
            for rows, numbers_of in places(frame, axes):
                some = (
                    np.all([numbers >= 0 for numbers in numbers_of], axis=0)
                    & frame["value"].iloc[rows].notna().to_numpy()
                )
                known[tuple(numbers[some] for numbers in numbers_of)] = True
                areas |= set(frame["area"].iloc[rows][some].unique())
    return known, areas
