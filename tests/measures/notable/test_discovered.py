"""Of many tests those are kept of which at most one in ten is false: an independent reader keeps the same ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from measures.figures.discoveries import RATE
from measures.notable.discovered import discovered
from measures.notable.stored import notable_of

P = st.lists(st.one_of(st.floats(0, 1), st.just(float("nan")), st.floats(0, 0.02)), max_size=60)


@given(P)
def test_it_keeps_what_statsmodels_keeps(values):
    p = np.array(values, dtype=float)
    known = np.isfinite(p)
    kept = discovered(p)
    assert not kept[~known].any()
    if known.any():
        np.testing.assert_array_equal(kept[known], multipletests(p[known], RATE, "fdr_bh")[0])


@given(P)
def test_a_smaller_p_is_never_left_out_for_a_larger_one_and_the_order_does_not_matter(values):
    p = np.array(values, dtype=float)
    kept = discovered(p)
    if kept.any():
        assert (p[np.isfinite(p) & (p <= p[kept].max())] <= p[kept].max()).all()
        assert kept[np.isfinite(p) & (p <= p[kept].max())].all()
    np.testing.assert_array_equal(discovered(p[::-1])[::-1], kept)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_more_may_be_false_more_is_kept(values):
    p = np.array(values)
    assert (discovered(p, 0.05) <= discovered(p, 0.1)).all()


def test_of_nothing_but_chance_something_is_kept_in_one_of_ten_families():
    rng = np.random.default_rng(7)
    kept = np.mean([discovered(rng.uniform(size=360)).any() for _ in range(2000)])
    assert 0.08 < kept < 0.12


@pytest.mark.parametrize(
    ("measure", "release", "place"),
    [
        ("recorded_crime", "2026-08", "E12000007"),
        ("recorded_crime", "2026-04", "E12000007"),
        ("five_major_recorded", "2023", "11"),
    ],
)
def test_what_stands_and_what_differs_is_what_statsmodels_keeps_of_the_whole_page(measure, release, place, shelf):
    rows = notable_of(shelf, measure, release).rows()
    areas = rows[rows["area"] != place]
    for column, flag in (("p", "stands"), ("beside_p", "differs")):
        known = areas[areas[column].notna()]
        kept = multipletests(known[column], RATE, "fdr_bh")[0]
        if flag == "stands":
            kept &= known["verdict"].isin(["rise", "fall"]).to_numpy()
        np.testing.assert_array_equal(known[flag], kept)
        assert not areas.loc[areas[column].isna(), flag].any()
