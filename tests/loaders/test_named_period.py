"""The one period that a file's name or a title says: never the year alone where a part of it may be meant."""

from __future__ import annotations

import pytest

from loaders.draft.dates.named_period import period_said, without_ending

SAID = {
    "crime 2023.May.csv": ("month", "2023-05"),
    "범죄 2023. 5.xlsx": ("month", "2023-05"),
    "2023年5月刑案.csv": ("month", "2023-05"),
    "Unfälle Mai 2023.ods": ("month", "2023-05"),
    "styczeń 2023.csv.gz": ("month", "2023-01"),
    "令和5年3月 事故.csv": ("month", "2023-03"),
    "crime Q2-2023.xlsx, sheet 2": ("quarter", "2023-Q2"),
    "2023-T2 delitos.csv": ("quarter", "2023-Q2"),
    "vols-2023-S1.csv": ("half", "2023-H1"),
    "W12 2023 crime.csv": ("week", "2023-W12"),
    "crime 2023-24.csv": ("fiscal_year", "2023-FY04"),
    "crime_2023.csv": ("year", "2023"),
    "crime 2023 (2).csv": ("year", "2023"),
    "Recorded crime in 2023 by ward": ("year", "2023"),
}
IN_DOUBT = [
    "1st quarter 2023.csv", "Straftaten 2023 III. Quartal.csv", "crime by week 2023.csv", "May crime 2023.csv",
    "crime 2023 to March.csv", "crime 2023 12 districts.csv", "crime-2023-05-31.csv", "data set 2023.csv",
    "crime 2019-2021.csv", "crime 2022 and 2023.csv", "crime.csv", "Updated May 2024, crime in 2023",
]  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_a_name_says_the_finest_period_that_stands_in_it(name):
    assert period_said([without_ending(name)]) == SAID[name]


@pytest.mark.parametrize("name", IN_DOUBT)
def test_a_name_that_may_say_a_part_of_a_year_says_nothing(name):
    assert period_said([without_ending(name)]) is None
