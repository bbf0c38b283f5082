"""``check PLACE``: every fault of a place in one run, as an instruction; what is in order is not spoken of."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from functools import cache

import pytest

from loaders import Fault, data_folder
from loaders.lint.check_place import Lint, check_place
from loaders.lint.report import together
from tests.conftest import Copy, copied

TODAY = date(2026, 11, 20)
TEXTS = ("title", "what", "why")


def said(found) -> list[str]:
    return [fault.what for fault in found.faults]


def keep_only(copy: Copy, *datasets: str) -> None:
    """Leave of the datasets these alone: the others have no part in what a test looks for, and are not read."""
    for card in copy.root.glob("open/*/*/source.toml"):
        if card.parent.name not in datasets:
            shutil.rmtree(card.parent)


@cache
def ours(place: str) -> Lint:
    """What is found in a place as it is."""
    return check_place(data_folder(), place, TODAY)


@pytest.mark.in_turn(7)
@pytest.mark.parametrize("place", sorted(path.stem for path in data_folder().glob("places/*.toml")))
def test_every_place_of_ours_has_nothing_to_mend(place):
    assert not [str(fault) for fault in ours(place).faults]


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Lint:
    """One run over a place with faults in every kind of its files, each looked for by a test beneath: none hides another."""
    copy = copied(tmp_path_factory.mktemp("many"))
    copy.spoil("five_major_crimes", _other_totals)
    copy.spoil("road_accidents", _one_accident_in_the_city)
    copy.change_card("five_major_crimes", 'name = "KOGL-1"', 'name = "CC-BY-NC-4.0"')
    copy.change_card("road_accidents", 'name = "KOGL-1"', 'name = ""')
    copy.change_card("registered_koreans", "licenses = ", "other = ")
    copy.change_card("road_accidents", 'zh = "事故按发生地而非当事人居住地统计。"', 'zh = ""')
    copy.change_card("road_accidents", "stale_after_months = 24\n", "")
    copy.change_card("road_accidents", "Road accidents by district, Seoul", "TODO")
    copy.change_place("seoul", 'zh = "钟路区"', 'zh = "종로구"')
    copy.change_place("seoul", 'en = "Jung-gu"', 'en = "中区"')
    copy.change_place("seoul", 'zh = "龙山区"', 'zh = "Yongsan-gu"')
    copy.change_place("seoul", 'zh = "城东区"', 'zh = ""')
    copy.change_outlines("seoul_gu", '"code":"11740"', '"code":"99999"')
    path = copy.root / "measures" / "road_deaths.toml"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text(
        "\n".join(line.split(", zh =")[0] + " }" if line.split(" =")[0] in TEXTS else line for line in lines),
        encoding="utf-8",
    )
    return check_place(copy.root, "seoul", TODAY)


def _one_accident_in_the_city(rows: list[list[str]]) -> None:
    rows[2][2] = "1"  # the newest year


def _other_totals(rows: list[list[str]]) -> None:
    assert rows[4][1] == "소계", "the row of the whole city"
    rows[4][4] = str(int(rows[4][4]) + 7)  # homicides recorded in 2014
    rows[5][2] = str(int(rows[5][2]) + 3)  # all five kinds, the first district, recorded in 2014


def test_a_licence_that_is_missing_or_not_open_is_named(many):
    found = {(fault.where, fault.what) for fault in many.faults if "licen" in fault.what or "known" in fault.what}
    assert {
        ("five_major_crimes", "the licence is not known to be open"),
        ("registered_koreans", "'licenses' is missing"),
        ("registered_koreans", "a word that is not known"),
    } <= {(where.split("/")[1], what) for where, what in found if "/" in where}


def test_a_card_without_a_licence_is_looked_at_all_the_same(many):
    found = {fault.what for fault in many.faults if "road_accidents" in fault.where}
    assert {"'name' is missing", "the publisher's total '소계' is not the sum"} <= found


def test_a_name_in_the_letters_of_another_language_is_none(many):
    assert [(fault.where, fault.what) for fault in many.faults if "other letters" in fault.what] == [
        ("seoul.toml, area 11110", "the name in 'zh' is in other letters"),
        ("seoul.toml, area 11140", "the name in 'en' is in other letters"),
        ("seoul.toml, area 11170", "the name in 'zh' is in other letters"),
    ]


def test_an_area_without_a_name_in_a_language_is_named(many):
    assert [fault.where for fault in many.faults if fault.what == "'name' has no 'zh'"] == ["seoul.toml, area 11200"]


def test_a_measure_without_a_text_in_a_language_is_named(many):
    found = [(fault.where, fault.what) for fault in many.faults if fault.where.startswith("measures/")]
    assert found == [("measures/road_deaths.toml", f"'{key}' has no 'zh'") for key in TEXTS]


def test_a_note_in_one_language_only_is_named(many):
    assert [fault.what for fault in many.faults if "'notes" in fault.what] == ["'notes 3' has no 'zh'"]


def test_a_total_that_is_not_the_sum_is_named_with_its_cell(many):
    """The publisher's total of the areas, and that of the categories."""
    totals = [fault for fault in many.faults if "the publisher's total" in fault.what and "five_major" in fault.where]
    assert {("165", "158"), ("5024", "5021")} <= {(fault.expected, fault.found) for fault in totals}
    assert any("homicide, 2014, recorded" in fault.where for fault in totals)


