"""What stands behind the table of a file is judged wherever it comes in; what is harmless is no reason to refuse."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest

from loaders.gate.behind_table import behind_table

COUNTS = [["Area", "2022", "2023"], ["Ash", 41, 44], ["Birch", 52, 57], ["Cedar", 63, 61]]
EVENTS = [["District", "Kind", "Seen"], *([f"D{n % 3}", f"K{n % 2}", f"2023-0{1 + n % 9}"] for n in range(40))]
PEOPLE = [["Case number", "Outcome"], *([f"C/{n:04d}", "charged"] for n in range(6))]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PRIVATE = "Caller reached at 07700 900123, jo@example.org"


def book(*more: tuple[str, list[list]], change=None) -> bytes:
    """An XLSX file of counts with further sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, grid in (("Published", COUNTS), *more):
        sheet = workbook.create_sheet(name)
        for row in grid:
            sheet.append(row)
    if change:
        change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_member(content: bytes, name: str, text: str | bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def open_document(inside: str, style: str = "") -> bytes:
    """An ODS file whose one sheet holds these rows."""
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text", "style")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} office:version="1.2"><office:automatic-styles>{style}'
            '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Tafel">'
            f"{inside}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def ods_row(*cells, more: str = "", of_row: str = "") -> str:
    texts = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>{more}</table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row {of_row}>{texts}</table:table-row>"


def rules(content: bytes, folder: Path, name: str = "file.xlsx", judged=(1,)) -> set[str]:
    path = folder / name
    path.write_bytes(content)
    return {match.rule.name for part in behind_table(path, judged).refused for match in part.matches}


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (book(("Cases", PEOPLE)), "heading_case"),
        (book(("Log", EVENTS)), "repeated_keys"),
        (
            with_member(book(), "xl/drawings/drawing1.xml", f'<d xmlns:a="a"><a:t>{PRIVATE}</a:t></d>'),
            "value_phone",
        ),
        (
            with_member(book(), "xl/externalLinks/externalLink1.xml", f"<x {MAIN}><v>{PRIVATE}</v></x>"),
            "value_email",
        ),
        (with_member(book(), "xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"), "closed_part"),
        (with_member(book(), "customXml/item1.xml", f"<note>{PRIVATE}</note>"), "value_phone"),
    ],
    ids=[
        "a visible sheet",
        "events without a private word",
        "a text box",
        "another workbook",
        "an object",
        "custom XML",
    ],
)
def test_records_and_private_texts_of_a_workbook_are_refused(content, rule, tmp_path):
    assert rule in rules(content, tmp_path)


def test_a_comment_in_an_open_document_is_refused(tmp_path):
    note = f"<office:annotation><text:p>{PRIVATE}</text:p></office:annotation>"
    content = open_document(ods_row("Gebiet", "2023") + ods_row("Ash", more=note) + ods_row("Birch"))
    assert "value_phone" in rules(content, tmp_path, "file.ods")


def test_a_row_that_an_open_document_hides_is_told_of(tmp_path):
    hidden = ods_row("Birch", "52", of_row='table:visibility="collapse"')
    path = tmp_path / "file.ods"
    path.write_bytes(open_document(ods_row("Gebiet", "2023") + ods_row("Ash", "41") + hidden))
    (told,) = behind_table(path, (1,)).hidden
    assert (told.kind, told.sheet, told.numbers) == ("rows", "Tafel", (3,))


def test_hidden_columns_are_told_of_by_their_letters(tmp_path):
    def hide(workbook):
        workbook["Published"].column_dimensions["C"].hidden = True

    path = tmp_path / "file.xlsx"
    path.write_bytes(book(change=hide))
    (told,) = behind_table(path, (1,)).hidden
    assert "column C of sheet 'Published'" in told.say("en")
    assert "C列" in told.say("zh")


def test_files_beside_a_shapefile_are_judged(tmp_path):
    lines = {"wards__shp": b"", "wards__dbf": b"", "wards__shx": b"", "wards__prj": "GEOGCS"}
    assert rules(zipped(**lines, readme__txt="Boundaries of three wards."), tmp_path, "wards.zip") == set()
    listed = "Case number,Victim name\nC/0001,Q\nC/0002,R\n"
    assert "heading_case" in rules(zipped(**lines, list__csv=listed), tmp_path, "wards.zip")
    assert "closed_part" in rules(zipped(**lines, people__dbf=b"\x03"), tmp_path, "wards.zip")
    within = zipped(inner__csv=listed)
    assert "heading_case" in rules(zipped(**lines, more__zip=within), tmp_path, "wards.zip")


def test_a_database_inside_an_archive_cannot_pass_unseen(tmp_path):
    path = tmp_path / "inner.gpkg"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE victims (name TEXT)")
    base.commit()
    base.close()
    assert rules(zipped(inner__gpkg=path.read_bytes(), wards__shp=b""), tmp_path, "wards.zip") == {"closed_part"}


