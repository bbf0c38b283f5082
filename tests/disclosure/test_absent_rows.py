"""A row that a publisher leaves out is a zero only where its card says so, and only in an area, category and period of which the release tells."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure import guard
from loaders import read_release
from loaders.observations.splice import newest_first
from tests.loaders import writers
from tests.loaders.invented import AREAS, KINDS, PLACE, dataset

CARD = {
    "frequency": "year",
    "columns": {"area": "area", "category": "type", "period": "year"},
    "variables": {"recorded": {"column": "recorded"}},
    "table": {"layout": "long"},
}
FULL = [(area, kind, year) for area in AREAS for kind in KINDS for year in ("2021", "2022")]


def shown(folder, absent: str, left_out: set[tuple]) -> dict[tuple, tuple[float, str]]:
    """Area, kind and year → figure and status, of a file that leaves some rows out; each of its figures is 7."""
    rows = [[AREAS[area], KINDS[kind], year, "7"] for area, kind, year in FULL if (area, kind, year) not in left_out]
    data = writers.as_csv([["area", "type", "year", "recorded"], *rows])
    card = dataset(folder, "t.csv", data, {**CARD, "absent_rows": absent})
    table = guard(newest_first([read_release(card, card.latest, PLACE)]), card, PLACE)
    found = {}
    for area, kind in {(area, kind) for area, kind, _ in FULL if area in table.areas}:
        line = table.series("recorded", kind, area)
        found |= {
            (area, kind, year): (value, status)
            for year, value, status in zip(table.periods, line.values, line.statuses, strict=True)
        }
    return found


ONE_KIND = {("a1", "theft", "2021"), ("a1", "theft", "2022")}
ONE_YEAR = {("a1", "theft", "2021")}
ONE_AREA = {(area, kind, year) for area, kind, year in FULL if area == "a2"}


@pytest.mark.parametrize("absent", ["error", "zero"])
def test_where_no_row_is_left_out_every_figure_is_that_of_the_file(absent, tmp_path):
    assert shown(tmp_path, absent, set()) == dict.fromkeys(FULL, (7.0, ""))


@pytest.mark.parametrize("left_out", [ONE_KIND, ONE_YEAR], ids=["in every year", "in one year"])
def test_rows_that_are_left_out_are_zeros_where_the_card_says_so(left_out, tmp_path):
    found = shown(tmp_path, "zero", left_out)
    assert {key for key, one in found.items() if one == (0.0, "")} == left_out
    assert {key for key, one in found.items() if one == (7.0, "")} == set(FULL) - left_out


def test_an_area_of_which_the_release_tells_nothing_has_no_zeros(tmp_path):
    found = shown(tmp_path, "zero", ONE_AREA)
    assert all(np.isnan(value) and status for key, (value, status) in found.items() if key in ONE_AREA)
    assert {key for key, one in found.items() if one == (7.0, "")} == set(FULL) - ONE_AREA
