"""The latest year lies among those before it that were counted alike, and nothing is said of too few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.change.long_run import FEWEST, long_run
from measures.figures.compute import Query, compute
from measures.lines.views import window_of
from measures.store.shelf import open_shelf

SHELF = open_shelf()
CARD = SHELF.cards["recorded_crime"]
AREAS, KINDS = st.sampled_from(SHELF.table("recorded_crime").areas), st.sampled_from(list(CARD.tree.nodes))


@given(AREAS, KINDS, st.sampled_from(["count", "rolling", "rate", "rolling_rate"]))
def test_it_is_counted_among_whole_years_of_one_way_of_counting(area, category, view):
    found = long_run(compute(Query("london", "recorded_crime", (area,), category, view), SHELF), SHELF, area)
    if found is None:
        return
    line = compute(Query("london", "recorded_crime", (area,), category, found.view), SHELF).line(area)
    figures = dict(zip(line["period"], line["value"], strict=True))
    year = int(found.period[:4])
    before = [figures[f"{year - back}{found.period[4:]}"] for back in range(1, found.years + 1)]
    assert found.years >= FEWEST and np.isfinite(before).all()
    assert found.first == f"{year - found.years}{found.period[4:]}"
    assert found.lower == sum(figure < figures[found.period] for figure in before)
    assert found.higher == sum(figure > figures[found.period] for figure in before)
    begun = window_of(found.first, found.view)[0]
    for cut in CARD.breaks:
        if cut.effect in ("cut", "no_trend") and cut.touches(area, category) and cut.at <= found.period:
            assert max(cut.at, cut.until or "") <= begun


@pytest.mark.parametrize(
    ("area", "category"), [("E09000017", "all"), ("E12000007", "violence_against_the_person")]
)  # boundaries of counting, and rules of counting
def test_nothing_is_said_across_a_change_of_counting(area, category):
    assert long_run(compute(Query("london", "recorded_crime", (area,), category, "count"), SHELF), SHELF, area) is None


def test_the_stretch_shown_does_not_shorten_it():
    of = [
        compute(Query("london", "recorded_crime", ("E12000007",), "all", "count", first), SHELF)
        for first in ("", "2024-01")
    ]
    assert len({long_run(one, SHELF, "E12000007") for one in of}) == 1
