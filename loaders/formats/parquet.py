"""Parquet: its columns with their names as the first row. Pages that carry a check sum are checked by it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.formats.sheet import Sheet, Unreadable, from_arrays

CELLS = 400_000_000  # a few kilobytes may say that a cell is repeated for ever


def sheets(path: Path, words: dict) -> list[Sheet]:
    """The one table of the file; columns of several parts are taken apart."""
    import pyarrow.parquet as pq

    headings: list[str] = []
    batches: list[list[pa.Array]] = []
    file = pq.ParquetFile(path, page_checksum_verification=True)
    if file.metadata.num_rows * file.metadata.num_columns > CELLS:
        raise Unreadable("the table has more than 400 million cells")
    for batch in file.iter_batches(batch_size=200_000):
        flat = pa.Table.from_batches([batch])
        while any(pa.types.is_struct(part.type) for part in flat.schema):
            flat = flat.flatten()
        headings = flat.column_names
        batches.append([_texts(part, words.get("decimal", ".")) for part in flat.columns])
    if not batches:
        raise Unreadable("the table has no rows")
    rows = 1 + sum(len(batch[0]) for batch in batches)
    heads = [pa.array([name], pa.string()).dictionary_encode() for name in headings]
    properties = {"format": "Parquet"}
    return [
        from_arrays([heads, *batches], np.arange(1, rows + 1), np.full(rows, len(headings)), properties, headed=True)
    ]


def _texts(column: pa.ChunkedArray, point: str) -> pa.Array:
    """The cells as texts; a whole number in a column of fractions has no point."""
    fractions = pa.types.is_floating(column.type)
    texts = pc.fill_null(pc.cast(column, pa.string()), "").combine_chunks()
    if fractions:
        texts = pc.replace_substring_regex(texts, r"\.0$", "")
        texts = pc.replace_substring(texts, ".", point) if point != "." else texts
    return texts.dictionary_encode()
