"""Numbers that name are keys, headings are judged by what stands under them, and none of it lets records in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from loaders.draft.tables.uncarded import read_tables
from loaders.gate.judge import judge_table
from loaders.privacy import headings

AREAS = ("Ash", "Birch", "Cedar", "Dogwood")
YEARS = (2021, 2022, 2023)


def found(rows: list[list], folder: Path) -> set[str]:
    """The rules that a table meets."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path = folder / "table.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    (table,) = read_tables(path)
    return {match.rule.name for match in judge_table(table).findings}


def crossed(*keys: tuple[str, list], heads=("Calls",)) -> list[list]:
    """A long table with a row for every combination of its keys."""
    rows: list[list] = [[]]
    for _, texts in keys:
        rows = [[*row, text] for row in rows for text in texts]
    return [
        [*(name for name, _ in keys), *heads],
        *([*row, *(30 + n * 7 % 53 + at for at in range(len(heads)))] for n, row in enumerate(rows)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        crossed(("Ward", list(range(1, 18))), ("Year", list(YEARS))),
        crossed(("Hour", list(range(24))), ("Station", [3, 7, 12, 40]), ("Year", list(YEARS))),
        crossed(("Zone code", [101, 104, 230]), ("Day", list(range(1, 8))), ("Year", list(YEARS))),
        crossed(("Kreis", ["09161", "09162", "09163"]), ("Jahr", list(YEARS)), heads=("Fälle",)),
        [["Kanton", "Jahr", "Quote"], *([a, y, 3.25 + n / 8] for y in YEARS for n, a in enumerate(AREAS))],
        [
            ["", "Area", "Year", "Calls"],
            *([n, *row] for n, row in enumerate(crossed(("A", list(AREAS)), ("Y", list(YEARS)))[1:])),
        ],
        crossed(("Area", list(AREAS)), ("Year", list(YEARS)), heads=("Theft from the person", "Phone snatching")),
        crossed(("区", ["甲区", "乙区", "丙区"]), ("年份", list(YEARS)), heads=("电话诈骗", "入户盗窃")),
        crossed(("Area", list(AREAS)), ("Year", list(YEARS)), heads=("Criminal damage", "Number plate theft")),
    ],
    ids=[
        "wards",
        "hours and stations",
        "codes and days",
        "zeros",
        "rates",
        "an index",
        "thefts",
        "Chinese kinds",
        "damage",
    ],
)
def test_an_aggregate_with_numbers_for_names_is_accepted(rows, tmp_path):
    assert found(rows, tmp_path) == set()


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (
            [["id", "Kind", "District"], *([n, f"K{n % 3}", n % 4] for n in range(1, 60))],
            "repeated_keys",
        ),
        (
            [["id", "Theft phone"], *([n, 7700900000 + n * 37] for n in range(1, 40))],
            "heading_phone",
        ),
        (
            [["Area", "Street robbery"], *([AREAS[n % 4], f"{n} Mill Lane"] for n in range(40))],
            "heading_address",
        ),
        (
            [["id", "Area", "Calls"], *([n * 3, AREAS[n % 4], 1 + n % 3] for n in range(1, 40))],
            "heading_identity",
        ),
        (
            [
                ["Reference", "Day", "Kind", "Count"],
                *([f"R{n:04d}", f"2023-03-{1 + n % 28:02d}", f"K{n % 3}", 1 + n % 2] for n in range(60)),
            ],
            "dated_records",
        ),
        (
            [["Person", "Year", "Weight"], *([f"P{n % 30}", 2020 + n % 4, 0.25 + n / 9] for n in range(90))],
            "heading_name",
        ),
    ],
    ids=["numbered events", "telephones", "doors", "an id with gaps", "events with a day", "persons with a weight"],
)
def test_records_are_refused_all_the_same(rows, rule, tmp_path):
    assert rule in found(rows, tmp_path)


@pytest.mark.parametrize(
    "heading", ["Damage (£)", "Losses in million yuan amount", "Fines, EUR", "损失（万元）", "Amount"]
)
def test_an_amount_has_a_currency_or_a_unit(heading):
    assert headings.is_amount(heading)


@pytest.mark.parametrize("heading", ["Damage", "Criminal damage", "Damage to property", "Fine", "Weight loss"])
def test_damage_alone_is_no_amount(heading):
    assert not headings.is_amount(heading)
