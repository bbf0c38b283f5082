"""``check PLACE``: every fault of a place in one run, as an instruction; what is in order is not spoken of."""

from __future__ import annotations

import re
from datetime import date

import pytest

from loaders import data_folder
from loaders.lint import check_place

TODAY = date(2026, 11, 20)


def said(found) -> list[str]:
    return [fault.what for fault in found.faults]


@pytest.mark.parametrize("place", sorted(path.stem for path in data_folder().glob("places/*.toml")))
def test_every_place_of_ours_has_nothing_to_mend(place):
    assert not [str(fault) for fault in check_place(data_folder(), place, TODAY).faults]


def test_every_fault_is_named_in_one_run(copy):
    copy.change_card("five_major_crimes", 'name = "KOGL-1"', 'name = "CC-BY-NC-4.0"')
    copy.change_card("road_accidents", 'name = "KOGL-1"', 'name = ""')
    place = copy.root / "places" / "seoul.toml"
    place.write_text(place.read_text(encoding="utf-8").replace('zh = "钟路区"', 'zh = "Jongno"'), encoding="utf-8")
    found = check_place(copy.root, "seoul", TODAY)
    assert {"the licence is not known to be open", "the licence has no 'name'", "the 'zh' name is none"} <= set(said(found))


def test_a_total_of_the_publisher_that_is_not_the_sum_is_named_with_its_cell(copy):
    def another_total(rows):
        assert rows[4][1] == "소계", "the row of the whole city"
        rows[4][4] = str(int(rows[4][4]) + 7)  # homicides recorded in 2014

    copy.spoil("five_major_crimes", another_total)
    faults = [fault for fault in check_place(copy.root, "seoul", TODAY).faults if "the publisher's total" in fault.what]
    assert [(fault.expected, fault.found) for fault in faults] == [("165", "158")]
    assert "homicide, 2014, recorded" in faults[0].where


def test_a_total_of_categories_that_is_not_the_sum_is_named(copy):
    def another_total(rows):
        rows[5][2] = str(int(rows[5][2]) + 3)  # all five kinds, the first district, recorded in 2014

    copy.spoil("five_major_crimes", another_total)
    faults = [fault for fault in check_place(copy.root, "seoul", TODAY).faults if "the publisher's total" in fault.what]
    assert [(fault.expected, fault.found) for fault in faults] == [("5024", "5021")]


def test_an_area_without_a_boundary_is_named(copy):
    copy.change_card("seoul_gu", 'id = "code"', 'id = "code"\nothers = "ignore"')
    path = copy.root / "open" / "national_geographic_information_institute" / "seoul_gu" / "seoul_gu.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace('"code":"11740"', '"code":"99999"'), encoding="utf-8")
    copy.record("seoul_gu")
    found = check_place(copy.root, "seoul", TODAY).faults
    assert ("an area has no boundary", "11740") in [(fault.what, fault.expected) for fault in found]


def test_an_area_with_counts_but_no_residents_is_named(copy):
    copy.spoil("registered_koreans", lambda rows: rows.pop())
    copy.change_card("registered_koreans", "rows = 25\ntotal = 109977838\n", "")
    whats = [(fault.where, fault.what) for fault in check_place(copy.root, "seoul", TODAY).faults]
    assert any("11740" in where and "no residents" in what for where, what in whats)


def test_a_step_that_nobody_declared_is_a_remark_and_no_fault(copy):
    def half_of_the_last_years(rows):
        for row in rows[3:]:
            for at in range(2, 2 + 6 * 5):  # the newest five years stand first
                row[at] = str(int(float(row[at])) // 3)

    copy.spoil("road_accidents", half_of_the_last_years)
    copy.change_card("road_accidents", "total = 571669\n", "")
    found = check_place(copy.root, "seoul", TODAY)
    assert any(one.what == "a step that no break declares" and "in 2020" in one.found for one in found.remarks)


def test_a_source_past_its_next_update_is_a_remark():
    found = check_place(data_folder(), "seoul", date(2030, 1, 1))
    assert {"past its next update", "the publisher's page was last looked at long ago"} <= {one.what for one in found.remarks}


def test_a_text_that_a_draft_left_is_named_with_its_line(copy):
    copy.change_card("road_accidents", "Road accidents by district, Seoul", "TODO")
    faults = [fault for fault in check_place(copy.root, "seoul", TODAY).faults if fault.what == "a text is left to be written"]
    assert len(faults) == 1
    assert re.search(r"road_accidents/source.toml, line 3$", faults[0].where)
