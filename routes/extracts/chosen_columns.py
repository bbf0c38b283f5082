"""A short file: only the columns that were asked for, in that order, and never a figure without its status."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from routes.extracts.request import BadAddress

STATUS = "status"


def chosen_columns(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """The columns of these names, in their order; all where none is named. With any figure its status comes last, where
    it was not asked for. Raises BadAddress for a name that no column has.
    """
    if not names:
        return table
    unknown = [name for name in names if name not in table.column_names]
    if unknown:
        known = ", ".join(table.column_names)
        raise BadAddress(400, f"There is no column {', '.join(unknown)[:200]}. Columns of this file are {known}.")
    figures = any(_is_figure(table.schema.field(name).type) for name in names)
    needed = figures and STATUS in table.column_names and STATUS not in names
    return table.select([*names, *([STATUS] if needed else [])])


def _is_figure(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_null(kind)
