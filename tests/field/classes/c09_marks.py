"""All marks of a cell are kept, the strongest decides, and none is lost in an output; marks of headings and titles become notes."""

from __future__ import annotations

from tests.field.program import Figure, Program
from tests.field.rules import areas_of, periods_of, read, rules_of, says, the
from tests.field.writing import open_document, text_file, workbook

rule = rules_of(9)
WORDS = {
    "b": "break",
    "p": "provisional",
    "e": "estimat",
    "u": "reliab",
    "r": "revis",
    "c": "withheld",
    "d": "defin",
    "s": "estimat",
}


def marked(one: Figure, marks: str) -> None:
    """Every mark is told of in the extract: by the status, in words, or as a code of the reason."""
    told = f"{one.said} {one.row.get('status')} {one.row.get('reason_code')}".casefold()
    letters = set(f"{one.row.get('status')}|{one.row.get('reason_code')}".replace("|", " ").replace(",", " ").split())
    for mark in marks:
        assert WORDS[mark] in told or mark in letters, f"{one.area}, {one.period}: the mark {mark} is lost: {told!r}"


def every_output(program: Program, area: str, period: str, marks: str) -> None:
    """The marks stand in CSV as well as in JSON, and in the view that a chart draws."""
    (card,) = program.cards()
    code = next(one["code"] for one in program.place()["areas"] if one["name"]["en"] == area)
    views = ({}, {"measure": card.parent.name, "view": "count"})
    for query in views:
        made = program.extract(card.parent.name, area=code, **query)
        assert made, query
        (row,) = [row for row in made["rows"] if row["period"] == period]
        marked(
            Figure(area, (), period, row["value"], row["status"], f"{row['reason_en']} {row['note_en']}", row), marks
        )


def eurostat() -> str:
    lines = [
        "freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \t2022 \t2023 ",
        "A,NR,AA\t120 \t118 bu\t131 \t133 ep",
        "A,NR,BB\t: \t: c\t45 d\t47 p",
    ]
    return "\n".join([*lines, "A,NR,CC\t12 e\t: bu\t14 s\t: z", "A,NR,DD\t512 \t498 b\t501 \t505 bep", ""])


@rule
def two_and_three_letters_of_eurostat_need_no_card_and_none_is_lost(program):
    file = program.file("crime.tsv", eurostat())
    assert program.check(file).code == 0
    found = read(program, file)
    says(
        found,
        ("AA", "2021", 118),
        ("AA", "2023", 133),
        ("DD", "2023", 505),
        ("BB", "2021", None, "", "c"),
        ("CC", "2023", None, "", "z"),
        ("BB", "2020", None),
    )
    for area, period, marks in (
        ("AA", "2021", "bu"),
        ("AA", "2023", "ep"),
        ("DD", "2023", "bep"),
        ("DD", "2021", "b"),
        ("BB", "2022", "d"),
        ("CC", "2020", "e"),
    ):
        marked(the(found, area, period), marks)
    every_output(program, "DD", "2023", "bep")
    every_output(program, "AA", "2021", "bu")


@rule
def markers_in_titles_headings_and_areas_become_notes(program):
    rows = [
        ["Table 3: Offences recorded, year ending March [note 1] [note 2]"],
        ["This worksheet contains one table. Some cells refer to notes which can be found on the notes worksheet."],
        ["Some shorthand is used: [x] not available, [c] withheld, [u] low reliability, [low] rounds to 0."],
        ["Police force area [note 3]", "2021", "2022 [note 4]", "2023 [p]"],
        ["Northam", 412, "415 [r]", "407 [p]"],
        ["Southam [note 5]", 398, "[x]", "393 [p]"],
        ["Eastham", "[c]", 123, "[low]"],
        ["Westham", 77, "80 [u]", "72 [p]"],
        ["Total", "[c]", "[x]", 872],
    ]
    found = read(program, program.file("markers.ods", open_document(("Table_1", rows))))
    assert areas_of(program) == {"Northam", "Southam", "Eastham", "Westham"}
    assert {period[:4] for period in periods_of(found)} in ({"2021", "2022", "2023"}, {"2020", "2021", "2022"})
    (first, _, last) = sorted(periods_of(found))
    says(found, ("Northam", last, 407, "", "p"), ("Eastham", first, None, "", "c"), ("Westham", first, 77, "", ""))
    marked(the(found, "Northam", sorted(periods_of(found))[1]), "r")
    text = program.cards()[0].read_text(encoding="utf-8")
    assert all(f"note {n}" in text for n in range(1, 6)), "a note is lost"


