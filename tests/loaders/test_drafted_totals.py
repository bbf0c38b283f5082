"""What a draft knows of totals, of rows that are no areas, and of areas that are spelt alike."""

from __future__ import annotations

import tomllib

import pytest

from loaders.draft.new_place import new_place
from loaders.draft.places.areas import codes, name_areas
from loaders.draft.places.unallocated import is_unallocated, may_be_total, says_total
from loaders.lint.check_place import check_place
from tests.loaders.guessing import guessed

WARDS = ("Ash", "Birch", "Cedar", "Dell")


def table(path, *rows):
    path.write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
    return path


def by_year(years=(2021, 2022, 2023), hidden=(), total="Greater Quay", wrong=0):
    """Wards by year, one below another, with a row for all of them."""
    for year in years:
        cells = [40 + 9 * number + year % 10 for number in range(len(WARDS))]
        yield from (
            (ward, year, "x" if (ward, year) in hidden else cell) for ward, cell in zip(WARDS, cells, strict=True)
        )
        if total:
            yield total, year, sum(cells) + wrong


def place_of(root, name="ville"):
    return tomllib.loads((root / "places" / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("total", ["Greater Quay", "Total", "All wards", "全市合计", "GRAND TOTAL"])
def test_the_sum_of_all_is_no_area_whatever_it_is_called(total, tmp_path):
    made = guessed(table(tmp_path / "t.csv", ("Ward", "Year", "Calls"), *by_year(total=total)))
    assert list(made.areas) == list(WARDS)
    assert made.words["ignore_rows"] == {"Ward": [total]}


def test_the_sum_is_found_beside_a_hidden_cell_and_where_a_row_is_absent(tmp_path):
    rows = [row for row in by_year(hidden={("Birch", 2022)}, years=range(2018, 2024)) if row[:2] != ("Ash", 2018)]
    rows = [
        (name, year, cell - (40 + 8) if (name, year) == ("Greater Quay", 2018) else cell) for name, year, cell in rows
    ]
    made = guessed(table(tmp_path / "t.csv", ("Ward", "Year", "Calls"), *rows))
    assert list(made.areas) == ["Birch", "Cedar", "Dell", "Ash"]


def test_an_area_that_is_not_the_sum_stays_one_although_it_is_called_all_saints(tmp_path):
    rows = [(ward.replace("Ash", "All Saints"), *rest) for ward, *rest in by_year(total="")]
    made = guessed(table(tmp_path / "t.csv", ("Ward", "Year", "Calls"), *rows))
    assert "All Saints" in made.areas
    assert [remark for remark in made.remarks if "All Saints" in remark], "a person is told of it"


def test_the_kind_that_is_the_sum_of_the_others_is_left_out(tmp_path):
    rows = [
        (ward, kind, year, cell)
        for year in (2021, 2022, 2023)
        for number, ward in enumerate(WARDS)
        for cells in [(30 + number + year % 10, 14 + number, 9)]
        for kind, cell in zip(("Theft", "Fraud", "Arson", "Everything"), (*cells, sum(cells)), strict=True)
    ]
    made = guessed(table(tmp_path / "t.csv", ("Ward", "Kind", "Year", "Calls"), *rows))
    assert list(made.kinds) == ["Theft", "Fraud", "Arson"]


def test_the_sum_is_found_where_areas_stand_in_the_headings(tmp_path):
    names = [f"{sign}区" for sign in "东西南北中上下左右"]
    rows = [(year, *(cells := [30 + 7 * at + year % 10 for at in range(9)]), sum(cells)) for year in (2021, 2022, 2023)]
    made = guessed(table(tmp_path / "t.csv", ("年份", *names, "云州市"), *rows))
    assert list(made.areas) == names
    assert made.words["ignore"] == ["云州市"]


@pytest.mark.parametrize("below", [True, False])
def test_sums_of_some_areas_are_asked_about(below, copy, tmp_path):
    parts = {"Northside": ("Ash", "Birch"), "Southside": ("Cedar", "Dell", "Elm")}
    counts = {"Ash": 120, "Birch": 231, "Cedar": 78, "Dell": 97, "Elm": 310}
    rows = []
    for year in (2021, 2022, 2023):
        for region, wards in parts.items():
            cells = [(ward, year, counts[ward] + year % 10 * len(ward)) for ward in wards]
            whole = (region, year, sum(cell for *_, cell in cells))
            rows += [whole, *cells] if below else [*cells, whole]
    outcome = new_place(copy.root, "ville", [table(tmp_path / "calls.csv", ("Region", "Year", "Calls"), *rows)])
    asked = [line for line in outcome.lines if line.startswith("answer first")]
    assert ["Northside" in line and "'Ash' and 'Birch'" in line for line in asked] == [True, False]
    assert not outcome.works


@pytest.mark.parametrize(
    "text",
    [
        "Unassigned",
        "Out of state",
        "Location not stated",
        "District unknown",
        "不明",
        "署所屬機關",
        "区域不详",
        "미상",
        "ohne Angabe",
        "Non précisé",
        "No consta",
        "Onbekend",
        "неизвестно",
        "Other",
        "其他",
        "Nieznane",
        "UNKNOWN / NOT RECORDED",
    ],
)
def test_words_for_what_is_in_no_area_are_known(text):
    assert is_unallocated(text)


@pytest.mark.parametrize(
    "text", ["Otherton", "Bekannt", "Unknownham", "Resthof", "Outwood", "Andreasberg", "明光市", "Missing Link Road"]
)
def test_names_of_areas_are_no_such_words(text):
    assert not is_unallocated(text)


def test_names_of_totals_are_told_from_names_that_only_hold_the_word():
    assert says_total("VIOLENT CRIME TOTAL") and says_total("全市合计")
    assert not says_total("total loss") and may_be_total("total loss")
    assert not may_be_total("Totalham") and not may_be_total("Allston")


def test_what_is_in_no_area_is_counted_in_the_place_beside_its_areas(copy, tmp_path):
    rows = [("Dell" if ward == "x" else ward, *rest) for ward, *rest in by_year(total="")]
    rows = [("Not stated" if ward == "Dell" else ward, *rest) for ward, *rest in rows]
    assert new_place(copy.root, "ville", [table(tmp_path / "calls.csv", ("Ward", "Year", "Calls"), *rows)]).works
    place = place_of(copy.root)
    assert [area["name"]["en"] for area in place["areas"]] == ["Ash", "Birch", "Cedar"]
    assert [area["name"]["en"] for area in place["unallocated"]] == ["Not stated"]


def test_an_area_that_is_nearly_the_sum_of_the_others_is_remarked_by_new_and_by_check(copy, tmp_path):
    rows = by_year(total="Greater Quay", wrong=1)
    outcome = new_place(copy.root, "ville", [table(tmp_path / "calls.csv", ("Ward", "Year", "Calls"), *rows)])
    said = "an area is the sum of all others, or nearly"
    assert [line for line in outcome.lines if "Greater Quay" in line and said in line]
    remarks = check_place(copy.root, "ville").remarks
    assert [fault for fault in remarks if fault.what == said and "Greater Quay" in fault.where]


def test_a_total_over_a_hidden_cell_is_a_look_that_repeats_no_number_and_no_fault(copy, tmp_path):
    rows = list(by_year(total="All wards", hidden={("Birch", 2022)}))
    new_place(copy.root, "ville", [table(tmp_path / "calls.csv", ("Ward", "Year", "Calls"), *rows)])
    lint = check_place(copy.root, "ville")
    total = next(cell for name, year, cell in rows if (name, year) == ("All wards", 2022))
    (remark,) = [fault for fault in lint.remarks if "All wards" in fault.what]
    assert "2022" in remark.where and "gives it away" in remark.todo
    assert str(total) not in str(remark) and str(total - 51) not in str(remark)
    assert not [fault for fault in lint.faults if "All wards" in fault.what]


def test_a_total_that_is_wrong_where_nothing_is_hidden_stays_a_fault(copy, tmp_path):
    rows = by_year(total="All wards total", wrong=7)
    new_place(copy.root, "ville", [table(tmp_path / "calls.csv", ("Ward", "Year", "Calls"), *rows)])
    assert [fault for fault in check_place(copy.root, "ville").faults if "is not the sum" in fault.what]


def test_areas_spelt_alike_in_one_period_are_two_and_in_different_periods_are_one(tmp_path):
    side_by_side = [(ward, year, 5 + year % 10) for year in (2022, 2023) for ward in ("Ash Grove", "Ash-Grove", "Elm")]
    renamed = [("Ash Grove", 2022, 5), ("Elm", 2022, 6), ("Ash-Grove", 2023, 7), ("Elm", 2023, 8)]
    for rows, count in ((side_by_side, 3), (renamed, 2)):
        made = guessed(table(tmp_path / "t.csv", ("Ward", "Year", "Calls"), *rows))
        areas = name_areas(made.areas, [], "ville", made.rivals)
        assert len(areas) == len({area.code for area in areas}) == count


def test_no_code_is_given_twice_or_taken_from_the_place():
    given = codes(["Ash", "ash!", "Ash 2", "Mill", "all"], "mill_", {"mill", "all"})
    assert len(set(given.values())) == 5
    assert not {"mill", "all"} & set(given.values())


def test_areas_that_ended_are_no_unallocated_counts_although_they_have_no_boundary(copy, tmp_path):
    import json

    def square(name, west):
        corners = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
        return {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": [corners]},
        }

    outlines = tmp_path / "wards.geojson"
    features = [square(ward, number) for number, ward in enumerate(WARDS)]
    outlines.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    rows = [*by_year(total=""), ("Old Elm", 2021, 12), ("Airport", 2021, 3), ("Airport", 2022, 4), ("Airport", 2023, 2)]
    new_place(copy.root, "ville", [outlines, table(tmp_path / "calls.csv", ("Ward", "Year", "Calls"), *rows)])
    place = place_of(copy.root)
    assert [area["name"]["en"] for area in place["unallocated"]] == ["Airport"]
    assert "Old Elm" in [area["name"]["en"] for area in place["areas"]]
