"""A table is the same table in whatever format, encoding and layout it is written."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.loaders import writers
from tests.loaders.invented import ALIASES, AREAS, KINDS, read, told

PERIODS = ["2021", "2022", "2023"]
MARKS = {"..": "x", "c": "c", "-": 0, "n/a": {"status": "z", "en": "no such thing", "zh": "不适用"}}
STATUS_OF = {"..": "x", "c": "c", "n/a": "z", "-": ""}
PLAIN = st.integers(0, 2_000_000).map(str)
CELLS = st.one_of(PLAIN, st.sampled_from([*MARKS, ""]))
CARD = {"frequency": "year", "variables": {"recorded": {"column": "recorded", "heading": "recorded"}}}
TEXT = [(one, mark) for one in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030") for mark in ",;\t|"] + [
    ("cp1252", ",")
]
LONG = {
    "xlsx": lambda rows: writers.as_xlsx(rows),
    "ods": writers.as_ods,
    "parquet": writers.as_parquet,
    "json": writers.as_socrata,
    "ckan.json": writers.as_ckan,
    "arcgis.json": writers.as_arcgis,
    "lists.json": writers.as_lists,
}
STAT, SDMX = ("value", "status"), ("OBS_VALUE", "OBS_STATUS")
CUBES = {  # the writer, and what the columns of figures and statuses are called
    "stat.json": (writers.as_json_stat, STAT),
    "sparse.json": (lambda rows: writers.as_json_stat(rows, True), STAT),
    "sdmx.csv": (writers.as_sdmx_csv, SDMX),
    **{
        f"{form}, {'series' if by_series else 'flat'}.json": (
            partial(writers.as_sdmx_json, by_series=by_series, form=form),
            SDMX,
        )
        for form in ("draft", "adopted", "2")
        for by_series in (False, True)
    },
}


@st.composite
def tables(draw, cells=CELLS) -> dict[tuple[str, str, str], str]:
    """Texts of cells by area, category and period: complete, as a wide table must be."""
    periods = PERIODS[: draw(st.integers(1, 3))]
    keys = [(area, kind, period) for area in AREAS for kind in KINDS for period in periods]
    return dict(zip(keys, draw(st.lists(cells, min_size=len(keys), max_size=len(keys))), strict=True))


def meant(table: dict) -> dict:
    """What the loaders must make of such a table."""
    return {
        (area, kind, period, "recorded"): (
            float(text) if text.isdigit() else 0.0 if text == "-" else None,
            STATUS_OF.get(text, ""),
        )
        for (area, kind, period), text in table.items()
    }


def long_rows(table: dict, names: dict = AREAS) -> list[list[str]]:
    return [
        ["area", "type", "year", "recorded"],
        *([names[area], KINDS[kind], period, text] for (area, kind, period), text in table.items()),
    ]


def found(file: str, data: bytes, card: dict) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        return told(read(Path(folder), file, data, {**CARD, **card}).frame)


LONG_CARD = {
    "columns": {"area": "area", "category": "type", "period": "year"},
    "table": {"layout": "long", "marks": MARKS},
}


@pytest.mark.parametrize(("encoding", "delimiter"), TEXT)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables())
def test_a_long_table_in_any_encoding_and_with_any_delimiter(encoding, delimiter, table):
    names = AREAS if encoding == "cp1252" else {code: one[0] for code, one in ALIASES.items()}
    spelt = {"encoding": encoding} if encoding in ("gb18030", "cp1252") else {}
    card = {**LONG_CARD, "table": {**LONG_CARD["table"], **spelt}}
    assert found("t.csv", writers.as_csv(long_rows(table, names), encoding, delimiter), card) == meant(table)


@pytest.mark.parametrize("kind", LONG)
@settings(max_examples=12)
@given(table=tables())
def test_a_long_table_in_any_format(kind, table):
    sheet = {"sheet": "Table"} if kind in ("xlsx", "ods") else {}
    card = {**LONG_CARD, "table": {**LONG_CARD["table"], **sheet}}
    assert found(f"t.{kind}", LONG[kind](long_rows(table)), card) == meant(table)


def cube(table: dict) -> list[list[str]]:
    """Codes, value and status: ``:c`` is withheld, ``:p`` here a provisional 7."""
    rows = [["GEO", "ICCS", "TIME", "value", "OBS_STATUS"]]
    for (area, type_, period), text in table.items():
        number, mark = {":c": ("", "c"), ":p": ("7", "p")}.get(text, (text, ""))
        rows.append([AREAS[area], KINDS[type_], period, number, mark])
    return rows


def of_cube(table: dict, but_empty: bool = False) -> dict:
    return {
        (*key, "recorded"): {":c": (None, "c"), ":p": (7.0, "p"), "": (None, "")}.get(text) or (float(text), "")
        for key, text in table.items()
        if text or not but_empty
    }


CUBE_CELLS = st.one_of(PLAIN, st.sampled_from(["", ":c", ":p"]))


@pytest.mark.parametrize("kind", CUBES)
@settings(max_examples=12)
@given(table=tables(CUBE_CELLS))
def test_a_cube_with_its_statuses(kind, table):
    write, (value, status) = CUBES[kind]
    card = {
        "columns": {"area": "GEO", "category": "ICCS", "period": "TIME", "status": status},
        "table": {"layout": "long"},
    }
    card |= {"variables": {"recorded": {"column": value}}, "ignore": ["STRUCTURE", "STRUCTURE_ID", "ACTION"]}
    wanted = of_cube(table, but_empty=kind == "sparse.json")
    if wanted:
        assert found(kind, write(cube(table)), card) == wanted


@settings(max_examples=12)
@given(table=tables(CUBE_CELLS))
def test_a_cube_as_eurostat_writes_it_in_tsv(table):
    """There a cell without a number always bears the colon: not available."""
    card = {"columns": {"area": "GEO", "category": "ICCS"}, "table": {"layout": "wide", "marks": {"p": "p"}}}
    wanted = {
        key: (None, status or "x") if value is None else (value, status)
        for key, (value, status) in of_cube(table).items()
    }
    assert found("t.tsv", writers.as_eurostat_tsv(cube(table)), card) == wanted


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
@settings(max_examples=12)
@given(table=tables())
def test_a_wide_table(kind, table):
    periods = sorted({key[2] for key in table})
    rows = [
        ["area", "type", *periods],
        *([AREAS[a], KINDS[k], *(table[a, k, p] for p in periods)] for a in AREAS for k in KINDS),
    ]
    card = {"columns": {"area": "area", "category": "type"}, "table": {"layout": "wide", "marks": MARKS}}
    card["table"] |= {"sheet": 1 if kind == "ods" else 2} if kind != "csv" else {}
    assert found(f"t.{kind}", _write(kind, rows), card) == meant(table)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
@settings(max_examples=12)
@given(table=tables(), once=st.booleans())
def test_stacked_headings(kind, table, once):
    """Period over category over variable, newest first, with a total that is left out; joined cells say a text once or again and again."""
    periods = sorted({key[2] for key in table}, reverse=True)
    columns = [(p, k) for p in periods for k in (*KINDS, "all")]
    top = ["area", *("" if once and at % 3 else p for at, (p, _) in enumerate(columns))]
    rows = [
        ["Invented table"],
        [],
        top,
        ["area", *(KINDS.get(k, "All") for _, k in columns)],
        ["area", *("recorded" for _ in columns)],
    ]
    rows += [
        ["All areas", *("9" for _ in columns)],
        *([AREAS[a], *(table.get((a, k, p), "9") for p, k in columns)] for a in AREAS),
        [],
        ["Source: x"],
    ]
    words = {
        "layout": "crossed",
        "head_rows": 3,
        "skip_rows": 2,
        "heads": ["period", "category", "variable"],
        "marks": MARKS,
        "ignore": ["All"],
    }
    words |= {"ignore_rows": {"area": ["All areas"]}, "ends_at": "Source:", "fill_across": [1]}
    words |= {"sheet": "Table"} if kind != "csv" else {}
    assert found(f"t.{kind}", _write(kind, rows), {"columns": {"area": "area"}, "table": words}) == meant(table)


def _write(kind: str, rows: list[list[str]]) -> bytes:
    return {"csv": writers.as_csv, "xlsx": writers.as_xlsx, "ods": writers.as_ods}[kind](rows)