@rule
def a_letter_behind_a_number_with_its_legend_below_is_a_mark(program):
    rows = [
        ["Area", "2021", "2022", "2023"],
        ["Ash", "1118 b", 1120, "1133 p"],
        ["Birch", 498, "501 r", "505 p"],
        ["Cedar", "77 e", 81, "80 p"],
        [],
    ]
    rows += [["b = break in series"], ["e = estimated"], ["p = provisional"], ["r = revised"]]
    found = read(program, program.file("letters.csv", text_file(rows)))
    assert areas_of(program) == {"Ash", "Birch", "Cedar"}
    says(found, ("Ash", "2021", 1118), ("Birch", "2022", 501), ("Cedar", "2021", 77))
    for area, period, mark in (
        ("Ash", "2021", "b"),
        ("Birch", "2022", "r"),
        ("Cedar", "2021", "e"),
        ("Ash", "2023", "p"),
    ):
        marked(the(found, area, period), mark)


@rule
def superscripts_in_headings_areas_and_cells_become_notes(program):
    rows = [
        ["Ward", "2021", "2022¹", "2023"],
        ["Old Harbour²", 41, 44, "52³"],
        ["Quayside", 60, 58, 61],
        ["Uplands", 33, 35, 31],
        [],
    ]
    rows += [["¹ New recording system."], ["² Boundary changed in 2020."], ["³ Includes a festival."]]
    found = read(program, program.file("wards.xlsx", workbook(("Wards", rows))))
    assert areas_of(program) == {"Old Harbour", "Quayside", "Uplands"}
    says(found, ("Old Harbour", "2022", 44), ("Old Harbour", "2023", 52), ("Uplands", "2021", 33))
    text = program.cards()[0].read_text(encoding="utf-8")
    for note in ("New recording system", "Boundary changed in 2020", "Includes a festival"):
        assert note in text, f"the note {note!r} is lost"


@rule
def two_bracketed_marks_in_a_cell_are_both_kept(program):
    rows = [
        ["Area", "2022", "2023"],
        ["Ash", "[c] [note 3]", "120 [p] [r]"],
        ["Birch", 98, "101 [p]"],
        ["Cedar", "77 [e] [u]", "80 [p]"],
        ["Note 3: fewer than five."],
    ]
    found = read(program, program.file("two.csv", text_file(rows)))
    says(found, ("Ash", "2022", None, "", "c"), ("Ash", "2023", 120), ("Cedar", "2022", 77))
    marked(the(found, "Ash", "2023"), "pr")
    marked(the(found, "Cedar", "2022"), "eu")
    every_output(program, "Cedar", "2022", "eu")
    assert "fewer than five" in program.cards()[0].read_text(encoding="utf-8")


@rule
def stars_and_daggers_of_workbooks_with_their_words_below_are_kept(program):
    rows = [
        ["区", "2022年", "2023年"],
        ["东区", "412*", 420],
        ["西区", 398, "401†"],
        ["南区", 120, 122],
        ["* 修订数"],
        ["† 初步数"],
    ]
    found = read(program, program.file("biao.xlsx", workbook(("表1", rows))))
    says(found, ("东区", "2022", 412), ("西区", "2023", 401))
    text = program.cards()[0].read_text(encoding="utf-8")
    assert "修订数" in text
    assert "初步数" in text


@rule
def raised_letters_are_marks_of_headings_and_of_figures(program):
    grid = [["Ward", "2021", "2022²", "2023ᵖ"], ["Elm", 31, "33ʳ", 30], ["Fir¹", 44, 41, 40], ["Gum", 9, 12, 14]]
    figures = read(program, program.file("sup.xlsx", workbook(("T", grid))))
    says(figures, ("Elm", "2022", 33, "", "r"), ("Fir", "2023", 40))
    assert periods_of(figures) == {"2021", "2022", "2023"}


@rule
def a_legend_that_quotes_or_lists_several_marks_is_read(program):
    japan = [
        ["市町村", "令和3年", "令和4年"],
        ["緑町", 31, "X"],
        ["川北市", 44, "…"],
        ["浜手市", 12, 11],
        ["注）「X」は秘匿、「…」は不詳"],
    ]
    figures = read(program, program.file("jp.csv", text_file(japan)), place="mill_a")
    assert [the(figures, area, "2022").status for area in ("緑町", "川北市")] == ["c", "x"]
    german = "Kreis;2021;2022\nAue;31;.\nBruch;44;/\nRied;–;12\n____\nZeichen: . = geheim zu halten; / = keine Angabe; – = nichts vorhanden\n"
    figures = read(program, program.file("de.csv", german), place="mill_b")
    assert [the(figures, area, "2022").status for area in ("Aue", "Bruch")] == ["c", "x"]
    assert the(figures, "Ried", "2021").value == 0
