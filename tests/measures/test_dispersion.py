"""How much a series fluctuates: independent events give 1, what moves them together gives more, and doubtful months stay out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from loaders.cards.measure_card import read_measures
from measures.figures import overdispersion as module
from measures.figures.overdispersion import MOST, estimated, estimates, excess, factors
from measures.figures.year_before import doubt_of
from measures.inference.glm import expected as fitted_together
from measures.store.shelf import Shelf

CAMDEN, HILLINGDON = "E09000007", "E09000017"


def crime(shelf, category: str, area: str = CAMDEN) -> tuple[float, float, int]:
    """The factors of a month and of a year, and the number of months that they rest on."""
    one, year, months = factors(shelf, "recorded_crime", ("offences",), category)[
        shelf.table("recorded_crime").areas.index(area)
    ]
    return float(one), float(year), int(months)


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
    return float(excess((counts - expected)[None], expected[None], design, width)[0])


def test_a_series_that_is_zero_but_for_one_stretch_is_measured_against_its_mean():
    """A trend that may bend would explain such a stretch away, and what fluctuates most would seem not to fluctuate at all."""
    counts = np.zeros((1, 60))
    counts[0, 20:31] = 24
    at = np.arange(60)
    one, year, known = estimated([counts], at, at % 12, 12)[0]
    assert (one > 10, year > 50, known) == (True, True, 60)


@pytest.mark.parametrize("width", [1, 12])
def test_independent_events_have_a_factor_of_about_one(width):
    random = np.random.default_rng(4)
    found = []
    for counts in random.poisson(50, size=(300, MOST)).astype(float):
        design, expected = months(counts)
        found.append(factor(counts, expected, design, width))
    assert np.mean(found) == pytest.approx(1, abs=0.08)


def test_what_moves_neighbouring_months_together_shows_in_sums_of_a_year():
    random = np.random.default_rng(4)
    level = np.exp(np.convolve(random.normal(0, 0.1, MOST + 11), np.ones(12) / 3, "valid"))
    counts = random.poisson(200 * level).astype(float)
    design, expected = months(counts)
    assert factor(counts, expected, design, 12) > 2 * factor(counts, expected, design, 1) > 2


@pytest.mark.parametrize("category", ["all", "burglary", "homicide", "shoplifting"])
def test_a_factor_is_never_below_one_nor_that_of_a_year_below_that_of_a_month(category, shelf):
    for area in shelf.table("recorded_crime").areas:
        one, year, _ = crime(shelf, category, area)
        assert 1 <= one <= year


def test_a_series_too_short_has_no_factor(shelf):
    assert crime(shelf, "burglary_of_a_home") == (1, 1, 0)  # counted since July 2024
    assert crime(shelf, "all", "E09000001") == (1, 1, 0)  # not covered at all


def test_months_before_a_cut_serve_where_too_few_follow_it(shelf):
    assert crime(shelf, "all", HILLINGDON)[2] == MOST  # April 2018 to March 2023, before the airport was taken out


def test_a_category_of_which_much_is_allocated_to_no_area_all_along_still_has_a_factor(shelf):
    """A share that is high all along is no fluctuation: left out are the months in which much of the whole count went astray."""
    marked = shelf.table("recorded_crime").series("offences", "sexual_offences", CAMDEN).statuses
    assert (marked == "u").sum() > len(marked) / 2
    assert crime(shelf, "sexual_offences")[2] == MOST


def test_provisional_and_doubtful_months_stay_out(shelf, monkeypatch):
    table = shelf.table("recorded_crime")
    own = table.series("offences", "all", CAMDEN)
    taken = []

    def recording(counts, at, season, year):
        taken.append((counts[0], at))
        return estimated(counts, at, season, year)

    monkeypatch.setattr(module, "estimated", recording)
    estimates(shelf.cards["recorded_crime"], table, ("offences",), "all")
    at = next(at for counts, at in taken if (counts == own.values[at]).all(axis=1).any())
    assert len(at) == MOST
    assert "u" not in set(own.statuses[at])
    assert all(doubt_of(own.statuses[one], own.reasons[one]) == "" for one in at)
    assert table.periods[at[-1]] == "2026-03"


def test_what_the_build_stored_is_what_is_estimated_now(example_root, monkeypatch):
    shelf = Shelf(example_root)
    table = shelf.table("invented_counts")
    now = {
        category: estimates(shelf.cards["invented_counts"], table, ("counts",), category)
        for category in table.categories
    }
    monkeypatch.setattr(module, "estimates", None)  # nothing is estimated any more
    for category in table.categories:
        assert np.array_equal(module.factors(shelf, "invented_counts", ("counts",), category), now[category])


def test_a_measure_that_is_not_tested_has_no_factor(shelf):
    assert not read_measures(shelf.root, {})["population"].tested
    assert np.isnan(module.scales_of(shelf, shelf.measures["population"], "count", "", (CAMDEN,), 1)).all()
