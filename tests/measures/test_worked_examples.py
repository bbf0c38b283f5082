"""Figures worked out by hand (worked.toml) come out of the code, also when the span shown is short."""

import math
import tomllib
from pathlib import Path

import pytest

from measures.figures.compute import Query, compute

EXAMPLES = tomllib.loads(Path(__file__).with_name("worked.toml").read_text(encoding="utf-8"))["example"]


@pytest.mark.parametrize("whole", [True, False], ids=["all periods", "that period only"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: " ".join(example["query"].values()))
def test_a_figure_worked_out_by_hand_comes_out(example, whole, shelf):
    asked = example["query"]
    alone = not whole and asked["view"] != "index"  # an index has its start in the span shown
    span = (asked["period"], asked["period"]) if alone else ("", "")
    made = compute(
        Query(asked["place"], asked["measure"], (asked["area"],), asked["category"], asked["view"], *span), shelf
    )
    (row,) = made.table[made.table["period"] == asked["period"]].itertuples()
    assert row.status == example["status"]
    if example.get("nothing"):
        assert math.isnan(row.value)
    else:
        assert round(row.value, example["digits"]) == example["value"]
