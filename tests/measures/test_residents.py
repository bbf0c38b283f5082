"""A rate divides by the residents of the middle of what it counts, whatever the length of its periods."""

from __future__ import annotations

from dataclasses import replace

import pytest

from measures.about.statements import statement
from measures.figures.compute import Query, compute
from measures.lines.denominators import middle_of_period

MONTHS = [(f"2024-{month:02d}", "2023" if month < 6 else "2024") for month in range(1, 13)]


@pytest.mark.parametrize(
    "period",
    ["2024", "2024-H1", "2024-H2", "2024-Q1", "2024-Q4", "2024-01", "2024-12", "2024-W01", "2024-FY04", "2024-SY09"],
)
@pytest.mark.parametrize("view", ["count", "rate", "share"])
def test_a_single_period_lies_in_its_own_year(period, view):
    assert middle_of_period(period, view) == period


@pytest.mark.parametrize("view", ["rolling", "rolling_rate"])
@pytest.mark.parametrize("period", ["2024", "2024-FY04", "2024-SY09", "2024-YTD-06"])
def test_a_period_that_is_a_year_is_its_own_middle(period, view):
    assert middle_of_period(period, view) == period


@pytest.mark.parametrize(
    ("period", "year"),
    [
        *MONTHS,
        ("2024-Q1", "2023"),
        ("2024-Q2", "2024"),
        ("2024-Q4", "2024"),
        ("2024-H1", "2024"),
        ("2024-H2", "2024"),
        ("2024-W20", "2023"),
    ],
)
def test_the_middle_of_a_rolling_year_is_never_later_than_its_end(period, year):
    found = middle_of_period(period, "rolling_rate")
    assert found <= period
    assert found[:4] == year


def test_a_statement_on_a_rate_knows_how_much_older_its_residents_are(shelf):
    made = compute(Query("seoul", "five_major_recorded", ("11",), "all", "rate"), shelf)
    known = {period: statement(made, "11", period).years_old for period in ("2018", "2021", "2022")}
    assert known == {"2018": ("", 0), "2021": ("2020", 1), "2022": ("2020", 2)}
    counts = replace(made.query, view="count")
    assert statement(compute(counts, shelf), "11", "2022").years_old == ("", 0)