def test_a_boundary_of_an_area_that_the_place_does_not_list_is_named(many):
    assert ("a boundary of no known area", "'99999'") in [(fault.what, fault.found) for fault in many.faults]


def test_how_old_figures_may_be_is_asked_where_no_card_says_it(many):
    assert "'stale_after_months' is missing" in [one.what for one in many.remarks]


def test_a_text_that_a_draft_left_is_named_with_its_line(many):
    faults = [fault for fault in many.faults if fault.what == "texts that are still to be written"]
    assert [fault.found for fault in faults] == ["1 (line 3)"]


def test_a_category_without_a_label_or_a_row_is_named(copy):
    keep_only(copy, "five_major_crimes")
    path = copy.card_path("five_major_crimes").parent / "categories.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Robbery,抢劫", "Robbery,"), encoding="utf-8")
    assert "'name_zh' is empty" in said(check_place(copy.root, "seoul", TODAY))
    path.write_text("\n".join(line for line in text.split("\n") if not line.startswith("theft,")), encoding="utf-8")
    faults = [
        fault
        for fault in check_place(copy.root, "seoul", TODAY).faults
        if fault.what == "a category has no row in categories.csv"
    ]
    assert [fault.found for fault in faults] == ["theft"]


def test_a_category_that_no_figure_has_is_a_remark(copy):
    keep_only(copy, "five_major_crimes")
    path = copy.card_path("five_major_crimes").parent / "categories.csv"
    kind = {
        "code": "arson",
        "parent": "all",
        "level": "group",
        "in_total": "yes",
        "name_en": "Arson",
        "name_zh": "纵火",
    }
    kind |= {"definition_en": "Fires.", "definition_zh": "纵火案件。"}
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings = next(csv.reader(file))
    text = path.read_text(encoding="utf-8").rstrip()
    path.write_text(f"{text}\n{','.join(kind.get(heading, '') for heading in headings)}\n", encoding="utf-8")
    remarks = [one for one in check_place(copy.root, "seoul", TODAY).remarks if one.what == "categories without counts"]
    assert [one.found for one in remarks] == ["arson"]


