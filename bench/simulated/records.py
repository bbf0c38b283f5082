"""The same simulated place with its counts in an engine: a file of DuckDB with a row for each area, type and month in
which anything was counted, and a card that asks for them (``python -m loaders pull``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.simulated.place import SPREAD, Size, model, months_of, write_without_counts
from bench.simulated.words import card

VARIABLE, FILE = "BENCH_WAREHOUSE", "counts.duckdb"


def write_records(root: Path, size: Size, seed: int = 1) -> Path:
    """Write place, cards, measure and the engine's file under ``root``, in the place of what was there; ``root``."""
    import duckdb

    dice = write_without_counts(root, size, seed)
    folder = root / "open" / "simulated" / "counts"
    areas = "\n".join(f'"{number}" = "area_{number + 1:03d}"' for number in range(size.areas))
    types = "\n".join(f'"{number}" = "type_{number + 1:03d}"' for number in range(size.types))
    months = months_of(size)
    text = card("counts", "month", "long", "case", absent="zero").replace('column = "counts"', 'column = "count"')
    asked = _ASKED.format(first=months[0], last=months[-1])
    (folder / "source.toml").write_text(f"{text}\n{asked}{types}\n\n[area_codes]\n{areas}\n", encoding="utf-8")
    rates, levels = model(size, dice)
    spread = np.exp(dice.normal(0, SPREAD, size.areas))
    with duckdb.connect(str(root / FILE)) as engine:
        engine.execute("SET memory_limit = '512MB'")
        engine.execute("CREATE TABLE counted (district SMALLINT, kind SMALLINT, month DATE, cases INTEGER)")
        for month, level in zip(months, levels, strict=True):
            engine.register("thrown", _of_month(dice.poisson(np.outer(spread, rates) * level), month))
            engine.execute("INSERT INTO counted SELECT * FROM thrown")
    return root


def _of_month(counts: np.ndarray, month: str) -> pa.Table:
    district, kind = np.nonzero(counts)
    days = pa.array([date.fromisoformat(f"{month}-01")]).take(pa.array(np.zeros(len(kind), np.int32)))
    cases = counts[district, kind].astype(np.int32)
    return pa.table(
        {"district": district.astype(np.int16), "kind": kind.astype(np.int16), "month": days, "cases": cases}
    )


def address(root: Path) -> str:
    """What the variable of the card has to hold."""
    return f"duckdb://{(root / FILE).resolve()}?memory_limit=512MB&threads=2"


_ASKED = """[warehouse]
connection = "BENCH_WAREHOUSE"
table = "counted"
area = "district"
time = "month"
category = "kind"
sum = "cases"
from = "{first}"
to = "{last}"
format = "parquet"

[warehouse.categories]
"""
