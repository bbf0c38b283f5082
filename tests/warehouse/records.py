"""Invented records of invented persons, the same in every engine, and what is to be counted of them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

KINDS = {"THEFT 01": "theft", "THEFT 02": "theft", "Fraud": "fraud"}
AREAS = {"North Field": "n", "South Field": "s"}
SCHEMA = pa.schema(
    [
        ("record id", pa.string()),
        ("name", pa.string()),
        ("date_of_birth", pa.date32()),
        ("District", pa.string()),
        ("kind", pa.string()),
        ("reported", pa.timestamp("us")),
        ("state", pa.string()),
    ]
)


def simulated(number: int = 4000, seed: int = 7) -> pa.Table:
    """One row = one record of 2023-01 to 2024-12; the last moments of a month and the first of the next among them."""
    draw = random.Random(seed)
    edges = [datetime(2023, 3, 31, 23, 59, 59, 999999), datetime(2023, 4, 1), datetime(2024, 2, 29, 23, 59, 59)]
    begin = datetime(2023, 1, 1)
    rows = [
        {
            "record id": f"C-{100000 + n}",
            "name": f"Nameson{n} O'Record",
            "date_of_birth": (datetime(1950, 1, 1) + timedelta(days=n * 5 % 20000)).date(),
            "District": draw.choice([*AREAS]),
            "kind": draw.choice([*KINDS]),
            "reported": edges[n] if n < len(edges) else begin + timedelta(seconds=draw.randrange(731 * 86400)),
            "state": draw.choice(["recorded", "recorded", "cancelled"]),
        }
        for n in range(number)
    ]
    return pa.Table.from_pylist(rows, SCHEMA)


def counted(records: pa.Table) -> dict[tuple[str, str, str], int]:
    """(area, category, month) → how many recorded ones, by a loop over the records."""
    rows = [row for row in records.to_pylist() if row["state"] == "recorded"]
    keys = [(AREAS[row["District"]], KINDS[row["kind"]], f"{row['reported']:%Y-%m}") for row in rows]
    return dict(Counter(keys))


def private(records: pa.Table) -> list[bytes]:
    """What must not leave an engine: names, numbers and dates of birth."""
    texts = [str(row[key]) for row in records.to_pylist() for key in ("record id", "name", "date_of_birth")]
    return [text.encode() for text in texts]


def in_duckdb(records: pa.Table, path: Path, table: str = "incidents") -> str:
    """The records in a file of DuckDB; its address."""
    import duckdb

    with duckdb.connect(str(path)) as connection:
        connection.register("given", records)
        connection.execute(f'CREATE TABLE "{table}" AS SELECT * FROM given')
    return f"duckdb://{path}"


def in_postgres(records: pa.Table, url: str, table: str = "incidents") -> None:
    """The records in a table of PostgreSQL."""
    import psycopg

    kinds = {"string": "text", "date32[day]": "date", "timestamp[us]": "timestamp", "int64": "bigint"}
    columns = ", ".join(f'"{field.name}" {kinds[str(field.type)]}' for field in records.schema)
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(f'CREATE TABLE "{table}" ({columns})')
        with cursor.copy(f'COPY "{table}" FROM STDIN') as copied:
            for row in records.to_pylist():
                copied.write_row([*row.values()])


def in_spark(records: pa.Table, folder: Path, session, table: str = "incidents") -> None:
    """The records as files that both workers of Spark read, under a name of the session."""
    folder.mkdir()
    half = records.num_rows // 2
    pq.write_table(records.slice(0, half), folder / "1.parquet")
    pq.write_table(records.slice(half), folder / "2.parquet")
    session.read.parquet(str(folder)).createOrReplaceTempView(table)
