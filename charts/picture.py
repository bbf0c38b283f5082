"""What a chart hands to the page: a spec, the named rows that it draws, and words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from measures.lines.columns import frame_of

SPEC, CELL = 32_768, 40  # bytes of a spec, and of a cell with its text


@dataclass(frozen=True)
class Picture:
    """``spec`` is shared between readers and never changed; ``datasets`` are this reader's rows by name."""

    spec: dict
    datasets: dict[str, pd.DataFrame]
    description: str
    notes: list[str] = field(default_factory=list)

    @property
    def nbytes(self) -> int:
        """About how many bytes it takes: a spec, and its rows as a table and as Arrow."""
        return SPEC + CELL * sum(rows.size for rows in self.datasets.values())

    def linked(self, links: Mapping[str, str]) -> Picture:
        """The same with an address for every row, by its id; a click on what is drawn for it leads there."""
        linked = {
            name: frame_of(
                {column: values.to_numpy() for column, values in rows.items()}
                | {"href": np.array([links.get(code) for code in rows["id"]], dtype=object)}
            )
            for name, rows in self.datasets.items()
        }
        return replace(self, datasets=linked)

    def drawn(self) -> dict:
        """The spec with its rows, as the page sends it."""
        return {**self.spec, "datasets": self._tables}

    @cached_property
    def _tables(self) -> dict[str, pa.Table]:
        return {name: _bare(rows) for name, rows in self.datasets.items()}


def _bare(rows: pd.DataFrame) -> pa.Table:
    """The rows as Arrow, a column at a time: without the description of their pandas types, and repeated texts travel
    once.
    """
    return pa.table({name: _column(column.to_numpy()) for name, column in rows.items()})


def _column(values: np.ndarray) -> pa.Array:
    made = pa.array(values, from_pandas=True)
    if not pa.types.is_string(made.type):
        return made
    coded = made.dictionary_encode()
    return coded if len(coded.dictionary) * 2 <= len(coded) else made
