"""Records behind the table are judged wherever a file comes in; what is hidden and harmless is told of."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from pathlib import Path

import pyogrio
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from tests.field.program import Program
from tests.field.rules import read, refused, rules_of
from tests.field.writing import Grid, geojson, open_document, square, text_file, with_members, workbook

rule = rules_of(1)
PUBLISHED: Grid = [
    ["Area", "2021", "2022", "2023"],
    ["Northam", 412, 415, 407],
    ["Southam", 398, 401, 393],
    ["Eastham", 120, 123, 115],
    ["Westham", 77, 80, 72],
]
RECORDS: Grid = [
    ["Crime reference", "Victim name", "Date of birth"],
    *([f"CR/2023/{n:05d}", f"Person {n}", f"198{n}-0{n}-0{n}"] for n in range(1, 8)),
]
COUNTS = [
    ["Bezirk", "Jahr", "Einsätze"],
    *(
        [name, year, 40 + 7 * n + year % 10]
        for n, name in enumerate(["Aue", "Bruch", "Carlsfeld"])
        for year in (2022, 2023)
    ),
]
TYPES = "[Content_Types].xml"


def superseded(book) -> None:
    """A row that is hidden in the published sheet."""
    sheet = book["Published"]
    sheet.append(["Old Eastham (superseded)", 119, 122, 114])
    sheet.row_dimensions[6].hidden = True


def shared() -> bytes:
    return workbook(("Published", PUBLISHED), ("Working", RECORDS), hidden={"Working": "hidden"}, before=superseded)


def replaced(program: Program, clean: bytes, spoilt: bytes, name: str = "counts.xlsx") -> tuple[Path, Path]:
    """A clean file is drafted, and then another stands in its place, recorded in the card as the publisher's; file and card."""
    read(program, program.file(name, clean))
    (card,) = program.cards()
    file = card.parent / name
    file.write_bytes(spoilt)
    hashes = [hashlib.sha256(one).hexdigest() for one in (clean, spoilt)]
    card.write_text(card.read_text(encoding="utf-8").replace(*hashes), encoding="utf-8")
    return file, card


def kept_out(program: Program, file: Path, card: Path) -> None:
    """The card, the place's check, the build and the addresses all refuse it."""
    assert program.check(file, card).code == 1, "check FILE CARD"
    lint = program.check("mill")
    assert lint.code == 1
    assert any("rule " in line or "refuse" in line for line in lint.lines_with(file.name)), (
        f"check PLACE does not name the rule:\n{lint.said}"
    )
    assert program.build().code != 0, "the build"
    assert program.extract(card.parent.name) is None, "the addresses"


@rule
def a_hidden_sheet_of_records_is_refused_by_check_and_by_new(program):
    refused(program, program.file("counts.xlsx", shared()), "Working")


@rule
def a_hidden_sheet_of_records_is_refused_under_a_card_by_check_and_build(program):
    clean = workbook(("Published", PUBLISHED))
    kept_out(
        program,
        *replaced(
            program, clean, workbook(("Published", PUBLISHED), ("Working", RECORDS), hidden={"Working": "hidden"})
        ),
    )


def next_year(people: bool) -> bytes:
    """The same workbook a year later, with or without the hidden sheet."""
    later = [[*row, "2024" if at == 0 else row[-1] + 3] for at, row in enumerate(PUBLISHED)]
    return workbook(("Published", later), *([("Working", RECORDS)] if people else []), hidden={"Working": "hidden"})


@rule
def a_hidden_sheet_of_records_is_refused_by_refresh(program):
    read(program, program.file("counts.xlsx", workbook(("Published", PUBLISHED))))
    (card,) = program.cards()
    done = program.refresh("mill_counts", next_year(people=True))
    assert done.code == 1, done.said
    assert "Working" in done.said, f"the sheet is not named: {done.said}"
    assert len(list(card.parent.glob("*.xlsx"))) == 1, "it was put beside the card"


@rule
def a_new_year_of_a_clean_workbook_is_taken_by_refresh(program):
    read(program, program.file("counts.xlsx", workbook(("Published", PUBLISHED))))
    done = program.refresh("mill_counts", next_year(people=False))
    assert done.code == 0, done.said
    assert "2024" in {one.period for one in program.figures()}


@rule
def a_very_hidden_chinese_sheet_is_refused_and_no_card_switches_that_off(program):
    table = [["辖区", "2022年", "2023年"], ["甲区", 31, 28], ["乙区", 40, 44], ["丙区", 52, 50]]
    people = [
        ["案件编号", "姓名", "出生日期"],
        *([f"A2023{n:06d}", "某" + "甲乙丙丁"[n], f"19{70 + n}年1月1日"] for n in range(4)),
    ]
    spoilt = workbook(("统计表", table), ("底稿", people), hidden={"底稿": "veryHidden"})
    file, card = replaced(program, workbook(("统计表", table)), spoilt, "tongji.xlsx")
    text = (
        card.read_text(encoding="utf-8")
        .replace("[table]", '[table]\nsheet = "统计表"', 1)
        .replace("\n[table]", '\ngate_answers = ["name_values", "unique_row_key"]\n[table]', 1)
    )
    card.write_text(text, encoding="utf-8")
    kept_out(program, file, card)


