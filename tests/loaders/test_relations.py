"""Sums, shares and rates that a file prints are found from its numbers, and chance is not taken for one of them."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.observations.given_away import given_away
from loaders.observations.relations import statements_of
from loaders.observations.sums import sums_of
from tests.loaders import writers
from tests.loaders.invented import AREAS, dataset

RANGE = 5
NAN = float("nan")


def statements(folder, heads: list[str], rows: list[list[str]], **card):
    """What a yearly table of areas says of its withheld cells; ``card``: what its card leaves out, and its words."""
    data = writers.as_csv([heads, *rows])
    words = {"layout": "long", **card.pop("table", {})}
    source = dataset(
        folder,
        "t.csv",
        data,
        {
            "frequency": "year",
            "columns": {"area": heads[0], "period": heads[1]},
            "variables": {"counted": {"column": heads[2]}},
            "table": words,
            **card,
        },
    )
    return statements_of(source, source.latest)


def given(folder, heads: list[str], rows: list[list[str]], **card) -> set[tuple[int, int]]:
    return set(given_away(statements(folder, heads, rows, **card), RANGE))


def areas_and_years(*columns) -> list[list[str]]:
    """Rows of three areas and three years; ``columns``: functions of the number of area and year."""
    return [
        [name, str(year), *(str(column(n, year % 10)) for column in columns)]
        for year in (2021, 2022, 2023)
        for n, name in enumerate(AREAS.values())
    ]


def withheld(rows: list[list[str]], row: int, column: int) -> list[list[str]]:
    """The same with one cell withheld; ``row`` and ``column`` from 0."""
    return [
        [("[c]" if (n, m) == (row, column) else text) for m, text in enumerate(line)] for n, line in enumerate(rows)
    ]


def theft(n, y):
    return 211 + 17 * n + 7 * y


def fraud(n, y):
    return 95 + 31 * n + 3 * y


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 2, 1)], ids=["after", "before", "between"])
def test_a_total_gives_a_part_away_wherever_it_stands(order, tmp_path):
    columns = [theft, fraud, lambda n, y: theft(n, y) + fraud(n, y)]
    names = ["Theft", "Fraud", "Both kinds"]
    rows = withheld(areas_and_years(*(columns[n] for n in order)), 4, 2 + order.index(1))
    heads = ["Area", "Year", *(names[n] for n in order)]
    assert given(tmp_path, heads, rows) == {(6, 3 + order.index(1))}


def test_a_total_that_the_card_leaves_out_is_read_all_the_same(tmp_path):
    rows = withheld(areas_and_years(theft, fraud, lambda n, y: theft(n, y) + fraud(n, y)), 0, 2)
    heads = ["Area", "Year", "Theft", "Fraud", "Sum"]
    assert given(tmp_path, heads, rows, ignore=["Fraud", "Sum"]) == {(2, 3)}


def test_a_row_of_the_whole_that_the_card_leaves_out_gives_an_area_away(tmp_path):
    rows = areas_and_years(theft)
    rows += [["Everywhere", str(year), str(sum(theft(n, year % 10) for n in range(3)))] for year in (2021, 2022, 2023)]
    table = {"ignore_rows": {"Area": ["Everywhere"]}}
    assert given(tmp_path, ["Area", "Year", "Theft"], withheld(rows, 1, 2), table=table) == {(3, 3)}


def test_two_parts_withheld_beside_one_total_are_spoken_of_and_not_given_away(tmp_path):
    rows = areas_and_years(theft, fraud, lambda n, y: 400, lambda n, y: theft(n, y) + fraud(n, y) + 400)
    rows = withheld(withheld(rows, 0, 2), 0, 3)
    heads = ["Area", "Year", "Theft", "Fraud", "Arson", "Total"]
    assert [set(one.terms) for one in statements(tmp_path / "a", heads, rows)] == [{(2, 3), (2, 4)}]
    assert given(tmp_path / "b", heads, rows) == set()


def test_two_parts_that_add_up_to_little_are_given_away(tmp_path):
    def total(n, y):
        return 3 if (n, y) == (0, 1) else theft(n, y) + fraud(n, y)

    rows = withheld(withheld(areas_and_years(theft, fraud, total), 0, 2), 0, 3)
    assert given(tmp_path, ["Area", "Year", "Theft", "Fraud", "Total"], rows) == {(2, 3), (2, 4)}


@pytest.mark.parametrize("factor", [1, 100, 100_000])
@pytest.mark.parametrize("hidden", ["part", "base"])
def test_a_share_or_a_rate_gives_its_part_or_its_base_away(factor, hidden, tmp_path):
    def base(n, y):
        return 1_240 + 301 * n + 11 * y

    rows = areas_and_years(fraud, base, lambda n, y: f"{factor * fraud(n, y) / base(n, y):.6f}")
    column = {"part": 2, "base": 3}[hidden]
    heads = ["Area", "Year", "Fraud", "Base", "Quotient"]
    assert given(tmp_path, heads, withheld(rows, 7, column), ignore=heads[3:]) == {(9, column + 1)}


def test_a_rate_that_is_printed_too_coarsely_leaves_many_numbers(tmp_path):
    rows = areas_and_years(fraud, lambda n, y: 90_000 + 9_000 * n + y, lambda n, y: "")
    rows = [[*line[:4], f"{1000 * int(line[2]) / int(line[3]):.1f}"] for line in rows]
    heads = ["Area", "Year", "Fraud", "Residents", "Rate"]
    assert given(tmp_path, heads, withheld(rows, 2, 2), ignore=heads[3:]) == set()


def test_columns_that_have_nothing_to_do_with_each_other_say_nothing(tmp_path):
    rows = withheld(areas_and_years(theft, lambda n, y: 12 + n, lambda n, y: 2), 3, 2)
    assert statements(tmp_path, ["Area", "Year", "Theft", "Officers", "Stations"], rows) == []


def test_numbers_that_agree_once_are_no_sum():
    chance = np.array([[1.0, NAN], [2.0, 5.0], [3.0, 9.0], [40.0, 41.0]])
    assert sums_of(chance, [False] * 4) == []


def test_subtotals_and_their_total_are_three_sums():
    a, b, c, d = np.array([[101.0, 203, 309], [57, 61, 88], [411, 405, 399], [73, 79, 97]])
    lines = np.array([a, b, a + b, c, d, c + d, a + b + c + d])
    assert sorted(sums_of(lines, [False] * 7)) == [(2, (0, 1)), (5, (3, 4)), (6, (2, 5))]


def test_of_lines_that_are_zero_nothing_is_said():
    assert sums_of(np.zeros((4, 6)), [False] * 4) == []
