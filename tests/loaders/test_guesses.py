"""What a draft guesses of a table without a card: headings one over another, totals, marks, the wording of periods, sheets, codes of areas.

A guess is right when the cells come out that the card made by hand gives.
"""

from __future__ import annotations

import io
import json
import tomllib
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from loaders import data_folder, find_cards, read_card, read_places, read_release
from loaders.draft.places.areas import Named, name_areas
from loaders.draft.places.boundaries import is_outlines, layout, outlines_of, pairs
from loaders.draft.places.tile_map import neighbours_kept, tiles
from loaders.draft.tables.notation import marks, number_signs
from loaders.draft.tables.table_area import standing
from loaders.draft.tables.uncarded import read_tables
from loaders.formats.read_sheets import read_sheets
from loaders.period_wordings import period_wording
from loaders.privacy.headings import is_total
from tests.loaders.guessing import guessed, read_guess
from tests.loaders.invented import ALIASES, AREAS

CARDS = {card.name: card for card in map(read_card, find_cards(data_folder()))}
PLACES = read_places(data_folder(), CARDS, {})
FORMATS = {
    table["name"]: table
    for table in tomllib.loads((Path(__file__).parent / "formats.toml").read_text(encoding="utf-8"))["tables"]
}
ALL_OF_IT = [
    "recorded_crime",
    "road_casualties",
    "population",
    "registered_koreans",
    "five_major_crimes",
    "road_accidents",
    "digital_take_up",
    "crime_by_type",
]


def published(dataset: str) -> Path:
    return CARDS[dataset].folder / CARDS[dataset].latest.file


def sums(frame: pd.DataFrame) -> list[tuple]:
    """How many cells each period has and what they add up to, variable after variable: whatever areas and kinds are called."""
    grouped = frame.groupby(["period", "variable"], sort=False)["value"].agg(["count", "sum"])
    return sorted((period, int(row["count"]), float(row["sum"])) for (period, _), row in grouped.iterrows())


@pytest.mark.parametrize("dataset", ALL_OF_IT)
def test_a_published_table_is_guessed_as_its_card_says(dataset, tmp_path):
    card = CARDS[dataset]
    by_hand = read_release(card, card.latest, PLACES[card.place]).frame
    known = frozenset(
        text for area in PLACES[card.place].areas for text in (area.code, *area.name.values(), *area.aliases)
    )
    guess = read_guess(published(dataset), tmp_path, known)
    if dataset == "road_accidents":  # its card leaves the publisher's own rates out
        guess = guess[guess["variable"].isin(COUNTS_OF_ACCIDENTS)]
    assert sums(guess) == sums(by_hand)
    for axis in ("area", "category", "variable"):
        assert guess[axis].nunique() == by_hand[axis].nunique()


def test_four_rows_of_headings_totals_both_ways_and_a_dash_for_zero():
    made = guessed(published("five_major_crimes"))
    assert made.words["heads"] == ["period", "", "category", "variable"]
    assert made.words["ignore"] == ["소계"]
    assert made.words["ignore_rows"] == {"자치구별(2)": ["소계"]}
    assert made.words["marks"] == {"-": 0}


COUNTS_OF_ACCIDENTS = ["발생건수 (건)", "사망자수 (명)", "부상자수 (명)"]


def test_the_publishers_own_rates_stand_beside_the_counts_and_are_never_added_up():
    made = guessed(published("road_accidents"))
    assert made.words["heads"] == ["period", "variable"]
    assert [text for text in made.variables if text not in made.uncounted] == COUNTS_OF_ACCIDENTS
    assert list(made.uncounted.values()) == [{"kind": "rate"}] * 3


def test_a_row_that_is_the_sum_of_all_others_is_a_total_whatever_it_is_called():
    assert not is_total("서울특별시")
    assert guessed(published("registered_koreans")).words["ignore_rows"] == {"행정구역(시군구)별": ["서울특별시"]}


def test_a_column_of_groups_stands_above_the_kinds():
    made = guessed(published("recorded_crime"))
    assert (made.columns["area"], made.columns["category"], made.columns["group"]) == ("BOCU", "SubGroup", "Group")
    assert made.kinds["ARSON"] == "ARSON AND CRIMINAL DAMAGE"
    assert made.frequency == "month"


def test_areas_in_the_headings_are_areas():
    made = guessed(published("crime_by_type"))
    assert made.words["heads"] == ["area"]
    assert len(made.areas) == 25


def test_the_publishers_code_beside_a_name_is_the_areas_code():
    made = guessed(published("road_casualties"))
    assert made.columns["area"] == "code"
    assert made.areas["Camden"] == "E09000007"