def pivot_cache(*fields: tuple[str, list[str]], rows: list[str]) -> bytes:
    """A workbook whose pivot table keeps these rows of a sheet that was taken out; the fields share values by number."""
    shared = "".join(
        f'<cacheField name="{name}"><sharedItems>{"".join(f"""<s v="{text}"/>""" for text in texts)}</sharedItems></cacheField>'
        for name, texts in fields
    )
    folder = "xl/pivotCache/pivotCache"
    content = with_member(book(), f"{folder}Definition1.xml", f"<d {MAIN}><cacheFields>{shared}</cacheFields></d>")
    return with_member(content, f"{folder}Records1.xml", f"<p {MAIN}>{''.join(f'<r>{row}</r>' for row in rows)}</p>")


def test_the_rows_that_a_pivot_table_keeps_are_judged(tmp_path):
    outcome = ("Outcome", ["charged", "closed"])
    people = pivot_cache(("Case number", []), outcome, rows=[f'<s v="C/{n:04d}"/><x v="{n % 2}"/>' for n in range(6)])
    assert "heading_case" in rules(people, tmp_path)
    counts = pivot_cache(
        ("Area", ["Ash", "Birch", "Cedar"]), ("2023", []), rows=[f'<x v="{n}"/><n v="{40 + n}"/>' for n in range(3)]
    )
    assert rules(counts, tmp_path) == set()
    shared = pivot_cache(("Victim name", ["Q", "R"]), outcome, rows=['<x v="0"/><x v="1"/>', '<x v="1"/><x v="0"/>'])
    assert rules(shared, tmp_path) & {"heading_name", "heading_person", "heading_case"}


def test_a_number_without_a_shared_value_is_no_reason_to_crash(tmp_path):
    rows = ['<x v="9"/><x v="-"/><x v="0"/>', '<x v="0"/><m/>']
    assert rules(pivot_cache(("Area", ["Ash"]), ("Kind", ["Theft"]), rows=rows), tmp_path) == set()


def test_a_layer_that_nobody_reads_is_judged(tmp_path):
    path = tmp_path / "wards.gpkg"
    wards = gpd.GeoDataFrame({"ward": ["Ash", "Birch"]}, geometry=gpd.points_from_xy([0, 1], [0, 1]), crs=4326)
    wards.to_file(path, layer="wards", driver="GPKG")
    assert behind_table(path).refused == ()
    cases = pd.DataFrame({"Case number": [f"C/{n:04d}" for n in range(6)], "Victim name": list("QRSTUV")})
    pyogrio.write_dataframe(cases, path, layer="cases", append=True)
    (part,) = behind_table(path).refused
    assert part.where == "layer 'cases'"
    assert "heading_case" in {match.rule.name for match in part.matches}


def test_outlines_inside_an_archive_may_name_areas_and_no_persons(tmp_path):
    def drawn(**properties) -> str:
        shape = {"type": "Point", "coordinates": [0, 0]}
        feature = {"type": "Feature", "properties": properties, "geometry": shape}
        return json.dumps({"type": "FeatureCollection", "features": [feature]})

    assert rules(zipped(wards__shp=b"", more__geojson=drawn(name="Ash", id="1")), tmp_path, "a.zip") == set()
    assert "value_phone" in rules(zipped(wards__shp=b"", more__geojson=drawn(note=PRIVATE)), tmp_path, "b.zip")


def test_an_archive_that_is_packed_too_deep_or_torn_cannot_be_looked_into(tmp_path):
    deep = zipped(a__csv="Area,2023\nAsh,4\n")
    for _ in range(3):
        deep = zipped(wards__shp=b"", inner__zip=deep)
    assert rules(deep, tmp_path, "deep.zip") == {"closed_part"}
    torn = book()[:-40]
    assert rules(torn, tmp_path, "torn.xlsx") == {"closed_part"}


def test_columns_that_an_open_document_hides_are_told_of_and_its_names_are_judged(tmp_path):
    hidden = '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    path = tmp_path / "file.ods"
    path.write_bytes(open_document(f"<table:table-column/>{hidden}" + ods_row("Gebiet", "2022", "2023")))
    (told,) = behind_table(path, (1,)).hidden
    assert (told.kind, told.sheet, told.numbers) == ("columns", "Tafel", (2, 3))
    named = f'<table:named-expressions><table:named-range table:name="{PRIVATE}"/></table:named-expressions>'
    assert "value_phone" in rules(open_document(named + ods_row("Gebiet", "2023")), tmp_path, "named.ods")


@pytest.mark.parametrize(
    "sheet",
    [
        [["Notes"], ["Figures under 5 are withheld."], ["Victims are counted once for each offence."]],
        [["Code", "District name"], *([f"E{n:03d}", f"Ward {n}"] for n in range(30))],
        [["Area", "2022", "2023"], ["Ash", 12, 13], ["Birch", 21, 22]],
        [["Offender characteristics by area and year, England"], [], ["see the notes"]],
    ],
    ids=["notes", "a list of areas", "another table", "a title about persons"],
)
def test_sheets_of_notes_lists_and_other_tables_are_no_reason_to_refuse(sheet, tmp_path):
    assert rules(book(("Beside", sheet)), tmp_path) == set()


def test_no_finding_holds_a_value(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_bytes(book(("Cases", [[PRIVATE, "Case number"], *PEOPLE])))
    said = " ".join(
        f"{part.where} {match.say('en')} {match.say('zh')}"
        for part in behind_table(path, (1,)).refused
        for match in part.matches
    )
    assert said
    assert "900123" not in said and "C/0001" not in said
