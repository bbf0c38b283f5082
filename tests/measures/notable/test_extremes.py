"""A figure is the highest or lowest only of a comparable stretch of eight years or more without a hole."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from measures.notable.extremes import YEARS, extreme

LONG = st.lists(st.integers(0, 1000), min_size=YEARS + 1, max_size=40)


@given(LONG)
def test_the_highest_is_above_every_other(values):
    kind, first = extreme(np.array(values, float), 0, len(values) - 1, 1)
    assert first == 0
    *earlier, last = values
    assert (kind == "highest") == (last > max(earlier)) and (kind == "lowest") == (last < min(earlier))


@given(LONG, st.integers(1, 40))
def test_what_lies_before_a_break_or_a_hole_does_not_count(values, cut):
    cut = min(cut, len(values) - 1)
    holed = np.array(values, float)
    holed[cut - 1] = np.nan
    broken = extreme(np.array(values, float), cut, len(values) - 1, 1)
    assert extreme(holed, 0, len(values) - 1, 1) == broken
    assert broken[0] == "" or len(values) - 1 - cut >= YEARS


def test_months_need_eight_years_of_months():
    values = np.arange(97.0)
    assert extreme(values, 0, 96, 12)[0] == "highest" and extreme(values[1:], 0, 95, 12)[0] == ""


def test_a_figure_that_is_not_there_is_no_extreme():
    values = np.append(np.arange(20.0), np.nan)
    assert extreme(values, 0, 20, 1)[0] == ""
