"""How is an extract written? CSV (UTF-8 with BOM, so that spreadsheet programs read Chinese), a workbook, Parquet or
JSON, in pieces of about 256 kB.

Arrow writes them without holding the interpreter, so that pages are drawn meanwhile.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from routes.extracts.pieces import Sink, in_pieces, sized_pieces
from routes.extracts.workbook import as_xlsx


def as_csv(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """Rows as CSV. What the head says stands in a file beside it, named in every row (``described_at``)."""
    yield b"\xef\xbb\xbf"
    begun = False

    def written(rows: pa.Table) -> bytes:
        out = io.BytesIO()
        pyarrow.csv.write_csv(
            _plain(rows), out, pyarrow.csv.WriteOptions(include_header=not begun, quoting_style="needed")
        )
        return out.getvalue()

    for piece in sized_pieces(tables, written):
        begun = True
        yield from in_pieces(piece)


def as_parquet(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """Rows as Parquet, a table of rows as a row group; the schema's metadata hold the head under 'about'."""
    out = Sink()
    writer = None
    for table in tables:
        plain = _plain(table)
        if writer is None:
            schema = plain.schema.with_metadata({"about": json.dumps(head, ensure_ascii=False)})
            writer = pyarrow.parquet.ParquetWriter(pa.PythonFile(out, mode="w"), schema, compression="zstd")
        writer.write_table(plain.cast(schema))
        yield from out.taken()
    if writer is not None:
        writer.close()
    yield from out.taken()


def as_json(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """{"about": head, "rows": [one object a row]}; a cell without a value is null, beside its status."""
    yield from in_pieces(b'{"about": ' + json.dumps(head, ensure_ascii=False).encode() + b', "rows": [')
    begun = False
    for piece in sized_pieces((_in_json(table) for table in tables if table.num_rows), _objects):
        yield from in_pieces(b",\n" + piece if begun else piece)
        begun = True
    yield b"]}"


def sentence_as(sentence: str, form: str) -> bytes:
    """One sentence in the promised format, for an address that names nothing."""
    if form == "json":
        return json.dumps({"error": sentence}).encode()
    return b"".join(MAKERS[form](iter([pa.table({"error": [sentence]})]), {}))


def _plain(table: pa.Table) -> pa.Table:
    fields = [
        (field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _in_json(table: pa.Table) -> pa.Table:
    """Every cell as JSON; the words of a column are written once each, and its rows keep their numbers."""
    return pa.table(
        {json.dumps(name, ensure_ascii=False): _cells(table[name].combine_chunks()) for name in table.column_names}
    )


def _cells(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_floating(kind):
        text = pc.cast(pc.if_else(pc.is_finite(column), column, None), pa.string())
        return pc.replace_substring_regex(text, pattern=r"^(-?[0-9]+)$", replacement=r"\1.0")
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return pc.cast(column, pa.string())
    coded = column if pa.types.is_dictionary(kind) else column.dictionary_encode()
    words = [json.dumps(word, ensure_ascii=False) for word in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(words, pa.string()))


def _objects(rows: pa.Table) -> bytes:
    """Rows of cells that are JSON already, as objects with commas between."""
    parts: list[str | pa.Array] = []
    for number, name in enumerate(rows.column_names):
        column = rows[name].combine_chunks()
        plain = column.dictionary.take(column.indices) if pa.types.is_dictionary(column.type) else column
        parts += [f"{', ' if number else '{'}{name}: ", pc.fill_null(plain, "null")]
    lines = pc.binary_join_element_wise(*parts, "}", "")
    return (
        pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(lines)], pa.int32()), lines), ",\n")[0]
        .as_buffer()
        .to_pybytes()
    )


MAKERS = {"csv": as_csv, "xlsx": as_xlsx, "parquet": as_parquet, "json": as_json}
