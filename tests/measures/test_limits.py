"""Limits of figures and of changes: published values come out, and the rules of arithmetic hold for any numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.rates import confint_poisson_2indep

from measures.inference.limits import (
    EXACT_BELOW,
    Noise,
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
    [((60, 51477.5), (30, 54308.7)), ((12, 1.0), (20, 1.0)), ((10, 2.0), (13, 5.0)), ((900, 10.0), (1100, 11.0))],
)
def test_the_limits_of_a_ratio_are_those_that_statsmodels_finds_by_search(now, before):
    _, low, high, _ = ratio_limits(*now, *before)
    np.testing.assert_allclose(
        [low, high], confint_poisson_2indep(*now, *before, method="score", compare="ratio"), rtol=1e-4
    )


@pytest.mark.parametrize(("now", "before"), [(0, 0), (np.nan, 5), (5, np.nan)])
def test_nothing_in_both_gives_no_number(now, before):
    assert np.isnan(ratio_limits(now, 1.0, before, 1.0)).all()


@pytest.mark.parametrize("now", [1, 6, 7, 40])
def test_nothing_before_has_an_open_upper_end_and_no_ratio(now):
    """All of n events fell into the later window: ½ · share^n = 0.025 at the lower limit, so 0.05^(1/n) of them, carried to the odds."""
    ratio, low, high, p = ratio_limits(now, 1.0, 0, 1.0)
    share = 0.05 ** (1 / now)
    assert np.isnan(ratio)
    assert low == pytest.approx(share / (1 - share))
    assert np.isposinf(high)
    assert p == pytest.approx(0.5**now)  # twice half the chance that all fall into one of two equal windows


@pytest.mark.parametrize(("one", "other"), [(0, 4), (1, 1), (3, 8), (7, 2), (1, 30), (9, 400), (5, 0)])
def test_small_counts_have_the_exact_limits_with_mid_p(one, other):
    """At the lower limit the binomial's P(X > one) + ½ P(X = one) is 0.025, at the upper P(X < one) + ½ P(X = one)."""
    low, high = (limit / (1 + limit) if limit < np.inf else 1 for limit in ratio_limits(one, 1.0, other, 1.0)[1:3])
    drawn = [stats.binom(one + other, share) for share in (low, high)]
    if one:
        assert drawn[0].sf(one) + drawn[0].pmf(one) / 2 == pytest.approx(0.025)
    else:
        assert low == 0
    if other:
        assert drawn[1].cdf(one - 1) + drawn[1].pmf(one) / 2 == pytest.approx(0.025)
    else:
        assert high == 1


@given(st.integers(0, 9), st.integers(0, 40), EXPOSURE, EXPOSURE)
def test_limits_of_small_counts_lie_inside_those_of_clopper_and_pearson(now, before, of_now, of_before):
    if now + before == 0:
        return
    _, low, high, _ = ratio_limits(now, of_now, before, of_before)
    wide = stats.binomtest(now, now + before).proportion_ci(method="exact")
    odds = [share / (1 - share) * of_before / of_now if share < 1 else np.inf for share in (wide.low, wide.high)]
    assert odds[0] <= low * (1 + 1e-9)
    assert high <= odds[1] * (1 + 1e-9)


@given(COUNT, EXPOSURE, COUNT, EXPOSURE, SCALE, st.floats(1.5, 200))
def test_the_less_is_known_of_the_factor_the_wider_the_limits(now, of_now, before, of_before, scale, df):
    sure, unsure = (
        ratio_limits(now, of_now, before, of_before, Noise(scale)),
        ratio_limits(now, of_now, before, of_before, Noise(scale, df)),
    )
    assert unsure[1] <= sure[1] * (1 + 1e-9)
    assert unsure[2] >= sure[2] * (1 - 1e-9)
    assert unsure[3] >= sure[3] - 1e-12


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
        ratio_limits(now, of_now, before, of_before, Noise(scale)),
        ratio_limits(before, of_before, now, of_now, Noise(scale)),
    )
    np.testing.assert_allclose(one[:3], [1 / other[0], 1 / other[2], 1 / other[1]], rtol=1e-6)
    assert one[3] == pytest.approx(other[3], abs=1e-9)


@given(COUNT, EXPOSURE, COUNT, EXPOSURE, SCALE)
def test_a_series_that_fluctuates_more_has_wider_limits(now, of_now, before, of_before, scale):
    _, low, high, p = ratio_limits(now, of_now, before, of_before)
    _, wide_low, wide_high, wide_p = ratio_limits(now, of_now, before, of_before, Noise(scale))
    assert wide_low <= low * (1 + 1e-9)
    assert wide_high >= high * (1 - 1e-9)
    assert wide_p >= p - 1e-12


@given(st.integers(0, 5000), EXPOSURE, COUNT, EXPOSURE, SCALE, st.sampled_from([2.0, 7.5, np.inf]))
def test_the_limits_leave_out_no_change_where_the_test_says_so(now, of_now, before, of_before, scale, df):
    _, low, high, p = ratio_limits(now, of_now, before, of_before, Noise(scale, df))
    if abs(p - 0.05) > 1e-6:
        assert (p < 0.05) == (low > 1 or high < 1)


@given(COUNT, COUNT, COUNT, COUNT, SCALE)
def test_a_difference_of_shares_lies_within_its_limits_and_none_beyond_a_whole(
    part, rest, part_before, rest_before, scale
):
    now, before = (part, part + rest), (part_before, part_before + rest_before)
    difference, low, high, p = share_difference(*now, *before, Noise(scale))
    slack = 1 / min(now[1], before[1])  # half an event is added to each cell
    assert low - slack <= difference <= high + slack
    assert -slack <= part_before / before[1] + low
    assert part_before / before[1] + high <= 1 + slack
    if abs(p - 0.05) > 1e-6:
        assert (p < 0.05) == (low > 0 or high < 0)
    assert share_difference(*before, *now, Noise(scale))[3] == pytest.approx(p)


def test_the_limits_of_a_difference_of_shares_are_woolfs_of_the_odds():
    """56 of 70 against 48 of 80 with half an event in each cell: log odds ratio ln(56.5/14.5) − ln(48.5/32.5) = 0.95991, error √(1/56.5 + 1/14.5 + 1/48.5 + 1/32.5)."""
    table = Table2x2(np.array([[56.5, 14.5], [48.5, 32.5]]))
    odds = np.array(table.oddsratio_confint(0.05)) * 48.5 / 32.5
    found = share_difference(56, 70, 48, 80)
    np.testing.assert_allclose(found[1:3], odds / (1 + odds) - 48.5 / 81)
    assert found[0] == pytest.approx(0.2)
    assert found[3] == pytest.approx(table.oddsratio_pvalue())


def test_a_part_larger_than_its_whole_has_no_limits():
    assert np.isnan(wilson_limits(7, 5)).all()
    assert np.isnan(share_difference(7, 5, 1, 5)).all()
