"""How is an extract written? CSV (UTF-8 with BOM, so that spreadsheet programs read Chinese), Parquet or JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from loaders import Release, SourceCard
from measures.shelf import Shelf
from routes.asked import Asked


def head_of(asked: Asked, shelf: Shelf) -> dict:
    """What a file says of itself: dataset, publisher, licence, release, notes and breaks, in both languages."""
    card = shelf.cards[asked.dataset]
    return {
        "dataset": card.name, "release": asked.release, "title": card.title, "description": card.description, "publisher": card.publisher,
        "licenses": card.licenses, "sources": card.sources, "coverage": card.coverage, "notes": card.notes, "not_published": card.not_published,
        "breaks": [{"at": cut.at, "effect": cut.effect, "categories": cut.categories, "areas": cut.areas, "reason": cut.reason} for cut in card.breaks],
        "residents": _residents(asked, shelf),
        "releases": [{"id": one.id, "published": one.published, "file": one.file} | _hash(card, one) for one in card.releases],
    }  # fmt: skip


def _hash(card: SourceCard, release: Release) -> dict:
    """The hash of the published file; none of a protected one, for with it a guess of the hidden counts could be confirmed."""
    return {} if card.disclosure == "protect" else {"sha256": release.sha256}


def _residents(asked: Asked, shelf: Shelf) -> dict | None:
    """Source and licence of what a rate divides by; None where nothing is divided."""
    measure = shelf.measures.get(asked.measure)
    if measure is None or "rate" not in asked.view:
        return None
    card = shelf.cards[measure.rate["dataset"]]
    return {"dataset": card.name, "title": card.title, "publisher": card.publisher, "licenses": card.licenses, "sources": card.sources}


def as_csv(tables: Iterator[pa.Table], head: dict) -> Iterator[bytes]:
    """Rows as CSV. The notes of the dataset as a whole stand at the same address with .json."""
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
