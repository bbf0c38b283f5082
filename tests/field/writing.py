"""Writers of these tests, apart from those of the code's other tests: one grid of cells in every format that publishers use."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

Grid = list[list]
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def text_file(grid: Grid, encoding: str = "utf-8", delimiter: str = ",", ends: str = "\r\n", last: str = "") -> bytes:
    """A text file; ``last``: what stands at the end of each line."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=f"{last}{ends}").writerows(
        [["" if cell is None else cell for cell in row] for row in grid]
    )
    return out.getvalue().encode(encoding)


def workbook(*sheets: tuple[str, Grid], hidden: dict[str, str] | None = None, before=None) -> bytes:
    """An XLSX file. ``hidden``: sheet → ``hidden`` or ``veryHidden``; ``before(book)`` may change it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, grid in sheets:
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append(list(row))
        sheet.sheet_state = (hidden or {}).get(name, "visible")
    if before:
        before(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_members(archive: bytes, members: dict[str, bytes]) -> bytes:
    """The same archive with further members."""
    out = io.BytesIO(archive)
    with zipfile.ZipFile(out, "a") as added:
        for name, content in members.items():
            added.writestr(name, content)
    return out.getvalue()


def open_document(*sheets: tuple[str, Grid], hidden: tuple[str, ...] = ()) -> bytes:
    """An ODS file; ``hidden`` sheets are not displayed."""
    style = '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = "".join(
        f'<table:table table:name="{escape(name)}"{" table:style-name=" + chr(34) + "off" + chr(34) if name in hidden else ""}>'
        + "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in grid)
        + "</table:table>"
        for name, grid in sheets
    )
    spaces = " ".join(f'xmlns:{name}="{_NAMES}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:automatic-styles>{style}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return out.getvalue()


def _cell(value) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def parquet(grid: Grid) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({str(name): [row[column] for row in grid[1:]] for column, name in enumerate(grid[0])}), out)
    return out.getvalue()


def labelled(codes: list[str] | dict[str, str]) -> dict[str, str]:
    """Code → label; codes without labels are their own."""
    return dict(codes) if isinstance(codes, dict) else {code: code for code in codes}


def json_stat(
    dimensions: dict[str, list[str] | dict[str, str]], values: list, statuses: dict[int, str] | None = None
) -> bytes:
    """JSON-stat 2: the values in the order of the dimensions, the last one fastest."""
    axes = {
        name: {"label": name, "category": {"index": list(codes), "label": labelled(codes)}}
        for name, codes in dimensions.items()
    }
    cube = {
        "version": "2.0",
        "class": "dataset",
        "label": "Invented",
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
    }
    marks = {"status": {str(number): status for number, status in statuses.items()}} if statuses else {}
    return json.dumps(cube | {"dimension": axes, "value": values} | marks, ensure_ascii=False).encode()


def sdmx_json(
    dimensions: dict[str, list[str] | dict[str, str]], values: list, attributes: dict[str, str] | None = None
) -> bytes:
    """SDMX-JSON 2, flat; ``attributes`` hold for the whole set, as UNIT_MULT does."""
    axes = [
        {"id": name, "name": name, "values": [{"id": code, "name": label} for code, label in labelled(codes).items()]}
        for name, codes in dimensions.items()
    ]
    sizes = [len(codes) for codes in dimensions.values()]
    cells = {}
    for number, value in enumerate(values):
        key, left = [], number
        for size in reversed(sizes):
            left, digit = divmod(left, size)
            key.insert(0, str(digit))
        if value is not None:
            cells[":".join(key)] = [value]
    whole = [
        {"id": name, "name": name, "values": [{"id": text, "name": text}]} for name, text in (attributes or {}).items()
    ]
    structure = {"dimensions": {"observation": axes}, "attributes": {"dataSet": whole, "observation": []}}
    message = {"structure": 0, "action": "Replace", "attributes": [0] * len(whole), "observations": cells}
    head = {"id": "inv1", "prepared": "2025-01-01T00:00:00Z", "sender": {"id": "INV"}}
    return json.dumps(
        {"meta": head, "data": {"dataSets": [message], "structures": [structure]}}, ensure_ascii=False
    ).encode()


def geojson(shapes: dict[str, list], crs: str = "", field: str = "name", kind: str = "Polygon") -> bytes:
    """Outlines; ``shapes``: name → the coordinates of a geometry, or None for a feature without one."""
    features = [
        {
            "type": "Feature",
            "properties": {field: name},
            "geometry": None if rings is None else {"type": kind, "coordinates": rings},
        }
        for name, rings in shapes.items()
    ]
    system = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", **system, "features": features}, ensure_ascii=False).encode()


def square(west: float, south: float, side: float, clockwise: bool = False) -> list:
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return [ring[::-1] if clockwise else ring]
