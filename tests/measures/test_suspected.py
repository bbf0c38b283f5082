"""Jumps that nobody declared: found where they are planted, silent where a break is declared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import periods
from measures.change.suspected_breaks import (
    FEWEST,
    NEAR,
    SHORTEST_SEGMENT,
    jumps,
    segment_ends,
    summary,
    suspected_breaks,
)


@pytest.fixture(scope="module")
def found(shelf):
    return suspected_breaks(shelf, "recorded_crime")


def nile() -> np.ndarray:
    from statsmodels.datasets import nile

    return nile.load_pandas().data["volume"].to_numpy()


def test_the_flow_of_the_nile_breaks_after_28_years():
    assert segment_ends(nile(), 1e5) == [28, 100]
    assert [round(part.mean(), 2) for part in np.split(nile(), [28])] == [1097.75, 849.97]


@pytest.mark.parametrize("penalty", [1e4, 1e5, 5e5])
def test_segments_are_those_of_pelt_with_squared_distance(penalty):
    import ruptures

    assert segment_ends(nile(), penalty) == ruptures.Pelt("l2", min_size=SHORTEST_SEGMENT, jump=1).fit(nile()).predict(
        pen=penalty
    )


@given(st.integers(20, 80), st.sampled_from((-1.0, 1.0)), st.integers(0, 999))
def test_a_planted_jump_is_found_where_it_is(at, size, seed):
    level = np.random.default_rng(seed).normal(0, 0.03, 100)
    level[at:] += size
    assert jumps(level) == [at]


@given(st.integers(0, 999))
def test_noise_alone_has_no_jump(seed):
    assert jumps(np.random.default_rng(seed).normal(0, 0.05, 190)) == []


def test_a_series_too_short_for_two_segments_has_no_jump():
    assert jumps(np.arange(2 * SHORTEST_SEGMENT - 1.0)) == []


def test_no_suspected_break_is_one_that_the_card_declares_or_lies_at_an_end(shelf, found):
    card, table = shelf.cards["recorded_crime"], shelf.table("recorded_crime")
    ends = [periods.ordinal(table.periods[0]), periods.ordinal(table.periods[-1])]
    for row in found.itertuples():
        declared = [periods.ordinal(cut.at) for cut in card.breaks if cut.touches(row.area, row.category)]
        assert all(abs(periods.ordinal(row.period) - other) > NEAR for other in (*declared, *ends))
        assert max(row.before, row.after) >= FEWEST


def test_the_first_lockdown_is_suspected_and_the_largest_stand_first(found):
    assert found["period"].isin(["2020-03", "2020-04"]).any()
    sizes = np.abs(np.log(found["after"] / found["before"]))
    assert (np.diff(sizes) <= 1e-9).all()


def test_the_summary_names_ten_of_them(found):
    assert len(summary(found, "recorded_crime").splitlines()) == 11
