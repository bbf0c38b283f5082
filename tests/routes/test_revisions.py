"""The file of revised figures: the same in every format, filtered like any extract, absent where there are none."""

from __future__ import annotations

import io

import pyarrow.parquet as pq
import pytest

from measures.change.revisions import revisions
from routes.addresses import FORMATS, Selection, extract_address

CAMDEN = "E09000007"


def asked(form: str, **choice) -> str:
    return extract_address("london", "recorded_crime", form, "revisions", rows=Selection(**choice))


def test_the_file_holds_every_revised_cell(get, shelf):
    rows = get(asked("json")).json()["rows"]
    frame = revisions(shelf, "recorded_crime")
    keys = [(row["area_code"], row["category_code"], row["period"], row["first"], row["later"]) for row in rows]
    assert keys == list(frame[["area", "category", "period", "first", "later"]].itertuples(index=False, name=None))


def test_every_format_has_the_same_cells(get):
    choice = {"areas": [CAMDEN], "categories": ["robbery", "all"], "first": "2024-10", "last": "2025-01"}
    rows = get(asked("json", **choice)).json()["rows"]
    assert {row["period"] for row in rows} == {"2024-10", "2024-11", "2024-12", "2025-01"}
    assert {row["area_code"] for row in rows} == {CAMDEN}
    assert {row["category_code"] for row in rows} == {"robbery", "all"}
    assert pq.read_table(io.BytesIO(get(asked("parquet", **choice)).content)).to_pylist() == rows
    assert len(get(asked("csv", **choice)).text.splitlines()) == len(rows) + 1


def test_a_row_says_both_releases_both_figures_and_the_change(get):
    rows = get(asked("json", areas=[CAMDEN], categories=["all"], first="2025-03", last="2025-03")).json()["rows"]
    row = max(rows, key=lambda one: one["later_release"])
    assert [(one["first_release"], one["later_release"]) for one in rows] == [
        ("2025-04", "2026-01-recent"),
        ("2026-01-recent", "2026-04"),
        ("2026-04", "2026-08"),
    ]
    assert (row["first"], row["later"], row["difference"]) == (3470, 3547, 77)
    assert row["area_zh"] == "卡姆登"
    assert row["licence"]
    assert row["period_end"] == "2025-03-31"


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_a_dataset_with_one_release_has_no_such_file_and_says_so_in_the_promised_type(get, form):
    answer = get(extract_address("london", "road_casualties", form, "revisions"))
    assert answer.status_code == 404
    assert form in answer.headers["content-type"]


def test_revised_figures_are_given_as_published(get):
    assert get(asked("csv") + "?measure=recorded_crime&view=rate").status_code == 400


@pytest.mark.parametrize("wrong", ["?area=nowhere", "?category=nothing", "?from=2025", "?order=first"])
def test_an_address_that_names_nothing_is_refused(get, wrong):
    assert get(asked("csv") + wrong).status_code == 400


def test_the_catalogue_lists_the_file_where_there_is_one(get):
    listed = {one["dataset"]: one["revisions"] for one in get("/data/catalogue.json").json()["datasets"]}
    assert listed["recorded_crime"] == [asked(form) for form in FORMATS]
    assert listed["road_casualties"] == []