@pytest.mark.parametrize(
    "name",
    [
        "year and month in columns of their own, thousands with commas, the brackets of the UK Government Analysis Function",
        "half-years in Chinese, GB18030, tabs",
        "years to date: each stands beside the same months of other years",
        "ISO weeks over the end of a year with fifty-three of them",
        "joined cells of rows, variables in rows, months by name, a note at the end",
    ],
)
def test_tables_worked_out_by_hand_come_out_of_a_guess(name, tmp_path):
    table, path = FORMATS[name], tmp_path / "t.csv"
    path.write_bytes(table["text"].lstrip("\n").encode(table.get("encoding", "utf-8")))
    codes = {text: code for code, name in AREAS.items() for text in (name, *ALIASES[code])}
    frame = read_guess(path, tmp_path / "made")
    found = sorted(
        (codes[row.area], row.period, None if pd.isna(row.value) else row.value, row.status)
        for row in frame.itertuples()
    )
    assert found == sorted((cell[0], cell[2], None if cell[4] == "" else cell[4], cell[5]) for cell in table["cells"])


def workbook(path: Path) -> Path:
    """Two sheets: words, and a table with a title, joined headings over two rows, a row of totals, marks and a note below."""
    book = openpyxl.Workbook()
    book.active.append(["About these figures"])
    made = book.create_sheet("Figures")
    for row in (
        ["Recorded offences by district"],
        [],
        ["District", "Apr 2023", None, "May 2023", None],
        [None, "Theft", "Fraud", "Theft", "Fraud"],
        ["Total", 30, 3, 43, 4],
        ["Brook", 10, 3, 20, ".."],
        ["Cold Field", 20, "..", 23, 4],
        ["Source: invented"],
    ):
        made.append(row)
    for cells in ("A3:A4", "B3:C3", "D3:E3"):
        made.merge_cells(cells)
    book.save(path)
    return path


def test_a_sheet_of_a_workbook_with_title_joined_headings_totals_marks_and_a_note(tmp_path):
    path = workbook(tmp_path / "offences.xlsx")
    made = guessed(path)
    assert made.words | {"layout": ""} == {
        "layout": "",
        "sheet": "Figures",
        "skip_rows": 2,
        "head_rows": 2,
        "ends_at": "Source:",
        "heads": ["period", "variable"],
        "period_format": made.words["period_format"],
        "ignore_rows": {"District": ["Total"]},
        "marks": {"..": "x"},
    }
    frame = read_guess(path, tmp_path / "made")
    cells = {
        (row.area, row.period, row.variable): (None if pd.isna(row.value) else row.value, row.status)
        for row in frame.itertuples()
    }
    assert len(cells) == 8
    assert cells["Brook", "2023-05", "Fraud"] == (None, "x")
    assert cells["Cold Field", "2023-04", "Theft"] == (20, "")


def test_titles_within_a_table_are_no_areas(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "District,2022,2023\nInner,,\nBrook,1,2\nHill ,3,4\nOuter,,\nCold Field,5,6\nTotal,9,12\n", encoding="utf-8"
    )
    made = guessed(path)
    assert list(made.areas) == ["Brook", "Hill", "Cold Field"]
    assert made.words["ignore_rows"] == {"District": ["Total", "Inner", "Outer"]}
    assert read_guess(path, tmp_path / "made")["value"].sum() == 21


def test_a_year_in_the_name_of_a_file_is_the_period_where_no_cell_says_it(tmp_path):
    path = tmp_path / "thefts_2023.csv"
    path.write_text("district,thefts\nBrook,10\nHill,30\n", encoding="utf-8")
    assert read_guess(path, tmp_path / "made")["period"].unique().tolist() == ["2023"]


def test_headings_said_once_for_several_columns_are_carried_across(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "District,2022,,2023,\n,Theft,Fraud,Theft,Fraud\nBrook,1,2,3,4\nCold Field,5,6,7,8\n", encoding="utf-8"
    )
    words = standing(read_sheets(path)[0])
    assert words == {"head_rows": 2, "fill_across": [1]}
    frame = read_guess(path, tmp_path / "made")
    assert frame.loc[
        (frame["area"] == "Brook") & (frame["period"] == "2022") & (frame["variable"] == "Fraud"), "value"
    ].tolist() == [2]


def test_figures_that_look_like_years_are_no_headings(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "district,year,thefts\nNorth,2022,2013\nSouth,2022,2001\nNorth,2023,1999\nSouth,2023,845\n", encoding="utf-8"
    )
    assert read_tables(path)[0].rows == 4


