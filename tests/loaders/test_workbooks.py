"""What a workbook's library leaves out is told: errors, raised figures, joined cells, dates; and no workbook ends the program."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from loaders.formats.read_sheets import Unreadable, read_sheets
from tests.loaders import writers

ROWS = [["area", "2022", "2023"], ["Brook", "12", "9"]]
RAISED = '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'


def grid(folder, file: str, data: bytes, sheet: str = "Table") -> list[list[str]]:
    (folder / file).write_bytes(data)
    found = next(one for one in read_sheets(folder / file) if one.name == sheet)
    return [found.texts(at) for at in range(len(found.rows))]


def xlsx(*changes: tuple[str, str], rows=ROWS, more: dict[str, str] | None = None) -> bytes:
    """A workbook whose table's XML is changed: each text must stand there."""
    book = zipfile.ZipFile(io.BytesIO(writers.as_xlsx(rows)))
    parts = {name: book.read(name).decode() for name in book.namelist()}
    for was, is_ in changes:
        assert was in parts["xl/worksheets/sheet2.xml"]
        parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace(was, is_)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**parts, **(more or {})}.items():
            archive.writestr(name, text)
    return out.getvalue()


def ods(cell: str, row: str = "<table:table-row>") -> bytes:
    return writers.ods_of(f"{row}{cell}</table:table-row>", styles=RAISED)


NUMBER = '<c r="B2" t="n"><v>12</v></c>'


def test_an_error_of_a_formula_is_no_blank(tmp_path):
    assert grid(tmp_path, "t.xlsx", xlsx((NUMBER, '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')))[1][1] == "#DIV/0!"
    cell = '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    assert grid(tmp_path, "t.ods", ods(cell)) == [["#DIV/0!"]]


def test_a_raised_figure_is_a_footnote_and_no_digit(tmp_path):
    runs = '<r><t>12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1)</t></r>'
    assert grid(tmp_path, "t.xlsx", xlsx((NUMBER, f'<c r="B2" t="inlineStr"><is>{runs}</is></c>')))[1][1] == "12¹⁾"
    cell = '<table:table-cell office:value-type="string"><text:p>12<text:span text:style-name="T1">1</text:span></text:p></table:table-cell>'
    assert grid(tmp_path, "t.ods", ods(cell)) == [["12¹"]]


SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>121</t></si><si><r><t>12</t></r>
<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r><rPh sb="0" eb="1"><t>9</t></rPh></si></sst>"""


def test_a_raised_figure_in_the_texts_that_sheets_share_is_a_footnote_too(tmp_path):
    """The second shared text is 12 with a footnote, the first the number 121; a guide to pronunciation is none of either."""
    other = '<c r="C2" t="n"><v>9</v></c>'
    data = xlsx(
        (NUMBER, '<c r="B2" t="s"><v>1</v></c>'),
        (other, '<c r="C2" t="s"><v>0</v></c>'),
        more={"xl/sharedStrings.xml": SHARED},
    )
    assert grid(tmp_path, "t.xlsx", data)[1] == ["Brook", "12¹", "121"]


def test_lowered_figures_and_formatted_texts_stay_as_they_are(tmp_path):
    runs = '<r><rPr><b/></rPr><t>CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r>'
    assert grid(tmp_path, "t.xlsx", xlsx((NUMBER, f'<c r="B2" t="inlineStr"><is>{runs}</is></c>')))[1][1] == "CO2"


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_a_date_is_written_year_first_whatever_day_the_workbook_counts_from(epoch, tmp_path):
    data = writers.as_xlsx([["area", date(2023, 11, 1), date(2024, 2, 29)], ["Brook", 1, 2]], epoch=epoch)
    assert grid(tmp_path, "t.xlsx", data)[0] == ["area", "2023-11-01", "2024-02-29"]


def test_a_cell_written_once_for_many_stands_in_each(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>'
    data = ods(cell, '<table:table-row table:number-rows-repeated="2">')
    assert grid(tmp_path, "t.ods", data) == [["7", "7", "7"], ["7", "7", "7"]]


def test_a_note_beside_a_cell_is_none_of_its_text(tmp_path):
    note = "<office:annotation><text:p>see 5</text:p></office:annotation>"
    cell = f'<table:table-cell office:value-type="string">{note}<text:p>12<text:span text:style-name="T1">1</text:span></text:p></table:table-cell>'
    assert grid(tmp_path, "t.ods", ods(cell)) == [["12¹"]]


@pytest.mark.parametrize("cell", ['<c r="XFD1048576" s="0"/>', '<c r="XFD1048576"></c>'])
def test_a_blank_cell_far_out_is_no_reason_to_refuse(cell, tmp_path):
    data = xlsx(("</sheetData>", f'<row r="1048576">{cell}</row></sheetData>'))
    if cell.endswith("/>"):
        assert grid(tmp_path, "t.xlsx", data) == ROWS
    else:
        with pytest.raises(Unreadable, match="spans more than"):
            grid(tmp_path, "t.xlsx", data)


def test_cells_that_do_not_say_their_place_are_read(tmp_path):
    assert grid(tmp_path, "t.xlsx", xlsx(('<c r="A2"', "<c"), ('<c r="B2"', "<c"), ('<c r="C2"', "<c"))) == ROWS


FAR = '<c r="XFD1048576" t="n"><v>1</v></c>'
REFUSED = {
    "a cell in the last corner": (
        lambda: xlsx(("</sheetData>", f'<row r="1048576">{FAR}</row></sheetData>')),
        "spans more than",
    ),
    "the same, written otherwise": (
        lambda: xlsx(("</sheetData>", "<row><c t='n'\nr='XFD1048576'><v>1</v></c></row></sheetData>")),
        "spans more than",
    ),
    "a cell repeated without end": (
        lambda: ods(
            '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="7"/>',
            '<table:table-row table:number-rows-repeated="1048576">',
        ),
        "spans more than",
    ),
    "entities of its own": (
        lambda: xlsx(
            ("<worksheet ", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet '), (NUMBER, '<c r="B2" t="e"><v>x</v></c>')
        ),
        "entities",
    ),
    "a binary workbook": (
        lambda: writers_zip({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"\x83\x01\x00"}),
        "XLSB",
    ),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "XLS"),
}


def writers_zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(("make", "why"), REFUSED.values(), ids=REFUSED)
def test_a_workbook_that_would_end_the_program_is_refused_in_words(make, why, tmp_path):
    (tmp_path / "t.xlsx").write_bytes(make())
    with pytest.raises(Unreadable, match=why):
        read_sheets(tmp_path / "t.xlsx")


def test_a_sheet_of_pictures_is_passed_over(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(writers.as_xlsx(ROWS)))
    book.create_chartsheet("Chart")
    out = io.BytesIO()
    book.save(out)
    assert grid(tmp_path, "t.xlsx", out.getvalue()) == ROWS
