"""Every format says of every cell what the table holds, in pieces of bounded size."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine as calamine
from hypothesis import given
from hypothesis import strategies as st

from routes.extracts import workbook, writers
from routes.extracts.pieces import PIECE

MAKERS = writers.MAKERS
TEXTS = (
    st.text(max_size=12)
    | st.none()
    | st.sampled_from(['"', "\\", "a,b", "line\nbreak", "\u2028", "平安", "\x00", "1.0", "null"])
)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        TEXTS,
        st.floats(allow_nan=False, allow_infinity=False) | st.none(),
        st.integers(-(2**53), 2**53) | st.none(),
        st.booleans() | st.none(),
    ),
    max_size=8,
)


def table_of(rows: list[tuple]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * 5
    kinds = (pa.string(), pa.string(), pa.float64(), pa.int64(), pa.bool_())
    arrays = [pa.array(list(column), kind) for column, kind in zip(columns, kinds, strict=True)]
    arrays[1] = arrays[1].dictionary_encode()
    return pa.table(arrays, names=["text", 'a "word"', "number", "whole", "is"])


@given(st.lists(ROWS, max_size=3))
def test_json_holds_every_cell_as_the_standard_library_writes_it(tables):
    answer = b"".join(writers.as_json(iter([table_of(rows) for rows in tables]), {"title": "平安"}))
    said = json.loads(answer)
    assert said["about"] == {"title": "平安"}
    assert said["rows"] == [row for rows in tables for row in table_of(rows).to_pylist()]
    assert [list(map(type, row.values())) for row in said["rows"]] == [
        list(map(type, row.values())) for rows in tables for row in table_of(rows).to_pylist()
    ]


def test_json_knows_no_number_that_is_none():
    rows = pa.table({"value": pa.array([np.nan, np.inf, -np.inf, None, 1e-7, 1e22, -0.0], pa.float64())})
    assert [one["value"] for one in json.loads(b"".join(writers.as_json(iter([rows]), {})))["rows"]] == [
        None,
        None,
        None,
        None,
        1e-7,
        1e22,
        0.0,
    ]


def test_json_takes_every_kind_of_text_that_pandas_hands_over():
    frame = pd.DataFrame({"text": ['"', "a", None], "object": np.array(["x", None, "\\"], dtype=object)})
    for kind in (frame["text"].dtype, "string", "category"):
        rows = pa.Table.from_pandas(frame.astype({"text": kind}), preserve_index=False)
        said = json.loads(b"".join(writers.as_json(iter([rows]), {})))["rows"]
        assert said == [{"text": '"', "object": "x"}, {"text": "a", "object": None}, {"text": None, "object": "\\"}], (
            kind
        )


def test_a_table_without_rows_still_has_its_headings():
    none = pa.table({"place": pa.array([], pa.string())})
    assert b"".join(writers.as_csv(iter([none]), {})).decode("utf-8-sig").strip() == '"place"'
    assert pq.read_table(io.BytesIO(b"".join(writers.as_parquet(iter([none]), {})))).column_names == ["place"]
    assert json.loads(b"".join(writers.as_json(iter([none]), {}))) == {"about": {}, "rows": []}


@pytest.mark.parametrize("form", MAKERS)
@pytest.mark.parametrize("length", [1, 300, 9000])
def test_no_piece_is_larger_than_it_should_be(form, length):
    """Short rows and rows as long as a statement; words that do not repeat, so that no format can leave them out."""
    noise = np.random.default_rng(7).integers(97, 122, (4_000_000 // length, length), dtype=np.uint8)
    rows = pa.table({"text": [bytes(row).decode() for row in noise[:20_000]]})
    sizes = [len(piece) for piece in MAKERS[form](iter([rows]), {})]
    assert max(sizes) <= PIECE
    assert sum(sizes) / len(sizes) > PIECE / 8 or sum(sizes) < PIECE


@pytest.mark.parametrize("form", MAKERS)
def test_pieces_in_one_are_read_as_one_file(form, get):
    address = f"/data/london/recorded_crime/latest.{form}?category=robbery&category=burglary"
    content = get(address).content
    count = {
        "csv": lambda: len(pd.read_csv(io.BytesIO(content))),
        "json": lambda: len(json.loads(content)["rows"]),
        "parquet": lambda: pq.read_table(io.BytesIO(content)).num_rows,
        "xlsx": lambda: len(calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("data").to_python()) - 1,
    }[form]()
    assert count == len(pd.read_csv(io.BytesIO(get(address.replace(f".{form}", ".csv")).content))) > 10_000


def book(*tables: pa.Table, head: dict | None = None) -> openpyxl.Workbook:
    content = b"".join(writers.as_xlsx(iter(tables), head or {}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    return openpyxl.load_workbook(io.BytesIO(content))


def controls(value):
    """A text with its control characters, which the format writes by their numbers and openpyxl leaves so."""
    return re.sub("_x(00[01].|FFF[EF])_", lambda one: chr(int(one[1], 16)), value) if isinstance(value, str) else value


@given(st.lists(ROWS, max_size=3))
def test_a_workbook_holds_every_cell_and_no_formula(tables):
    sheet = book(*(table_of(rows) for rows in tables or [[]]))["data"]
    (_, *cells), expected = list(sheet), [row for rows in tables for row in rows]
    assert [[controls(cell.value) for cell in row] for row in cells] == [
        [(value or None) if isinstance(value, str) else value for value in row] for row in expected
    ]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "b"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "_x003D_1"])
def test_a_text_that_begins_as_a_formula_stays_a_text(text):
    cell = book(pa.table({"text": [text, "平安"]}))["data"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix or text.startswith("_"), "and stays one when somebody edits it"


def test_days_can_be_sorted_as_days_and_what_is_no_day_stays_a_text():
    sheet = book(pa.table({"period_start": ["2026-01-31", "1899-12-31", "", "soon"]}))["data"]
    assert [row[0].value for row in sheet][1:] == [datetime(2026, 1, 31), "1899-12-31", None, "soon"]


def test_a_workbook_of_many_different_texts_holds_so_many_and_writes_the_others_where_they_stand(monkeypatch):
    monkeypatch.setattr(workbook, "HELD", 5)
    rows = pa.table({"text": [f"text {number}" for number in range(50)] * 2})
    assert [row[0].value for row in book(rows)["data"]][1:] == rows["text"].to_pylist()


def test_the_same_rows_are_the_same_workbook_on_every_day():
    rows = pa.table({"text": ["平安"], "value": [1.5]})
    assert len({b"".join(writers.as_xlsx(iter([rows]), {"title": {"en": "A", "zh": "甲"}})) for _ in range(2)}) == 1
