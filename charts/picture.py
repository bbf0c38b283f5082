"""What a chart hands to the page: a spec, the named rows that it draws, and words for those who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa


def light(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Rows whose repeated texts travel once: the columns become codes with a dictionary (about half the bytes)."""
    return rows.astype(dict.fromkeys(columns, "category"))


@dataclass(frozen=True)
class Picture:
    """``spec`` is shared between readers and never changed; ``datasets`` are this reader's rows by name."""

    spec: dict
    datasets: dict[str, pd.DataFrame]
    description: str
    notes: list[str] = field(default_factory=list)

    def drawn(self) -> dict:
        """The spec with its rows, as the page sends it."""
        return {**self.spec, "datasets": {name: _bare(rows) for name, rows in self.datasets.items()}}


def _bare(rows: pd.DataFrame) -> pa.Table:
    """The rows as Arrow without the description of their pandas types, which would weigh more than a small table's figures."""
    return pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata(None)
