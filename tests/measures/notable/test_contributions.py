"""What came from each part adds up exactly to the change of the whole, in counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.notable.contributions import contributions
from measures.notable.stored import notable_of
from measures.notable.told import parts_of

COUNTS = st.integers(0, 10**7)
PARTS = st.lists(st.tuples(COUNTS, COUNTS, st.booleans()), min_size=1, max_size=40)


@given(PARTS, COUNTS, COUNTS)
def test_the_parts_and_what_remains_are_the_whole(parts, now, before):
    known = [(float(a), float(b)) if compared else (float(a), np.nan) for a, b, compared in parts]
    differences, remains = contributions(*map(np.array, zip(*known, strict=True)), (now, before))
    assert np.nansum(differences) + remains == now - before
    assert [np.isfinite(value) for value in differences] == [compared for *_, compared in parts]


@given(PARTS)
def test_nothing_remains_where_the_parts_are_the_whole(parts):
    now, before = (np.array([part[side] for part in parts], dtype=float) for side in (0, 1))
    assert contributions(now, before, (now.sum(), before.sum()))[1] == 0


def test_an_example_by_hand():
    differences, remains = contributions(np.array([40, 15, 7]), np.array([60, 10, np.nan]), (85, 100))
    np.testing.assert_array_equal(differences, [-20, 5, np.nan])
    assert remains == 0


def test_of_london_every_category_adds_up_and_the_groups_to_the_total(shelf):
    notable = notable_of(shelf, "recorded_crime", "2026-08")
    parts = {entry.category: entry for entry in parts_of(notable, "E12000007")}
    for entry in parts.values():
        known = [value for value in entry.areas.values() if np.isfinite(value)]
        assert sum(known) + entry.remains == entry.whole
    whole = parts.pop("all").whole
    assert sum(entry.whole for entry in parts.values()) == pytest.approx(whole, abs=0)
