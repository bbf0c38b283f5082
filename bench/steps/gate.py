"""``python -m bench.steps.gate``: how long does the gate take for a million rows, and how much memory? Prints a table.

Each file is made here (invented numbers), judged by ``python -m loaders check`` in a process of its own, and thrown
away.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROWS = 1_000_000
SECONDS, MEBIBYTES = 10, 1024


def aggregate() -> pd.DataFrame:
    """250 areas × 40 types × 100 months, all of them there."""
    areas, kinds, months = (
        np.array([f"{word} {n}" for n in range(size)]) for word, size in (("Area", 250), ("Type", 40), ("m", 100))
    )
    months = np.array([f"{2000 + n // 12}-{n % 12 + 1:02d}" for n in range(len(months))])
    rows = np.arange(ROWS)
    return pd.DataFrame(
        {
            "area": areas[rows // 4000],
            "type": kinds[rows // 100 % 40],
            "month": months[rows % 100],
            "count": rows * 7919 % 53,
        }
    )


def wide() -> pd.DataFrame:
    """A million rows of 12 months: 12 million cells."""
    rows = np.arange(ROWS)
    months = {f"2024-{month:02d}": rows * (month + 7) % 97 for month in range(1, 13)}
    return pd.DataFrame(
        {"area": [f"Area {n // 1000}" for n in rows], "type": [f"Type {n % 1000}" for n in rows], **months}
    )


def records() -> pd.DataFrame:
    """One row an event: a number of its own, a free text and a count of one; every text is different."""
    rows = np.arange(ROWS)
    remark = [
        f"report {n * 7919 % 1000003} near post {n % 977}, seen by patrol {n % 53}, filed as note {n}" for n in rows
    ]
    return pd.DataFrame(
        {
            "key": [f"K-{n:07d}-{n * 31 % 97:02d}" for n in rows],
            "area": [f"Area {n % 33}" for n in rows],
            "remark": remark,
            "count": 1,
        }
    )


def main() -> int:
    """Judge every file; 1 when one takes longer or more than it may."""
    print(f"| {ROWS:,} rows | size | exit | seconds | of a processor | peak memory |\n|---|---|---|---|---|---|")
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (
            ("aggregate", aggregate),
            ("wide, 12 months", wide),
            ("records, all texts different", records),
        ):
            frame = make()
            for suffix in ("csv", "gb18030.csv", "parquet", *(("xlsx",) if "--xlsx" in sys.argv else ())):
                path = Path(folder) / f"table.{suffix}"
                _write(frame, path)
                size = path.stat().st_size / 2**20
                status, seconds, busy, memory = judged(path)
                slow |= busy > SECONDS or memory > MEBIBYTES
                print(
                    f"| {name}, {suffix} | {size:.0f} MiB | {status} | {seconds:.1f} | {busy:.1f} | {memory:.0f} MiB |",
                    flush=True,
                )
                path.unlink()
    return int(slow)


def _write(frame: pd.DataFrame, path: Path) -> None:
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".xlsx":
        frame.iloc[:1_000_000].to_excel(path, index=False)
    else:
        chinese = "gb18030" in path.name
        (frame.rename(columns={"area": "辖区"}) if chinese else frame).to_csv(
            path, index=False, encoding="gb18030" if chinese else "utf-8"
        )


_RUN = """
import sys
from loaders.__main__ import main
status = main(["check", sys.argv[1]])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(status, peak, file=sys.stderr)
"""


def judged(path: Path) -> tuple[int, float, float, float]:
    """Exit status, seconds, seconds of a processor (a busy machine does not lengthen them) and peak memory in MiB of
    one run of the command."""
    began, before = time.monotonic(), _busy()
    ended = subprocess.run(
        [sys.executable, "-c", _RUN, str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    status, peak = ended.stderr.split()[-2:]
    return int(status), time.monotonic() - began, _busy() - before, int(peak) / 1024


def _busy() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
