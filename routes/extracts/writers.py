"""How is an extract written? CSV (UTF-8 with BOM, so that spreadsheet programs read Chinese), Parquet or JSON, in
pieces of about 256 kB.

Arrow writes all three without holding the interpreter, so that pages are drawn meanwhile.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

PIECE = 256 << 10  # bytes of a piece, about: what waits in memory for a reader who does not read
_FIRST_ROWS = 128  # of the first piece; the size of each piece decides the rows of the next


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

    for piece in _pieces(tables, written):
        begun = True
        yield from in_pieces(piece)


def as_parquet(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """Rows as Parquet, a table of rows as a row group; the schema's metadata hold the head under 'about'."""
    out = _Sink()
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
    for piece in _pieces((_in_json(table) for table in tables if table.num_rows), _objects):
        yield from in_pieces(b",\n" + piece if begun else piece)
        begun = True
    yield b"]}"


def in_pieces(content: bytes) -> Iterator[bytes]:
    """Some bytes in pieces."""
    return (content[at : at + PIECE] for at in range(0, len(content), PIECE))


def sentence_as(sentence: str, form: str) -> bytes:
    """One sentence in the promised format, for an address that names nothing."""
    table = pa.table({"error": [sentence]})
    if form == "json":
        return json.dumps({"error": sentence}).encode()
    return b"".join((as_csv if form == "csv" else as_parquet)(iter([table]), {}))


class _Sink:
    """A file that is written and taken away in pieces, never held whole."""

    closed = False

    def __init__(self):
        self._waiting, self._length = bytearray(), 0

    def write(self, data) -> int:
        self._waiting += data
        self._length += len(data)
        return len(data)

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> Iterator[bytes]:
        found, self._waiting = bytes(self._waiting), bytearray()
        return in_pieces(found)


def _pieces(tables: Iterator[pa.Table], written: Callable[[pa.Table], bytes]) -> Iterator[bytes]:
    """Every row as ``written``, about PIECE bytes at a time as far as the rows before tell; a table without rows is
    written once, for its heading.
    """
    rows = _FIRST_ROWS
    for table in tables:
        at = 0
        while at < max(table.num_rows, 1):
            part = table.slice(at, rows)
            at += rows
            piece = written(part)
            yield piece
            rows = max(1, min(4 * rows, part.num_rows * PIECE // max(len(piece), 1))) if part.num_rows else rows


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
