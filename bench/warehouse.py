"""``python -m bench.warehouse [NAME…]``: counts of 100 million and of a billion simulated records, asked of real
engines.

300 areas, ten years of months, 60 types. The records are a view that the engine works out while it is asked, so that
nothing of them lies on the disk; each pull is a process of its own. Prints a table: the questions by themselves, and
the whole pull with gate, reader and release. Needs requirements-dev.txt, and Java for Spark.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bench.simulated.place import Size, write_place
from bench.table import OUT, PROJECT, Row, markdown

AREAS, TYPES, YEARS = 300, 60, 10
MILLION = 1_000_000
VARIABLE = "BENCH_WAREHOUSE"
NOTES = (
    "The records are simulated inside the engine; the time to make them is part of every question.",
    "Two threads; the memory is that of the process, in which DuckDB runs too (memory_limit 256 MiB), Spark does not.",
)


@dataclass(frozen=True)
class Case:
    """One pull: of which engine, of how many records, in how many seconds at most and with how many MiB."""

    engine: str
    records: int
    seconds: float
    mib: int | None = None


CASES = {
    "duckdb": Case("duckdb", 100 * MILLION, 10, 512),
    "spark": Case("spark", 100 * MILLION, 100),
    "billion": Case("duckdb", 1000 * MILLION, 100),
}


def measure(case: Case, root: Path = OUT / "warehouse") -> list[Row]:
    """Pull once from a place without a release; two rows."""
    write_records(root, case)
    words = [sys.executable, "-m", "bench.warehouse", "--pull", case.engine, str(case.records), str(root)]
    told = subprocess.run(words, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(told.strip().splitlines()[-1])
    name = f"{case.records // MILLION:,} million records in {case.engine}"
    target = f"< {case.seconds:g} s" + (f", {case.mib} MiB" if case.mib else "")
    met = found["asked"] < case.seconds and (case.mib is None or found["asked_mib"] < case.mib)
    asked = (
        f"{found['asked']:.1f} s ({found['asked_work']:.1f} s of processor time), "
        f"{found['asked_mib']:.0f} MiB; {found['groups']:,} counts"
    )
    whole = f"{found['whole']:.1f} s, {found['whole_mib']:.0f} MiB"
    return [
        Row(f"{name}: all questions answered", asked, target=target, met=met),
        Row(f"{name}: read, through the gate, a release", whole),
    ]


def write_records(root: Path, case: Case) -> None:
    """The place, the card, and for DuckDB a file that holds the view."""
    write_place(root, Size(AREAS, TYPES, YEARS * 12))
    folder = root / "open" / "simulated" / "records"
    folder.mkdir()
    shutil.copy(root / "open" / "simulated" / "counts" / "categories.csv", folder)
    (folder / "source.toml").write_text(_card(), encoding="utf-8")
    if case.engine == "duckdb":
        import duckdb

        with duckdb.connect(str(root / "records.duckdb")) as connection:
            connection.execute(_DUCKDB.format(**_sizes(case.records)))


def _sizes(records: int) -> dict[str, int]:
    return {"records": records, "areas": AREAS, "types": TYPES, "days": (date(2025, 1, 1) - date(2015, 1, 1)).days}


def _card() -> str:
    """The engine has numbers for areas and types, as most do; the card says which."""
    areas = "\n".join(f'"{number}" = "area_{number + 1:03d}"' for number in range(AREAS))
    types = "\n".join(f'"{number}" = "type_{number + 1:03d}"' for number in range(TYPES))
    return f"{_CARD}\n[warehouse.categories]\n{types}\n\n[area_codes]\n{areas}\n"


def pull_once(engine: str, records: int, root: Path) -> dict[str, float]:
    """Ask all questions, then pull: what was answered is kept, so the rest is gate, reader and release."""
    import pyarrow.parquet as pq

    from loaders import read_places
    from loaders.cards.read_card import card_to_pull
    from loaders.warehouse.answers import Asking
    from loaders.warehouse.columns import checked_table
    from loaders.warehouse.command import Options, pull
    from loaders.warehouse.engine import opened
    from loaders.warehouse.known_words import words_known
    from loaders.warehouse.plan import planned
    from loaders.warehouse.question import Question

    folder = root / "open" / "simulated" / "records"
    os.environ[VARIABLE] = _address(engine, records, root)
    card = card_to_pull(folder / "source.toml")
    place = read_places(root, {card.name: card}, {})["simulated"]
    words = words_known(card, place)
    plan = planned(card, words, datetime.now(UTC).date())
    began, worked = time.perf_counter(), _work()
    with opened(card) as opening:
        question = Question(checked_table(opening, card), card, words)
        files, _ = Asking(opening, question, plan, card, print).answers()
    found = {"asked": time.perf_counter() - began, "asked_work": _work() - worked, "asked_mib": _peak()}
    found["groups"] = sum(pq.ParquetFile(file).metadata.num_rows for file in files)
    outcome = pull(card, place, Options(say=print))
    print(outcome)
    if outcome.state != "written":
        raise SystemExit(1)
    return {**found, "whole": time.perf_counter() - began, "whole_mib": _peak()}


def _address(engine: str, records: int, root: Path) -> str:
    if engine == "duckdb":
        return f"duckdb://{root.resolve()}/records.duckdb?memory_limit=256MB&threads=2"
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.memory", "3g").config("spark.sql.shuffle.partitions", "8").getOrCreate()
    view = _SPARK.format(**_sizes(records)).splitlines()
    session.range(records).selectExpr(*view).createOrReplaceTempView("incidents")
    return "pyspark://"


def _work() -> float:
    """Seconds of processor time of this process; Spark works in another."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


