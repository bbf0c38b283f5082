"""What is refused before an engine is asked, by its schema, and by what it answers; never with a value of a record."""

from __future__ import annotations

import pyarrow as pa
import pytest

from loaders import SourceError
from loaders.warehouse import plan
from tests.loaders.publisher import everything
from tests.warehouse.department import VARIABLE, card_of, cells, department, run, write_card
from tests.warehouse.records import counted, in_duckdb, simulated

CARDS = {
    "an address in the card": ({"connection": "postgres://me:pw@host/db"}, "'connection' is no name of a variable"),
    "a name that would end the SQL": ({"table": 'incidents"; DROP TABLE x'}, "'table' is no name of the engine"),
    "a column of names": ({"category": "surname"}, "'category' names a column about persons"),
    "a column of numbers of persons": ({"category": "national_id"}, "'category' names a column about persons"),
    "a birthday as the time": ({"time": "date_of_birth"}, "'time' names a column about persons"),
    "a person as the choice": ({"where": {"name": ["x"]}}, "'where' names a column about persons"),
    "one column for two": ({"area": "kind"}, "a column is named twice"),
    "a first period of another grain": ({"from": "2023-Q1"}, "'from' is no period of the dataset"),
    "an end before the beginning": ({"to": "2022-12"}, "'to' comes before 'from'"),
    "a choice of nothing": ({"where": {"state": []}}, "a choice of nothing"),
    "a word that nobody knows": ({"query": "SELECT *"}, "query"),
}


@pytest.mark.parametrize(("asked", "fault"), CARDS.values(), ids=CARDS)
def test_a_card_that_asks_for_more_than_counts_is_refused(asked, fault, tmp_path):
    folder = department(tmp_path / "data", **asked)
    with pytest.raises(SourceError) as error:
        card_of(folder)
    assert fault in str(error.value)
    assert "pw@" not in str(error.value)


BESIDE = {
    "absent rows are no error": ('absent_rows = "zero"', 'absent_rows = "error"', "a group without records"),
    "overlapping periods": ('frequency = "month"', 'frequency = "year_to_date"', "records cannot be counted so"),
    "another layout": ("[warehouse]", '[table]\nlayout = "wide"\n\n[warehouse]', "[table] does not fit"),
    "a heading of ours": ('column = "count"', 'column = "area"', "the variables do not fit"),
    "no whole numbers": ('column = "count"', 'column = "count"\nwhole = false', "the variables do not fit"),
    "two ways": (
        "[warehouse]",
        '[refresh]\nurl = "https://example.org/x.csv"\nformat = "csv"\n\n[warehouse]',
        "two ways to new figures",
    ),
}


@pytest.mark.parametrize(("old", "new", "fault"), BESIDE.values(), ids=BESIDE)
def test_the_rest_of_the_card_has_to_fit(old, new, fault, tmp_path):
    folder = department(tmp_path / "data")
    path = folder / "source.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(SourceError) as error:
        card_of(folder)
    assert fault in str(error.value)


SCHEMAS = {
    "a column that is not there": ({"category": "offence"}, {}, "a column is not there"),
    "moments with a time zone": ({}, {"reported": pa.timestamp("us", tz="UTC")}, "holds moments with a time zone"),
    "a text as the time": ({}, {"reported": pa.string()}, "column 'reported' is of another kind"),
    "a measured category": ({}, {"kind": pa.float64()}, "column 'kind' is of another kind"),
    "a sum of what is no count": ({"sum": "weight"}, {"weight": pa.float64()}, "column 'weight' is of another kind"),
    "a choice of another kind": ({"where": {"state": [1]}}, {}, "column 'state' is of another kind"),
    "no such table": ({"table": "elsewhere"}, {}, "there is no such table"),
}


