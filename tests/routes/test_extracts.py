"""An extract is the same in every format, says what it is, and holds what the pages show."""

from __future__ import annotations

import csv
import io
import json
import math
from datetime import datetime
from functools import lru_cache

import openpyxl
import pyarrow.parquet as pq
import pytest

from language import LANGUAGES, translator
from language.differing import differs_words
from language.verdicts import verdict_word, why_words
from loaders import data_folder, find_cards, read_card
from measures.figures.compute import Query, compute
from measures.maps.funnel import CLASSES
from measures.maps.map import DIFFERS, mapped
from routes.addresses import Selection, extract_address
from routes.extracts.columns import meaning

CARDS = [card for card in map(read_card, find_cards(data_folder())) if card.kind != "boundaries"]
SMALL = {"recorded_crime": {"categories": ["robbery", "homicide"], "first": "2023-09", "last": "2024-09"}}
EVERY_DATASET = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name, scope="module")
TABLES = pytest.mark.parametrize(
    "card",
    [card for card in CARDS if card.kind in ("observations", "areas")],
    ids=lambda card: card.name,
    scope="module",
)
VIEWS = [
    ("recorded_crime", view, "E12000007", "robbery")
    for view in ("count", "rate", "rolling", "rolling_rate", "adjusted", "index")
]
VIEWS += [("recorded_crime", "rate", "E09000001", "all"), ("road_casualties", "index", "E09000007", "")]
VIEWS += [("online_uptake", "share", "united_kingdom", "certificate_orders")]
NAMED = (
    "place",
    "area_code",
    "area_en",
    "area_zh",
    "period",
    "period_start",
    "period_end",
    "variable",
    "unit_en",
    "unit_zh",
)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


@pytest.fixture(scope="module")
def get(get):
    """What was asked a moment ago is not asked again: nothing here changes the shelf or the rules."""
    return lru_cache(maxsize=24)(get)


def address(card, form: str) -> str:
    return extract_address(card.place, card.name, form, rows=Selection(**SMALL.get(card.name, {})))


