"""Whatever a table's names are, the draft that ``new`` writes is read back, and the first figures that it prints are the file's."""

from __future__ import annotations

import random
import re

import pytest

from tests.field.program import program_in
from tests.field.writing import text_file

ALPHABETS = (
    "abcdefghijklmnop ",
    "ABCXYZ àéîõüßøæł-' ",
    "東西南北山川区市町 ",
    "가나다라마바사구시 ",
    "АБВабвгд ЁёЙй-",
    "\"'\\#=[]{}.,:/%&() ab",
    "αβγδ ÅÆØ ñç·. ab",
    "ไทยกขค עברית عربي ",
)
TABLES = 32


def names(dice: random.Random, count: int) -> list[str]:
    """Names that differ, with a letter each, from one of the alphabets."""
    letters = dice.choice(ALPHABETS)
    found: dict[str, str] = {}
    while len(found) < count:
        text = " ".join("".join(dice.choice(letters) for _ in range(dice.randint(3, 14))).split())
        bare = "".join(letter for letter in text if letter.isalpha())
        if len(bare) > 1 and len(text) > 1:
            found.setdefault(bare.casefold(), text)
    return list(found.values())


def table(number: int) -> tuple[list[list], dict[tuple[str, str, str], int]]:
    """A long or wide table, with kinds or without, and its cells by area, kind and period."""
    dice = random.Random(number)
    areas, kinds = names(dice, dice.randint(2, 6)), names(dice, dice.randint(2, 4))
    years = [str(2018 + year) for year in range(dice.randint(2, 5))]
    kinds = kinds if number % 2 else [""]
    cells = {(area, kind, year): dice.randint(20, 900) for area in areas for kind in kinds for year in years}
    beside = ["Kind"] if number % 2 else []
    if number % 4 < 2:
        rows = [["Area", *beside, "Year", "Cases"]]
        rows += [[area, *([kind] if beside else []), year, value] for (area, kind, year), value in cells.items()]
    else:
        rows = [["Area", *beside, *years]]
        for area in areas:
            for kind in kinds:
                rows.append([area, *([kind] if beside else []), *(cells[area, kind, year] for year in years)])
    return rows, cells


@pytest.mark.parametrize("quarter", range(4))
def test_a_draft_is_read_back_and_its_first_figures_are_those_of_the_file(quarter, tmp_path, tmp_path_factory):
    template = tmp_path_factory.getbasetemp() / "template" / "data"
    wrong = {}
    for number in range(quarter, TABLES, 4):
        program = program_in(tmp_path / str(number), template)
        rows, cells = table(number)
        done = program.new(program.file("table.csv", text_file(rows)))
        printed = [line for line in done.lines_with("first figures: ") if line.startswith("first figures: ")]
        values = {float(value) for value in cells.values()}
        if done.code:
            if not re.search(r"answer first: |cannot be |fault", done.said):
                wrong[number] = f"ends with {done.code} without a reason: {done.said}"
        elif len(printed) != 3 or any(_value(line) not in values or not _names(line, cells) for line in printed):
            wrong[number] = done.said
        else:
            found = {(one.area, one.period, one.value) for one in program.figures() if one.value is not None}
            totals = {value for _, _, value in found}
            lacking = [key for key, value in cells.items() if value not in totals]
            if lacking:
                wrong[number] = f"{lacking} of {rows}"
    assert not wrong, "\n".join(f"{number}: {said}" for number, said in wrong.items())


def _value(line: str) -> float:
    return float(line.rpartition(": ")[2])


def _names(line: str, cells: dict) -> bool:
    """Does the line name an area, a kind and a period of one cell that has this value?"""
    said = " ".join(line.split())
    return any(
        float(value) == _value(line) and area in said and kind in said and year in said
        for (area, kind, year), value in cells.items()
    )