@pytest.mark.parametrize(("asked", "kinds", "fault"), SCHEMAS.values(), ids=SCHEMAS)
def test_columns_are_checked_by_the_engines_schema(asked, kinds, fault, tmp_path, at):
    schema = simulated(1).schema
    for column, kind in kinds.items():
        schema = schema.remove(schema.get_field_index(column)) if column in schema.names else schema
        schema = schema.append(pa.field(column, kind))
    at(in_duckdb(schema.empty_table(), tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data", **asked)
    before = everything(folder)
    outcome = run(folder)
    assert outcome.state == "failed" and fault in outcome.lines[0], outcome
    assert everything(folder) == before


def with_column(records: pa.Table, column: str, values: list) -> pa.Table:
    number = records.schema.get_field_index(column)
    values = pa.array(values)
    return records.append_column(column, values) if number < 0 else records.set_column(number, column, values)


def test_a_category_that_names_persons_is_refused_without_one_of_its_values(tmp_path, at):
    records = simulated(500)
    at(in_duckdb(with_column(records, "kind", records["record id"].to_pylist()), tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data")
    outcome = run(folder)
    recorded = records["state"].to_pylist().count("recorded")
    assert outcome.state == "failed"
    assert f"{recorded} counted under others; the column has {recorded} values" in outcome.lines[0]
    assert "C-1000" not in str(outcome)
    assert not any((tmp_path / "data" / "pulling").rglob("*.parquet"))


def test_an_area_that_nobody_knows_is_refused_and_the_question_is_shown(tmp_path, at):
    records = simulated(200)
    areas = ["North Field"] * 150 + ["7 Elm Street"] * 49 + [None]
    at(in_duckdb(with_column(records, "District", areas), tmp_path / "records.duckdb"))
    outcome = run(department(tmp_path / "data", where=None))
    assert "50 counted under others; the column has 2 values" in outcome.lines[0]
    assert "ORDER BY" in outcome.lines[0] and "Elm" not in str(outcome)


def test_records_without_an_area_have_the_code_that_the_card_gives_them(tmp_path, at):
    records = simulated(200)
    at(in_duckdb(with_column(records, "District", ["North Field"] * 150 + [None] * 50), tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data", where=None)
    text = (folder / "source.toml").read_text(encoding="utf-8")
    (folder / "source.toml").write_text(text.replace("[warehouse]", '[area_codes]\n"" = "s"\n\n[warehouse]'))
    assert run(folder).state == "written"
    assert sum(count for (area, _, _), count in cells(folder).items() if area == "s") == 50


def test_records_without_a_time_and_of_other_times_are_told(tmp_path, at):
    records = simulated(400)
    times = [None] * 3 + records["reported"].to_pylist()[3:]
    at(in_duckdb(with_column(records, "reported", times), tmp_path / "records.duckdb"))
    outcome = run(department(tmp_path / "data", to="2024-06", where=None))
    late = sum(time is not None and f"{time:%Y-%m}" > "2024-06" for time in times)
    assert "3 rows have no time and are not counted" in outcome.lines
    assert f"{late} rows lie outside 2023-01 to 2024-06 and are not counted" in outcome.lines


def test_a_column_of_counts_is_added_up_and_one_with_other_numbers_refused(tmp_path, at):
    records = simulated(300)
    numbers = [number % 4 for number in range(300)]
    at(in_duckdb(with_column(records, "cases", numbers), tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data", sum="cases", where=None)
    assert run(folder).state == "written"
    assert sum(cells(folder).values()) == sum(numbers)
    at(in_duckdb(with_column(records, "cases", [-1, None, *numbers[2:]]), tmp_path / "others.duckdb"))
    outcome = run(folder)
    assert "counts that are none: expected whole numbers from 0, found 2 rows" in outcome.lines[0], outcome


def test_words_with_quotes_are_words_and_no_sql(tmp_path, at):
    records, odd = simulated(200), 'x\' OR 1=1; DROP TABLE "incidents" --'
    at(in_duckdb(with_column(records, "kind", [odd] * 200), tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data", categories={odd: "fraud"}, where={"kind": [odd]})
    assert run(folder).state == "written"
    assert sum(cells(folder).values()) == 200


def test_an_answer_has_a_bound(duckdb_url, tmp_path, at, monkeypatch):
    monkeypatch.setattr(plan, "MOST", 50)
    at(duckdb_url)
    outcome = run(department(tmp_path / "data"))
    assert "too many rows come: expected at most 50" in outcome.lines[0]


def test_too_many_cells_are_refused_before_an_engine_is_asked(tmp_path, at, monkeypatch):
    monkeypatch.setattr(plan, "BY_CATEGORY", 100)
    at("duckdb:///nowhere.duckdb")
    assert "there would be too many counts" in run(department(tmp_path / "data")).lines[0]


ADDRESSES = {
    "": "found nothing",
    "sqlite:///x.db": "found an address of another kind",
    "duckdb://": "found no file of DuckDB",
    "duckdb:///nowhere/at/all.duckdb": "the engine cannot be reached",
    "postgres://me:hidden-word@127.0.0.1:9/db?application_name=hidden-too": "the engine cannot be reached",
}


@pytest.mark.parametrize(("url", "fault"), ADDRESSES.items())
def test_an_engine_that_cannot_be_reached_is_one_message_without_its_password(url, fault, tmp_path, at):
    at(url)
    outcome = run(department(tmp_path / "data"))
    assert outcome.state == "failed"
    assert len(outcome.lines) == 2 and fault in outcome.lines[0], outcome
    assert VARIABLE in outcome.lines[0]
    assert "hidden" not in str(outcome)


def test_an_engine_is_never_begun_anew(tmp_path, at):
    """A file of DuckDB that is not there would else be made."""
    at(f"duckdb://{tmp_path}/typed_wrong.duckdb")
    run(department(tmp_path / "data"))
    assert not (tmp_path / "typed_wrong.duckdb").exists()


def test_counts_that_look_cut_short_wait_for_a_person(tmp_path, at):
    records = simulated(600)
    at(in_duckdb(records, tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data")
    assert run(folder).state == "written"
    at(in_duckdb(records.slice(0, 300), tmp_path / "half.duckdb"))
    before = everything(folder)
    assert run(folder).state == "doubtful"
    assert everything(folder) == before
    assert run(folder, accept=True).state == "written"
    assert cells(folder) == counted(records.slice(0, 300))
    assert len(card_of(folder).releases) == 2
    write_card(folder)
    assert card_of(folder).releases == ()
