"""How is an extract written? CSV (UTF-8 with BOM, so that spreadsheet programs read Chinese), Parquet or JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet


def as_csv(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """Rows as CSV. What the head says stands in a file beside it, named in every row (``described_at``)."""
    yield b"\xef\xbb\xbf"
    for number, table in enumerate(tables):
        out = io.BytesIO()
        options = pyarrow.csv.WriteOptions(include_header=number == 0, quoting_style="needed")
        pyarrow.csv.write_csv(_plain(table), out, options)
        yield out.getvalue()


def as_parquet(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """Rows as Parquet; the schema's metadata hold the head under 'about'."""
    out = io.BytesIO()
    writer = None
    for table in tables:
        plain = _plain(table)
        if writer is None:
            schema = plain.schema.with_metadata({"about": json.dumps(head, ensure_ascii=False)})
            writer = pyarrow.parquet.ParquetWriter(out, schema, compression="zstd")
        writer.write_table(plain.cast(schema))
    if writer is not None:
        writer.close()
    yield out.getvalue()


def as_json(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """{"about": head, "rows": [one object a row]}; a cell without a value is null, beside its status."""
    yield b'{"about": ' + json.dumps(head, ensure_ascii=False).encode() + b', "rows": ['
    first = True
    for table in tables:
        rows = [json.dumps(row, ensure_ascii=False) for row in _plain(table).to_pylist()]
        if rows:
            yield (("" if first else ",\n") + ",\n".join(rows)).encode()
            first = False
    yield b"]}"


def sentence_as(sentence: str, form: str) -> bytes:
    """One sentence in the promised format, for an address that names nothing."""
    table = pa.table({"error": [sentence]})
    if form == "json":
        return json.dumps({"error": sentence}).encode()
    return b"".join((as_csv if form == "csv" else as_parquet)(iter([table]), {}))


def _plain(table: pa.Table) -> pa.Table:
    fields = [(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type) for field in table.schema]
    return table.cast(pa.schema(fields))