_DUCKDB = """CREATE VIEW incidents AS
SELECT n AS record_id, 'Person ' || n AS person, (hash(n) % {areas})::SMALLINT AS district,
  (hash(n + 77) % {types})::SMALLINT AS kind, DATE '2015-01-01' + (n * {days} // {records})::INT AS reported
FROM range({records}) AS simulated(n)"""
_SPARK = """id AS record_id
concat('Person ', id) AS person
CAST(pmod(xxhash64(id), {areas}) AS SMALLINT) AS district
CAST(pmod(xxhash64(id + 77), {types}) AS SMALLINT) AS kind
date_add(DATE '2015-01-01', CAST(id * {days} DIV {records} AS INT)) AS reported"""
_CARD = """# Simulated records, for measuring only.
name = "records"
kind = "observations"
title = { en = "Simulated records", zh = "模拟记录" }
description = { en = "Simulated.", zh = "模拟。" }
publisher = { en = "Simulated", zh = "模拟", url = "" }
licenses = [ { name = "CC0-1.0", title = { en = "Simulated", zh = "模拟" }, url = "" } ]
accessed = "2026-01"
disclosure = "as_published"
place = "simulated"
frequency = "month"
absent_rows = "zero"

[variables.cases]
column = "count"
unit = { code = "case", en = "cases", zh = "件" }
label = { en = "Cases", zh = "件数" }

[warehouse]
connection = "BENCH_WAREHOUSE"
table = "incidents"
area = "district"
time = "reported"
category = "kind"
from = "2015-01"
to = "2024-12"
format = "parquet"
"""


def main(words: list[str]) -> int:
    """Measure what is named, or everything; ``--pull`` is the process that is measured."""
    if words[:1] == ["--pull"]:
        print(json.dumps(pull_once(words[1], int(words[2]), Path(words[3]))))
        return 0
    if set(words) - set(CASES):
        print(f"usage: python -m bench.warehouse [{' | '.join(CASES)}]", file=sys.stderr)
        return 2
    rows = [row for name, case in CASES.items() if not words or name in words for row in measure(case)]
    print(markdown(rows, NOTES))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