@pytest.mark.parametrize("beside", ["범죄중분류", "강력범죄 합계"])
def test_a_total_of_a_group_is_set_against_its_types(copy, beside):
    """A row for the group, written as the publishers do: beside the group's name, or with a name that the card knows."""

    keep_only(copy, "crime_by_type")

    def with_a_total(rows):
        types = [row for row in rows[1:] if row[0] == "강력범죄"]
        sums = [str(sum(int(row[at]) for row in types)) for at in range(2, len(rows[0]))]
        sums[0] = str(int(sums[0]) + 1)
        rows.insert(1, ["강력범죄", "소계", *sums])

    copy.spoil("crime_by_type", with_a_total)
    copy.change_card("crime_by_type", 'heads = ["area"]', 'heads = ["area"]\nignore_rows = { "범죄중분류" = ["소계"] }')
    copy.change_card("crime_by_type", "rows = 38\n", "")
    if beside != "범죄중분류":
        copy.change_card(
            "crime_by_type", "[releases.categories]", '[releases.categories]\n"강력범죄 / 소계" = "serious_violent"'
        )
    faults = [fault for fault in check_place(copy.root, "seoul", TODAY).faults if "the publisher's total" in fault.what]
    assert len(faults) == 1
    assert int(faults[0].expected) - int(faults[0].found) == 1


def test_it_says_how_many_totals_it_added_up(copy):
    """Fifteen years of three figures; nine years of five kinds and of everything, recorded and cleared, for 25 districts and the city."""
    found = check_place(copy.root, "seoul", TODAY)
    assert found.totals >= 15 * 3 + 9 * 2 * (25 + 5)


def test_an_area_without_a_boundary_is_named(copy):
    keep_only(copy, "seoul_gu", "road_accidents")
    copy.change_card("seoul_gu", 'id = "code"', 'id = "code"\nothers = "ignore"')
    copy.change_outlines("seoul_gu", '"code":"11740"', '"code":"99999"')
    found = check_place(copy.root, "seoul", TODAY).faults
    assert ("an area has no boundary", "11740") in [(fault.what, fault.expected) for fault in found]


def test_an_area_with_counts_but_no_residents_is_named(copy):
    keep_only(copy, "registered_koreans", "five_major_crimes")
    copy.spoil("registered_koreans", lambda rows: rows.pop())
    copy.change_card("registered_koreans", "rows = 25\ntotal = 109977838\n", "")
    whats = [(fault.where, fault.what) for fault in check_place(copy.root, "seoul", TODAY).faults]
    assert any("11740" in where and "no residents" in what for where, what in whats)


def test_residents_and_a_boundary_of_an_area_without_counts_are_named(copy):
    for dataset, more in (
        ("road_accidents", "rows = 25\ntotal = 571669\n"),
        ("five_major_crimes", "rows = 25\ntotal = 951888\n"),
    ):
        copy.spoil(dataset, lambda rows: rows.pop())
        copy.change_card(dataset, more, "")
    for release in (0, 1):
        copy.spoil("crime_by_type", lambda rows: [row.pop() for row in rows], release)
    path = copy.card_path("crime_by_type")
    path.write_text(
        "\n".join(line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("total = ")),
        encoding="utf-8",
    )
    faults = [
        fault for fault in check_place(copy.root, "seoul", TODAY).faults if fault.what == "an area without counts"
    ]
    assert [(fault.where, fault.found) for fault in faults] == [
        (
            "seoul.toml, area 11740 (Gangdong-gu)",
            "only residents in 'registered_koreans' and residents in 'registered_population' and a boundary",
        )
    ]


def test_residents_of_an_area_that_the_place_does_not_list_are_named(copy):
    keep_only(copy, "registered_koreans")
    copy.spoil("registered_koreans", lambda rows: rows.append(["다른구", "계", *["1000"] * 12]))
    found = [(fault.what, fault.found) for fault in check_place(copy.root, "seoul", TODAY).faults]
    assert ("unknown area", "'다른구'") in found


def test_areas_that_a_dataset_leaves_out_are_a_remark_until_the_card_speaks_of_them(copy):
    keep_only(copy, "road_accidents")
    copy.spoil("road_accidents", lambda rows: rows.pop())
    copy.change_card("road_accidents", "rows = 25\ntotal = 571669\n", "")
    remarks = [
        one.found for one in check_place(copy.root, "seoul", TODAY).remarks if one.what == "areas without counts"
    ]
    assert remarks == ["none for 11740 (Gangdong-gu)"]
    copy.change_card(
        "road_accidents",
        "not_published = [",
        'not_published = [\n  { en = "Gangdong-gu is left out.", zh = "未公布江东区。" },',
    )
    assert not [one for one in check_place(copy.root, "seoul", TODAY).remarks if one.what == "areas without counts"]


