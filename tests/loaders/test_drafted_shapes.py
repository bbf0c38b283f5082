"""What a draft takes the columns and rows of a table for: kinds with their sum, parts of areas, residents, rates."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.draft.new_place import new_place
from tests.loaders.guessing import guessed

AREAS = ("Angus", "Fife", "Moray")


def file(folder: Path, rows: list[list], name: str = "calls.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    return path


def table(headings: list[str], cells) -> list[list]:
    """A row for each area and year; ``cells``: number of the area and year → what stands under the headings."""
    years = (2021, 2022, 2023)
    rows = [[area, year, *cells(number, year - 2020)] for number, area in enumerate(AREAS) for year in years]
    return [["Council", "Year", *headings], *rows]


def two_groups(area: int, year: int) -> list[int]:
    assault, murder, theft, fraud = 30 + 7 * area + year, 4 + area, 210 + 11 * area - 5 * year, 80 + area * year
    return [assault + murder + theft + fraud, assault + murder, assault, murder, theft + fraud, theft, fraud]


GROUPED = ["All crimes", "Violence", "Assault", "Murder", "Dishonesty", "Theft", "Fraud"]


def test_columns_beside_their_sum_are_kinds_of_one_thing(tmp_path):
    made = guessed(
        file(tmp_path, table(["Assault", "Murder", "All crimes"], lambda a, y: [30 + 7 * a + y, 4 + a, 34 + 8 * a + y]))
    )
    assert (made.words["layout"], made.words["heads"]) == ("crossed", ["category"])
    assert made.kinds == {"Assault": "", "Murder": ""}
    assert made.words["ignore"] == ["All crimes"]
    assert made.beside is None


def test_sums_of_groups_are_groups_whatever_they_are_called(tmp_path):
    made = guessed(file(tmp_path, table(GROUPED, two_groups)))
    assert made.kinds == {"Assault": "Violence", "Murder": "Violence", "Theft": "Dishonesty", "Fraud": "Dishonesty"}
    assert made.words["ignore"] == ["All crimes", "Dishonesty", "Violence"]


def test_a_group_of_small_numbers_is_no_name_of_the_rows(tmp_path):
    headings = ["All Group 1: Violence", "Assault", "Murder"]
    made = guessed(file(tmp_path, table(headings, lambda a, y: [34 + 8 * a + y, 30 + 7 * a + y, 4 + a])))
    assert made.columns == {"area": "Council", "period": "Year"}


def test_columns_without_a_sum_stay_things_of_their_own_and_many_are_asked_about(tmp_path):
    made = guessed(file(tmp_path, table(["Assault", "Theft", "Fraud"], lambda a, y: [31 + a, 92 - y, 17 + a * y])))
    assert (list(made.variables), made.remarks) == (["Assault", "Theft", "Fraud"], [])
    many = [f"Kind {number}" for number in range(1, 10)]
    made = guessed(file(tmp_path, table(many, lambda a, y: [20 + 3 * kind + a + y for kind in range(9)])))
    assert list(made.variables) == many
    assert [remark for remark in made.remarks if "9 columns of counts" in remark and "crossed" in remark]


@pytest.mark.parametrize("mark", ["<5", "[c]", "x"])
def test_beside_a_cell_without_a_number_the_sum_is_a_figure_of_its_own(tmp_path, mark):
    cells = [[30 + 7 * a + y, 4 + a, 34 + 8 * a + y] for a in range(3) for y in (1, 2, 3)]
    cells[4][1] = mark
    made = guessed(file(tmp_path, table(["Assault", "Murder", "Total"], lambda a, y: cells[3 * a + y - 1])))
    assert list(made.variables) == ["Assault", "Murder", "Total"]


def test_residents_and_rates_beside_kinds_are_a_card_of_their_own_and_divide_them(copy, tmp_path):
    def cells(area: int, year: int) -> list:
        total, *_ = counts = two_groups(area, year)
        residents = 20_400 + 3_100 * area + year
        return [residents, *counts, round(total / residents * 100_000, 1)]

    path = file(tmp_path, table(["Population", *GROUPED, "Crimes per 100 000"], cells))
    done = new_place(copy.root, "ville", [path])
    assert done.works, done.lines
    assert [
        line
        for line in done.lines
        if "4 kinds" in line and "totals of the publisher added up again, each is the sum" in line
    ]
    first = (copy.root / "measures" / "ville_calls.toml").read_text(encoding="utf-8")
    assert 'dataset = "ville_calls_beside", variable = "value_1", per = 100000' in first
    rate = (copy.root / "measures" / "ville_calls_beside.toml").read_text(encoding="utf-8")
    assert 'variable = "value_2"' in rate
    assert "tested = false" in rate


@pytest.mark.parametrize(
    "headings", [("Code", "Location"), ("LSOA code", "LSOA name"), ("Ward", "Ward code"), ("Ortsteil",)]
)
def test_rows_of_localities_are_added_up_to_their_district(copy, tmp_path, headings):
    rows = [["District", *headings, "Year", "Theft"]]
    for number, area in enumerate(AREAS):
        for part in range(1, 7):
            names = [f"{number}{part}0{part}", f"Part {area[0]}{part}"]
            spelt = names if "ode" in headings[0] else [names[1], names[0]][: len(headings)]
            rows += [[area, *spelt, year, 30 + number + part + year % 5] for year in (2021, 2022)]
    done = new_place(copy.root, "ville", [file(tmp_path, rows)])
    assert done.works, done.lines
    assert [line for line in done.lines if "3 areas, 2 periods" in line]
    assert [line for line in done.lines if line.startswith("look:") and "added up to 'District'" in line]
    card = (copy.root / "open" / "ville_publisher" / "ville_calls" / "source.toml").read_text(encoding="utf-8")
    assert all(f'"{heading}"' in next(line for line in card.splitlines() if "add_up" in line) for heading in headings)


@pytest.mark.parametrize("wording", ["2023下半年", "2023年下半年", "2023 下半年"])
def test_half_years_are_read_with_and_without_the_word_for_year(tmp_path, wording):
    made = guessed(
        file(
            tmp_path,
            [
                ["地区", wording, wording.replace("3", "4")],
                ["临江区", 63, 218],
                ["东山区", 124, 150],
                ["南湖区", 24, 31],
            ],
        )
    )
    assert (made.frequency, made.words["layout"]) == ("half", "wide")
