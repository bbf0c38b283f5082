"""What a reader can fetch of a dataset, read back from what was built: the cells, which are hidden, and every
figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from disclosure.builds import Build
from disclosure.guard import withheld_in_very_large
from disclosure.parquet_table import read_table
from disclosure.protection.lattice import AXES, Lattice, lattice_of
from disclosure.protection.protected import read_protected
from disclosure.safe_table import Dense, SafeTable
from loaders import Fault, Place, SourceCard, SourceError
from loaders.statuses import STATUSES

_FLOAT = Fraction(1, 10**9)  # a figure in 64-bit floating point is right to about 15 digits
Content = TypeVar("Content")
FINEST = ({"area": "area", "category": "type", "period": "month"},)


@dataclass(frozen=True)
class Universe:
    """The cells of one count: the lattice, which are hidden, and the least that each of those can be.

    ``label``: the count's own name, where the dataset has several; it stands in the names of cells.
    """

    lattice: Lattice
    hidden: np.ndarray
    least: np.ndarray
    label: str = ""

    @cached_property
    def _at(self) -> list[dict[str, int]]:
        return [{code: number for number, code in enumerate(self.lattice.axes[axis].codes)} for axis in AXES]

    @cached_property
    def _names(self) -> np.ndarray:
        parts = [self.lattice.names(axis) for axis in ("area", "category", "period")]
        parts.insert(1, np.full(len(self.hidden), self.label, dtype=object))
        return np.array([" · ".join(part for part in cell if part) for cell in zip(*parts, strict=True)], dtype=object)

    def names(self) -> np.ndarray:
        return self._names

    def find(self, category: str, area: str, period: str) -> int | None:
        """The number of a cell; None when the lattice does not have it."""
        place = [axis.get(code) for axis, code in zip(self._at, (category, area, period), strict=True)]
        cell = -1 if None in place else int(self.lattice.number[tuple(place)])
        return None if cell < 0 else cell

    def hidden_keys(self) -> pd.MultiIndex:
        """Category, area and period of every hidden cell."""
        parts = [self.lattice.names(axis)[self.hidden] for axis in ("category", "area", "period")]
        return pd.MultiIndex.from_arrays(parts)

    def shown_in(self, build: Build, entry: dict, release: str, variable: str) -> Iterator[tuple[str, str, str, float]]:
        yield from _shown(read_built(build, entry, release), variable)

    def shown_elsewhere(self, build: Build, dataset: str) -> Iterator[tuple[str, str, str, float]]:
        table = read_built(build, {"dataset": dataset, "tables": {"latest": f"{dataset}/latest.parquet"}}, "latest")
        yield from _shown(table, table.variables[0])


def _shown(table: SafeTable, variable: str) -> Iterator[tuple[str, str, str, float]]:
    for category in table.categories:
        values = table.block(variable, category).values
        for area, period in np.argwhere(np.isfinite(values)):
            yield category, table.areas[area], table.periods[period], values[area, period]


def read_built(build: Build, entry: dict, release: str) -> SafeTable:
    """A table as the build wrote it and the site reads it. Raises SourceError when it is another."""
    return read_part(build, entry["tables"][release], lambda path: read_table(path, entry["dataset"], release))


def read_part(build: Build, name: str, parse: Callable[[Path], Content]) -> Content:
    """What ``parse`` makes of a file of the build. Raises SourceError when it is not the file that the build wrote."""
    content = build.read(name, parse)
    if content is None:
        fault = Fault(
            name, "is not what the build wrote", "the file of the manifest", "another or none", "Run make data."
        )
        raise SourceError(name, [fault])
    return content


def universe_of(build: Build, card: SourceCard, place: Place, entry: dict, variable: str) -> Universe:
    """The cells of a dataset as published: the protected lattice, or the built table. Raises SourceError."""
    if card.disclosure == "protect":
        protected = read_protected(card, place)
        may_be_zero = protected.withheld | ~protected.lattice.published
        _same_as_built(protected.table, read_built(build, entry, "latest"), card)
        return Universe(protected.lattice, ~protected.shown, np.where(may_be_zero, 0, 1))
    table = read_built(build, entry, "latest")
    withheld_in_very_large(card, table.size, entry["withheld"]["latest"])
    number = table.variables.index(variable)
    withheld = table.status[number] == STATUSES.index("c")
    values = np.where(withheld, 0.0, table.values[number])
    single = SafeTable(
        card.name,
        "latest",
        (variable,),
        table.categories,
        table.areas,
        table.periods,
        table.release_of,
        Dense(values[None], table.status[number][None], table.reason[number][None]),
        table.reasons,
    )
    lattice = lattice_of(single, card.tree, FINEST)
    hidden = np.zeros(len(lattice.count), dtype=bool)
    own = lattice.positions[:, 2] < len(table.periods)
    hidden[own] = withheld[tuple(lattice.positions[own].T)]
    shown = lattice.equations.maximum(0) @ hidden.astype(np.int64)
    totals = lattice.equations.minimum(0)
    for row in np.flatnonzero(shown):  # a longer period with a hidden part is hidden too
        total = totals.indices[totals.indptr[row] : totals.indptr[row + 1]]
        hidden[total[lattice.positions[total, 2] >= len(table.periods)]] = True
    label = variable if len(table.variables) > 1 else ""
    return Universe(lattice, hidden, np.zeros(len(hidden), dtype=np.int64), label)


def _same_as_built(protected: SafeTable, built: SafeTable, card: SourceCard) -> None:
    if not np.array_equal(protected.values, built.values, equal_nan=True):
        fault = Fault(
            card.id,
            "the site shows another table than the protected one",
            "the same values",
            "others",
            "Run make data.",
        )
        raise SourceError(card.id, [fault])


def intervals_published(build: Build, view: dict, variable: str) -> pd.DataFrame:
    """Each figure as the interval that it leaves to the sum of its cells: area, category, period, low, high (exact
    fractions)."""
    if not view["figures"]:
        return pd.DataFrame(columns=["area", "category", "period", "low", "high"])
    frame = read_part(build, view["figures"], pd.read_parquet)
    part = frame["denominator"] if variable == view["denominator"] else _numerators(frame, view)
    frame = frame.assign(total=part)[np.isfinite(part)]
    whole = [Fraction(value) for value in frame["total"]]
    near = [max(abs(value) * _FLOAT, _FLOAT) for value in whole]
    low, high = ([value + sign * gap for value, gap in zip(whole, near, strict=True)] for sign in (-1, 1))
    return frame[["area", "category", "period"]].assign(low=low, high=high)


def _numerators(frame: pd.DataFrame, view: dict) -> pd.Series:
    """The count behind each figure: published beside it, or the figure itself, or the figure times what it was divided
    by."""
    if view["view"] in ("count", "rolling"):
        return frame["value"]
    return frame["numerator"].fillna(frame["value"] * frame["denominator"] / view["per"])
