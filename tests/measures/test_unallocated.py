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
from measures.figures.change_verdict import Grounds, verdict_of_change
from measures.figures.compute import Query, compute
from measures.lines.line import Line
from measures.lines.views import width_of
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


@pytest.mark.parametrize("view", ["rate", "rolling_rate"])
@pytest.mark.parametrize("category", ["all", "sexual_offences", "homicide", "trafficking_of_drugs"])
def test_map_and_comparison_refuse_the_same_periods(category, view, shelf):
    table, place = shelf.table("recorded_crime"), shelf.places["london"]
    share = unallocated_shares(table, place, ("offences",), category, width_of("2024-01", view))
    for period in (*table.periods[120::7], "2020-03"):
        large = is_large(share[table.position(period)])
        why = funnel(Query("london", "recorded_crime", (), category, view, last=period), shelf).why
        if why in ("", "unallocated"):
            assert why.startswith("unallocated") == large, period
        sides = (
            Figure("recorded_crime", area, category, view, "" if "rolling" in view else period, period)
            for area in (CAMDEN, BARNET)
        )
        assert any(one.key == "unallocated" for one in compare(*sides, "london", shelf).findings) == large, period


# The review of version 0.2.0, finding 2: sexual offences, 12 months to June 2025 and to June 2024, as published then,
# with the factor by which each borough's series fluctuated
REVIEWED = """
Barking and Dagenham 690 592 1.7772
Barnet 784 704 1.5906
Bexley 528 505 1.7897
Brent 853 794 1.9129
Bromley 761 631 2.1780
Camden 960 830 3.6675
Croydon 1316 1054 3.3429
Ealing 988 821 2.2049
Enfield 791 816 1.5673
Greenwich 927 739 2.1836
Hackney 940 806 7.4346
Hammersmith and Fulham 699 523 3.5356
Haringey 956 745 3.9040
Harrow 487 364 2.2255
Havering 628 579 3.7579
Hounslow 781 681 1.3644
Islington 736 693 1.1174
Kensington and Chelsea 673 532 3.8434
Kingston upon Thames 370 326 1.4353
Lambeth 1197 1055 2.6712
Lewisham 1027 873 1.2995
Merton 475 421 1.0630
Newham 1080 984 2.6577
Redbridge 732 668 1.2073
Richmond upon Thames 351 314 2.2910
Southwark 1174 952 4.3026
Sutton 415 423 1.9243
Tower Hamlets 1147 951 2.7506
Waltham Forest 614 601 1.5264
Wandsworth 864 711 2.9705
Westminster 1639 1436 11.7042
"""
APART = (2 / 26460, 1460 / 24309)  # of London's under "Unknown", in the later and in the earlier window


def verdicts_of(counts: np.ndarray, apart: tuple[float, float]) -> dict[str, np.ndarray]:
    now, before, factor = counts
    known = (np.full(len(now), np.inf), np.ones(len(now)), *(np.full(len(now), share) for share in apart))
    grounds = Grounds("rolling", 1, True, factor, *known)
    return verdict_of_change(grounds, *(Line.of_counts(side) for side in (now, before)), np.full(len(now), "", object))


def test_offences_that_were_moved_out_of_unknown_are_no_rise():
    rows = [line.rsplit(maxsplit=3) for line in REVIEWED.strip().splitlines()]
    names, counts = [row[0] for row in rows], np.array([row[1:] for row in rows], dtype=float).T
    before, now = (verdicts_of(counts, apart) for apart in ((0.0, 0.0), APART))
    risen = {name for name, verdict in zip(names, before["verdict"], strict=True) if verdict == "rise"}
    left = {name for name, verdict in zip(names, now["verdict"], strict=True) if verdict == "rise"}
    assert len(risen) == 14
    assert left == {"Croydon", "Greenwich", "Hammersmith and Fulham", "Haringey", "Harrow"}
    undecided = {name for name, why in zip(names, now["why"], strict=True) if why == "unallocated"}
    assert undecided == risen - left


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 3000)), min_size=1, max_size=10),
    st.floats(0, 0.6),
    st.floats(0, 0.6),
)
def test_a_verdict_is_certainonly_where_both_bounds_give_it(pairs, later, earlier):
    counts = np.array([[now, before, 2.0] for now, before in pairs], dtype=float).T
    bounded = verdicts_of(counts, (later, earlier))
    published = verdicts_of(counts, (0.0, 0.0))
    spread = verdicts_of(counts / np.array([[1 - later], [1 - earlier], [1.0]]), (0.0, 0.0))
    np.testing.assert_array_equal(bounded["change"], published["change"])
    certain = bounded["why"] == ""
    np.testing.assert_array_equal(bounded["verdict"][certain], published["verdict"][certain])
    told = np.isfinite(bounded["change_allocated"]) & np.isfinite(spread["change"])
    np.testing.assert_allclose(bounded["change_allocated"][told], spread["change"][told])
    assert not (bounded["change_low"][certain] > published["change_low"][certain]).any()
    assert not (bounded["change_high"][certain] < published["change_high"][certain]).any()
    if later == earlier:
        np.testing.assert_array_equal(bounded["verdict"], published["verdict"])


def test_two_rows_that_are_little_each_silence_districts_and_map_alike(served):
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

    served.spoil("recorded_crime", spread)
    served.change_place("london", ", elsewhere = true", "")
    shelf = Shelf(served.root)
    query = Query("london", "recorded_crime", (CAMDEN,), "robbery", "rate", first="2026-02", last="2026-02")
    whole, *apart = (
        shelf.table("recorded_crime").series("offences", "robbery", area).values[-5]
        for area in ("E12000007", "unknown", "airports")
    )
    assert max(apart) / whole < 0.05 < sum(apart) / whole
    (row,) = compute(query, shelf).table.itertuples()
    assert row.status == "u"
    assert row.unallocated == pytest.approx(sum(apart) / whole)
    assert funnel(query, shelf).why == row.reason.split("|")[0] == f"unallocated {sum(apart) / whole:.3f}"
    sides = (Figure("recorded_crime", area, "robbery", "rate", "2026-02", "2026-02") for area in (CAMDEN, BARNET))
    assert any(one.key == "unallocated" for one in compare(*sides, "london", shelf).findings)


@pytest.mark.parametrize(("first", "last", "said"), [("2020-03", "2020-03", True), ("2020-01", "2020-12", False)])
def test_a_headline_is_checked_by_the_share_of_its_own_window(first, last, said, shelf):
    """One month with many unallocated counts does not speak against the year that it lies in."""
    one = check_series(Stated("london", "recorded_crime", "all", CAMDEN, "1", first, last, kind="count"), shelf)
    assert ("unallocated" in {why.key for why in one.reasons}) == said
