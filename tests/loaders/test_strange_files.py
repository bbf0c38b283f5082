"""Dates and numbers in the words and digits of many languages: read as what they are, or asked about, never as others."""

from __future__ import annotations

import pytest

from loaders.draft.tables.uncarded import read_tables
from loaders.gate.judge import judge_table
from loaders.period_wordings import period_wording
from tests.loaders.guessing import guessed, read_guess

AREAS = ("Arlo", "Brem", "Celt")


def table(path, *rows, delimiter=";"):
    path.write_text("\n".join(delimiter.join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
    return path


def by_period(path, periods, heading="Period"):
    rows = [(area, period, 100 + 7 * number) for number, area in enumerate(AREAS) for period in periods]
    return table(path, ("Area", heading, "Offences"), *rows)


@pytest.mark.parametrize(
    ("texts", "frequency"),
    [
        (["Week ending 7 January 2024", "Week ending 14 January 2024"], "week"),
        (["w/c 1 Jan 2024", "w/c 8 Jan 2024"], "week"),
        (["截至2024年1月7日的一周", "截至2024年1月14日的一周"], "week"),
        (["Woche bis 07.01.2024", "Woche bis 14.01.2024"], "week"),
        (["Week ending 5 January 2024", "Week ending 12 January 2024"], ""),  # Fridays
        (["2564", "2565"], "year"),
        (["พ.ศ. 2564", "พ.ศ. 2565"], "year"),
        (["١٤٠٢", "١٤٠٣"], ""),  # a Persian year is none of ours
        (["٢٠٢٢", "٢٠٢٣"], "year"),
        (["Q1/2024", "Q2/2024"], "quarter"),
        (["1. pololetí 2023", "2. pololetí 2023"], "half"),
    ],
)
def test_printed_periods(texts, frequency):
    read, _, known = period_wording(texts)
    assert (read, known) == (frequency, texts if frequency else [])


@pytest.mark.parametrize(
    ("heading", "digits"), [("عدد الحوادث", "٠١٢٣٤٥٦٧٨٩"), ("คดี", "๐๑๒๓๔๕๖๗๘๙"), ("मामले", "०१२३४५६७८९")]
)
def test_other_digits_are_numbers_and_years(heading, digits, tmp_path):
    def written(number):
        return "".join(digits[int(letter)] for letter in str(number))

    rows = [
        (area, written(year), written(number))
        for area, number in zip(AREAS, (456, 789, 123), strict=True)
        for year in (2021, 2022)
    ]
    frame = read_guess(table(tmp_path / "t.csv", ("Area", "Year", heading), *rows), tmp_path / "home")
    assert sorted(frame["value"]) == [123, 123, 456, 456, 789, 789]
    assert set(frame["period"]) == {"2021", "2022"}


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        (["2017-19", "2018-20", "2019-21"], "span of several years"),
        (["Three years ending 2020", "Three years ending 2021"], "span of several years"),
        (["3 Jahre bis 2020", "3 Jahre bis 2021"], "span of several years"),
        (["Week ending Friday 5 January 2024", "Week ending Friday 12 January 2024"], "no ISO week"),
        (["截至2024年1月5日的一周", "截至2024年1月12日的一周"], "no ISO week"),
    ],
)
def test_what_is_no_period_is_named_with_its_column_and_its_text(periods, words, tmp_path):
    doubt = next(doubt for doubt in guessed(by_period(tmp_path / "t.csv", periods)).doubts if words in doubt)
    assert doubt.startswith(f"'Period': '{periods[0]}'")


@pytest.mark.parametrize("note", ["2023: figures to September.", "Bis September 2023", "2023年数据截至9月"])
def test_a_year_whose_note_says_that_it_ends_early_is_asked_about(note, tmp_path):
    rows = [(area, 100 + number, 200 + number, 150 + number) for number, area in enumerate(AREAS)]
    draft = guessed(table(tmp_path / "t.csv", (note,), ("Area", 2021, 2022, 2023), *rows))
    assert [doubt for doubt in draft.doubts if doubt.startswith("'2023' may be a part of its period")]


@pytest.mark.parametrize("heading", ["2023 (to September)", "2023 (Januar bis September)", "2023年（截至9月）"])
def test_a_column_of_a_part_of_a_year_is_left_out_with_a_word(heading, tmp_path):
    rows = [(area, 100 + number, 200 + number, 150 + number) for number, area in enumerate(AREAS)]
    draft = guessed(table(tmp_path / "t.csv", ("Area", 2021, 2022, heading), *rows))
    assert f"look: the column '{heading}' is left out, as it is no whole year" in draft.remarks


def test_grouped_numbers_of_one_length_are_no_codes(tmp_path):
    rows = [("Uri", 2021, "45’087"), ("Uri", 2022, "12’345"), ("Zug", 2021, "10’100"), ("Zug", 2022, "77’001")]
    tables = read_tables(table(tmp_path / "t.csv", ("Kanton", "Jahr", "Straftaten"), *rows))
    assert judge_table(tables[0]).decision == "accept"


def test_events_with_buddhist_days_are_records(tmp_path):
    rows = [(f"ค{number}/2566", f"{number % 28 + 1}/3/2566", f"ซอย {number}", 20 + number) for number in range(60)]
    tables = read_tables(table(tmp_path / "t.csv", ("เลขคดี", "วันที่", "สถานที่", "อายุ"), *rows))
    assert judge_table(tables[0]).about_people
