"""A trend is of five to ten equal years of one stretch, none provisional, and allows for years that are alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from disclosure.unallocated import unallocated_shares
from measures.change.trend import trend
from measures.change.trend_fits import LEAST_BLOCKS, MOST_BLOCKS, bounded, fit
from measures.figures.compute import Query, compute
from measures.inference.slopes import autocorrelation, slope_of_counts
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


@given(
    st.lists(st.integers(0, 60), min_size=5, max_size=9).filter(lambda events: sum(map(bool, events)) > 1),
    st.integers(0, 10**6),
)
def test_the_slope_is_that_of_statsmodels_poisson_model(events, seed):
    events = np.array(events, dtype=float)
    exposure = np.random.default_rng(seed).uniform(1, 3, len(events))
    model = GLM(
        events,
        np.column_stack([np.ones(len(events)), np.arange(len(events))]),
        family=Poisson(),
        offset=np.log(exposure),
    ).fit()
    assert slope_of_counts(events, exposure).slope == pytest.approx(model.params[1], abs=1e-6)


def test_independent_years_have_the_ordinary_error_and_alike_ones_a_larger():
    rng = np.random.default_rng(5)
    calm = 1000 * np.exp(0.05 * np.array([1, -1, 1, -1, 1, -1, 1, -1, 1, -1.0]) + 0.02 * np.arange(10))
    found = slope_of_counts(np.round(calm), np.ones(10))
    model = GLM(np.round(calm), np.column_stack([np.ones(10), np.arange(10)]), family=Poisson()).fit(
        scale="X2", use_t=True
    )
    assert (found.rho, found.df) == (0, 8)
    assert [found.low, found.high] == pytest.approx(list(model.conf_int()[1]), rel=1e-6)
    walk = np.round(1000 * np.exp(np.cumsum(rng.normal(0, 0.1, 10))))
    alike = slope_of_counts(walk, np.ones(10))
    usual = (
        GLM(walk, np.column_stack([np.ones(10), np.arange(10)]), family=Poisson())
        .fit(scale="X2", use_t=True)
        .conf_int()[1]
    )
    assert alike.rho > 0.2
    assert alike.high - alike.low > 1.3 * (usual[1] - usual[0])


def test_a_level_that_wanders_is_seldom_called_a_trend():
    """Ten years of a random walk: a test that takes years for independent calls more than half of them a trend."""
    rng = np.random.default_rng(11)
    walks = rng.poisson(2000 * np.exp(np.cumsum(rng.normal(0, 0.05, (400, 10)), axis=1))).astype(float)
    assert np.mean([slope_of_counts(walk, np.ones(10)).p < 0.05 for walk in walks]) < 0.25
    design = np.column_stack([np.ones(10), np.arange(10)])
    naive = [GLM(walk, design, family=Poisson()).fit(scale="X2", use_t=True).pvalues[1] < 0.05 for walk in walks[:100]]
    assert np.mean(naive) > 0.4


@pytest.mark.parametrize("rho", [0.0, 0.4, 0.8])
def test_the_autocorrelation_is_corrected_for_what_a_line_takes_out_of_it(rho):
    rng, n = np.random.default_rng(2), 10
    design = np.column_stack([np.ones(n), np.arange(n)])
    root = np.linalg.cholesky(rho ** np.abs(np.subtract.outer(np.arange(n), np.arange(n))))
    left = rng.normal(size=(4000, n)) @ root.T
    left = left - left @ design @ np.linalg.pinv(design)
    shown = np.mean(np.sum(left[:, 1:] * left[:, :-1], axis=1)) / np.mean(np.sum(left**2, axis=1))
    one = left[np.argmin(np.abs(np.sum(left[:, 1:] * left[:, :-1], axis=1) / np.sum(left**2, axis=1) - shown))]
    assert shown < rho
    assert autocorrelation(one, design) == pytest.approx(rho, abs=0.08)


def test_years_end_with_the_latest_final_month(shelf):
    found = trend(crime("count"), shelf, CAMDEN)
    assert (found.first, found.last, found.blocks) == ("2017-06", "2026-06", MOST_BLOCKS)


def test_over_more_than_ten_years_the_ends_and_the_steps_are_told(shelf):
    found = trend(crime("count"), shelf, CAMDEN).span
    sums = (
        compute(crime("rolling"), shelf)
        .table.set_index("period")
        .loc[[f"{year}-06" for year in range(2011, 2027)], "value"]
        .to_numpy()
    )
    assert (found.first, found.last, found.blocks) == ("2011-06", "2026-06", 16)
    assert found.change == pytest.approx(sums[-1] / sums[0] - 1)
    assert (found.rises, found.falls) == ((np.diff(sums) > 0).sum(), (np.diff(sums) < 0).sum())
    assert trend(crime("count", first="2016-07"), shelf, CAMDEN).span is None


def test_years_lie_within_the_span_shown(shelf):
    found = trend(crime("count", first="2015-05", last="2021-08"), shelf, CAMDEN)
    assert (found.first, found.last, found.blocks) == ("2016-08", "2021-08", 6)
    assert trend(crime("count", first="2018-01", last="2021-08"), shelf, CAMDEN).why == "too_few_periods"


def test_no_trend_runs_over_a_cut(shelf):
    found = trend(crime("count", HILLINGDON), shelf, HILLINGDON)
    assert (found.verdict, found.why, found.blocks) == ("cannot_say", "too_few_periods", 2)
    before = trend(crime("count", HILLINGDON, last="2024-01"), shelf, HILLINGDON)
    assert before.blocks < LEAST_BLOCKS or before.last <= "2023-03"


@pytest.mark.parametrize(
    ("category", "last", "why"),
    [
        ("violence_against_the_person", "2026-06", "counting"),  # April 2023 lies inside
        ("sexual_offences", "2023-03", "counting"),  # its ten years begin in 2013, and recording improved to 2016
        ("public_order_offences", "2026-06", "counting"),
        ("theft", "2026-06", ""),
        ("all", "2026-06", ""),
    ],
)
def test_no_trend_is_judged_over_a_change_of_counting_by_the_groups_that_it_touches(category, last, why, shelf):
    found = trend(crime("count", LONDON, category, last=last), shelf, LONDON)
    assert found.why == why
    assert (found.verdict == "cannot_say") == bool(why)
    assert not why or found.span is None


def test_a_trend_between_two_changes_of_counting_is_judged(shelf):
    after = trend(crime("count", LONDON, "sexual_offences", first="2016-10", last="2023-03"), shelf, LONDON)
    assert (after.first, after.last, after.why) == ("2018-03", "2023-03", "")
    within = trend(crime("count", LONDON, "sexual_offences", first="2016-04", last="2023-03"), shelf, LONDON)
    assert within.why == "counting"


def test_a_rate_is_modelled_with_its_residents(shelf):
    query = crime("rolling_rate")
    found = trend(query, shelf, CAMDEN)
    rows = compute(query, shelf).table.set_index("period").loc[[f"{year}-06" for year in range(2019, 2027)]]
    assert (found.first, found.last, found.blocks) == ("2019-06", "2026-06", 8)
    events, exposure = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    apart = unallocated_shares(shelf.table("recorded_crime"), shelf.places["london"], ("offences",), "all", 12)
    shares = apart[[shelf.table("recorded_crime").position(period) for period in rows.index]]
    published, spread = fit(events, exposure), fit(events / (1 - shares), exposure)
    assert (found.per_year, found.p) == pytest.approx((published.per_year, max(published.p, spread.p)))
    assert (found.low, found.high) == pytest.approx((min(published.low, spread.low), max(published.high, spread.high)))
    assert found == trend(crime("rate"), shelf, CAMDEN)


def test_a_share_moves_in_points_over_years_of_four_quarters(judged_shares):
    shelf = judged_shares
    query = Query("london", "online_uptake", ("united_kingdom",), "licence_changes", "share")
    found = trend(query, shelf, "united_kingdom")
    assert (found.first, found.last, found.blocks, found.verdict) == ("2013-Q3", "2017-Q3", 5, "rise")
    table = compute(query, shelf).table.iloc[-20:]
    sums = [table[part].to_numpy().reshape(5, 4).sum(axis=1) for part in ("numerator", "denominator")]
    points = sums[0] / sums[1] * 100
    assert found.per_year == pytest.approx(np.polyfit(np.arange(5), points, 1)[0])
    assert -100 < found.low < found.per_year < found.high < 100


def test_fewer_people_were_badly_hurt_on_londons_roads(shelf):
    found = trend(Query("london", "road_casualties", (LONDON,), "", "count"), shelf, LONDON)
    assert (found.first, found.last, found.blocks, found.verdict) == ("2005", "2014", 10, "fall")
    assert (found.span.first, found.span.rises, found.span.falls) == ("2004", 2, 8)


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


def test_the_rate_of_a_year_divides_by_the_residents_of_that_year(shelf):
    """Seoul, five major crimes ÷ registered Koreans: nine years, the newest among them, and the change that a model of the two gives."""
    query = Query("seoul", "five_major_recorded", ("11",), "all", "rate")
    found = trend(query, shelf, "11")
    assert (found.first, found.last, found.blocks) == ("2014", "2022", 9)
    assert round(found.per_year, 3) == -0.049
    rows = compute(query, shelf).table.set_index("period").loc["2014":"2022"]
    people = shelf.table("registered_koreans")
    areas = [area for area in people.areas if area != "11"]
    own = [
        sum(people.series("residents", "", area).values[people.periods.index(year)] for area in areas)
        for year in rows.index[:-2]
    ]  # 2021 and 2022 have none of their own
    assert rows["denominator"].to_list()[:-2] == own


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


def test_a_trend_that_only_one_of_the_bounds_has_is_no_verdict(shelf):
    """Yearly counts that stay the same while what no area has goes from a fifth to nothing: as published they rise."""
    shares = np.linspace(0.2, 0, 8)
    published, spread = fit(2000 * (1 - shares), np.ones(8)), fit(np.full(8, 2000.0), np.ones(8))
    assert (published.verdict, spread.verdict) == ("rise", "no_clear_change")
    found = bounded(published, spread)
    assert (found.verdict, found.why) == ("cannot_say", "unallocated")
    assert np.isnan([found.low, found.high, found.p]).all()
