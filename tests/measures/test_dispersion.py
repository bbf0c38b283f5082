"""How much a series fluctuates: independent events give 1, what moves them together gives more, and what is doubtful or declared stays out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from loaders.cards.read_measures import read_measures
from measures.figures import estimates as estimating
from measures.figures import overdispersion as module
from measures.figures.estimates import SPAN, estimates, from_months, from_years
from measures.figures.events import left_out
from measures.figures.overdispersion import Fluctuation, factors, noise_of
from measures.inference import residual_sums
from measures.inference.glm import expected as fitted_together
from measures.inference.moderation import extra_variation, moderated
from measures.inference.persistence import Persistence, persistence, taken_out, windows
from measures.inference.residual_sums import design_of, excess, fits
from measures.inference.second_differences import degrees, second_differences, without
from measures.lines.query import Query
from measures.lines.scope import Scope
from measures.lines.year_before import doubt_of
from measures.store.shelf import Shelf

CAMDEN, HILLINGDON, LONDON = "E09000007", "E09000017", "E12000007"


def crime(shelf, category: str, area: str = CAMDEN) -> tuple[float, float, int, int]:
    """Factor of a month and of a year, first and last month that they rest on."""
    found, at = (
        factors(shelf, "recorded_crime", ("offences",), category),
        shelf.table("recorded_crime").areas.index(area),
    )
    return *found.factor[:, at, 0], int(found.first[0, at, 0]), int(found.last[0, at, 0])


def months(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    at = np.arange(len(counts))
    design = np.column_stack([np.ones(len(at)), at / len(at), *(at % 12 == month for month in range(1, 12))]).astype(
        float
    )
    return design, np.asarray(GLM(counts, design, family=Poisson()).fit().fittedvalues)


@given(st.lists(st.integers(1, 200), min_size=40, max_size=60))
def test_the_factor_of_single_months_is_pearsons(counts):
    counts = np.array(counts, dtype=float)
    design, expected = months(counts)
    fitted = GLM(counts, design, family=Poisson()).fit()
    assert factor(counts, expected, design, 1) == pytest.approx(fitted.pearson_chi2 / fitted.df_resid, rel=1e-6)


@given(
    st.lists(st.lists(st.integers(0, 60), min_size=40, max_size=40), min_size=1, max_size=4).filter(
        lambda many: all(map(any, many))
    )
)
def test_series_fitted_together_are_expected_what_each_is_expected_alone(many):
    counts = np.array(many, dtype=float)
    design, _ = months(np.ones(40))
    together, variance = fitted_together(counts, None, design)
    for one, mean in zip(counts, together, strict=True):
        assert mean == pytest.approx(
            np.asarray(GLM(one, design, family=Poisson()).fit().fittedvalues), rel=1e-4, abs=1e-4
        )
    assert np.array_equal(variance, together)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60)), min_size=40, max_size=40))
def test_shares_fitted_together_are_expected_what_each_is_expected_alone(pairs):
    part = np.array([one for one, _ in pairs], dtype=float)
    whole = part + np.array([other for _, other in pairs]) + 1
    design, _ = months(np.ones(40))
    mean, variance = (one[0] for one in fitted_together(part[None], whole[None], design))
    share = np.asarray(GLM(np.column_stack([part, whole - part]), design, family=Binomial()).fit().fittedvalues)
    assert mean == pytest.approx(whole * share, rel=1e-4)
    assert variance == pytest.approx(whole * share * (1 - share), rel=1e-4)


def factor(counts: np.ndarray, expected: np.ndarray, design: np.ndarray, width: int) -> float:
    return float(excess((counts - expected)[None], expected[None], design, windows(np.arange(len(counts)), width))[0])


def all_known(counts: np.ndarray) -> tuple[np.ndarray, list[list[int]], np.ndarray]:
    """Every figure sure, no cut, every series an area of the place."""
    return np.ones(counts.shape, dtype=bool), [[] for _ in counts], np.ones(len(counts), dtype=bool)


def test_a_series_that_is_zero_but_for_one_stretch_is_measured_against_its_mean():
    """A trend that may bend would explain such a stretch away, and what fluctuates most would seem not to fluctuate at all."""
    counts = np.zeros((1, 60))
    counts[0, 20:31] = 24
    at = np.arange(60)
    raw = fits([counts], np.array([0]), at, at % 12, 12).raw[:, 0]
    assert raw[0] > 10
    assert raw[1] > 50


@pytest.mark.parametrize("width", [1, 12])
def test_independent_events_have_a_factor_of_about_one(width):
    random = np.random.default_rng(4)
    found = []
    for counts in random.poisson(50, size=(300, SPAN)).astype(float):
        design, expected = months(counts)
        found.append(factor(counts, expected, design, width))
    assert np.mean(found) == pytest.approx(1, abs=0.08)


def test_what_moves_neighbouring_months_together_shows_in_sums_of_a_year():
    random = np.random.default_rng(4)
    level = np.exp(np.convolve(random.normal(0, 0.1, SPAN + 11), np.ones(12) / 3, "valid"))
    counts = random.poisson(200 * level).astype(float)
    design, expected = months(counts)
    assert factor(counts, expected, design, 12) > 2 * factor(counts, expected, design, 1) > 2


@pytest.mark.parametrize("category", ["all", "burglary", "homicide", "shoplifting"])
def test_a_factor_is_never_below_one_nor_that_of_a_year_below_that_of_a_month(category, shelf):
    found = factors(shelf, "recorded_crime", ("offences",), category).factor
    known = np.isfinite(found).all(axis=0)
    assert known.sum() >= 32
    assert (found[0][known] >= 1).all()
    assert (found[1] >= found[0])[known].all()


def test_a_series_too_short_has_no_factor(shelf):
    assert np.isnan(crime(shelf, "nfib_fraud")[:2]).all()  # counted since February 2024, a handful in all
    assert np.isnan(crime(shelf, "all", "E09000001")[:2]).all()  # not covered at all


def test_months_before_a_cut_serve_where_too_few_follow_it(shelf):
    periods = shelf.table("recorded_crime").periods
    *_, first, last = crime(shelf, "all", HILLINGDON)
    assert (periods[first], periods[last]) == (
        "2018-03",
        "2023-02",
    )  # before the airport was taken out; March 2023 is unallocated


def test_a_category_of_which_much_is_allocated_to_no_area_all_along_still_has_a_factor(shelf):
    """A share that is high all along is no fluctuation: left out are the months in which much of the whole count went astray."""
    marked = shelf.table("recorded_crime").series("offences", "sexual_offences", CAMDEN).statuses
    assert (marked == "u").sum() > len(marked) / 2
    assert np.isfinite(crime(shelf, "sexual_offences")[:2]).all()


def test_provisional_doubtful_and_declared_months_stay_out(shelf, monkeypatch):
    table = shelf.table("recorded_crime")
    own = table.series("offences", "all", CAMDEN)
    taken = []
    monkeypatch.setattr(
        estimating,
        "fits",
        lambda counts, numbers, at, *rest: taken.append((numbers, at)) or fits(counts, numbers, at, *rest),
    )
    estimates(shelf.cards["recorded_crime"], table, ("offences",), "all", shelf.places["london"])
    at = next(at for numbers, at in taken if table.areas.index(CAMDEN) in numbers)
    assert "u" not in set(own.statuses[at])
    assert all(doubt_of(own.statuses[one], own.reasons[one]) == "" for one in at)
    assert (table.periods[at[0]], table.periods[at[-1]]) == (
        "2021-08",
        "2026-06",
    )  # five years, less the months under restrictions


def test_a_period_is_left_out_where_an_event_covers_half_of_its_days(shelf):
    seoul, london = shelf.places["seoul"], shelf.places["london"]
    years = [str(year) for year in range(2018, 2025)]
    assert list(np.array(years)[left_out(seoul, years)]) == ["2020", "2021"]  # to 17 April 2022: 107 of 365 days
    months = ["2020-03", "2020-04", "2021-07", "2021-08"]
    assert list(left_out(london, months)) == [False, True, True, False]
    told = london.model_copy(update={"events": tuple(one | {"outside_fluctuation": False} for one in london.events)})
    assert not left_out(told, months).any()


def test_what_the_build_stored_is_what_is_estimated_now(example_root, monkeypatch):
    shelf = Shelf(example_root)
    card, table = shelf.cards["invented_counts"], shelf.table("invented_counts")
    now = {one: estimates(card, table, ("counts",), one, shelf.places[card.place]) for one in table.categories}
    monkeypatch.setattr(module, "estimates", None)  # nothing is estimated any more
    for category in table.categories:
        stored = module.factors(shelf, "invented_counts", ("counts",), category)
        for name in ("factor", "df", "first", "last"):
            np.testing.assert_array_equal(getattr(stored, name), getattr(now[category], name))


def test_a_measure_that_is_not_tested_has_no_factor(shelf):
    assert not read_measures(shelf.root, {})["population"].tested
    found = noise_of(Scope(Query("london", "population", (CAMDEN,), "", "count", "2023", "2024"), shelf))
    assert isinstance(found, Fluctuation)
    assert found.factor.shape == (1, 2)
    assert np.isnan(found.factor).all()


def level(rng, shape: tuple[int, int], rho: float, sd: float) -> np.ndarray:
    rows = rng.normal(size=shape)
    for at in range(1, shape[1]):
        rows[:, at] = rho * rows[:, at - 1] + np.sqrt(1 - rho**2) * rows[:, at]
    return sd * rows


@pytest.mark.parametrize("rho", [0.0, 0.6, 0.9])
def test_the_fading_of_the_months_comes_out_although_a_bend_takes_part_of_it(rho):
    rng, at = np.random.default_rng(1), np.arange(SPAN)
    design = design_of(at, at % 12, 12)
    residuals = level(rng, (400, SPAN), rho, 1.0) + rng.normal(size=(400, SPAN))
    left = residuals - residuals @ design @ np.linalg.pinv(design)
    found = persistence(left, at, design)
    assert found.latent * found.rho == pytest.approx(rho, rel=0.25, abs=0.1)
    assert rho == 0 or found.rho == pytest.approx(rho, abs=0.05)
    assert found.white + found.latent == pytest.approx(2, rel=0.1)


def test_what_a_bend_takes_out_of_a_years_sum_is_put_back():
    """White noise needs nothing; of a level that fades by 0.9 a month the sums were measured too small by more than a third (worked out apart, by drawing)."""
    rng, at = np.random.default_rng(1), np.arange(SPAN)
    design = design_of(at, at % 12, 12)
    assert taken_out(Persistence(), at, design, 12, 12)[0] == pytest.approx(1)
    more, df = taken_out(Persistence(0, 1, 0.9), at, design, 12, 12)
    drawn = level(rng, (6000, SPAN), 0.9, 1.0)
    left = (drawn - drawn @ design @ np.linalg.pinv(design)) @ windows(at, 12).T
    white = rng.normal(size=(6000, SPAN))
    usual = (white - white @ design @ np.linalg.pinv(design)) @ windows(at, 12).T
    squares = (left**2).mean(axis=1) / (usual**2).mean() * 12
    years = drawn[:, -12:].sum(axis=1) - drawn[:, -24:-12].sum(axis=1)
    assert more == pytest.approx(np.mean(years**2) / 2 / squares.mean(), rel=0.1)
    assert df == pytest.approx(2 * squares.mean() ** 2 / squares.var(), rel=0.1)


@pytest.mark.parametrize(("rho", "sd"), [(0.0, 0.05), (0.6, 0.13), (0.8, 0.12)])
def test_the_factors_of_a_group_are_right_on_average(rho, sd):
    rng = np.random.default_rng(3)
    mean = np.linspace(40, 200, 31)[:, None]
    found, years = [], []
    for _ in range(12):
        counts = rng.poisson(mean * np.exp(level(rng, (31, SPAN), rho, sd))).astype(float)
        found.append(from_months([counts], *all_known(counts), 0).factor[1, :, 0])
    for _ in range(300):
        sums = rng.poisson(mean * np.exp(level(rng, (31, 24), rho, sd))).reshape(31, 2, 12).sum(axis=2)
        years.append((sums[:, 1] - sums[:, 0]) ** 2 / (24 * mean[:, 0]))
    assert np.mean(found) == pytest.approx(np.mean(years), rel=0.15)


def test_areas_lend_each_other_what_they_know_and_keep_what_sets_them_apart():
    rng = np.random.default_rng(8)
    own, df, mean = 3 * rng.chisquare(4, 30) / 4, np.full(30, 4.0), np.zeros(30)
    factor, known = moderated(own, df, mean)
    assert np.std(np.log(factor)) < np.std(np.log(own)) / 2
    assert factor.mean() == pytest.approx(own.mean(), rel=0.2)
    assert (known > 2 * df).all()
    own[0] = 400
    factor, known = moderated(own, df, mean)
    assert factor[0] > 50
    assert known[0] < known[1:].min()
    assert np.median(factor[1:]) == pytest.approx(own[1:].mean(), rel=0.3)


def test_four_areas_lend_each_other_nothing():
    own, df = np.array([2.0, 3.0, 9.0, 1.5]), np.full(4, 5.0)
    factor, known = moderated(own, df, np.ones(4))
    assert (factor == own).all()
    assert (known == df).all()


def test_larger_areas_usually_have_larger_factors():
    rng = np.random.default_rng(8)
    mean = np.linspace(20, 2000, 40)
    own = (1 + 0.01 * mean) * rng.chisquare(8, 40) / 8
    assert extra_variation(own, np.full(40, 8.0), mean) == pytest.approx(0.01, rel=0.35)
    factor, _ = moderated(own, np.full(40, 8.0), mean)
    assert factor[-1] > 5 * factor[0]


def test_a_second_difference_is_worth_six_times_the_mean_count_by_chance():
    """100, 130, 100: (100 − 260 + 100)² = 3,600; twice the sum of the three is 660."""
    squares, _ = second_differences([np.array([[100.0, 130, 100, 70]])], 1)
    assert squares[0, 1] == pytest.approx(3600 / 660)
    assert np.isnan(squares[0, [0, 3]]).all()
    drawn = np.random.default_rng(1).poisson(20, (20_000, 3)).astype(float)
    assert np.nanmean(second_differences([drawn], 1)[0]) == pytest.approx(1, abs=0.03)


def test_a_straight_line_and_a_season_are_no_fluctuation():
    line = np.arange(40)[None] * 25.0 + 1000 + np.tile([0, 300, -200, 50], 10)
    assert np.nanmax(second_differences([line], 4)[0]) == pytest.approx(0)


def test_the_two_periods_compared_have_no_part_in_their_own_factor():
    rng = np.random.default_rng(4)
    counts = rng.poisson(1000, (25, 9)).astype(float)
    calm = from_years([counts], *all_known(counts), 1)
    counts[:, 8] *= 3
    jumped = from_years([counts], *all_known(counts), 1)
    np.testing.assert_array_equal(calm.factor[0, :, 8], jumped.factor[0, :, 8])
    assert jumped.factor[0, 0, 3] > 5 * calm.factor[0, 0, 3]
    assert list(np.flatnonzero(without(9, 1, 1, 8))) == [0, 1, 2, 3, 4, 5]


def test_overlapping_second_differences_have_fewer_degrees_of_freedom_than_there_are():
    """Neighbours share two figures: products of (1, −2, 1) with itself one apart are −4, two apart 1, alone 6; (6n)² ÷ (36n + 2·16(n − 1) + 2(n − 2))."""
    used = np.array([0, 1, 1, 1, 1, 0], dtype=bool)
    assert degrees(used.tobytes(), 1, 1) == pytest.approx(24**2 / (36 * 4 + 2 * 16 * 3 + 2 * 2))


def test_no_second_difference_runs_over_a_cut():
    counts = np.array([[1000.0] * 5 + [4000.0] * 5])
    sure, _, inside = all_known(counts)
    assert from_years([counts], sure, [[5]], inside, 1).factor[0, 0, -1] == 1
    assert from_years([counts], sure, [[]], inside, 1).factor[0, 0, -1] > 100


def test_months_that_are_alike_tell_less_than_as_many_that_are_not():
    rng = np.random.default_rng(9)
    apart = rng.normal(size=(30, 54))
    assert residual_sums.independent(apart) == pytest.approx(30, rel=0.3)
    assert residual_sums.independent(apart + 2 * rng.normal(size=(1, 54))) < 3
