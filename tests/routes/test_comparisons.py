"""A file of figures that were set side by side holds those figures, and says so when that was against advice."""

import csv
import io

import pytest

ADDRESS = "/data/london/recorded_crime/latest.csv?measure=recorded_crime&category=burglary_residential&view=rolling"
DIVIDED = ADDRESS.replace("burglary_residential", "burglary_of_a_home")  # a type that was cut in April 2023
PAIR = "&area=E09000007&period=2025-12&period=2023-12"


def rows_of(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_single_periods_are_rows_and_nothing_between_them(get):
    rows = rows_of(get(ADDRESS + PAIR))
    assert [row["period"] for row in rows] == ["2023-12", "2025-12"]
    assert "comparability" not in rows[0]


def test_single_periods_choose_published_figures_too(get):
    rows = rows_of(
        get("/data/london/recorded_crime/latest.csv?category=robbery&area=E09000007&period=2024-01&period=2025-01")
    )
    assert [row["period"] for row in rows] == ["2024-01", "2025-01"]


def test_a_single_period_is_the_same_row_as_in_the_whole_series(get):
    whole = {row["period"]: row for row in rows_of(get(DIVIDED + "&area=E09000007"))}
    for row in rows_of(get(DIVIDED + PAIR)):
        assert row == whole[row["period"]]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_was_compared_against_advice_says_so_in_every_row(form, get):
    answer = get((DIVIDED + PAIR + "&anyway=yes").replace(".csv", f".{form}"))
    rows = rows_of(answer) if form == "csv" else answer.json()["rows"]
    assert {row["comparability"] for row in rows} == {"against_advice: definition, categories"}


def test_who_insists_without_need_followed_the_advice(get):
    address = ADDRESS.replace("burglary_residential", "burglary") + PAIR + "&anyway=yes"
    assert {row["comparability"] for row in rows_of(get(address))} == {"as_advised"}


@pytest.mark.parametrize(
    "asked",
    [
        "&anyway=yes",
        "&area=E09000007&anyway=yes",
        "&area=E09000007&period=2024-01&anyway=yes",
        PAIR + "&period=nonsense",
    ],
)
def test_an_address_that_compares_nothing_is_refused(asked, get):
    assert get(ADDRESS + asked).status_code == 400
