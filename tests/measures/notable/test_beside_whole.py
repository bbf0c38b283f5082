"""An area stands apart only where it changes otherwise than all areas together; what moves all alike falls out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from measures.notable.beside_whole import beside_whole

AREAS = st.lists(st.tuples(st.floats(30, 1e5), st.floats(-0.6, 1.5), st.floats(0.02, 0.5)), min_size=2, max_size=30)


def beside(before, change, errors, df=1e6):
    before, logs, errors = np.array(before, float), np.log1p(change), np.array(errors, float)
    width = stats.t.ppf(0.975, df) * errors
    return beside_whole(
        before, np.array(change, float), (np.expm1(logs - width), np.expm1(logs + width)), np.full(len(before), df)
    )


@given(AREAS, st.floats(-0.5, 1.0))
def test_what_moves_all_areas_alike_changes_nothing(areas, moved):
    before, change, errors = map(np.array, zip(*areas, strict=True))
    still = beside(before, change, errors)
    shifted = beside(before, (1 + change) * (1 + moved) - 1, errors)
    np.testing.assert_allclose(shifted.difference, still.difference, atol=1e-9)
    np.testing.assert_allclose(shifted.p, still.p, atol=1e-7)


@given(AREAS)
def test_areas_that_change_alike_do_not_differ(areas):
    before, _, errors = map(np.array, zip(*areas, strict=True))
    found = beside(before, np.full(len(before), -0.2), errors)
    np.testing.assert_allclose(found.difference, 0, atol=1e-9)
    assert (found.p > 0.999).all() and found.together == pytest.approx(-0.2)


def test_under_no_difference_p_is_uniform():
    rng = np.random.default_rng(3)
    before, errors = rng.uniform(200, 4000, 20), rng.uniform(0.03, 0.12, 20)
    p = np.concatenate([beside(before, np.expm1(rng.normal(0, errors)), errors).p for _ in range(400)])
    assert stats.kstest(p, "uniform").statistic < 0.03


def test_of_two_areas_the_two_tests_are_one():
    found = beside([10_000, 100], [-0.1, 0.05], [0.05, 0.1])
    assert found.difference[0] < 0 < found.difference[1]
    assert found.p[0] == pytest.approx(found.p[1], rel=0.05)
    assert found.p[1] == pytest.approx(2 * stats.norm.sf(np.log(1.05 / 0.9) / np.hypot(0.05, 0.1)), rel=0.05)


def test_an_area_without_limits_is_not_tested_and_has_no_part():
    found = beside_whole(
        np.array([100.0, 200.0, 5000.0]),
        np.array([0.1, 0.2, 3.0]),
        (np.array([0.0, 0.1, np.nan]), np.array([0.2, 0.3, np.nan])),
        np.array([10.0, 10.0, np.nan]),
    )
    assert np.isnan(found.p[2]) and found.together == pytest.approx(50 / 300)


def test_one_area_alone_stands_beside_nothing():
    assert np.isnan(beside([100], [0.5], [0.1]).p).all()