def as_rows(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def sheets(content: bytes) -> dict[str, list[dict]]:
    """The sheets of a workbook: their rows by the headings, as a spreadsheet program has them."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    tables = {sheet.title: sheet.iter_rows(values_only=True) for sheet in book}
    return {name: [dict(zip(head, row, strict=True)) for row in rows] for name, (head, *rows) in tables.items()}


def parquet(content: bytes):
    return pq.read_table(io.BytesIO(content))


def plain(rows: list[dict]) -> list[dict]:
    """Rows as text, so that formats with and without types can be compared; a missing cell is ''."""
    return [{name: _text(cell) for name, cell in row.items()} for row in rows]


def _text(cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    try:
        return f"{float(cell):.12g}"
    except ValueError:
        return cell


@pytest.mark.in_turn(10)
@EVERY_DATASET
def test_every_format_has_the_same_rows(card, get):
    rows = plain(get(address(card, "json")).json()["rows"])
    assert rows
    assert plain(as_rows(get(address(card, "csv")).text)) == rows
    assert plain(parquet(get(address(card, "parquet")).content).to_pylist()) == rows
    assert plain(sheets(get(address(card, "xlsx")).content)["data"]) == rows


@EVERY_DATASET
@pytest.mark.parametrize(("form", "kind"), TYPES.items())
def test_every_format_has_its_content_type_and_file_name(card, form, kind, get):
    answer = get(address(card, form))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert f'filename="{card.place}-{card.name}-latest.{form}"' in answer.headers["content-disposition"]
    assert answer.headers["access-control-allow-origin"] == "*"


@EVERY_DATASET
def test_a_csv_begins_with_a_mark_so_that_spreadsheets_read_chinese(card, get):
    content = get(address(card, "csv")).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1


@EVERY_DATASET
def test_every_row_names_its_licence_and_publisher(card, get):
    for row in get(address(card, "json")).json()["rows"]:
        assert row["publisher"]
        assert row["licence"]


@TABLES
def test_every_row_has_codes_and_names_in_both_languages_status_and_release(card, get):
    for row in get(address(card, "json")).json()["rows"]:
        assert all(row[name] for name in NAMED)
        paused = row["period"] in card.pauses  # nobody was counted then: such a row says so, and no release has it
        assert row["release"] in ({""} if paused else {release.id for release in card.releases})
        assert not paused or (row["status"], row["reason_code"]) == ("x", "paused")
        assert (row["value"] is None) == (row["status"] in ("c", "x", "z"))
        assert bool(row["reason_en"]) == bool(row["reason_zh"])
        assert row["reason_en"] or not row["status"]  # a note of the card has a reason and no status


def test_reasons_in_a_row_are_in_chinese_too(get):
    groups = ["all", "burglary_of_a_home", "possession_of_weapons"]
    asked = {"areas": ["E09000001", "E09000007"], "categories": groups, "first": "2020-03"}
    marked = [
        row
        for row in get(extract_address("london", "recorded_crime", "json", rows=Selection(**asked))).json()["rows"]
        if row["status"]
    ]
    assert {row["status"] for row in marked} >= {"x", "u", "p"}
    for row in marked:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in row["reason_zh"]), row["reason_en"]


def abouts(address: str, get) -> list[dict]:
    """What an extract says of itself in JSON, in Parquet and beside the CSV, in this order."""
    said = get(address.replace(".csv", ".json", 1)).json()["about"]
    stored = json.loads(parquet(get(address.replace(".csv", ".parquet", 1)).content).schema.metadata[b"about"])
    answer = get(address)
    (named,) = {row["described_at"] for row in as_rows(answer.text)}
    assert get(named).json()["notes"][0]["notes"] == said["notes"], "what the rows name is there"
    return [said, stored, get(answer.headers["link"].partition(">")[0].removeprefix("<")).json()["notes"][0]]


@EVERY_DATASET
def test_every_format_says_what_it_is_with_notes_breaks_and_licence(card, get):
    about, stored, beside = abouts(address(card, "csv"), get)
    assert beside == stored == about
    assert about["notes"] == card.notes
    assert about["not_published"] == card.not_published
    assert about["licenses"] == card.licenses
    assert [cut["reason"] for cut in about["breaks"]] == [cut.reason for cut in card.breaks]
    assert [release["sha256"] for release in about["releases"]] == [release.sha256 for release in card.releases]


WORKED_OUT = [
    "measure=recorded_crime&view=rolling_rate&from=2026-01",
    "measure=recorded_crime&view=count&area=E09000007&period=2025-12&period=2023-12&anyway=yes",
    "measure=recorded_crime&view=rate&from=2026-03&to=2026-03&method=differs",
]


@pytest.mark.parametrize("asked", ["", *WORKED_OUT])
@pytest.mark.parametrize("release", ["latest", "2026-08", "revisions"])
def test_every_view_release_and_revision_says_what_it_is(release, asked, get, shelf):
    card = shelf.cards["recorded_crime"]
    if release == "revisions" and asked:
        assert get(f"/data/london/recorded_crime/{release}.csv-metadata.json?{asked}").status_code == 400
        return
    about, stored, beside = abouts(f"/data/london/recorded_crime/{release}.csv?category=burglary&{asked}", get)
    assert beside == stored == about
    assert (about["notes"], about["licenses"], about["release"]) == (card.notes, card.licenses, release)
    assert (about["measure"] or {}).get("cannot_tell") == (
        shelf.measures["recorded_crime"].cannot_tell if asked else None
    )
    assert bool(about["residents"]) == ("rate" in asked)


@pytest.mark.parametrize("release", ["latest", "2026-08", "revisions"])
def test_every_row_says_status_reason_notes_release_publisher_and_licence(release, get):
    for row in as_rows(
        get(f"/data/london/recorded_crime/{release}.csv?category=homicide&category=burglary&from=2025-01").text
    ):
        assert {"status", "reason_code", "reason_en", "reason_zh", "note_en", "note_zh"} <= set(row)
        assert bool(row["status"]) == bool(row["reason_code"]) == bool(row["reason_zh"])
        assert row["release"] and row["publisher"] and row["licence"] and row["described_at"]


@pytest.mark.parametrize(("measure", "view", "area", "category"), VIEWS)
def test_a_view_holds_what_the_chart_draws(measure, view, area, category, get, shelf):
    dataset = shelf.measures[measure].dataset
    made = compute(Query("london", measure, (area,), category, view), shelf).table
    chosen = f"&category={category}" if category else ""
    rows = get(f"/data/london/{dataset}/latest.json?measure={measure}&view={view}&area={area}{chosen}").json()["rows"]
    assert len(rows) == len(made)
    for row, drawn in zip(rows, made.itertuples(), strict=True):
        assert (row["period"], row["status"], row["release"]) == (drawn.period, drawn.status, drawn.release)
        for name in (
            "value",
            "numerator",
            "denominator",
            "low",
            "high",
            "before",
            "change",
            "change_low",
            "change_high",
        ):
            assert row[name] == (None if math.isnan(getattr(drawn, name)) else getattr(drawn, name))


@pytest.mark.parametrize(("measure", "view", "area", "category"), VIEWS)
def test_a_file_gives_the_verdict_of_every_figure_in_both_languages(measure, view, area, category, get, shelf):
    dataset = shelf.measures[measure].dataset
    made = compute(Query("london", measure, (area,), category, view), shelf).table
    chosen = f"&category={category}" if category else ""
    rows = get(f"/data/london/{dataset}/latest.json?measure={measure}&view={view}&area={area}{chosen}").json()["rows"]
    for row, drawn in zip(rows, made.itertuples(), strict=True):
        assert (row["verdict_code"], row["before_period"]) == (drawn.verdict, drawn.before_period)
        for code in LANGUAGES:
            say = translator(code)
            assert row[f"verdict_{code}"] == verdict_word(drawn.verdict, say)
            assert row[f"why_{code}"] == why_words(drawn.why, say)
            assert bool(row[f"why_{code}"]) == (drawn.verdict == "cannot_say")


@pytest.mark.parametrize("view", ["count", "rate", "rolling", "rolling_rate", "index"])
def test_a_view_is_given_for_every_area_when_none_is_chosen(view, get, shelf):
    asked = f"measure=recorded_crime&view={view}&category=robbery&from=2025-06&to=2025-06"
    rows = get(f"/data/london/recorded_crime/latest.json?{asked}").json()["rows"]
    assert {row["area_code"] for row in rows} == set(shelf.table("recorded_crime").areas)


def test_a_rate_names_the_publisher_and_licence_of_its_residents_too(get):
    address = "/data/london/recorded_crime/latest.json?measure=recorded_crime&view=rate&category=robbery&area=E09000007"
    assert "Office for National Statistics" in json.dumps(get(address).json()["about"])


def test_filters_choose_rows_and_nothing_else(get):
    rows = Selection(["E09000007"], ["robbery"], "2025-11", "2025-12")
    address = extract_address("london", "recorded_crime", "csv", rows=rows)
    rows = as_rows(get(address).text)
    assert [(row["period"], row["area_en"], row["value"]) for row in rows][-1] == ("2025-12", "Camden", "99")
    assert len(rows) == 2


@pytest.mark.parametrize("form", TYPES)
def test_a_span_that_holds_nothing_gives_no_rows_and_no_error(form, get):
    rows = Selection(categories=["robbery"], first="2026-01", last="2025-01")
    answer = get(extract_address("london", "recorded_crime", form, rows=rows))
    read = {
        "csv": as_rows,
        "json": lambda text: json.loads(text)["rows"],
        "parquet": lambda _: parquet(answer.content).to_pylist(),
        "xlsx": lambda _: sheets(answer.content)["data"],
    }
    assert answer.status_code == 200
    assert read[form](answer.text) == []


def test_an_older_release_holds_its_own_months_only(get):
    rows = get("/data/london/recorded_crime/2025-04.json?category=all&area=E12000007").json()["rows"]
    assert (rows[0]["period"], rows[-1]["period"]) == ("2023-04", "2025-03")
    assert {row["release"] for row in rows} == {"2025-04"}


def test_the_catalogue_lists_every_dataset_with_working_addresses(get):
    listed = {one["dataset"]: one for one in get("/data/catalogue.json").json()["datasets"]}
    assert set(listed) == {card.name for card in CARDS}
    for card in CARDS:
        assert listed[card.name]["releases"] == [release.id for release in card.releases]
        assert listed[card.name]["licenses"] == card.licenses
        assert listed[card.name]["addresses"]["csv"] == extract_address(card.place, card.name, "csv")


@pytest.mark.parametrize("category", ["all", "homicide", "robbery"])
def test_the_file_of_a_map_of_what_differs_says_what_the_map_says(category, get, shelf):
    drawn = mapped(Query("london", "recorded_crime", (), category, "rolling_rate", "", "2026-03"), DIFFERS, shelf)
    asked = f"measure=recorded_crime&view=rolling_rate&category={category}&from=2026-03&to=2026-03&method=differs"
    rows = {row["area_code"]: row for row in get(f"/data/london/recorded_crime/latest.json?{asked}").json()["rows"]}
    for area, class_ in zip(drawn.table["area"], drawn.table["class_"], strict=True):
        differs = CLASSES[class_] if class_ >= 0 else ""
        assert rows[area]["differs_code"] == differs
        for code in ("en", "zh"):
            assert rows[area][f"differs_{code}"] == differs_words(differs, translator(code))
    assert rows["E12000007"]["differs_code"] == rows["unknown"]["differs_code"] == ""


@pytest.mark.parametrize(
    "asked",
    [
        "method=natural&measure=recorded_crime&view=rate&from=2026-03&to=2026-03",
        "method=differs",
        "method=differs&from=2026-03&to=2026-03",
        "method=differs&measure=recorded_crime&view=rate",
        "method=differs&measure=recorded_crime&view=rate&from=2026-02&to=2026-03",
        "method=differs&measure=recorded_crime&view=count&from=2026-03&to=2026-03",
        "method=differs&measure=recorded_crime&view=rate&from=1990-01&to=1990-01",
    ],
)
def test_what_differs_is_given_for_one_period_of_a_rate_and_nothing_else(asked, get):
    answer = get(f"/data/london/recorded_crime/latest.json?category=robbery&{asked}")
    assert answer.status_code == 400
    assert "method" in answer.json()["error"]


@pytest.mark.in_turn(10)
@EVERY_DATASET
def test_a_workbook_says_beside_the_figures_what_json_says_and_what_every_column_holds(card, get):
    book, about = sheets(get(address(card, "xlsx")).content), get(address(card, "json")).json()["about"]
    assert list(book) == ["data", "notes", "columns"]
    said = {str(cell) for row in book["notes"] for cell in row.values()}
    assert [text for text in texts_of(about) if text not in said] == []
    assert [row["column"] for row in book["columns"]] == list(book["data"][0])
    for row in book["columns"]:
        assert [row[code] or "" for code in LANGUAGES] == [
            meaning(row["column"], translator(code)) for code in LANGUAGES
        ]


def texts_of(said) -> list[str]:
    """Every text of a description but the hashes of files."""
    if isinstance(said, dict):
        return [text for name, value in said.items() if name != "sha256" for text in texts_of(value)]
    if isinstance(said, list):
        return [text for value in said for text in texts_of(value)]
    return [said] if isinstance(said, str) and said else []


SHORT = "/data/london/recorded_crime/latest.{form}?category=robbery&area=E09000001&area=E09000007&from=2026-01&columns="


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("period,area_en,value", "period,area_en,value,status"),
        ("value,status,period", "value,status,period"),
        ("area_zh,area_code", "area_zh,area_code"),
        ("low&columns=period&measure=recorded_crime&view=rate", "low,period,status"),
        ("denominator", "denominator,status"),
    ],
)
def test_a_short_file_has_the_columns_asked_for_in_their_order_and_no_figure_without_its_status(
    form, asked, given, get
):
    answer = get(SHORT.format(form=form) + asked)
    read = {
        "csv": lambda: as_rows(answer.text),
        "json": lambda: answer.json()["rows"],
        "parquet": lambda: parquet(answer.content).to_pylist(),
        "xlsx": lambda: sheets(answer.content)["data"],
    }
    rows = read[form]()
    assert {",".join(row) for row in rows} == {given}
    view = asked.partition("&measure")[2]
    everything = get(SHORT.format(form="json").replace("&columns=", "") + (f"&measure{view}" if view else "")).json()
    assert plain(rows) == plain([{name: row[name] for name in given.split(",")} for row in everything["rows"]])


@pytest.mark.parametrize("form", TYPES)
def test_a_column_that_there_is_none_of_is_refused_with_those_that_there_are(form, get):
    answer = get(SHORT.format(form=form) + "period,verdict_en,valeu")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == TYPES[form]
    if form == "json":
        said = answer.json()["error"]
        assert "no column verdict_en, valeu" in said
        assert "period_start" in said and "status" in said


def test_what_describes_a_short_csv_names_its_columns_and_no_key_that_it_lacks(get):
    said = get(SHORT.format(form="csv-metadata.json") + "value,period").json()
    assert [one["name"] for one in said["tableSchema"]["columns"]] == ["value", "period", "status"]
    assert "primaryKey" not in said["tableSchema"]
    assert said["url"].endswith("columns=value%2Cperiod")
    assert get(SHORT.format(form="csv-metadata.json") + "valeu").status_code == 400


def test_a_row_of_a_short_file_is_described_at_the_same_address_as_in_the_whole(get):
    whole, short = (get(SHORT.format(form="json")[: -len("columns=")] + more) for more in ("", "columns=described_at"))
    assert {row["described_at"] for row in short.json()["rows"]} == {
        row["described_at"] for row in whole.json()["rows"]
    }
