"""An absent figure is no zero and not "no such area then"; a sum that lacks a part has no value and names what it lacks."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure import SafeTable, guard
from disclosure.cell_statuses import MOST_NAMED, mark_incomplete
from disclosure.draft_table import Reasons
from language import reason_words, translator
from loaders import read_card, read_release
from loaders.observations.splice import newest_first
from measures.about.statements import names_in
from tests.loaders import writers
from tests.loaders.invented import AREAS, KINDS, PLACE, dataset

CARD = {
    "frequency": "year",
    "columns": {"area": "area", "category": "type", "period": "year"},
    "variables": {"recorded": {"column": "recorded"}},
    "table": {"layout": "long"},
}
YEARS = ("2020", "2021", "2022", "2023")
FULL = [(area, kind, year) for area in AREAS for kind in KINDS for year in YEARS]
FIRST = next(iter(AREAS))


def made(folder, lacking: set[tuple], **card) -> tuple[SafeTable, object]:
    """The table of a file that leaves some area, kind and year out, each of its figures 7; and its card."""
    rows = [[AREAS[area], KINDS[kind], year, "7"] for area, kind, year in FULL if (area, kind, year) not in lacking]
    return guarded(folder, rows, card)


def guarded(folder, rows: list[list[str]], card: dict) -> tuple[SafeTable, object]:
    data = writers.as_csv([["area", "type", "year", "recorded"], *rows])
    source = dataset(folder, "t.csv", data, {**CARD, **card}, {"all": "All", **KINDS})
    path = source.folder / "categories.csv"
    lines = [line if ",All," in line else line.replace(",,type", ",all,type") for line in path.read_text().split("\n")]
    path.write_text("\n".join(lines).replace("all,,type", "all,,all"))
    source = read_card(source.folder / "source.toml")
    return guard(newest_first([read_release(source, source.latest, PLACE)]), source, PLACE), source


def of_area(year: str, area: str = FIRST) -> set[tuple]:
    return {key for key in FULL if key[0] == area and key[2] == year}


def cell(table: SafeTable, area: str, year: str, kind: str = "all") -> tuple[float, str, str]:
    line, number = table.series("recorded", kind, area), table.position(year)
    return line.values[number], line.statuses[number], line.reasons[number]


@pytest.mark.parametrize("year", YEARS, ids=["at the start", "between", "between, later", "at the end"])
def test_an_area_without_figures_for_a_year_is_not_published_and_the_place_is_incomplete(year, tmp_path):
    table, source = made(tmp_path, of_area(year))
    assert cell(table, FIRST, year, "theft")[1:] == ("x", "not_published")
    value, status, why = cell(table, PLACE.code, year)
    assert np.isnan(value)
    assert (status, why) == ("x", f"incomplete area 1 {FIRST}")
    others = [cell(table, PLACE.code, other) for other in YEARS if other != year]
    assert {status for _, status, _ in others} == {""}
    name = names_in(source, PLACE)("area", FIRST)
    for code in ("en", "zh"):
        assert name[code] in reason_words(why, translator(code), (), (), names_in(source, PLACE))


def test_a_year_that_the_card_says_an_area_did_not_exist_in_is_whole_without_it(tmp_path):
    gone = {"status": "z", "areas": [FIRST], "periods": ["2023"], "reason": {"en": "Dissolved.", "zh": "已撤销。"}}
    table, _ = made(tmp_path, of_area("2023"), cells=[gone])
    assert cell(table, FIRST, "2023", "theft")[1:] == ("z", "cell 0")
    value, status, _ = cell(table, PLACE.code, "2023")
    assert value == 7 * len(KINDS) * (len(AREAS) - 1)
    assert status == ""


def test_a_kind_that_one_area_lacks_leaves_the_area_the_kind_and_their_sums_incomplete(tmp_path):
    table, _ = made(tmp_path, {(FIRST, "theft", "2021")})
    assert cell(table, FIRST, "2021")[1:] == ("x", "incomplete category 1 theft")
    assert cell(table, PLACE.code, "2021", "theft")[1:] == ("x", f"incomplete area 1 {FIRST}")
    assert cell(table, PLACE.code, "2021")[1:] == ("x", f"incomplete area 1 {FIRST}")


def test_a_year_that_nobody_has_is_not_published_and_not_called_incomplete(tmp_path):
    rows = [[AREAS[area], KINDS[kind], year, "7" if year != "2021" else "[x]"] for area, kind, year in FULL]
    table, _ = guarded(tmp_path, rows, {})
    value, status, why = cell(table, PLACE.code, "2021")
    assert np.isnan(value)
    assert status == "x"
    assert "incomplete" not in why


def test_many_lacking_parts_are_counted_and_the_first_of_them_named():
    codes = [f"a {number}|" for number in range(MOST_NAMED + 3)]
    words, reason = Reasons([""]), np.zeros((1,), dtype=np.int16)
    mark_incomplete(reason, np.array([True]), np.ones((1, len(codes)), dtype=bool), words, ("area", codes))
    key = words[reason[0]]
    assert key.startswith(f"incomplete area {len(codes)} ")
    text = reason_words(key, translator("en"))
    assert "a 0|" in text
    assert f"{len(codes) - MOST_NAMED} more" in text
