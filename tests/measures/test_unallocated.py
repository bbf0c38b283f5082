"""Over 5 % allocated to no area: one rule, of the category shown and its window, wherever a reader meets it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.unallocated import is_large, share_of, unallocated_shares
from measures.claims.checks.against_series import check_series
from measures.claims.checks.stated import Stated
from measures.comparability.answer import compare
from measures.comparability.figure import Figure
from measures.figures.compute import Query, compute
from measures.figures.views import width_of
from measures.maps.funnel import funnel
from measures.store.shelf import Shelf

CAMDEN, BARNET = "E09000007", "E09000003"
COUNTS = st.integers(0, 1000)


def test_rows_outside_every_area_are_added_up():
    assert share_of(np.array([800.0]), np.array([[30.0], [10.0]])) == [0.05]
    assert not is_large(share_of(np.array([800.0]), np.array([[30.0], [10.0]]))).any()
    assert is_large(share_of(np.array([1000.0]), np.array([[40.0], [40.0]]))).all()


def test_the_share_of_a_window_is_that_of_its_sums_and_a_short_window_has_none():
    whole, apart = np.array([100.0, 300.0, 100.0]), np.array([[10.0, 0.0, np.nan]])
    assert list(share_of(whole, apart, 2)) == [0.0, 10 / 400, 0.0]


def test_where_the_place_has_no_count_no_share_is_made_up():
    assert list(share_of(np.array([np.nan, 0.0]), np.array([[5.0, 5.0]]))) == [0.0, 0.0]


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=30), st.integers(1, 12))
def test_every_share_lies_between_nothing_and_everything(counts, width):
    inside, one, other = np.array(counts, dtype=float).T
    share = share_of(inside + one + other, np.array([one, other]), width)
    assert ((share >= 0) & (share <= 1)).all()


@pytest.mark.parametrize("view", ["count", "rate", "rolling", "rolling_rate"])
@pytest.mark.parametrize("category", ["all", "sexual_offences", "homicide", "trafficking_of_drugs"])
def test_district_map_and_comparison_refuse_the_same_periods(category, view, shelf):
    table, place = shelf.table("recorded_crime"), shelf.places["london"]
    share = unallocated_shares(table, place, ("offences",), category, width_of("2024-01", view))
    made = compute(Query("london", "recorded_crime", (CAMDEN,), category, view), shelf).table.set_index("period")
    periods = (*table.periods[120::7], "2020-03")
    for period in periods:
        large = is_large(share[[table.position(period), table.position(period) - 12]])
        if made.loc[period, "why"] in ("", "unallocated", "too_short"):
            assert (made.loc[period, "why"] == "unallocated") == large.any(), period
        if view.endswith("rate") and (
            why := funnel(Query("london", "recorded_crime", (), category, view, last=period), shelf).why
        ) in ("", "unallocated"):
            assert why.startswith("unallocated") == large[0], period
        sides = (
            Figure("recorded_crime", area, category, view, "" if "rolling" in view else period, period)
            for area in (CAMDEN, BARNET)
        )
        assert any(one.key == "unallocated" for one in compare(*sides, "london", shelf).findings) == large[0], period


def test_two_rows_that_are_little_each_silence_districts_and_map_alike(copy):
    """Two boroughs' robberies, some 4 % each, are published without a borough: together they are too much on every page."""

    def spread(rows: list[list[str]]) -> None:
        month = rows[0].index("202602")
        robbery = [row for row in rows[1:] if row[0] == "ROBBERY"]
        counts = {
            name: sum(int(row[month]) for row in robbery if row[2] == name)
            for name in {row[2] for row in robbery} - {"Camden", "Barnet"}
        }
        little = [name for name, count in sorted(counts.items()) if 0.03 < count / sum(counts.values()) < 0.045]
        for row in robbery:
            row[2] = dict(zip(little[:2], ("Unknown", "London Heathrow and London City Airports"), strict=True)).get(
                row[2], row[2]
            )

    copy.spoil("recorded_crime", spread)
    shelf = Shelf(copy.root)
    query = Query("london", "recorded_crime", (CAMDEN,), "robbery", "rate", first="2026-02", last="2026-02")
    whole, *apart = (
        shelf.table("recorded_crime").series("offences", "robbery", area).values[-5]
        for area in ("E12000007", "unknown", "airports")
    )
    assert max(apart) / whole < 0.05 < sum(apart) / whole
    (row,) = compute(query, shelf).table.itertuples()
    assert (row.status, row.why) == ("u", "unallocated")
    assert funnel(query, shelf).why == row.reason.split("|")[0] == f"unallocated {sum(apart) / whole:.3f}"
    sides = (Figure("recorded_crime", area, "robbery", "rate", "2026-02", "2026-02") for area in (CAMDEN, BARNET))
    assert any(one.key == "unallocated" for one in compare(*sides, "london", shelf).findings)


@pytest.mark.parametrize(("first", "last", "said"), [("2020-03", "2020-03", True), ("2020-01", "2020-12", False)])
def test_a_headline_is_checked_by_the_share_of_its_own_window(first, last, said, shelf):
    """One month with many unallocated counts does not speak against the year that it lies in."""
    one = check_series(Stated("london", "recorded_crime", "all", CAMDEN, "1", first, last, kind="count"), shelf)
    assert ("unallocated" in {why.key for why in one.reasons}) == said
