"""How fast does a whole dataset come as a file by its address?"""

from __future__ import annotations

import io
import time
import urllib.request
from statistics import median

import pyarrow.parquet

from bench.servers import running
from bench.table import Row

REPEATS = 5
ADDRESS = "/data/london/recorded_crime/latest"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def measure() -> list[Row]:
    """Median of five, the formats taking turns; the first of each is not counted."""
    seconds_of: dict[str, list[float]] = {"csv": [], "parquet": []}
    sizes: dict[str, int] = {}
    with running("ours") as server:
        rows = pyarrow.parquet.read_metadata(io.BytesIO(_get(f"{server.address}{ADDRESS}.parquet")[1])).num_rows
        _get(f"{server.address}{ADDRESS}.csv")
        for _ in range(REPEATS):
            for form, values in seconds_of.items():
                seconds, content = _get(f"{server.address}{ADDRESS}.{form}")
                values.append(seconds)
                sizes[form] = len(content)
    return [_row(form, rows, median(values), sizes[form]) for form, values in seconds_of.items()]


def _get(address: str) -> tuple[float, bytes]:
    began = time.perf_counter()
    with OPENER.open(address, timeout=60) as answer:
        content = answer.read()
    return time.perf_counter() - began, content


def _row(form: str, rows: int, seconds: float, size: int) -> Row:
    return Row(
        f"{ADDRESS}.{form}",
        f"{rows / seconds:,.0f} rows/s ({rows:,} rows, {size / 1e6:.1f} MB, {seconds:.2f} s)",
        other="—",
    )
