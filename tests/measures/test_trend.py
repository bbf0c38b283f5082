"""A trend is of five or more equal years of one stretch, none provisional, and no single year makes it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from measures.change import trend as module
from measures.change.trend import LEAST_BLOCKS, fit, trend
from measures.figures.compute import Query, compute
from tests.measures.test_limits import REFERENCE

LONDON, CITY, HILLINGDON, CAMDEN = "E12000007", "E09000001", "E09000017", "E09000007"


def crime(view: str, area: str = CAMDEN, category: str = "all", **span) -> Query:
    return Query("london", "recorded_crime", (area,), category, view, **span)


@pytest.mark.parametrize("line", REFERENCE["trend"], ids=lambda line: str(line["events"]))
def test_a_published_trend_comes_out(line):
    found = fit(np.array(line["events"], dtype=float), np.ones(len(line["events"])))
    assert np.log1p(found.per_year) == pytest.approx(line["slope"], abs=1e-6)
    assert round(found.p, 4) == line["p"]
    assert found.verdict == line["verdict"]


def test_years_that_scatter_more_than_by_chance_need_more_to_be_a_trend():
    calm, wild = np.array([100, 110, 121, 133, 146.0]), np.array([100, 160, 90, 170, 146.0])
    assert fit(calm, np.ones(5)).verdict == "rise"
    assert fit(wild, np.ones(5)).verdict == "no_clear_change"
    assert fit(wild, np.ones(5)).high - fit(wild, np.ones(5)).low > 4 * (
        fit(calm, np.ones(5)).high - fit(calm, np.ones(5)).low
    )


def test_growth_with_the_number_of_residents_is_no_trend_of_the_rate():
    people = np.array([1000, 1100, 1210, 1331, 1464.1])
    found = fit(people, people)
    assert found.verdict == "no_clear_change"
    assert found.per_year == pytest.approx(0, abs=1e-9)


def test_one_odd_year_does_not_make_a_trend():
    odd = np.array([1000, 1000, 1000, 1000, 1100.0])
    assert GLM(odd, np.column_stack([np.ones(5), np.arange(5)]), family=Poisson()).fit().pvalues[1] < 0.05
    assert fit(odd, np.ones(5)).verdict == "no_clear_change"


@given(st.lists(st.integers(0, 60), min_size=5, max_size=9), st.integers(0, 10**6))
def test_the_sign_without_a_block_is_that_of_a_model_fitted_without_it(events, seed):
    events = np.array(events, dtype=float)
    exposure = np.random.default_rng(seed).uniform(1, 3, len(events))
    at = np.arange(len(events), dtype=float)
    kept = [np.arange(len(events)) != left for left in range(len(events))]
    if any((events[keep] > 0).sum() < 2 for keep in kept):
        return
    slopes = [
        GLM(
            events[keep],
            np.column_stack([np.ones(keep.sum()), at[keep]]),
            family=Poisson(),
            offset=np.log(exposure[keep]),
        )
        .fit()
        .params[1]
        for keep in kept
    ]
    if min(map(abs, slopes)) > 1e-6:
        assert module._keeps_its_sign(events, exposure, at, slopes[0]) == (len(set(np.sign(slopes))) == 1)


def test_years_end_with_the_latest_final_month(shelf):
    found = trend(crime("count"), shelf, CAMDEN)
    assert (found.first, found.last, found.blocks) == ("2011-03", "2026-03", 16)


def test_years_lie_within_the_span_shown(shelf):
    found = trend(crime("count", first="2015-05", last="2021-08"), shelf, CAMDEN)
    assert (found.first, found.last, found.blocks) == ("2016-08", "2021-08", 6)
    assert trend(crime("count", first="2018-01", last="2021-08"), shelf, CAMDEN).why == "too_few_periods"


def test_no_trend_runs_over_a_cut(shelf):
    found = trend(crime("count", HILLINGDON), shelf, HILLINGDON)
    assert (found.verdict, found.why, found.blocks) == ("cannot_say", "too_few_periods", 2)
    before = trend(crime("count", HILLINGDON, last="2024-01"), shelf, HILLINGDON)
    assert before.blocks < LEAST_BLOCKS or before.last <= "2023-03"


def test_a_rate_is_modelled_with_its_residents(shelf):
    query = crime("rolling_rate")
    found = trend(query, shelf, CAMDEN)
    rows = compute(query, shelf).table.set_index("period").loc[[f"{year}-03" for year in range(2020, 2027)]]
    assert (found.first, found.last, found.blocks) == ("2020-03", "2026-03", 7)
    again = fit(rows["numerator"].to_numpy(), rows["denominator"].to_numpy())
    assert (again.per_year, again.p) == (found.per_year, found.p)
    assert found == trend(crime("rate"), shelf, CAMDEN)


def test_a_share_is_modelled_with_its_whole_over_years_of_four_quarters(shelf):
    query = Query("london", "online_uptake", ("united_kingdom",), "licence_changes", "share")
    found = trend(query, shelf, "united_kingdom")
    assert (found.first, found.last, found.blocks, found.verdict) == ("2013-Q3", "2017-Q3", 5, "rise")
    table = compute(query, shelf).table.iloc[-20:]
    sums = [table[part].to_numpy().reshape(5, 4).sum(axis=1) for part in ("numerator", "denominator")]
    assert fit(*sums).per_year == found.per_year


def test_fewer_people_were_badly_hurt_on_londons_roads(shelf):
    found = trend(Query("london", "road_casualties", (LONDON,), "", "count"), shelf, LONDON)
    assert (found.first, found.last, found.blocks, found.verdict) == ("2004", "2014", 11, "fall")


@pytest.mark.parametrize(
    ("query", "area", "why"),
    [
        (crime("index"), CAMDEN, "no_test"),
        (crime("count", CITY), CITY, "no_figure"),
        (Query("london", "population", (CAMDEN,), "", "count"), CAMDEN, "no_test"),
    ],
)
def test_where_there_is_nothing_to_test_the_reason_is_given(query, area, why, shelf):
    found = trend(query, shelf, area)
    assert (found.verdict, found.why) == ("cannot_say", why)


def test_no_events_at_all_are_no_trend():
    assert fit(np.zeros(6), np.ones(6)).why == "zero_denominator"


@pytest.mark.parametrize("category", ["all", "burglary", "theft", "homicide", "robbery"])
def test_verdict_limits_and_sign_of_a_trend_agree(category, shelf):
    for area in shelf.table("recorded_crime").areas:
        found = trend(crime("rolling_rate", area, category), shelf, area)
        assert (found.verdict == "cannot_say") == (found.why != "")
        if found.verdict in ("rise", "fall"):
            assert found.p < 0.05
            assert (found.low > 0) == (found.verdict == "rise")
            assert (found.high < 0) == (found.verdict == "fall")
