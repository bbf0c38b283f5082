"""Whatever somebody writes into an address, the answer is calm, in the promised format, and never the inside of the server."""

from __future__ import annotations

import csv
import io
import json
from itertools import cycle
from urllib.parse import quote

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.store.shelf import Shelf
from routes.addresses import FORMATS
from routes.boundaries import boundaries_address

TYPES = FORMATS
EVERY_FORMAT = pytest.mark.parametrize("form", TYPES)
CRIME = "/data/london/recorded_crime/latest"
HOSTILE = [
    "../",
    "../../../../etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cwindows",
    "%00",
    "latest%00.csv",
    "%0d%0aSet-Cookie:%20a=b",
    "%0A",
    "x" * 5_000,
    "%27%22%3E%3Cscript%3E",
    "%27;DROP%20TABLE%20areas;--",
    "%F0%9F%92%A3",
    "%E4%BC%A6%E6%95%A6",
    "%ff%fe",
    "{0.__class__}",
    "%25s%25n",
    "latest.csv.csv",
    ".csv",
    "latest.CSV",
    "//latest.csv",
    "__init__.py",
]


def sentence(answer, form: str) -> str:
    """The one sentence of an answer that has no figures, read in the format that was asked for."""
    assert answer.headers["content-type"] == TYPES[form]
    if form == "json":
        return answer.json()["error"]
    if form == "csv":
        return next(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))["error"]
    if form == "xlsx":
        return openpyxl.load_workbook(io.BytesIO(answer.content))["data"]["A2"].value
    return pq.read_table(io.BytesIO(answer.content)).to_pylist()[0]["error"]


def is_calm(answer) -> bool:
    inside = (b"traceback", b"site-packages", b"<html")
    return answer.status_code < 500 and not any(word in answer.content.lower() for word in inside)


@EVERY_FORMAT
@pytest.mark.parametrize(
    "path",
    [
        "london/nothing/latest",
        "atlantis/recorded_crime/latest",
        "shanghai/recorded_crime/latest",
        "london/recorded_crime/1999-01",
        "london/london_boroughs/latest",
        "x",
    ],
)
def test_a_file_that_is_not_there_answers_in_the_promised_format(path, form, get):
    answer = get(f"/data/{path}.{form}")
    assert answer.status_code == 404
    assert sentence(answer, form).endswith(".")


@EVERY_FORMAT
def test_a_line_break_in_an_address_is_answered_in_the_promised_format_too(form, get):
    assert sentence(get(f"/data/london/recorded%0Acrime/latest.{form}"), form)


@EVERY_FORMAT
@pytest.mark.parametrize(
    "query",
    [
        "area=atlantis",
        "area=E09000007&area=x",
        "area=",
        "category=witchcraft",
        "category=",
        "from=2020",
        "to=2020-13",
        "from=yesterday",
        "measure=nothing&view=count",
        "measure=recorded_crime",
        "view=rate",
        "measure=recorded_crime&view=share",
        "measure=road_casualties&view=count",
        "colour=red",
        "AREA=E09000007",
    ],
)
def test_an_unknown_name_is_a_bad_question(query, form, get):
    answer = get(f"{CRIME}.{form}?{query}")
    assert answer.status_code == 400
    assert sentence(answer, form).endswith(".")


@pytest.mark.parametrize(
    "query", ["area=310101", "category=all", "from=2019", "measure=published_statements&view=statements"]
)
@pytest.mark.parametrize("dataset", ["shanghai_statements", "shanghai_systems"])
def test_a_dataset_that_is_given_whole_says_so_when_a_part_is_asked_for(dataset, query, get):
    assert get(f"/data/shanghai/{dataset}/latest.json?{query}").status_code == 400


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_path_gets_a_calm_answer(text, get):
    for before, after in (
        ("data", ""),
        ("data/london", ""),
        ("data/london/recorded_crime", ""),
        ("data", "/recorded_crime/latest.csv"),
        ("boundaries", ""),
    ):
        address = f"/{before}/{text}{after}"
        answer = get(address)
        assert is_calm(answer), address
        assert answer.status_code in (404, 405), address
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("name", "text"),
    [*zip(cycle(["area", "category", "from", "to", "measure", "view", "unknown%00"]), HOSTILE, strict=False)],
)
def test_a_hostile_query_gets_a_calm_answer(name, text, get):
    """The names in turn: all texts of a name are refused at the same place."""
    answer = get(f"{CRIME}.json?{name}={text}")
    assert is_calm(answer)
    assert answer.status_code == 400
    assert text[:40] not in answer.text, "what a reader types is not written back"


@given(st.text(max_size=40), st.sampled_from(("area", "category", "from", "to", "measure", "view", "")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_can_be_typed_breaks_the_server(get, text, name):
    asked = quote(text, safe="", errors="replace")
    assert is_calm(
        get(f"/data/london/road_casualties/latest.csv?{name}={asked}" if name else f"/data/london/{asked}.csv")
    )


@EVERY_FORMAT
@pytest.mark.parametrize("dataset", ["road_casualties", "shanghai_statements", "shanghai_systems"])
def test_a_dataset_that_cannot_be_read_says_so_in_the_promised_format(dataset, form, copy, get, monkeypatch):
    copy.write(dataset, b"name\nnothing\n")
    broken = Shelf(copy.root)
    monkeypatch.setattr("routes.data.open_shelf", lambda: broken)
    answer = get(f"/data/{broken.cards[dataset].place}/{dataset}/latest.{form}")
    assert answer.status_code == 503
    said = sentence(answer, form)
    assert "sha256" not in said
    assert str(copy.root) not in said


def test_a_rate_whose_residents_cannot_be_read_says_so_before_it_begins(copy, get, monkeypatch):
    copy.write("population", b"borough,year,population\n")
    broken = Shelf(copy.root)
    monkeypatch.setattr("routes.data.open_shelf", lambda: broken)
    answer = get(f"{CRIME}.json?measure=recorded_crime&view=rate&category=robbery&area=E09000007")
    assert answer.status_code == 503
    assert sentence(answer, "json")


def test_boundaries_stand_at_an_address_that_holds_their_hash(get, shelf):
    address = boundaries_address(shelf, "london")
    answer = get(f"/{address}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    found = {shape["id"] for shape in answer.json()["objects"]["areas"]["geometries"]}
    assert found == {area.code for area in shelf.places["london"].areas}


def test_a_place_without_boundaries_has_no_address_for_them(shelf):
    assert boundaries_address(shelf, "shanghai") == ""


@pytest.mark.parametrize("name", ["london.topo.json", "london-000000000000.topo.json", "shanghai-1.topo.json", "x"])
def test_other_boundaries_are_not_there_and_the_answer_is_json(name, get):
    answer = get(f"/boundaries/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)["error"]
