"""Limits of figures and of changes: published values come out, and the rules of arithmetic hold for any numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson_2indep

from measures.inference.limits import (
    EXACT_BELOW,
    exact_limits,
    funnel_limits,
    poisson_limits,
    ratio_limits,
    share_difference,
    wilson_limits,
)

REFERENCE = tomllib.loads(Path(__file__).with_name("reference.toml").read_text(encoding="utf-8"))
COUNT = st.integers(1, 5000)
EXPOSURE = st.floats(1, 1e6)
SCALE = st.floats(1, 300)


@pytest.mark.parametrize("line", REFERENCE["limits"], ids=lambda line: f"{line['what']} {line['count']}")
def test_published_limits_come_out(line):
    level, of = line.get("level", 0.95), line.get("of", 1)
    if line["what"] == "wilson":
        found = wilson_limits(line["count"], of, level)
    elif line["what"] == "funnel":
        found = funnel_limits(line["count"], level)
    else:
        found = [limit / of * line.get("per", 1) for limit in poisson_limits(line["count"], level)]
    np.testing.assert_allclose(found, line["expected"], rtol=2e-5)
    if "rate" in line:
        assert round(line["count"] / of * line["per"], 3) == line["rate"]


@pytest.mark.parametrize("line", REFERENCE["ratio"], ids=lambda line: f"{line['now'][0]} against {line['before'][0]}")
def test_published_limits_of_a_change_come_out(line):
    ratio, low, high, p = ratio_limits(*line["now"], *line["before"])
    np.testing.assert_allclose([low, high], line["expected"], atol=5e-4)
    if "ratio" in line:
        assert ratio == pytest.approx(line["ratio"])
    if "p" in line:
        assert round(float(p), 4) == line["p"]


@pytest.mark.parametrize(
    ("now", "before"),
    [((60, 51477.5), (30, 54308.7)), ((12, 1.0), (20, 1.0)), ((3, 2.0), (1, 5.0)), ((900, 10.0), (1100, 11.0))],
)
def test_the_limits_of_a_ratio_are_those_that_statsmodels_finds_by_search(now, before):
    _, low, high, _ = ratio_limits(*now, *before)
    np.testing.assert_allclose(
        [low, high], confint_poisson_2indep(*now, *before, method="score", compare="ratio"), rtol=1e-4
    )


@pytest.mark.parametrize(("now", "before"), [(3, 0), (0, 0), (np.nan, 5), (5, np.nan)])
def test_nothing_before_gives_no_number(now, before):
    assert np.isnan(ratio_limits(now, 1.0, before, 1.0)).all()


def test_a_count_without_events_has_an_upper_limit_and_no_lower_one():
    low, high = poisson_limits([0])
    assert low[0] == 0
    assert high[0] == pytest.approx(-np.log(0.025))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_limits_are_exact_below_ten_events_and_near_it_from_there_on(counts):
    counts = np.array(counts)
    found, exact = np.array(poisson_limits(counts)), np.array(exact_limits(counts))
    np.testing.assert_array_equal(found[:, counts < EXACT_BELOW], exact[:, counts < EXACT_BELOW])
    np.testing.assert_allclose(found, exact, rtol=0.01)
    assert ((found[0] <= counts) & (counts <= found[1])).all()


@given(COUNT, EXPOSURE, COUNT, EXPOSURE, SCALE)
def test_swapping_the_two_periods_turns_the_ratio_and_its_limits_over(now, of_now, before, of_before, scale):
    one, other = (
        ratio_limits(now, of_now, before, of_before, scale),
        ratio_limits(before, of_before, now, of_now, scale),
    )
    np.testing.assert_allclose(one[:3], [1 / other[0], 1 / other[2], 1 / other[1]], rtol=1e-6)
    assert one[3] == pytest.approx(other[3], abs=1e-9)


@given(COUNT, EXPOSURE, COUNT, EXPOSURE, SCALE)
def test_a_series_that_fluctuates_more_has_wider_limits(now, of_now, before, of_before, scale):
    _, low, high, p = ratio_limits(now, of_now, before, of_before)
    _, wide_low, wide_high, wide_p = ratio_limits(now, of_now, before, of_before, scale)
    assert wide_low <= low * (1 + 1e-9)
    assert wide_high >= high * (1 - 1e-9)
    assert wide_p >= p - 1e-12


@given(COUNT, EXPOSURE, COUNT, EXPOSURE, SCALE)
def test_the_limits_leave_out_no_change_where_the_test_says_so(now, of_now, before, of_before, scale):
    _, low, high, p = ratio_limits(now, of_now, before, of_before, scale)
    if abs(p - 0.05) > 1e-6:
        assert (p < 0.05) == (low > 1 or high < 1)


@given(COUNT, COUNT, COUNT, COUNT, SCALE)
def test_a_difference_of_shares_lies_within_its_limits_and_turns_its_sign(part, rest, part_before, rest_before, scale):
    now, before = (part, part + rest), (part_before, part_before + rest_before)
    difference, low, high = share_difference(*now, *before, scale)
    assert low <= difference <= high
    np.testing.assert_allclose(share_difference(*before, *now, scale), [-difference, -high, -low], atol=1e-12)


def test_the_limits_of_a_difference_of_shares_are_newcombes():
    found = share_difference(56, 70, 48, 80)
    np.testing.assert_allclose(found, [0.2, 0.0524, 0.3339], atol=5e-5)  # Newcombe 1998, table II (a), method 10
    np.testing.assert_allclose(found[1:], confint_proportions_2indep(56, 70, 48, 80, method="newcomb", compare="diff"))


def test_a_part_larger_than_its_whole_has_no_limits():
    assert np.isnan(wilson_limits(7, 5)).all()
    assert np.isnan(share_difference(7, 5, 1, 5)).all()
