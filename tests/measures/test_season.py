"""Taking the season out of monthly counts: what it must leave alone, where it must not be tried."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import periods
from measures.figures.compute import Query, compute
from measures.lines.seasonal import SeriesCodes, adjusted, february
from measures.lines.stl import FEWEST, SHORTEST, has_season, season_of, stretches, without_season
from measures.lines.views import days_of
from measures.store.shelf import Shelf

LONDON, CAMDEN, HILLINGDON = "E12000007", "E09000007", "E09000017"
# The baseline of statsmodels' own tests (stl_test_results.csv), made with the authors' Fortran program
BASELINE = {
    "period": 12,
    "seasonal": 35,
    "trend": 19,
    "low_pass": 13,
    "robust": True,
    "seasonal_jump": 4,
    "trend_jump": 2,
    "low_pass_jump": 2,
}
MONTHS = st.lists(st.floats(0.5, 2.0), min_size=12, max_size=12).filter(lambda months: max(months) > 1.01 * min(months))


def seasonal(months: list[float], years: int, level: float = 1000.0) -> np.ndarray:
    return level * np.tile(np.array(months) / np.exp(np.log(months).mean()), years)


def final(counts: np.ndarray, provisional: int = 0) -> np.ndarray:
    return np.arange(len(counts)) < len(counts) - provisional


def test_stl_gives_the_baseline_of_statsmodels():
    with resources.as_file(resources.files("statsmodels.tsa.stl.tests.results") / "stl_co2.csv") as path:
        co2 = np.loadtxt(path)
    found = season_of(co2, BASELINE, {"inner_iter": 1, "outer_iter": 2})
    np.testing.assert_allclose(found[:3], [-0.13125464, 0.51706943, 1.08182068], atol=5e-9)


@given(MONTHS, st.integers(3, 12))
def test_a_pure_season_on_a_level_series_goes_away(months, years):
    counts = seasonal(months, years)
    np.testing.assert_allclose(without_season(counts, final(counts)), 1000, rtol=0.01)


@given(MONTHS, st.floats(2, 50))
def test_adjusting_does_not_depend_on_the_unit(months, factor):
    counts = seasonal(months, 6) * np.linspace(1, 1.4, 72)
    np.testing.assert_allclose(
        without_season(counts * factor, final(counts)), without_season(counts, final(counts)) * factor, rtol=1e-6
    )


@given(st.lists(st.integers(0, 60), min_size=SHORTEST, max_size=80), st.integers(0, 3))
def test_an_adjusted_count_is_a_number_and_not_negative_also_where_a_month_is_zero(counts, provisional):
    counts = np.array(counts, float)
    known = final(counts, provisional)
    made = without_season(counts, known)
    scaled = np.sqrt(counts[known]) if (counts == 0).any() else np.log(counts[known])
    if known.sum() < SHORTEST or counts[known].mean() < FEWEST or not has_season(scaled):
        assert np.isnan(made).all()
    else:
        assert (made >= 0).all()


@given(st.integers(1, 100), st.integers(1, 100))
def test_a_provisional_month_does_not_move_an_adjusted_final_one(one, other):
    counts = seasonal([1.2, 0.8] * 6, 5)
    known = final(counts, 2)
    made = [without_season(np.where(known, counts, provisional), known) for provisional in (one, other)]
    np.testing.assert_array_equal(made[0][known], made[1][known])


def test_what_chance_alone_gives_is_no_season_and_a_real_one_is():
    """Two tests at 1 % each: of series of chance alone at most 2 in 100 are taken for seasonal, of those that swing by a fifth nearly all are not missed."""
    rng = np.random.default_rng(7)
    level = 200 * np.exp(np.cumsum(rng.normal(0, 0.02, (400, 96)), axis=1))
    chance = np.mean([has_season(np.log(rng.poisson(row) + 0.5)) for row in level])
    swing = np.exp(0.2 * np.sin(np.arange(96) / 6 * np.pi))
    seen = np.mean([has_season(np.log(rng.poisson(row * swing) + 0.5)) for row in level[:100]])
    assert chance < 0.03
    assert seen > 0.97


def test_a_series_without_a_season_is_left_as_it_is_and_says_so(shelf):
    line = compute(
        Query("london", "recorded_crime", (CAMDEN,), "robbery_of_business_property", "adjusted"), shelf
    ).line(CAMDEN)
    assert line["value"].isna().all()
    assert line["reason"].str.contains("season_none|season_few|season_short").all()
    assert line["reason"].str.contains("season_none").any()


def test_fewer_than_three_years_are_not_adjusted():
    counts = seasonal([1.5, 0.5] * 6, 3)
    assert np.isfinite(without_season(counts, final(counts))).all()
    assert np.isnan(without_season(counts[:-1], final(counts[:-1]))).all()
    assert np.isnan(without_season(counts, final(counts, 1))).all()


@given(st.lists(st.sampled_from((1.0, 1.0, np.nan)), min_size=1, max_size=40), st.sets(st.integers(1, 39)))
def test_stretches_hold_every_value_once_and_no_gap_or_cut_lies_inside(values, cuts):
    values = np.array(values)
    found = stretches(values, sorted(cuts))
    inside = [at for part in found for at in range(part.start, part.stop)]
    assert inside == list(np.flatnonzero(np.isfinite(values)))
    assert not [cut for part in found for cut in cuts if part.start < cut < part.stop]


def test_a_stretch_after_a_cut_is_adjusted_on_its_own_or_not_at_all(shelf):
    line = (
        compute(Query("london", "recorded_crime", (HILLINGDON,), "all", "adjusted"), shelf)
        .line(HILLINGDON)
        .set_index("period")
    )
    assert np.isfinite(line.loc[:"2023-03", "value"]).all()
    assert line.loc["2023-04":, "value"].isna().all()
    assert (line.loc["2023-04":, "status"] == "x").all()
    assert line.loc["2023-04":, "reason"].str.contains("season_short").all()


def test_a_series_of_very_few_events_is_not_adjusted(shelf):
    line = compute(Query("london", "recorded_crime", (CAMDEN,), "homicide", "adjusted"), shelf).line(CAMDEN)
    assert line["value"].isna().all()
    assert line["reason"].str.contains("season_few").all()


def test_every_adjusted_figure_says_that_it_is_an_estimate_and_provisional_months_stay_provisional(shelf):
    query = Query("london", "recorded_crime", (LONDON,), "possession_of_weapons", "adjusted", "2024-01")
    line = compute(query, shelf).line(LONDON).set_index("period")
    counts = compute(replace(query, view="count"), shelf).line(LONDON).set_index("period")
    assert line["reason"].str.split("|").map(lambda keys: "adjusted" in keys).all()
    provisional = counts["reason"].str.split("|").map(lambda keys: "provisional" in keys)
    assert provisional.any() and (line["status"] == "p").equals(provisional)
    assert set(line["status"]) == {"e", "b", "p"}  # the first month after the new system is marked as before


def test_an_adjusted_figure_is_not_tested_and_has_no_limits(shelf):
    query = Query("london", "recorded_crime", (LONDON,), "possession_of_weapons", "adjusted", "2020-01")
    line = compute(query, shelf).line(LONDON)
    assert (line["verdict"] == "cannot_say").all()
    assert line[["low", "high", "change_low", "change_high"]].isna().all(axis=None)
    assert set(line["why"]) == {"no_test", "provisional"}


def test_years_keep_their_sum_for_only_the_season_is_taken_out(shelf):
    counts, made = (
        compute(Query("london", "recorded_crime", (LONDON,), "all", view, "2011-01", "2025-12"), shelf)
        .table["value"]
        .to_numpy()
        .reshape(-1, 12)
        for view in ("count", "adjusted")
    )
    np.testing.assert_allclose(made.sum(axis=1), counts.sum(axis=1), rtol=0.02)


@pytest.mark.parametrize("release", ["latest", "2023-04"])
def test_what_the_build_adjusted_is_what_is_worked_out_now(shelf, bare, release):
    for area, category in ((LONDON, "theft"), (CAMDEN, "robbery")):
        built, now = (
            adjusted(one, SeriesCodes("recorded_crime", "offences", category, area, release)) for one in (shelf, bare)
        )
        np.testing.assert_allclose(built.values, now.values)
        assert list(built.statuses) == list(now.statuses)


@pytest.fixture
def bare(copy):
    """The same data with nothing built."""
    return Shelf(copy.root)


def test_a_release_too_short_for_a_season_has_no_adjusted_figure(shelf):
    line = compute(Query("london", "recorded_crime", (LONDON,), "all", "adjusted", release="2025-04"), shelf).line(
        LONDON
    )
    assert line["value"].isna().all()
    assert (line["status"] == "x").all()


def test_a_leap_day_is_taken_out_before_the_season():
    """Events that come alike every day: no adjusted February stands out, of a leap year or not."""
    months = tuple(periods.span("2015-01", "2024-12"))
    counts = 100.0 * np.array([days_of(month, "count") for month in months])
    level = without_season(counts / february(months), final(counts))
    assert february(("2024-02", "2023-02", "2024-03")) == pytest.approx([29 / 28.25, 28 / 28.25, 1])
    np.testing.assert_allclose(level, level.mean(), rtol=0.002)
    leap = [number for number, month in enumerate(months) if month in ("2016-02", "2020-02", "2024-02")]
    raw = without_season(counts, final(counts))
    assert (raw[leap] / raw.mean() > 1.015).all()  # what would be left otherwise