@rule
def a_sheet_that_an_open_document_does_not_display_is_refused(program):
    people = [
        ["Aktenzeichen", "Name des Opfers", "Geburtsdatum"],
        *([f"5 Js {n}/23", f"Person {n}", f"0{n}.03.1985"] for n in range(1, 6)),
    ]
    refused(
        program,
        program.file("einsaetze.ods", open_document(("Einsätze", COUNTS), ("Quelle", people), hidden=("Quelle",))),
        "Quelle",
    )


@rule
def comments_on_cells_are_judged(program):
    def told(book):
        sheet = book["Published"]
        sheet["B3"].comment = Comment(
            "Victim Jane Roe, born 3 May 1981, tel. 07700 900123, jane.roe@example.org", "clerk"
        )

    refused(program, program.file("counts.xlsx", workbook(("Published", PUBLISHED), before=told)), "Published")


@rule
def a_hidden_column_of_persons_beside_the_counts_is_refused(program):
    def hide(book):
        sheet = book["Published"]
        for row, text in enumerate(["Officer name", "A. Adams", "B. Brown", "C. Clark", "D. Davis"], 1):
            sheet.cell(row, 6, text)
        sheet.column_dimensions["F"].hidden = True

    refused(program, program.file("counts.xlsx", workbook(("Published", PUBLISHED), before=hide)))


@rule
def the_records_that_a_pivot_table_keeps_are_judged(program):
    fields = "".join(f'<cacheField name="{name}"><sharedItems/></cacheField>' for name in RECORDS[0])
    lines = "".join(f"<r>{''.join(f'<s v={chr(34)}{cell}{chr(34)}/>' for cell in row)}</r>" for row in RECORDS[1:])
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    members = {
        "xl/pivotCache/pivotCacheDefinition1.xml": f'<?xml version="1.0"?><pivotCacheDefinition {main}><cacheFields count="3">{fields}</cacheFields></pivotCacheDefinition>',
        "xl/pivotCache/pivotCacheRecords1.xml": f'<?xml version="1.0"?><pivotCacheRecords {main} count="7">{lines}</pivotCacheRecords>',
    }
    content = with_members(workbook(("Published", PUBLISHED)), {name: text.encode() for name, text in members.items()})
    refused(program, program.file("pivot.xlsx", content))


@rule
def a_workbook_inside_the_workbook_is_judged(program):
    inner = {"xl/embeddings/Microsoft_Excel_Sheet1.xlsx": workbook(("Fälle", RECORDS))}
    refused(program, program.file("counts.xlsx", with_members(workbook(("Published", PUBLISHED)), inner)))


@rule
def document_properties_with_private_words_are_judged(program):
    def told(book):
        book.properties.description = "Victim Jane Roe, born 3 May 1981, jane.roe@example.org, tel. 07700 900123"

    refused(program, program.file("counts.xlsx", workbook(("Published", PUBLISHED), before=told)))


@rule
def defined_names_with_private_words_are_judged(program):
    def told(book):
        book.defined_names["contact"] = DefinedName("contact", attr_text='"jane.roe@example.org 07700 900123"')

    refused(program, program.file("counts.xlsx", workbook(("Published", PUBLISHED), before=told)))


@rule
def another_member_of_an_archive_of_outlines_is_judged(program):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("wards.geojson", geojson({"Aue": square(10.1, 50.1, 0.1), "Bruch": square(10.2, 50.1, 0.1)}))
        archive.writestr("working/victims.csv", text_file(RECORDS))
    file = program.file("wards.zip", out.getvalue())
    assert program.check(file).code == 1
    assert program.new(file, program.file("counts.csv", text_file(COUNTS))).code != 0
    assert not list(program.root.glob("open/mill*/**/*.zip"))


@rule
def a_hidden_row_that_holds_nothing_private_is_told_of_and_not_counted_in_silence(program):
    file = program.file("counts.xlsx", workbook(("Published", PUBLISHED), before=superseded))
    done = program.new(file)
    assert done.lines_with("hidden", "6"), done.said
    judged = program.check(file)
    assert judged.lines_with("hidden", "6"), judged.said


@rule
def a_hidden_sheet_that_holds_nothing_private_is_told_of_and_the_table_taken(program):
    notes = [["Working notes"], ["Totals were checked twice."]]
    file = program.file("counts.ods", open_document(("Notizen", notes), ("Tabelle", COUNTS), hidden=("Notizen",)))
    found = read(program, file)
    assert found
    assert program.check(file).lines_with("Notizen", "hidden")


