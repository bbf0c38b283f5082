"""Writes one table of texts, numbers and marks in every format that we read, as other people's programs write it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from itertools import product
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

Rows = list[list[str]]


def as_csv(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Rows, sheet: str = "Table", before: int = 0, merged: tuple[str, ...] = (), epoch=None) -> bytes:
    """A workbook with a sheet of notes before the table and blank rows above it; numbers are numbers, ``merged`` joined cells (``A1:C1``)."""
    book = openpyxl.Workbook()
    book.epoch = epoch or book.epoch
    book.active.title = "Notes"
    book.active["A1"] = "Invented"
    target = book.create_sheet(sheet)
    for number, row in enumerate(rows, 1 + before):
        for column, text in enumerate(row, 1):
            target.cell(number, column, _typed(text))
    for cells in merged:
        target.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(rows: Rows, sheet: str = "Table", merged: tuple[str, ...] = ()) -> bytes:
    """An OpenDocument sheet, written by hand: what office programs save, without their styles."""
    joined = {
        (area.min_row - 1, area.min_col - 1): area for area in map(openpyxl.worksheet.cell_range.CellRange, merged)
    }
    cells = [
        [_ods_cell(text, joined.get((number, column))) for column, text in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    return ods_of("".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells), sheet)


def ods_of(lines: str, sheet: str = "Table", styles: str = "") -> bytes:
    """An OpenDocument workbook of one sheet, from the rows of its XML."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    body = f'<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="{sheet}">{lines}</table:table></office:spreadsheet></office:body>'
    spaces = f'xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"'
    spaces += f' xmlns:style="{names}:style:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">{body}</office:document-content>'
    out = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0">{entry}</manifest:manifest>',
        )
    return out.getvalue()


def _ods_cell(text, joined=None) -> str:
    value = _typed(text)
    span = (
        f' table:number-columns-spanned="{joined.size["columns"]}" table:number-rows-spanned="{joined.size["rows"]}"'
        if joined
        else ""
    )
    if isinstance(value, date):
        return f'<table:table-cell{span} office:value-type="date" office:date-value="{value}"><text:p>{value:%d/%m/%y}</text:p></table:table-cell>'
    if isinstance(value, str):
        return f'<table:table-cell{span} office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
    if value is None:
        return "<table:table-cell/>"
    return f'<table:table-cell{span} office:value-type="float" office:value="{value}"><text:p>{text}</text:p></table:table-cell>'


def as_parquet(rows: Rows) -> bytes:
    out = io.BytesIO()
    pq.write_table(
        pa.table({name: [row[column] for row in rows[1:]] for column, name in enumerate(rows[0])}),
        out,
        write_page_checksum=True,
    )
    return out.getvalue()


def as_records(rows: Rows) -> list[dict]:
    return [{name: _typed(text) for name, text in zip(rows[0], row, strict=True)} for row in rows[1:]]


def as_socrata(rows: Rows) -> bytes:
    return json.dumps(
        [{key: str(cell) for key, cell in row.items() if cell is not None} for row in as_records(rows)],
        ensure_ascii=False,
    ).encode()


def as_ckan(rows: Rows) -> bytes:
    records = [{"_id": number, **row} for number, row in enumerate(as_records(rows), 1)]
    fields = [{"id": name, "type": "text"} for name in ("_id", *rows[0])]
    return json.dumps(
        {"success": True, "result": {"fields": fields, "records": records, "total": len(records)}}
    ).encode()


def as_arcgis(rows: Rows) -> bytes:
    return json.dumps(
        {"fields": [{"name": one} for one in rows[0]], "features": [{"attributes": row} for row in as_records(rows)]}
    ).encode()


def _axes(rows: Rows) -> list[list[str]]:
    """The codes of each dimension of a long table (all columns but the last two, value and status)."""
    return [list(dict.fromkeys(row[column] for row in rows[1:])) for column in range(len(rows[0]) - 2)]


