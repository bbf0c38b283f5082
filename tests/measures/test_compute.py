"""Rates name their parts, sums are trailing, nothing crosses a cut, and a change is of equal periods."""

from __future__ import annotations

import numpy as np
import pytest

from measures.figures.change_verdict import SMALL_BASE
from measures.figures.compute import Query, compute

LONDON, CITY, HILLINGDON, CAMDEN = "E12000007", "E09000001", "E09000017", "E09000007"


def line(shelf, view: str, area: str = CAMDEN, category: str = "all", measure: str = "recorded_crime", **span):
    return compute(Query("london", measure, (area,), category, view, **span), shelf).table.set_index("period")


def crime(view: str, area: str = CAMDEN, category: str = "all", **span) -> Query:
    return Query("london", "recorded_crime", (area,), category, view, **span)


def test_a_rate_is_its_numerator_by_its_denominator(shelf):
    rate = line(shelf, "rate").dropna(subset=["value"])
    np.testing.assert_allclose(rate["value"], rate["numerator"] / rate["denominator"] * 1000)
    assert rate.index[0] == "2019-01"


@pytest.mark.parametrize("area", [CAMDEN, LONDON])
def test_months_before_2019_have_no_rate(area, shelf):
    before = line(shelf, "rate", area).loc[:"2018-12"]
    assert before["value"].isna().all()
    assert set(before["status"]) == {"x"}
    assert all("no_population" in reason for reason in before["reason"])


def test_2025_and_2026_use_residents_of_mid_2024_and_say_so(shelf):
    rate = line(shelf, "rate").loc["2025-01":]
    assert set(rate["denominator"]) == {216_943}
    assert all("population 2024" in reason for reason in rate["reason"])
    assert set(rate["status"]) == {"e"}


def test_a_year_with_its_own_residents_is_not_estimated(shelf):
    rate = line(shelf, "rate").loc["2019-01":"2024-12"]
    assert "e" not in set(rate["status"])
    assert rate.loc["2021-06", "denominator"] == 210_968


def test_londons_rate_leaves_out_residents_that_the_police_do_not_cover(shelf):
    residents = shelf.table("population")
    whole, city = (
        residents.series("residents", "", area).values[residents.periods.index("2023")] for area in (LONDON, CITY)
    )
    assert line(shelf, "rate", LONDON).loc["2023-05", "denominator"] == whole - city == 8_986_099


def test_an_area_that_is_not_covered_has_no_rate(shelf):
    rate = line(shelf, "rate", CITY)
    assert rate["value"].isna().all()
    assert set(rate["status"]) == {"x"}


@pytest.mark.parametrize("view", ["rate", "rolling_rate"])
@pytest.mark.parametrize("area", ["unknown", "airports"])
def test_what_belongs_to_no_area_has_no_residents_and_no_rate(area, view, shelf):
    rate = line(shelf, view, area)
    assert rate["value"].isna().all()
    assert set(rate["status"]) <= {"x", "z"}


@pytest.mark.parametrize("area", [CAMDEN, LONDON])
def test_a_rolling_sum_is_of_the_twelve_months_that_end_there(area, shelf):
    count, rolling = line(shelf, "count", area)["value"], line(shelf, "rolling", area)["value"]
    assert rolling.iloc[:11].isna().all()
    by_hand = [count.iloc[at - 11 : at + 1].sum() for at in range(11, len(count))]
    assert list(rolling.iloc[11:]) == by_hand


def test_a_rolling_sum_never_spans_a_cut(shelf):
    rolling = line(shelf, "rolling", HILLINGDON)
    without = rolling[rolling["value"].isna()].index
    assert [month for month in without if month >= "2011-03"] == [*rolling.loc["2023-04":"2025-01"].index]
    assert all("window_break" in reason for reason in rolling.loc["2023-04":"2025-01", "reason"])
    assert rolling.loc["2025-02", "value"] == line(shelf, "count", HILLINGDON).loc["2024-03":"2025-02", "value"].sum()


def test_a_mark_does_not_cut_a_rolling_sum(shelf):
    assert np.isfinite(line(shelf, "rolling").loc["2024-03":"2025-02", "value"]).all()


def test_a_rolling_sum_carries_the_marks_of_every_month_in_it(shelf):
    rolling = line(shelf, "rolling")
    assert all("unallocated 0.191" in reason for reason in rolling.loc["2020-03":"2021-02", "reason"])
    assert set(rolling.loc["2020-03":"2021-02", "status"]) == {"u"}
    assert "unallocated 0.191" not in rolling.loc["2021-03", "reason"]