@rule
def numbers_of_persons_of_other_countries_are_known_in_a_comment(program):
    for at, words in enumerate(
        (
            "ver Marlene C., CPF 529.982.247-25",
            "RSSMRA85T10A562S",
            "756.9217.0769.85",
            "주민 850709-1234567",
            "CURP HEGG560427MVZRRL04",
        )
    ):

        def remark(book, words=words):
            book["Published"]["C2"].comment = Comment(words, "office")

        file = program.file(f"counts_{at}.xlsx", workbook(("Published", PUBLISHED), before=remark))
        assert "value_identity" in refused(program, file), words


@rule
def a_hidden_sheet_of_persons_in_another_language_is_refused(program):
    persons = [
        ["L.p.", "PESEL", "Imię i nazwisko", "Gmina"],
        *([n, f"4405140135{n}", "Ewa N.", "Mostki"] for n in range(1, 8)),
    ]
    refused(
        program,
        program.file("wypadki.ods", open_document(("Tabela", PUBLISHED), ("robocza", persons), hidden=("robocza",))),
    )


@rule
def points_are_no_boundaries(program):
    points = {f"unfall_{n}": [8.5 + n / 100, 47.3 + n / 200] for n in range(30)}
    refused(program, program.file("unfaelle.geojson", geojson(points, field="unfall", kind="Point")))
    areas = program.file("aue.geojson", geojson({"Aue": square(8.5, 47.3, 0.1), "Bruch": square(8.6, 47.3, 0.1)}))
    program.new(areas)
    (card,) = program.cards()
    spoilt = program.file("aue.geojson", geojson(points, kind="Point"))
    assert program.check(spoilt, card).code == 1


@rule
def a_list_of_accidents_with_metres_for_coordinates_is_refused(program):
    head = ["OBJECTID", "ULAND", "UKREIS", "UJAHR", "UMONAT", "USTUNDE", "UKATEGORIE", "IstRad", "LINREFX", "LINREFY"]
    rows = [
        [
            n,
            "09",
            61 + n % 20,
            2022,
            1 + n % 12,
            n % 24,
            1 + n % 3,
            n % 2,
            f"{500000 + 997 * n},{n % 90 + 10}",
            f"{5300000 + 811 * n},{n % 80 + 10}",
        ]
        for n in range(1, 150)
    ]
    refused(program, program.file("unfallorte.csv", text_file([head, *rows], delimiter=";")))


def database(*layers: tuple[str, dict, str]) -> bytes:
    """A GeoPackage of layers: name, texts by field, and what its shapes are (``areas``, ``points`` or ``none``)."""
    import geopandas
    import pandas
    from shapely.geometry import Point, box

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layers.gpkg"
        for name, fields, drawn in layers:
            frame = pandas.DataFrame(fields)
            shapes = [box(n, 50, n + 1, 51) if drawn == "areas" else Point(0.1 * n, 50.5) for n in range(len(frame))]
            frame = frame if drawn == "none" else geopandas.GeoDataFrame(frame, geometry=shapes, crs=4326)
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", append=path.exists())
        return path.read_bytes()


OF_AREAS = ("wards", {"name": ["Northam", "Southam", "Eastham", "Westham"]}, "areas")


@rule
def another_layer_of_a_database_of_outlines_is_judged(program):
    persons = {"case_number": [f"C-2023-{n:05d}" for n in range(9)], "victim_name": [f"Person {n}" for n in range(9)]}
    for drawn in ("points", "areas", "none"):
        file = program.file(f"{drawn}.gpkg", database(OF_AREAS, ("incidents", persons, drawn)))
        refused(program, file, "incidents")


@rule
def another_layer_of_areas_is_no_reason_to_refuse_the_outlines(program):
    zones = ("zones", {"zone": ["North", "South"], "remark": ["of two wards", "of two wards"]}, "areas")
    file = program.file(
        "wards.gpkg", database(OF_AREAS, zones, ("about", {"text": ["Drawn in 2021", "By hand"]}, "none"))
    )
    assert program.check(file).code == 0
    assert program.new(program.file("counts.csv", text_file(PUBLISHED)), file).code == 0
    assert program.place()["boundaries"]


@rule
def a_short_sheet_of_moments_is_refused_beside_others(program):
    days = [f"2023-0{n}-1{n}" for n in range(1, 8)]
    sheets = {
        "English": [["Date", "Time", "Offence"], *([day, f"{9 + n}:4{n}", "Theft"] for n, day in enumerate(days))],
        "Chinese": [["日期", "时刻", "案由"], *([day, f"{9 + n}时{n}5分", "盗窃"] for n, day in enumerate(days))],
        "American": [["Day", "At", "Kind"], *([day, f"{1 + n}:3{n} pm", "Fraud"] for n, day in enumerate(days))],
    }
    for name, rows in sheets.items():
        refused(program, program.file(f"{name}.xlsx", workbook(("Published", PUBLISHED), (name, rows))), name)


@rule
def a_short_sheet_of_what_was_changed_is_no_record(program):
    changes = [["Date", "Change"], ["2023-04-11", "Southam was corrected"], ["2023-06-01", "A column was renamed"]]
    found = read(program, program.file("counts.xlsx", workbook(("Published", PUBLISHED), ("Changes", changes))))
    assert len(found) == 15
