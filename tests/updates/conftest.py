"""A publisher on 127.0.0.1 and a dataset with a measure, for the tests of a whole round."""

from __future__ import annotations

import random
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.loaders.publisher import AREAS, BEFORE, dataset, publisher
from tests.waiting import LONGEST

MEASURE = """name = "counted"
domain = "crime"
kind = "count"
dataset = "counts"
variable = "cases"
title = { en = "Invented counts", zh = "虚构计数" }
what = { en = "Invented.", zh = "虚构。" }
why = { en = "For tests.", zh = "供测试。" }
cannot_tell = [ { en = "Anything: it is invented.", zh = "什么也不能说明：均为虚构。" } ]
lower_is_better = ""
grains = ["place", "area", "category", "month"]
views = ["count"]
default_category = "theft"
home_categories = ["theft", "fraud"]
written_by = "The tests"
next_review = "2027-11"
said = { en = "{value} invented cases{per} in {area}", zh = "{area}{per}虚构案件{value}起" }
"""


def long_table(last: int, change: dict | None = None) -> bytes:
    """Eight years of two kinds in two areas, up to month ``last`` of 2025, with the scatter of counts."""
    numbers, rows = random.Random(7), ["area,kind,month,count"]
    months = [f"{year}-{month:02d}" for year in range(2018, 2026) for month in range(1, 13)]
    for area in AREAS:
        for kind in ("Theft", "Fraud"):
            counts = {month: round(numbers.gauss(400, 20)) for month in months}
            rows += [
                f"{area},{kind},{month},{(change or {}).get((area, kind, month), count)}"
                for month, count in counts.items()
                if month <= f"2025-{last:02d}"
            ]
    return ("\n".join(rows) + "\n").encode()


@pytest.fixture
def measured(tmp_path):
    """``measured(*turns)`` starts a publisher; its answers, and the folder of a dataset with a measure, of which it is
    told what stands out. ``before``: the release that is there."""
    with ExitStack() as running:

        def start(*turns, before=BEFORE):
            answers = running.enter_context(publisher(*turns))
            folder = dataset(tmp_path / "data", answers.url, before)
            root = folder.parents[2]
            (root / "measures" / "counted.toml").write_text(MEASURE, encoding="utf-8")
            place = root / "places" / "invented.toml"
            place.write_text(place.read_text(encoding="utf-8").replace('["none"]', '["counted"]'), encoding="utf-8")
            return answers, folder

        yield start


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, check=False, timeout=LONGEST
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
