"""How much a series fluctuates: independent events give 1, what moves them together gives more, and doubtful months stay out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from measures import dispersion as module
from measures.cards import read_measures
from measures.dispersion import MOST, Dispersion, dispersion, estimate, excess
from measures.pairs import doubt_of

CAMDEN, HILLINGDON = "E09000007", "E09000017"


def crime(shelf, category: str, area: str = CAMDEN) -> Dispersion:
    return estimate(shelf, "recorded_crime", ("offences",), category, area)


def months(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    at = np.arange(len(counts))
    design = np.column_stack([np.ones(len(at)), at / len(at), *(at % 12 == month for month in range(1, 12))]).astype(float)
    return design, np.asarray(GLM(counts, design, family=Poisson()).fit().fittedvalues)


@given(st.lists(st.integers(1, 200), min_size=40, max_size=60))
def test_the_factor_of_single_months_is_pearsons(counts):
    counts = np.array(counts, dtype=float)
    design, expected = months(counts)
    fitted = GLM(counts, design, family=Poisson()).fit()
    assert excess(counts - expected, expected, design, 1) == pytest.approx(fitted.pearson_chi2 / fitted.df_resid, rel=1e-6)


@pytest.mark.parametrize("width", [1, 12])
def test_independent_events_have_a_factor_of_about_one(width):
    random = np.random.default_rng(4)
    found = []
    for counts in random.poisson(50, size=(300, MOST)).astype(float):
        design, expected = months(counts)
        found.append(excess(counts - expected, expected, design, width))
    assert np.mean(found) == pytest.approx(1, abs=0.08)


def test_what_moves_neighbouring_months_together_shows_in_sums_of_a_year():
    random = np.random.default_rng(4)
    level = np.exp(np.convolve(random.normal(0, 0.1, MOST + 11), np.ones(12) / 3, "valid"))
    counts = random.poisson(200 * level).astype(float)
    design, expected = months(counts)
    assert excess(counts - expected, expected, design, 12) > 2 * excess(counts - expected, expected, design, 1) > 2


@pytest.mark.parametrize("category", ["all", "burglary", "homicide", "shoplifting"])
def test_a_factor_is_never_below_one_nor_that_of_a_year_below_that_of_a_month(category, shelf):
    for area in shelf.table("recorded_crime").areas:
        found = crime(shelf, category, area)
        assert 1 <= found.one <= found.year


def test_a_series_too_short_has_no_factor(shelf):
    assert crime(shelf, "burglary_of_a_home") == Dispersion()  # counted since July 2024
    assert crime(shelf, "all", "E09000001") == Dispersion()  # not covered at all


def test_months_before_a_cut_serve_where_too_few_follow_it(shelf):
    assert crime(shelf, "all", HILLINGDON).periods == MOST  # April 2018 to March 2023, before the airport was taken out


def test_provisional_and_doubtful_months_stay_out(shelf, monkeypatch):
    table = shelf.table("recorded_crime")
    taken = []
    monkeypatch.setattr(module, "_estimated", lambda counts, at, season, year: taken.append(at) or Dispersion())
    module.estimate.__wrapped__(shelf, "recorded_crime", ("offences",), "all", CAMDEN)
    series = table.series("offences", "all", CAMDEN)
    assert len(taken[0]) == MOST
    assert "u" not in set(series.statuses[taken[0]])
    assert all(doubt_of(series.statuses[at], series.reasons[at]) == "" for at in taken[0])
    assert table.periods[taken[0][-1]] == "2026-03"


def test_what_the_build_stored_is_what_is_estimated_now(example):
    dataset = next(name for name, card in example.cards.items() if card.kind == "observations")
    stored = module._stored(example, dataset)
    assert stored
    for key, found in list(stored.items())[::7]:
        variables, category, area = key.split(" ")
        assert found == estimate(example, dataset, tuple(variables.split("/")), category, area)


def test_a_measure_that_is_not_tested_has_no_factor(shelf):
    assert not read_measures(shelf.root, set(shelf.cards))["population"].tested
    assert dispersion(shelf, "population", ("residents",), "", CAMDEN).periods in (0, 6)
    assert np.isnan(module.scale_of(shelf, shelf.measures["population"], "count", "", CAMDEN, 1))