def test_a_span_shown_does_not_change_a_rolling_sum(shelf):
    whole, short = line(shelf, "rolling"), line(shelf, "rolling", first="2022-01", last="2022-06")
    assert list(short["value"]) == list(whole.loc["2022-01":"2022-06", "value"])


def test_an_index_starts_at_100_and_ends_at_a_cut(shelf):
    index = line(shelf, "index", HILLINGDON)
    assert round(index["value"].iloc[:12].mean(), 9) == 100
    assert index.loc["2023-04":, "value"].isna().all()
    assert all("index_break" in reason for reason in index.loc["2023-04":, "reason"])


@pytest.mark.parametrize("category", ["vehicle_tax_renewals", "certificate_orders", "keeper_change_notifications"])
def test_a_share_is_digital_by_total(category, shelf):
    table = shelf.table("digital_take_up")
    digital, total = (table.series(one, category, "united_kingdom").values for one in ("digital", "total"))
    share = line(shelf, "share", "united_kingdom", category, "online_uptake")
    np.testing.assert_allclose(share["value"], digital / total * 100)
    assert list(share["numerator"]) == list(digital)
    assert list(share["denominator"]) == list(total)


def row(shelf, view: str, period: str, area: str = CAMDEN, category: str = "all", **span):
    """The row of one figure with all that is said of its change."""
    made = compute(crime(view, area, category, **span), shelf).line(area)
    (found,) = made[made["period"] == period].itertuples()
    return found


def test_a_change_is_on_the_same_month_a_year_before(shelf):
    found = row(shelf, "count", "2020-04")
    count = line(shelf, "count")["value"]
    assert (found.before_period, found.why) == ("2019-04", "")
    assert (found.value, found.before) == (count["2020-04"], count["2019-04"])
    assert found.change == pytest.approx(count["2020-04"] / count["2019-04"] - 1)


def test_londons_first_lockdown_is_35_per_cent_below_the_year_before(shelf):
    found = row(shelf, "count", "2020-04", LONDON)
    assert (found.value, found.before, round(found.change * 100)) == (48_670, 74_885, -35)


@pytest.mark.parametrize("period", ["2023-04", "2024-02", "2024-03", "2025-02"])
def test_no_change_is_said_across_a_cut(period, shelf):
    found = row(shelf, "count", period, HILLINGDON)
    assert found.why == "window_break"
    assert np.isnan(found.change)


def test_a_change_may_be_said_again_a_year_after_a_cut(shelf):
    assert row(shelf, "count", "2025-03", HILLINGDON).why == ""


@pytest.mark.parametrize(
    ("view", "period", "how"),
    [
        ("count", "2025-07", ""),
        ("count", "2024-07", "within"),
        ("rolling", "2026-06", ""),
        ("rolling", "2026-05", "ratio"),
        ("index", "2024-07", "apart"),
    ],
)
def test_a_change_across_releases_tells_how_they_are_linked(view, period, how, shelf):
    found = row(shelf, view, period)
    assert (found.link_how, found.crosses) == (how, how == "apart" and np.isfinite(found.before))


@pytest.mark.parametrize(
    ("view", "period"), [("rolling", "2026-05"), ("count", "2024-07"), ("rolling_rate", "2026-05")]
)
def test_a_change_does_not_depend_on_the_span_shown(view, period, shelf):
    whole = row(shelf, view, period)
    short = row(shelf, view, period, first=whole.before_period)
    np.testing.assert_equal(short._asdict() | {"Index": 0}, whole._asdict() | {"Index": 0})


def test_a_change_on_a_small_base_is_known_as_such(shelf):
    homicide = row(shelf, "count", "2024-06", category="homicide")
    assert homicide.before < SMALL_BASE
    assert homicide.small
    assert not row(shelf, "count", "2024-06").small


def test_a_rate_on_few_offences_is_a_small_base_too(shelf):
    assert row(shelf, "rate", "2024-06", category="homicide").small


def test_an_area_without_figures_has_no_change(shelf):
    city = compute(crime("count", CITY), shelf).table
    assert city[["value", "before", "change"]].isna().all(axis=None)


def test_the_first_year_has_no_figure_before(shelf):
    found = row(shelf, "count", "2010-09")
    assert found.why == "no_figure_before"
    assert np.isnan(found.change)