def as_json_stat(rows: Rows, sparse: bool = False) -> bytes:
    """JSON-stat 2 as PxWeb (lists) or Eurostat (only the cells that are there) writes it."""
    axes, cells = _axes(rows), {tuple(row[:-2]): row[-2:] for row in rows[1:]}
    cells_in_order = [cells.get(key) for key in product(*axes)]
    value = [_typed(cell[0]) if cell else None for cell in cells_in_order]
    status = {str(number): cell[1] for number, cell in enumerate(cells_in_order) if cell and cell[1]}
    data = {
        "version": "2.0",
        "class": "dataset",
        "id": rows[0][:-2],
        "size": [len(codes) for codes in axes],
        "dimension": {
            name: {"category": {"index": {code: number for number, code in enumerate(codes)}}}
            for name, codes in zip(rows[0], axes, strict=False)
        },
        "value": {str(number): cell for number, cell in enumerate(value) if cell is not None} if sparse else value,
        "status": status,
    }
    return json.dumps(data, ensure_ascii=False).encode()


def as_sdmx_json(rows: Rows, by_series: bool = False, form: str = "draft") -> bytes:
    """SDMX-JSON as drafted (``header``), as adopted (``data``) or 2; flat or by series, the last dimension being time."""
    axes, statuses = _axes(rows), list(dict.fromkeys(row[-1] for row in rows[1:]))
    dimensions_named = [
        {"id": name, "name": name, "values": [{"id": code, "name": code} for code in codes]}
        for name, codes in zip(rows[0], axes, strict=False)
    ]
    flat = {
        ":".join(str(codes.index(text)) for text, codes in zip(row, axes, strict=False)): [
            _typed(row[-2]),
            statuses.index(row[-1]),
        ]
        for row in rows[1:]
    }
    series: dict[str, dict] = {}
    for key, cell in flat.items():
        before, _, last = key.rpartition(":")
        series.setdefault(before, {"observations": {}})["observations"][last] = cell
    marks = [
        {
            "id": "OBS_STATUS",
            "name": "Status",
            "values": [{"id": status or "A", "name": status or "Normal"} for status in statuses],
        }
    ]
    dimensions = (
        {"series": dimensions_named[:-1], "observation": dimensions_named[-1:]}
        if by_series
        else {"observation": dimensions_named}
    )
    structure = {"dimensions": dimensions, "attributes": {"observation": marks}}
    data = {"action": "Replace", **({"series": series} if by_series else {"observations": flat})}
    head = {"id": "1", "prepared": "2024-05-01T10:00:00Z", "sender": {"id": "ZZ"}}
    message = {
        "draft": {"header": head, "dataSets": [data], "structure": structure},
        "adopted": {"meta": head, "data": {"dataSets": [data], "structure": structure}},
        "2": {"meta": head, "data": {"dataSets": [{"structure": 0, **data}], "structures": [structure]}},
    }[form]
    return json.dumps(message, ensure_ascii=False).encode()


def as_sdmx_csv(rows: Rows) -> bytes:
    """SDMX-CSV 2."""
    heads = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *rows[0][:-2], "OBS_VALUE", "OBS_STATUS"]
    return as_csv([heads, *(["dataflow", "ZZ:CRIM(1.0)", "I", *row[:-1], row[-1] or "A"] for row in rows[1:])])


def as_eurostat_tsv(rows: Rows) -> bytes:
    """Eurostat's TSV: the codes of all dimensions but the last, time, in the first column, the flag behind the number."""
    axes = _axes(rows)
    cells = {tuple(row[:-2]): f"{row[-2] or ':'} {row[-1]}" for row in rows[1:]}
    heads = [f"{','.join(rows[0][:-3])}\\{rows[0][-3]}", *(f"{code} " for code in axes[-1])]
    body = [[",".join(key), *(cells.get((*key, code), ": ") for code in axes[-1])] for key in product(*axes[:-1])]
    return as_csv([heads, *body], delimiter="\t")


def as_lists(rows: Rows) -> bytes:
    """A list of lists, the headings first."""
    return json.dumps([rows[0], *([_typed(text) for text in row] for row in rows[1:])], ensure_ascii=False).encode()


def _typed(text: str):
    """A number where the text is one, nothing where it is empty; a date or a number as it is."""
    if not isinstance(text, str):
        return text
    try:
        return None if text == "" else int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text
