"""What is worked out once for the rows that differ is what it would be for each of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from measures.inference.repeats import once

NUMBERS = st.sampled_from([0.0, 1.0, 2.5, np.nan, np.inf, 7.0])
ROWS = st.integers(1, 40).flatmap(
    lambda size: st.lists(st.lists(NUMBERS, min_size=size, max_size=size), min_size=1, max_size=3)
)


@given(ROWS, st.integers(1, 9))
def test_every_row_has_its_own_value_and_none_is_worked_out_twice(columns, times):
    arrays = [np.tile(column, times) for column in columns]
    asked = []

    def work(*given):
        asked.append(len(given[0]))
        return np.stack([sum(given), given[0]])

    np.testing.assert_array_equal(once(work, *arrays), work(*arrays))
    differ = len({str(row) for row in zip(*arrays, strict=True)}) if len(arrays[0]) >= 64 else len(arrays[0])
    assert asked[0] == differ
