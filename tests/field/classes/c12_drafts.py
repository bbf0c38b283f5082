"""A draft can always be read back; ``new`` ends with 0 only then, and says what the first figures are."""

from __future__ import annotations

from tests.field.program import Program
from tests.field.rules import rules_of, says
from tests.field.writing import text_file

rule = rules_of(12)


def honest(program: Program, name: str, content: bytes, place: str = "mill") -> int:
    """``new`` ends with 0 and everything is read back and built, or with another word and a reason; how it ended."""
    done = program.new(program.file(name, content), place=place)
    assert "Error)" not in done.said, done.said
    if done.code == 0:
        assert "cannot be read" not in done.said, f"it ends with 0 and says that it cannot be read:\n{done.said}"
        assert program.figures(place), f"it ends with 0 and nothing can be read:\n{program.check(place).said}"
    else:
        assert len(done.said.strip().splitlines()) >= 2, done.said
    return done.code


@rule
def new_says_area_period_and_value_of_the_first_figures(program):
    rows = [
        ["Force", "Year", "Offences"],
        *(
            [f, y, 1412 + 100 * n + y % 10]
            for n, f in enumerate(("Northam", "Southam", "Eastham"))
            for y in (2021, 2022, 2023)
        ),
    ]
    done = program.new(program.file("forces.csv", text_file(rows)))
    assert done.code == 0
    assert [line for line in done.lines_with("Northam", "2021") if "1413" in line.replace(",", "")], done.said


@rule
def new_says_the_first_figures_of_a_wide_chinese_table_too(program):
    rows = [["区", "2022年", "2023年"], ["东区", 531, 540], ["西区", 622, 610]]
    done = program.new(program.file("qu.csv", text_file(rows)))
    assert done.lines_with("东区", "2022", "531"), done.said


@rule
def quotes_backslashes_and_signs_of_toml_in_names_are_read_back(program):
    areas = (
        'O\'Brien "North"',
        "Back\\slash",
        "Hash # Town",
        "Tab\there",
        "[Square]",
        "Equal = Sign",
        "Emoji 🚓 Park",
        "Line\nbreak",
    )
    rows = [
        ['Area "name"', "Year", 'Theft "all" \\ #1'],
        *([a, y, 40 + 9 * n + y % 10] for y in (2021, 2022, 2023) for n, a in enumerate(areas)),
    ]
    assert honest(program, "odd.csv", text_file(rows)) == 0
    says(program.figures(), ("Hash # Town", "2022", 60), ('O\'Brien "North"', "2021", 41))


@rule
def names_that_make_one_code_are_told_apart(program):
    areas = ("Ash Grove", "Ash-Grove", "ash grove ", "Ash_Grove", "東", "西", "Ünter", "Unter")
    rows = [
        ["Area", "Year", "Calls"],
        *([a, y, 40 + 9 * n + y % 10] for y in (2022, 2023) for n, a in enumerate(areas)),
    ]
    if honest(program, "alike.csv", text_file(rows)) == 0:
        found = {one.value for one in program.figures() if one.period == "2022" and one.row["area_code"] != "mill"}
        assert len(found) == len(areas)


@rule
def kinds_and_areas_called_like_words_of_the_program_are_read_back(program):
    rows = [["Area", "Kind", "Year", "Cases"]]
    rows += [
        [a, k, y, 30 + 7 * n + 3 * m + y % 10]
        for y in (2022, 2023)
        for n, a in enumerate(("all", "latest", "Mill", "TODO"))
        for m, k in enumerate(("all", "total loss", "None", "true"))
    ]
    if honest(program, "words.csv", text_file(rows)) == 0:
        values = {one.value for one in program.figures() if one.period == "2022" and one.area in ("latest", "TODO")}
        assert {30 + 7 + 3 + 2, 30 + 21 + 6 + 2} <= values


@rule
def a_place_with_a_figure_in_its_name_can_be_read(program):
    rows = [
        ["Area", "Year", "Calls"],
        *([a, y, 40 + 9 * n + y % 10] for y in (2022, 2023) for n, a in enumerate(("Ash", "Birch", "Cedar"))),
    ]
    honest(program, "calls.csv", text_file(rows), place="district9")


@rule
def what_cannot_be_read_back_never_ends_with_0(program):
    twice = [
        ["Area", "Locality", "Year", "Calls"],
        *([a, "x", y, 40 + y % 10] for y in (2022, 2023) for a in ("Ash", "Ash", "Birch")),
    ]
    gap = [
        ["Area", "Month", "Calls"],
        *([a, m, 40 + n] for n, m in enumerate(("2023-01", "2023-02", "2023-07", "2023-08")) for a in ("Ash", "Birch")),
    ]
    mixed = [
        ["Area", "Year", "Calls"],
        ["Ash", "2022", 40],
        ["Ash", "2023-01", 41],
        ["Birch", "2022", 44],
        ["Birch", "2023 Q4", 50],
    ]
    shares = [
        ["Area", "Year", "Knife", "Share (%)"],
        ["Ash", 2022, "[c]", "1.42"],
        ["Ash", 2023, 21, "9.85"],
        ["Birch", 2022, 24, "10.12"],
        ["Birch", 2023, 25, "10.44"],
    ]
    for name, rows in {"twice": twice, "gap": gap, "mixed": mixed, "shares": shares}.items():
        honest(program, f"{name}.csv", text_file(rows), place=name)


@rule
def a_file_called_like_nothing_or_like_everything_is_drafted(program):
    rows = [
        ["Area", "Year", "Calls"],
        *([a, y, 40 + 9 * n + y % 10] for y in (2022, 2023) for n, a in enumerate(("Ash", "Birch", "Cedar"))),
    ]
    for place, name in {"first": "统计 表(1) 'final'.csv", "second": "2023.csv", "third": "a.b.c.CSV"}.items():
        assert honest(program, name, text_file(rows), place=place) == 0


@rule
def the_very_long_is_read_back_or_refused_with_a_reason(program):
    name = "Department for the Registration of Incidents and Complaints of Every Description " * 3
    rows = [
        ["Area", "Year", name],
        *(
            [f"{a} {'x' * 150}", y, 40 + 9 * n + y % 10]
            for y in (2022, 2023)
            for n, a in enumerate(("Ash", "Birch", "Cedar"))
        ),
    ]
    honest(program, "long.csv", text_file(rows))
