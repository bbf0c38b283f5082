"""Any two comparable periods are judged as a year and the year before it are: same numbers, same verdict, same reasons to be silent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.unallocated import is_large
from loaders import periods
from measures.comparability.answer import Figure
from measures.comparability.difference import between
from measures.figures.change_verdict import DAYS_MATTER
from measures.figures.compute import compute
from measures.figures.linked import WITHIN
from measures.lines.query import Query
from measures.lines.views import days_of
from measures.store.shelf import open_shelf

SHELF = open_shelf()
TABLE = SHELF.table("recorded_crime")
COLUMNS = ("value", "before", "change", "change_low", "change_high", "low", "high")
AREAS = ("E09000007", "E09000017", "E09000025", "E12000007")
VIEWS = ("count", "rate", "rolling", "rolling_rate")


@st.composite
def a_figure(draw) -> Figure:
    category = draw(st.sampled_from(("all", "robbery", "homicide", "burglary_residential", "stalking_and_harassment")))
    return Figure(
        "recorded_crime",
        draw(st.sampled_from(AREAS)),
        category,
        draw(st.sampled_from(VIEWS)),
        "",
        draw(st.sampled_from(TABLE.periods[23:])),
    )


@given(a_figure())
def test_a_year_apart_it_is_what_the_table_says(side):
    made = between(side, side.moved(-12), "london", SHELF)
    query = Query("london", side.measure, (side.area,), side.category, side.view, side.last, side.last)
    (row,) = compute(query, SHELF).table.to_dict("records")
    if made is None:
        apart = np.nan_to_num(
            [row["unallocated"], row["before_unallocated"]]
        )  # the two figures are too low to be drawn
        assert is_large(apart).any() or (row["verdict"] == "cannot_say" and row["why"] not in ("", "provisional"))
        return
    (own,) = made.table.to_dict("records")
    assert (own["verdict"], own["why"], own["before_period"], own["small"]) == (
        row["verdict"],
        row["why"],
        row["before_period"],
        row["small"],
    )
    np.testing.assert_allclose([own[name] for name in COLUMNS], [row[name] for name in COLUMNS])


@given(a_figure(), st.integers(2, 10))
def test_the_order_of_the_two_does_not_matter_and_the_change_is_that_of_the_figures(side, years):
    earlier = side.moved(-12 * years)
    there, back = between(side, earlier, "london", SHELF), between(earlier, side, "london", SHELF)
    assert (there is None) == (back is None)
    if there is not None:
        (one,), (other,) = there.table.to_dict("records"), back.table.to_dict("records")
        assert one["verdict"] == other["verdict"]
        days = days_of(side.last, side.view) / days_of(earlier.last, side.view)
        days = days if abs(days - 1) > DAYS_MATTER else 1
        assert one["before_period"] == other["before_period"] == periods.shift(side.last, -12 * years)
        if np.isfinite(one["change"]):
            assert one["change"] == pytest.approx(one["value"] / one["before"] / days / one["link"] - 1)
        if one["verdict"] in ("rise", "fall"):
            assert (one["change_low"] > 0) == (one["verdict"] == "rise")
            assert (one["change_high"] < 0) == (one["verdict"] == "fall")


def test_the_further_apart_the_two_the_more_their_level_may_have_wandered(shelf):
    side = Figure("recorded_crime", "E12000007", "theft", "rolling", "", "2026-03")
    made = [between(side, side.moved(-12 * years), "london", shelf).table.iloc[0] for years in (1, 2, 4)]
    beyond = [one["fluctuation"] - 1 for one in made]
    assert beyond[1] == pytest.approx(2 * beyond[0])
    assert beyond[2] == pytest.approx(4 * beyond[0])


@pytest.mark.parametrize("years", [2, 4, 9])
@pytest.mark.parametrize("area", ["E12000007", "E09000007"])
def test_figures_of_two_releases_are_linked_at_any_distance(area, years, shelf):
    side = Figure("recorded_crime", area, "robbery", "rolling", "", "2025-04")
    earlier = side.moved(-12 * years)
    (row,) = between(side, earlier, "london", shelf).table.to_dict("records")
    assert (row["link_how"], row["link_release"], row["crosses"]) == (WITHIN, "2026-01", False)
    counts = {}
    for file in ("2026-01", "2026-01-recent"):  # one publication
        table = shelf.table("recorded_crime", file)
        counts |= zip(table.periods, table.series("offences", "robbery", area).values, strict=True)
    now, before = (sum(counts[month] for month in end.window) for end in (side, earlier))
    assert row["change"] == pytest.approx(now / before - 1)


@pytest.mark.parametrize("pinned", [0, 1])
def test_figures_whose_release_is_named_are_not_linked_and_it_is_said_that_they_are_of_two(pinned, shelf):
    side = Figure("recorded_crime", "E12000007", "robbery", "rolling", "", "2025-04")
    sides = [side, side.moved(-36)]
    sides[pinned] = replace(sides[pinned], release="2026-01-recent" if pinned == 0 else "2026-01")
    (row,) = between(*sides, "london", shelf).table.to_dict("records")
    assert (row["link_how"], row["link"], row["crosses"]) == ("", 1.0, True)


def test_a_verdict_on_a_provisional_figure_stands_at_any_distance_where_late_records_cannot_turn_it(shelf):
    side = Figure(
        "recorded_crime", "E12000007", "possession_of_weapons", "rolling", "", shelf.table("recorded_crime").periods[-1]
    )
    (year,), (two,) = (between(side, side.moved(-back), "london", shelf).table.to_dict("records") for back in (12, 24))
    assert year["late"] and two["late"]
    assert two["verdict"] != "cannot_say"


def test_no_change_is_worked_out_of_what_may_not_be_compared(shelf):
    side = Figure("recorded_crime", "E09000007", "burglary_dwelling", "rolling", "", "2024-03")
    assert between(side, side.moved(-24), "london", shelf) is None


def test_two_shares_are_judged_in_points(judged_shares):
    shelf = judged_shares
    side = Figure("online_uptake", "united_kingdom", "licence_renewals", "share", "", "2017-Q3")
    (row,) = between(side, side.moved(-16), "london", shelf).table.to_dict("records")
    assert row["change"] == pytest.approx(row["value"] - row["before"])
