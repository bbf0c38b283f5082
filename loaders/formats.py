"""What table does a file hold, whatever its format? CSV in any usual encoding and delimiter, Excel workbooks and Parquet.

A file that breaks its library is unreadable; what the library says about it is dropped, for it may quote a cell.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from loaders.columns import TextTable, column
from loaders.encodings import delimiter_of, encoding_of

HEAD = 20  # rows among which the heading row is sought: publishers put titles above it


class Unreadable(ValueError):
    """The file is no table. Its text names a reason and never a value."""


def read_tables(path: Path) -> list[TextTable]:
    """Every table of a file (each sheet of a workbook is one). Raises Unreadable."""
    if not path.is_file():
        raise Unreadable("there is no such file")
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Unreadable("the file is empty")
    try:
        if start.startswith(b"PAR1"):
            return [_parquet(path)]
        if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            return _workbook(path)
        if path.suffix.casefold() in (".json", ".geojson", ".topojson"):
            return [_json(path)]
        return [_csv(path)]
    except Unreadable:
        raise
    except Exception as error:  # a damaged file breaks each library in its own way, with the cell in the message
        raise Unreadable(f"the file is damaged or not of its kind ({type(error).__name__})") from None


def _parquet(path: Path) -> TextTable:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    batches: list[list[pa.Array]] = []
    for batch in file.iter_batches(batch_size=200_000):
        flat = pa.Table.from_batches([batch])
        while any(pa.types.is_struct(one.type) for one in flat.schema):
            flat = flat.flatten()
        headings = flat.column_names
        batches.append([pc.fill_null(pc.cast(one, pa.string()), "").combine_chunks().dictionary_encode() for one in flat.columns])
    if not batches:
        raise Unreadable("the table has no rows")
    return _joined(path.name, headings, batches, {"format": "Parquet"})


def _json(path: Path) -> TextTable:
    """Boundaries: every text of the file in one column; the numbers of lines are no texts."""
    import json

    def texts(node) -> list[str]:
        inner = node.items() if isinstance(node, dict) else ((None, one) for one in node) if isinstance(node, list) else ()
        own = [node] if isinstance(node, str) else []
        return own + [text for key, one in inner if key not in ("arcs", "coordinates") for text in (texts(one) if not _number(one) else [str(one)])]

    found = texts(json.loads(path.read_text(encoding="utf-8-sig")))
    return TextTable(path.name, [column("texts", 0, pa.chunked_array([pa.array(found, pa.string())]))], len(found), (), {"format": "JSON"})


def _number(value) -> bool:
    return isinstance(value, (int, float))


def _joined(name: str, headings: list[str], batches: list[list[pa.Array]], found: dict, above: tuple[str, ...] = ()) -> TextTable:
    columns = [column(heading, at, pa.chunked_array([batch[at] for batch in batches])) for at, heading in enumerate(headings)]
    return TextTable(name, columns, sum(len(batch[0]) for batch in batches), above, found)


def _workbook(path: Path) -> list[TextTable]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    tables = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=True)
        if rows:
            tables.append(_sheet(rows, f"{path.name}, sheet {len(tables) + 1}"))
    if not tables:
        raise Unreadable("the workbook is empty")
    return tables


def _sheet(rows: list[list], name: str) -> TextTable:
    at = _heading_row(rows[:HEAD])
    headings = [_cell(one) for one in rows[at]]
    body = rows[at + 1 :]
    cells = ([_cell(row[number]) for row in body] for number in range(len(headings)))
    columns = [column(heading, number, pa.chunked_array([pa.array(next(cells), pa.string())])) for number, heading in enumerate(headings)]
    above = tuple(_cell(one) for row in rows[:at] for one in row)
    return TextTable(name, columns, len(body), above, {"format": "Excel", "heading_row": at + 1})


def _cell(value) -> str:
    """A cell as text: whole numbers without a point, a date without the midnight that a workbook gives it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).removesuffix(" 00:00:00")


def _heading_row(rows: list[list]) -> int:
    """The first row that fills as many cells as the fullest one does."""
    filled = [sum(str(one).strip() != "" for one in row) for row in rows]
    return next(number for number, count in enumerate(filled) if count == max(filled))


def _csv(path: Path) -> TextTable:
    from pyarrow import csv as arrow

    encoding = encoding_of(path)
    if not encoding:
        raise Unreadable("the encoding is none of UTF-8, UTF-16, GB18030 and Windows-1252")
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(200_000).lstrip("\ufeff").replace("\x00", "")
    mark = delimiter_of(head)
    first = [row for row, _ in zip(csv.reader(io.StringIO(head), delimiter=mark), range(HEAD), strict=False)]
    at = _heading_row(first)
    headings = first[at]
    names = [f"column {number}" for number in range(len(headings))]
    reader = arrow.open_csv(
        path,
        read_options=arrow.ReadOptions(column_names=names, skip_rows=at, skip_rows_after_names=1, encoding=encoding, block_size=16 << 20),
        parse_options=arrow.ParseOptions(delimiter=mark, newlines_in_values=True),
        convert_options=arrow.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    batches = [[batch.column(number).dictionary_encode() for number in range(len(names))] for batch in reader]
    if not sum(len(batch[0]) for batch in batches):
        raise Unreadable("the table has no rows")
    found = {"format": "CSV", "encoding": encoding, "delimiter": mark, "heading_row": at + 1}
    return _joined(path.name, headings, batches, found, tuple(one for row in first[:at] for one in row))
