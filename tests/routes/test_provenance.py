"""Every shown number can be walked back to the bytes of the published file, and worked out again from them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from starlette.datastructures import QueryParams

from loaders.cards.unpublished import recorded_release
from loaders.tables.cell_values import CellReader
from loaders.tables.column_roles import words_of
from measures.figures.compute import Query, compute
from routes.extracts.provenance import provenance

SHOWN = 50  # of every place
VIEWS = ("", "count", "rate", "rolling", "rolling_rate", "share", "density", "index")


def questions(shelf, place: str) -> list[tuple]:
    """All that can be shown of one area and category: (dataset, variable, measure, view, category, area)."""
    found = []
    for card in shelf.cards.values():
        if card.kind in ("observations", "areas") and card.place == place:
            table = shelf.table(card.name)
            asked = [(variable, "", "") for variable in table.variables]
            asked += [
                ("", one.name, view)
                for one in shelf.measures.values()
                if one.dataset == card.name
                for view in one.views
                if view in VIEWS
            ]
            found += [
                (card.name, *one, category, area)
                for one in asked
                for category in table.categories
                for area in table.areas
            ]
    return found


def chosen(shelf, place: str) -> list[tuple]:
    """Numbers of a place that are shown, at random but the same every time: of every dataset and view as many."""
    pick = random.Random(f"6 {place}")
    kinds: dict[tuple, list] = {}
    for one in questions(shelf, place):
        kinds.setdefault(one[:4], []).append(one)
    made = []
    while len(made) < SHOWN:
        for group in kinds.values():
            made += shown(shelf, pick, pick.choice(group))
    return made[:SHOWN]


def shown(shelf, pick, asked) -> list[tuple]:
    dataset, variable, measure, view, category, area = asked
    table = shelf.table(dataset)
    if measure:
        frame = compute(Query(shelf.cards[dataset].place, measure, (area,), category, view), shelf).table
        numbers = list(zip(frame["period"], frame["value"], strict=True))
    else:
        numbers = list(zip(table.periods, table.series(variable, category, area).values, strict=True))
    numbers = [(period, value) for period, value in numbers if math.isfinite(value)]
    return [(*asked, *pick.choice(numbers))] if numbers else []


def ask(shelf, place: str, dataset: str, **asked) -> dict:
    return json.loads(provenance(shelf, place, dataset, QueryParams({name: one for name, one in asked.items() if one})))


def again(answer: dict, root: Path, shelf) -> float:
    """The number worked out from the bytes alone, by the formula of the answer."""
    sums, base = {}, 0
    for part in answer["parts"]:
        card = shelf.cards[part["dataset"]]
        hashes = {one["file"]: one["sha256"] for one in part["files"]}
        sums[part["role"]] = sum(_number(card, cell, hashes[cell["file"]], root) for cell in part["cells"])
        base = len(part["periods"]) if part["role"] == "base" else base
    top = sums["numerator"]
    if "base" in sums:
        return top / (sums["base"] / base) * 100
    return top / sums["denominator"] * answer["per"] if "denominator" in sums else top


def _number(card, cell: dict, sha256: str, root: Path) -> float:
    path = card.folder / cell["file"]
    assert path.is_relative_to(root)
    if not cell["row"]:
        assert cell["counted"] in (0, None) and cell["published"] is None, (
            "a cell that the file does not have is nothing but zero"
        )
        return 0.0
    if cell["counted"] is None:
        return math.nan
    release = next(one for one in card.releases if one.id == cell["release"])
    text = grid(path, sha256)[cell["row"] - 1][cell["column_number"] - 1]
    reading = CellReader(words_of(card, release)).read(text)
    assert not reading.wrong and (math.isnan(reading.value) or reading.value == cell["published"])
    return reading.value if cell["status"] != "z" and not math.isnan(reading.value) else cell["counted"]


@cache
def grid(path: Path, sha256: str) -> list[list[str]]:
    """The cells of a published file, read by another reader than ours, once its bytes are the recorded ones."""
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == sha256
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    import openpyxl

    return [
        ["" if one is None else str(one) for one in row]
        for row in openpyxl.load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True)
    ]


def test_fifty_shown_numbers_of_every_place_are_walked_back_to_the_bytes(shelf):
    numbers = [number for place in shelf.places for number in chosen(shelf, place)]
    assert Counter(shelf.cards[one[0]].place for one in numbers) == dict.fromkeys(shelf.places, SHOWN)
    assert {one[3] for one in numbers} >= {"", "count", "rate", "rolling_rate", "share", "index"}
    for dataset, variable, measure, view, category, area, period, value in numbers:
        asked = {
            "area": area,
            "category": category,
            "period": period,
            "measure": measure,
            "view": view,
            "variable": variable,
        }
        answer = ask(shelf, shelf.cards[dataset].place, dataset, **asked)
        assert answer["value"] == value, asked
        assert again(answer, shelf.root, shelf) == pytest.approx(value, rel=1e-12), asked


@pytest.mark.parametrize("first", ["2010-04", "2015-01", "2021-06"])
@pytest.mark.parametrize("category", ["burglary", "theft"])
def test_an_index_is_walked_back_to_the_start_that_its_reader_chose(first, category, shelf):
    """The base is the first year shown, so the same period has another number for another start."""
    drawn = compute(Query("london", "recorded_crime", ("E09000007",), category, "index", first), shelf).table
    value = drawn.loc[drawn["period"] == "2022-03", "value"].iloc[0]
    asked = {
        "area": "E09000007",
        "category": category,
        "period": "2022-03",
        "measure": "recorded_crime",
        "view": "index",
        "from": first,
    }
    answer = ask(shelf, "london", "recorded_crime", **asked)
    assert answer["value"] == value
    assert again(answer, shelf.root, shelf) == pytest.approx(value, rel=1e-12)
    assert next(part["periods"][0] for part in answer["parts"] if part["role"] == "base") >= first


@pytest.mark.in_turn(5)
@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
@pytest.mark.parametrize(
    "asked", ["", "&measure=recorded_crime&view=rolling_rate", "&measure=recorded_crime&view=index&from=2015-01"]
)
def test_the_way_back_that_a_file_describes_leads_from_its_rows_to_the_same_numbers(asked, form, get):
    """Not by our own making of addresses: the template of the file, filled in from its own columns."""
    address = f"/data/london/recorded_crime/latest.{form}?category=robbery&area=E09000007&to=2022-06{asked}"
    rows = get(address.replace(f".{form}", ".json")).json()["rows"]
    answer = get(address)
    if form == "csv":
        about = get(answer.headers["link"].partition(">")[0].removeprefix("<")).json()["notes"][0]
    else:
        about = (
            answer.json()["about"]
            if form == "json"
            else json.loads(pq.read_schema(io.BytesIO(answer.content)).metadata[b"about"])
        )
    for row in rows[:: max(len(rows) // 5, 1)]:
        told = get(about["provenance"].format(**row))
        assert told.status_code == 200
        assert (told.json()["value"], told.json()["status"], told.json()["release"]) == (
            row["value"],
            row["status"],
            row["release"],
        )


def test_another_cell_gives_another_number(shelf):
    """The walk can fail: with one row wrong the number is not found again."""
    answer = ask(shelf, "london", "recorded_crime", area="E09000007", category="robbery", period="2024-05")
    before = again(answer, shelf.root, shelf)
    answer["parts"][0]["cells"][0]["row"] += 1
    with pytest.raises(AssertionError):
        assert again(answer, shelf.root, shelf) == before


def test_a_protected_figure_tells_no_cell_file_or_hash(example, shelf):
    table = example.table("invented_counts")
    card = example.cards["invented_counts"]
    for area in table.areas:
        for category in table.categories:
            text = provenance(
                example, card.place, card.name, QueryParams(area=area, category=category, period=table.periods[0])
            )
            part = json.loads(text)["parts"][0]
            assert part["protected"] and part["cells"] == [] and part["files"] == []
            assert not any(one in text for one in (recorded_release(card).sha256, card.latest.file))


def test_a_figure_without_value_keeps_its_status(get):
    answer = get("/data/london/recorded_crime/provenance.json?area=E09000001&category=robbery&period=2024-05").json()
    assert (answer["value"], answer["status"]) == (None, "x")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "area=E09000007",
        "period=2024-05",
        "area=x&period=2024-05",
        "area=E09000007&period=1900-01",
        "area=E09000007&period=2024-05&variable=x",
        "area=E09000007&area=E09000001&period=2024-05",
        "area=E09000007&period=2024-05&measure=recorded_crime",
        "area=E09000007&period=2024-05&from=2020-01",
        "area=E09000007&period=2024-05&measure=recorded_crime&view=rate&from=2020-01",
        "area=E09000007&period=2019-05&measure=recorded_crime&view=index&from=2020-01",
    ],
)
def test_a_question_that_names_no_number_is_a_bad_question(query, get):
    answer = get(f"/data/london/recorded_crime/provenance.json?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
