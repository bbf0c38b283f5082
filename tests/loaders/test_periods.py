"""Periods: written one way, counted without gaps, and a year is always a year."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import periods

PLAIN = ("year", "half", "quarter", "month", "week")
SPLIT = [f"{base}-{month:02d}" for base in ("fiscal_year", "school_year", "year_to_date") for month in (1, 4, 6, 9, 12)]
FREQUENCIES = st.sampled_from((*PLAIN, *SPLIT))
STEPS = st.integers(-400, 400)


@st.composite
def a_period(draw, frequencies=FREQUENCIES) -> str:
    frequency = draw(frequencies)
    per_year = {"half": 2, "quarter": 4, "month": 12, "week": 52}.get(frequency, 1)
    return periods.from_ordinal(draw(st.integers(1900 * per_year, 2100 * per_year)), frequency)


@given(a_period())
def test_a_period_is_its_own_spelling(period):
    assert periods.parse(period, periods.frequency_of(period)) == period
    assert periods.parse(period.replace("-", ""), periods.frequency_of(period)) == period
    assert periods.frequency_of(period) in (*PLAIN, *SPLIT)


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
    before = periods.year_before(period)
    if before is None:
        assert period.endswith("-W53"), "only a fifty-third week may have no fellow a year before"
        return
    assert int(before[:4]) == int(period[:4]) - 1
    assert before[4:] == period[4:]
    if "-W" not in period:
        assert before == periods.shift(period, -periods.per_year(period))


@given(a_period(st.sampled_from((*PLAIN, *(one for one in SPLIT if not one.startswith("year_to_date"))))))
def test_days_of_neighbouring_periods_neither_overlap_nor_leave_a_gap(period):
    first, last = periods.dates(period)
    assert first < last
    assert periods.dates(periods.shift(period, 1))[0] == last + timedelta(days=1)


@given(st.text(max_size=9), FREQUENCIES)
def test_whatever_is_no_period_is_none_and_what_is_one_is_plain_ascii(text, frequency):
    found = periods.parse(text, frequency)
    assert found is None or (found.isascii() and periods.frequency_of(found) == frequency)


@pytest.mark.parametrize(
    "text", ["201013", "201000", "2010-4", "10-04", "2010-Q5", "April 2010", "", "２０１０-０４", "2010-04; drop"]
)
def test_what_is_no_month_is_refused(text):
    assert periods.parse(text, "month") is None


def test_a_year_in_other_digits_is_refused():
    assert periods.parse("２０１４", "year") is None


def test_both_spellings_of_a_month_are_one_month():
    assert periods.parse("201004", "month") == periods.parse("2010-04", "month") == "2010-04"


@given(a_period())
def test_a_period_is_as_long_as_it_says(period):
    first, last = periods.dates(period)
    days = (last - first).days + 1
    assert abs(days - periods.months(period) * 365.2425 / 12) < 3.1
    if "-W" in period:
        assert (days, first.isoweekday()) == (7, 1)


@pytest.mark.parametrize(
    ("text", "frequency", "period", "first", "last"),
    [
        ("2024H2", "half", "2024-H2", "2024-07-01", "2024-12-31"),
        ("2020-W53", "week", "2020-W53", "2020-12-28", "2021-01-03"),
        ("2024-W01", "week", "2024-W01", "2024-01-01", "2024-01-07"),
        ("2023/24", "fiscal_year-04", "2023-FY04", "2023-04-01", "2024-03-31"),
        ("FY2023-24", "fiscal_year-07", "2023-FY07", "2023-07-01", "2024-06-30"),
        ("2023–2024", "school_year-09", "2023-SY09", "2023-09-01", "2024-08-31"),
        ("1999/00", "fiscal_year-04", "1999-FY04", "1999-04-01", "2000-03-31"),
        ("2024-YTD-02", "year_to_date", "2024-YTD-02", "2024-01-01", "2024-02-29"),
    ],
)
def test_worked_periods(text, frequency, period, first, last):
    assert periods.parse(text, frequency) == period
    assert [one.isoformat() for one in periods.dates(period)] == [first, last]


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("2021-W53", "week"),
        ("2024-W00", "week"),
        ("2024-H3", "half"),
        ("2023/25", "fiscal_year-04"),
        ("2023-FY07", "fiscal_year-04"),
        ("2023/24", "year"),
        ("2024-06", "half"),
        ("2024-YTD-06", "month"),
        ("2024-YTD-06", "year_to_date-09"),
        ("2024-YTD-13", "year_to_date"),
    ],
)
def test_a_period_is_never_bent_into_another(text, frequency):
    assert periods.parse(text, frequency) is None


def test_a_year_to_date_stands_beside_the_same_months_of_other_years_only():
    assert periods.shift("2024-YTD-06", -1) == periods.year_before("2024-YTD-06") == "2023-YTD-06"
    assert periods.span("2021-YTD-03", "2023-YTD-03") == ["2021-YTD-03", "2022-YTD-03", "2023-YTD-03"]
    found = ["2022-YTD-03", "2022-YTD-06", "2024-YTD-03", "2023-YTD-06"]
    assert periods.every(found) == ["2022-YTD-03", "2022-YTD-06", "2023-YTD-03", "2023-YTD-06", "2024-YTD-03"]


def test_what_is_no_period_has_no_frequency():
    with pytest.raises(ValueError, match="not a period"):
        periods.frequency_of("H1 2020")
