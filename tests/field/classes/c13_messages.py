"""A message names row, column, sheet and the text as it stands, and says what would be accepted."""

from __future__ import annotations

import hashlib
import io
import zipfile

from tests.field.rules import read, rules_of
from tests.field.writing import geojson, square, text_file, with_members, workbook

rule = rules_of(13)
BODY = [
    [area, year, 60 + 9 * n + year % 10]
    for year in (2021, 2022, 2023)
    for n, area in enumerate(("Ash", "Birch", "Cedar"))
]
ROWS = [["Area", "Year", "Offences"], *BODY]


def spoilt(row: int, column: int, text: str) -> list[list]:
    """The table with one other cell; rows and columns as the publisher counts them."""
    return [
        [text if (at, n) == (row, column) else cell for n, cell in enumerate(line, 1)]
        for at, line in enumerate(ROWS, 1)
    ]


@rule
def a_text_among_numbers_is_named_with_row_and_column(program):
    done = program.new(program.file("calls.csv", text_file(spoilt(6, 3, "many"))))
    said = done.said if done.code else done.said + program.check("mill").said
    assert [line for line in said.splitlines() if "row 6" in line and "Offences" in line and "many" in line], said
    assert "marks" in said, said


@rule
def the_sheet_is_named_too(program):
    done = program.new(
        program.file("calls.xlsx", workbook(("Notes", [["Invented"]]), ("Table 2b", spoilt(6, 3, "many"))))
    )
    said = done.said if done.code else done.said + program.check("mill").said
    assert [line for line in said.splitlines() if "Table 2b" in line and "row 6" in line and "many" in line], said


@rule
def a_judgement_of_a_workbook_names_its_sheets_by_their_names(program):
    done = program.check(program.file("calls.xlsx", workbook(("Recorded", ROWS), ("Cleared", ROWS))))
    assert "Recorded" in done.said, done.said
    assert "Cleared" in done.said, done.said


@rule
def a_period_that_is_none_says_what_would_be_accepted(program):
    read(program, program.file("calls.csv", text_file(ROWS)))
    (card,) = program.cards()
    old, new = (text_file(one) for one in (ROWS, spoilt(8, 2, "20-23")))
    (card.parent / "calls.csv").write_bytes(new)
    card.write_text(
        card.read_text(encoding="utf-8").replace(*(hashlib.sha256(one).hexdigest() for one in (old, new))),
        encoding="utf-8",
    )
    done = program.check("mill")
    lines = [line for line in done.lines_with("20-23") if "row 8" in line and "Year" in line]
    assert lines, done.said
    assert "2023" in lines[0] or "period_format" in lines[0], lines[0]


@rule
def a_row_that_is_short_is_named(program):
    content = text_file(ROWS).replace(b"Birch,2022,71", b"Birch,2022")
    done = program.new(program.file("calls.csv", content))
    assert done.code != 0
    assert "row 6" in done.said, done.said


@rule
def check_knows_a_file_of_boundaries_from_a_table(program):
    done = program.check(
        program.file("wards.geojson", geojson({"Ash": square(10, 50, 0.1), "Birch": square(10.1, 50, 0.1)}))
    )
    assert "individuals" not in done.said, done.said
    assert "outline" in done.said or "boundar" in done.said, done.said


@rule
def an_empty_file_a_web_page_and_a_picture_are_called_what_they_are(program):
    files = {
        "empty.csv": (b"", "empty"),
        "page.csv": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        "scan.csv": (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
    }
    for name, (content, word) in files.items():
        for done in (program.check(program.file(name, content)), program.new(program.files / name)):
            assert done.code == 1, name
            assert word in done.said or (word == "picture" and "image" in done.said), f"{name}: {done.said}"


@rule
def a_heading_that_stands_twice_is_named_with_its_columns(program):
    rows = [["Area", "Year", "Offences", "Offences"], *([*row, row[2] - 7] for row in BODY)]
    done = program.new(program.file("twice.csv", text_file(rows)))
    assert done.code != 0 or len({one.thing for one in program.figures()}) == 2
    if done.code:
        assert "Offences" in done.said, done.said


@rule
def an_archive_and_a_page_saved_as_a_workbook_say_what_to_do(program):
    said = program.check(program.file("data.zip", with_members(workbook(("T", [["a"], [1]])), {})))
    assert said.code != 0
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        for year in (2021, 2022):
            zipped.writestr(f"counts{year}.csv", f"Area,{year}\nElm,3\n")
    file = program.file("counts.zip", archive.getvalue())
    for done in (program.check(file), program.new(file)):
        assert done.code == 1 and "unpack it" in done.said, done.said
    page = program.file("balance.xls", "<html><body><table><tr><td>1</td></tr></table></body></html>")
    assert "save it as XLSX" in program.check(page).said


@rule
def check_names_two_columns_of_one_heading_as_new_does(program):
    rows = [["Area", "Year", "Offences", "Offences"], *([*row, row[2] - 7] for row in BODY)]
    file = program.file("twice.csv", text_file(rows))
    for done in (program.check(file), program.new(file)):
        assert done.code == 1 and done.lines_with("Offences", "3, 4"), done.said