def test_a_period_between_two_releases_and_in_neither_is_named(copy):
    keep_only(copy, "crime_by_type")
    path = copy.card_path("crime_by_type")
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace('period = "2024"', 'period = "2025"')
        .replace('"2024"\nto', '"2025"\nto'),
        encoding="utf-8",
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('from = "2024"', 'from = "2025"').replace('to = "2024"', 'to = "2025"'), encoding="utf-8"
    )
    faults = [fault for fault in check_place(copy.root, "seoul", TODAY).faults if fault.what == "a period is missing"]
    assert [fault.found for fault in faults] == ["no 2024"]


def test_a_period_that_one_area_lacks_between_others_is_named(copy):
    keep_only(copy, "population")

    def without_one_row(rows):
        rows.remove(next(row for row in rows if row[:2] == ["Camden", "2021"]))

    copy.spoil("population", without_one_row)
    copy.change_card("population", "rows = 198\ntotal = 53522329", "")
    faults = [
        fault
        for fault in check_place(copy.root, "london", TODAY).faults
        if fault.what == "a period is missing between others"
    ]
    assert [(fault.where, fault.found) for fault in faults] == [
        ("office_for_national_statistics/population, area E09000007 (Camden)", "no row for 2021")
    ]


def test_a_step_that_nobody_declared_is_a_remark_and_no_fault(copy):
    keep_only(copy, "road_accidents")

    def half_of_the_last_years(rows):
        for row in rows[3:]:
            for at in range(2, 2 + 6 * 5):  # the newest five years stand first
                row[at] = str(int(float(row[at])) // 3)

    copy.spoil("road_accidents", half_of_the_last_years)
    copy.change_card("road_accidents", "total = 571669\n", "")
    steps = [
        one.found
        for one in check_place(copy.root, "seoul", TODAY).remarks
        if one.what == "a step that no break declares"
    ]
    assert any("from 2020 on" in found and "(accidents)" in found for found in steps)
    copy.change_card(
        "road_accidents", "notes = [", 'notes = [\n  { en = "In 2020 much changed.", zh = "2020年变化较大。" },'
    )
    steps = [
        one.found
        for one in check_place(copy.root, "seoul", TODAY).remarks
        if one.what == "a step that no break declares"
    ]
    assert not any("(accidents)" in found for found in steps), "a note that names the year answers it"


def test_a_step_within_a_year_is_seen_in_its_month_and_in_its_group(copy):
    """Theft is counted three times over from September 2016 on, in the middle of a calendar year."""

    keep_only(copy, "recorded_crime")

    def threefold(rows):
        first = rows[0].index("201609")
        for row in rows[1:]:
            if row[0].casefold() == "theft":
                row[first:] = [str(3 * int(one)) for one in row[first:]]

    copy.spoil("recorded_crime", threefold, release=2)  # the newest that has the month
    text = copy.card_path("recorded_crime").read_text(encoding="utf-8")
    copy.card_path("recorded_crime").write_text(re.sub(r"(?m)^total = .*\n", "", text), encoding="utf-8")
    steps = [
        one.found
        for one in check_place(copy.root, "london", TODAY).remarks
        if one.what == "a step that no break declares"
    ]
    assert any("from 2016-09 on" in found and "(offences, theft)" in found for found in steps)


def test_a_declared_break_that_no_figure_shows_is_a_remark(copy):
    keep_only(copy, "road_accidents")
    words = 'areas = []\ncategories = []\nshort = { en = "x", zh = "某" }\nreason = { en = "x", zh = "某" }\n'
    copy.change_card(
        "road_accidents", "[[releases]]", f'[[breaks]]\nat = "2022"\neffect = "cut"\n{words}\n[[releases]]'
    )
    found = [
        one.found
        for one in check_place(copy.root, "seoul", TODAY).remarks
        if one.what == "a declared break is not to be seen"
    ]
    assert any("at 2022 (accidents)" in one for one in found)


def test_the_breaks_that_london_declares_are_to_be_seen():
    whats = [one.what for one in ours("london").remarks]
    assert "a declared break is not to be seen" not in whats


def test_a_source_past_its_next_update_is_a_remark():
    found = check_place(data_folder(), "seoul", date(2030, 1, 1))
    assert {"past its next update", "the publisher's page was last looked at long ago"} <= {
        one.what for one in found.remarks
    }
    newest = [one for one in found.remarks if one.what == "past its next update" and "road_accidents" in one.where]
    assert [one.found for one in newest] == ["none after 2024, 61 months ago"]


def test_statements_and_registers_are_looked_at_too(copy):
    keep_only(copy, "shanghai_statements", "shanghai_districts")
    copy.spoil("shanghai_statements", lambda rows: rows[1].__setitem__(rows[0].index("published"), ""))
    assert "no published" in said(check_place(copy.root, "shanghai", TODAY))


def test_what_stands_for_two_areas_or_for_none_is_named(copy):
    keep_only(copy, "road_accidents")
    copy.change_place("seoul", "tile = [3, 3]", "tile = [2, 3]")
    copy.change_place("seoul", 'aliases = ["용산구"]', 'aliases = ["용산구", "중구"]')
    copy.change_place("seoul", 'areas = ["11110", "11140", "11680"]', 'areas = ["11110", "99999"]')
    found = {(fault.what, fault.found) for fault in check_place(copy.root, "seoul", TODAY).faults}
    assert {
        ("two areas stand in one tile", "[2, 3]"),
        ("a name stands for two areas", "'중구'"),
        ("'residents_misleading' names no area", "'99999'"),
    } <= found


def test_a_tile_map_that_tears_neighbours_apart_is_named(copy):
    keep_only(copy, "road_accidents", "seoul_gu")
    text = (copy.root / "places" / "seoul.toml").read_text(encoding="utf-8")
    numbers = iter(range(25))
    moved = re.sub(r"tile = \[.*\]", lambda _: f"tile = [0, {3 * next(numbers)}]", text)
    (copy.root / "places" / "seoul.toml").write_text(moved, encoding="utf-8")
    assert "the tile map tears neighbours apart" in said(check_place(copy.root, "seoul", TODAY))


def test_a_break_without_a_period_or_with_areas_that_are_not_there_is_named(copy):
    keep_only(copy, "five_major_crimes")
    words = (
        'areas = ["99999"]\ncategories = ["arson"]\nshort = { en = "x", zh = "某" }\nreason = { en = "x", zh = "某" }\n'
    )
    copy.change_card(
        "five_major_crimes", "[[releases]]", f'[[breaks]]\nat = "spring"\neffect = "cut"\n{words}\n[[releases]]'
    )
    found = {(fault.what, fault.found) for fault in check_place(copy.root, "seoul", TODAY).faults}
    assert {
        ("'at' is no period", "'spring'"),
        ("'areas' names what is not there", "'99999'"),
        ("'categories' names what is not there", "'arson'"),
    } <= found


def test_a_measure_that_is_not_there_or_cannot_be_read_is_named(copy):
    keep_only(copy, "road_accidents")
    (copy.root / "measures" / "road_deaths.toml").unlink()
    (copy.root / "measures" / "road_injured.toml").write_text("name = \n", encoding="utf-8")
    found = {(fault.where, fault.what) for fault in check_place(copy.root, "seoul", TODAY).faults}
    assert {
        ("seoul.toml", "'measures' names what is not there"),
        ("measures/road_injured.toml", "the card cannot be read"),
    } <= found


def test_the_same_said_of_many_is_one_instruction_that_names_them_all():
    many = [Fault(f"ville.toml, area {code}", "no tile", "a tile", "none", "Add it.") for code in "abc"]
    other = Fault("ville.toml, area a", "no name", "a name", "nothing", "Add it.")
    assert [str(one) for one in together([*many, other])] == [
        "ville.toml: no tile (3 times): expected a tile, found none for area a; area b; area c. Add it.",
        "ville.toml, area a: no name: expected a name, found nothing. Add it.",
    ]
