"""The average month is that of twelve published, comparable months, or there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.figures.average_month import MONTHS, average_month
from measures.figures.compute import Measure, Query, compute
from measures.lines.views import window_of
from measures.store.shelf import open_shelf

SHELF = open_shelf()
CARD = SHELF.cards["recorded_crime"]
TABLE = SHELF.table("recorded_crime")
AREAS, KINDS = st.sampled_from(TABLE.areas), st.sampled_from(list(CARD.tree.nodes))


def counted(area: str, category: str, view: str = "count", **span) -> Measure:
    return compute(Query("london", "recorded_crime", (area,), category, view, **span), SHELF)


def cut_between(area: str, category: str, months: list[str]) -> bool:
    return any(
        cut.effect == "cut" and cut.touches(area, category) and months[0] < cut.at <= months[-1] for cut in CARD.breaks
    )


@given(AREAS, KINDS, st.sampled_from(TABLE.periods))
def test_twelve_times_the_average_month_are_its_twelve_months_and_none_is_made_of_fewer(area, category, first):
    months = dict(zip(TABLE.periods, counted(area, category).columns["value"], strict=True))
    made = average_month(counted(area, category, first=first).query, SHELF)
    for period, value in zip(made.periods, made.columns["value"], strict=True):
        window = window_of(period, "rolling")
        parts = [months.get(month, np.nan) for month in window]
        if np.isfinite(parts).all() and not cut_between(area, category, window):
            assert value * MONTHS == pytest.approx(sum(parts))
            assert min(parts) - 1e-9 <= value <= max(parts) + 1e-9
        else:
            assert np.isnan(value)


@given(AREAS, KINDS, st.sampled_from(["count", "rate"]))
def test_change_verdict_and_status_are_those_of_the_twelve_months(area, category, view):
    made = average_month(counted(area, category, view).query, SHELF)
    summed = counted(area, category, {"count": "rolling", "rate": "rolling_rate"}[view])
    for name in ("status", "reason", "verdict", "why"):
        assert list(made.columns[name]) == list(summed.columns[name])
    assert np.array_equal(made.columns["change"], summed.columns["change"], equal_nan=True)
    assert np.allclose(made.columns["value"] * MONTHS, summed.columns["value"], equal_nan=True)


def test_a_withheld_month_leaves_no_average_of_it(example):
    for category in example.table("invented_counts").categories:
        query = Query("invented", "invented_counts", example.table("invented_counts").areas, category, "count")
        months = compute(query, example)
        made = average_month(query, example)
        for area in query.areas:
            known = np.isfinite(months.columns["value"][months.rows(area)])
            for number in np.flatnonzero(np.isfinite(made.columns["value"][made.rows(area)])):
                assert number >= MONTHS - 1 and known[number - MONTHS + 1 : number + 1].all()


@pytest.mark.parametrize(
    ("place", "measure", "view"),
    [
        ("london", "recorded_crime", "rolling"),
        ("london", "recorded_crime", "index"),
        ("london", "police_officers", "count"),
        ("seoul", "five_major_recorded", "count"),
        ("london", "online_uptake", "count"),
    ],
)
def test_there_is_none_of_sums_of_stocks_of_years_and_of_quarters(place, measure, view):
    card = SHELF.measures[measure]
    table = SHELF.table(card.dataset)
    made = compute(Query(place, measure, table.areas[:1], card.default_category, view), SHELF)
    assert average_month(made.query, SHELF) is None
