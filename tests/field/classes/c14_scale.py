"""Labels that a spreadsheet turned into dates and figures of another scale are asked about, not shown."""

from __future__ import annotations

import re
from datetime import datetime

from tests.field.program import Program
from tests.field.rules import nth, remarked, rules_of, unanswered
from tests.field.writing import text_file, workbook

rule = rules_of(14)
AREAS = ("Ash", "Birch", "Cedar", "Dogwood")
DATED = ("5-sep", "05-sep", "sep-05", "09-05", "5 sep")


def of_groups(groups, write=text_file) -> bytes:
    rows = [["Area", "Age group", "Year", "Casualties"]]
    rows += [
        [a, g, y, 30 + 5 * n + 2 * m + y % 10]
        for y in (2021, 2022, 2023)
        for n, a in enumerate(AREAS)
        for m, g in enumerate(groups)
    ]
    return write(rows)


def long(cells, head: str = "Offences") -> bytes:
    """``cells(area number, year)``: the figure."""
    return text_file(
        [["Area", "Year", head], *([a, y, cells(n, y)] for y in range(2017, 2025) for n, a in enumerate(AREAS))]
    )


def told(program: Program, *, done, words: tuple[str, ...], meaning: str) -> None:
    said = done.said if done.code else done.said + program.check("mill").said
    lines = [
        line
        for line in said.splitlines()
        if any(word in line.casefold() for word in words) and re.search(meaning, line.casefold())
    ]
    assert lines, f"{words} stand for something else, and nobody is asked:\n{said}"


@rule
def age_groups_that_became_dates_in_a_text_file_are_asked_about(program):
    done = program.new(program.file("ages.csv", of_groups(("0-4", "5-Sep", "Oct-14", "15-19"))))
    told(program, done=done, words=("5-sep", "oct-14"), meaning=r"\bdates?\b|\b5 ?(?:to|–|-) ?9\b")


@rule
def age_groups_that_became_dates_in_a_workbook_are_asked_about(program):
    done = program.new(
        program.file(
            "ages.xlsx",
            of_groups(
                ("0-4", datetime(2023, 9, 5), datetime(2023, 10, 14), "15-19"), lambda rows: workbook(("Ages", rows))
            ),
        )
    )
    told(program, done=done, words=(*DATED, "2023-09-05"), meaning=r"\bdates?\b|\b5 ?(?:to|–|-) ?9\b")


@rule
def numbers_of_persons_that_became_months_in_headings_are_asked_about(program):
    rows = [
        ["Area", "Year", "1-Jan", "2-Mar", "4-Jun", "7+"],
        *([a, y, *(30 + 5 * n + m for m in range(4))] for y in (2022, 2023) for n, a in enumerate(AREAS)),
    ]
    done = program.new(program.file("sizes.csv", text_file(rows)))
    told(program, done=done, words=("2-mar", "4-jun"), meaning=r"\bdates?\b|\b2 ?(?:to|–|-) ?3\b")


@rule
def a_share_over_1_among_shares_under_1_is_asked_about(program):
    content = long(
        lambda n, y: "34.2" if (n, y) == (2, 2021) else f"{0.31 + 0.02 * n + y % 5 / 100:.3f}", "Share cleared"
    )
    remarked(program, program.file("shares.csv", content), about=("34.2",))


@rule
def a_column_a_hundred_times_its_neighbour_is_asked_about(program):
    rows = [
        ["Area", "2019", "2020", "2021", "2022", "2023"],
        *(
            [a, 412 + 30 * n, 420 + 31 * n, (415 + 29 * n) * 100, 431 + 30 * n, 428 + 30 * n]
            for n, a in enumerate(AREAS)
        ),
    ]
    remarked(program, program.file("years.csv", text_file(rows)), about=("2021",), beside=("hundred", "100", "times"))


@rule
def a_year_ten_times_the_last_is_asked_about(program):
    content = long(lambda n, y: (300 + 25 * n + y % 7) * (10 if y >= 2023 else 1))
    remarked(program, program.file("tenfold.csv", content), about=("2023",), beside=("ten", "10", "times"))


@rule
def one_cell_a_thousand_times_its_neighbours_is_asked_about(program):
    content = long(lambda n, y: (300 + 25 * n + y % 7) * (1000 if (n, y) == (1, 2020) else 1))
    remarked(
        program,
        program.file("slip.csv", content),
        about=("Birch", "2020"),
        beside=("times", "step", "thousand", "325", "328"),
    )


@rule
def a_usual_rise_is_not_asked_about(program):
    program.new(program.file("usual.csv", long(lambda n, y: 300 + 25 * n + 9 * (y - 2017))))
    said = program.done["mill"].said + program.check("mill").said
    assert program.done["mill"].code == 0
    assert " times" not in said.replace("times):", ""), said


@rule
def a_last_or_first_year_ten_times_its_neighbour_is_not_shown_before_an_answer(program):
    tables = {
        "last": lambda n, y: (100 + 25 * n + y % 7) * (10 if y == 2024 else 1),
        "first": lambda n, y: (400 + 25 * n + y % 7) * (10 if y == 2017 else 1),
        "hundredth": lambda n, y: (3000 + 250 * n + y % 7) // (100 if y == 2024 else 1),
    }
    for number, (name, cells) in enumerate(tables.items()):
        year = "2017" if name == "first" else "2024"
        unanswered(program, program.file(f"{name}.csv", long(cells)), about=(year, "scale"), place=nth(number))


@rule
def small_counts_that_rise_in_the_last_year_are_shown(program):
    content = long(lambda n, y: (3 + n) * (9 if y == 2024 else 1))  # none is the sum of others, which is asked about
    assert program.new(program.file("few.csv", content)).code == 0, program.done["mill"].said