@pytest.mark.parametrize(
    ("texts", "frequency", "wording"),
    [
        (["2021. 08", "2021. 09"], "month", ["{year}. {month}"]),
        (["2024 4/4", "2024 3/4"], "quarter", ["{year} {quarter}/4"]),
        (["Apr 2023", "May 2023"], "month", ["{month_name} {year}"]),
        (["2023年上半年", "2023年下半年"], "half", ["{year}年{half}半年"]),
        (["2023/24", "2022/23"], "fiscal_year", []),
        (["202301", "202302"], "month", []),
        (["13/02/2023", "13/03/2023"], "month", ["{day}/{month}/{year}"]),
    ],
)
def test_the_wording_of_periods_is_found(texts, frequency, wording):
    assert period_wording(texts) == (frequency, wording, texts)


def test_days_of_one_month_are_not_taken_for_months():
    assert period_wording(["2023-04-01", "2023-04-02"])[2] != ["2023-04-01", "2023-04-02"]


def test_the_signs_of_numbers_are_found():
    assert number_signs(["1,204", "987"]) == {"thousands": ","}
    assert number_signs(["1.204", "61,5"]) == {"decimal": ",", "thousands": "."}
    assert number_signs(["1 204", "987"]) == {"thousands": " "}
    assert number_signs(["12.5", "987"]) == {}


def test_a_dash_is_zero_only_where_the_table_writes_no_zero():
    assert marks(["-", "5"], {}, {}) == {"-": 0}
    assert marks(["-", "0"], {}, {}) == {"-": "x"}


def square(name: str, west: float) -> dict:
    corners = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
    return {
        "type": "Feature",
        "properties": {"id": name, "level": "6"},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


def outlines(path: Path, names: list[str]) -> Path:
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": [square(name, at) for at, name in enumerate(names)]}),
        encoding="utf-8",
    )
    return path


def test_outlines_spelt_with_other_hyphens_are_known_and_become_aliases(tmp_path):
    areas = [Named("Upper-Brook", "a"), Named("Lower Brook", "b")]
    found = outlines_of(outlines(tmp_path / "o.geojson", ["Upper Brook", "Lower Brook"]), areas)
    assert pairs(found, areas) == {"Upper-Brook": "Upper Brook", "Lower Brook": "Lower Brook"}
    assert areas[0].aliases == ["Upper Brook"]


def test_an_area_that_two_tables_spell_apart_is_one():
    found = name_areas({"Upper-Brook": "", "Upper Brook": "E1", "Lower Brook": ""}, [], "place")
    assert [(one.text, one.code, one.aliases) for one in found] == [
        ("Upper-Brook", "E1", ["Upper Brook"]),
        ("Lower Brook", "lower_brook", []),
    ]


def test_boundaries_are_known_by_what_they_hold_too(tmp_path):
    drawn = outlines(tmp_path / "districts.json", ["Brook"])
    assert is_outlines(drawn)
    (tmp_path / "counts.json").write_text('[{"district": "Brook", "thefts": 3}]', encoding="utf-8")
    assert not is_outlines(tmp_path / "counts.json")


def test_a_list_of_areas_gives_codes_and_names_by_their_letters(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("code,a,b,c\n11110,종로구,Jongno-gu,钟路区\n11140,중구,Jung-gu,中区\n", encoding="utf-8")
    found = name_areas({"종로구": "", "중구": ""}, read_tables(path), "place")
    assert [(one.code, one.names) for one in found] == [
        ("11110", {"en": "Jongno-gu", "zh": "钟路区"}),
        ("11140", {"en": "Jung-gu", "zh": "中区"}),
    ]


@pytest.mark.parametrize("place", [place for place in PLACES.values() if place.boundaries], ids=lambda place: place.id)
def test_most_neighbours_are_neighbours_in_the_first_tile_map(place):
    card = CARDS[place.boundaries]
    areas = [Named(area.code, area.code, dict(area.name)) for area in place.areas]
    found = outlines_of(card.folder / card.latest.file, areas)
    known = {outline: text for text, outline in pairs(found, areas).items()}
    touching = [(known[one], known[other]) for one, other in found.touching]
    made = layout(found, areas)
    assert len(set(made.values())) == len(place.areas)
    assert neighbours_kept(made, touching) >= 0.9 * len(touching)


def test_one_area_and_no_area_have_a_tile_map():
    assert tiles({}, []) == {}
    assert tiles({"a": (1.0, 2.0)}, []) == {"a": (0, 0)}


def test_what_has_no_figures_has_no_standing():
    text = io.StringIO("name,office\nNorth,Main Street\nSouth,High Street\n")
    rows = [line.strip().split(",") for line in text]
    from loaders.formats.sheet import sheet_of

    assert standing(sheet_of(rows, {"format": "CSV"})) is None
