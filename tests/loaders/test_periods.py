"""Periods: written one way, counted without gaps, and a year is always a year."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import periods

FREQUENCIES = st.sampled_from(("year", "quarter", "month"))
STEPS = st.integers(-400, 400)


@st.composite
def a_period(draw) -> str:
    frequency = draw(FREQUENCIES)
    per_year = {"year": 1, "quarter": 4, "month": 12}[frequency]
    return periods.from_ordinal(draw(st.integers(1900 * per_year, 2100 * per_year)), frequency)


@given(a_period())
def test_a_period_is_its_own_spelling(period):
    assert periods.parse(period, periods.frequency_of(period)) == period
    assert periods.parse(period.replace("-", ""), periods.frequency_of(period)) == period


@given(a_period())
def test_a_number_of_a_period_leads_back_to_it(period):
    assert periods.from_ordinal(periods.ordinal(period), periods.frequency_of(period)) == period


@given(a_period(), STEPS)
def test_steps_forth_and_back_lead_home(period, steps):
    assert periods.shift(periods.shift(period, steps), -steps) == period


@given(a_period(), STEPS)
def test_periods_sort_as_text_in_the_order_of_time(period, steps):
    later = periods.shift(period, steps)
    assert (later > period) == (steps > 0)


@given(a_period(), st.integers(0, 60))
def test_a_span_has_every_period_once_and_both_ends(period, length):
    last = periods.shift(period, length)
    row = periods.span(period, last)
    assert (row[0], row[-1], len(row)) == (period, last, length + 1)
    assert [periods.shift(one, 1) for one in row[:-1]] == row[1:]


@given(a_period())
def test_a_year_before_differs_in_the_year_only(period):
    before = periods.shift(period, -periods.per_year(period))
    assert int(before[:4]) == int(period[:4]) - 1
    assert before[4:] == period[4:]


@given(a_period())
def test_days_of_neighbouring_periods_neither_overlap_nor_leave_a_gap(period):
    first, last = periods.dates(period)
    assert first < last
    assert periods.dates(periods.shift(period, 1))[0] == last + timedelta(days=1)


@given(st.text(max_size=9), FREQUENCIES)
def test_whatever_is_no_period_is_none_and_what_is_one_is_plain_ascii(text, frequency):
    found = periods.parse(text, frequency)
    assert found is None or (found.isascii() and periods.frequency_of(found) == frequency)


@pytest.mark.parametrize("text", ["201013", "201000", "2010-4", "10-04", "2010-Q5", "April 2010", "", "２０１０-０４", "2010-04; drop"])
def test_what_is_no_month_is_refused(text):
    assert periods.parse(text, "month") is None


def test_a_year_in_other_digits_is_refused():
    assert periods.parse("２０１４", "year") is None


def test_both_spellings_of_a_month_are_one_month():
    assert periods.parse("201004", "month") == periods.parse("2010-04", "month") == "2010-04"


def test_what_is_no_period_has_no_frequency():
    with pytest.raises(ValueError, match="not a period"):
        periods.frequency_of("H1 2020")
