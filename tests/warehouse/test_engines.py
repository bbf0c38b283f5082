"""Every engine gives the same table, and nothing but counts leaves it."""

from __future__ import annotations

import psycopg
import pytest

from loaders import read_card
from tests.clock import day_of_universal_time
from tests.loaders.publisher import everything
from tests.warehouse.department import card_of, cells, department, run
from tests.warehouse.records import counted, in_postgres, private


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "spark"])
def test_every_engine_gives_the_same_table_to_the_last_cell(engine, request, records, tmp_path, at):
    at(request.getfixturevalue(f"{engine}_url"))
    folder = department(tmp_path / "data")
    said, began = [], day_of_universal_time()
    outcome = run(folder, said)
    assert outcome.state == "written", outcome
    assert cells(folder) == counted(records)
    release = read_card(folder / "source.toml").latest
    assert (release.first, release.last) == ("2023-01", "2024-12")
    assert began <= release.published <= day_of_universal_time()
    assert release.total == sum(counted(records).values())
    assert said == ["counts: question 1 of 1, 2023-01 to 2024-12", ""]
    assert run(folder).state == "unchanged"
    assert not any((tmp_path / "data" / "pulling").glob("*/*"))


def test_nothing_but_counts_leaves_postgresql(wire, records, tmp_path, at):
    recorded, url = wire
    at(url)
    assert run(department(tmp_path / "data")).state == "written"
    passed = bytes(recorded.came + recorded.sent)
    assert b"North Field" in passed and b"SELECT" in passed  # it was this wire that was read
    assert [text for text in private(records) if text in passed] == []
    for column in (b"record id", b"name\x00", b"O'Record"):
        assert column not in bytes(recorded.sent)


def test_the_wire_would_show_a_record(wire, records):
    """Else the test above would hold whatever came."""
    recorded, url = wire
    with psycopg.connect(url) as connection:
        connection.execute("SELECT * FROM incidents LIMIT 50").fetchall()
    assert sum(text in recorded.came for text in private(records)) >= 100


def test_postgresql_is_asked_in_a_session_that_cannot_write(postgres_url, tmp_path, at):
    from loaders.warehouse.engine import opened

    at(postgres_url)
    with opened(card_of(department(tmp_path / "data"))) as engine, pytest.raises(Exception, match="read-only"):
        engine.connection.raw_sql("CREATE TABLE one (a int)")


def test_the_database_gone_in_the_middle_is_told_and_the_next_run_goes_on(wire, records, tmp_path, at):
    recorded, url = wire
    at(url)
    folder = department(tmp_path / "data", periods_at_once=6)
    before = everything(folder)

    class Cutting(list):
        def append(self, words):
            super().append(words)
            if "question 3 of 4" in words:
                recorded.cut()

    outcome = run(folder, Cutting())
    assert outcome.state == "failed" and "broke off" in outcome.lines[0], outcome
    assert "Nameson" not in str(outcome) and "s3cret" not in str(outcome)
    assert everything(folder) == before
    recorded.mend()
    said = []
    assert run(folder, said).state == "written"
    assert [words.endswith("kept from before") for words in said] == [True, True, False, False, False]
    assert cells(folder) == counted(records)


class Inserting(list):
    """Is told of a question, and adds a record of each year before it is asked, so many times."""

    def __init__(self, url: str, times: int):
        super().__init__()
        self.url, self.times = url, times

    def append(self, words):
        super().append(words)
        if words and self.times:
            self.times -= 1
            with psycopg.connect(self.url) as connection:
                for year in (2023, 2024):
                    chosen = f"state = 'recorded' AND EXTRACT(year FROM reported) = {year}"
                    connection.execute(f"INSERT INTO moving SELECT * FROM incidents WHERE {chosen} LIMIT 1")


def test_records_that_change_meanwhile_are_counted_again_and_not_for_ever(postgres_url, records, tmp_path, at):
    at(postgres_url)
    in_postgres(records, postgres_url, "moving")
    folder = department(tmp_path / "data", table="moving")
    said = Inserting(postgres_url, 1)
    assert run(folder, said).state == "written"
    assert len(said) == 3
    assert sum(cells(folder).values()) == sum(counted(records).values()) + 2
    folder = department(tmp_path / "parts", table="moving", periods_at_once=12)
    outcome = run(folder, Inserting(postgres_url, 99))
    assert outcome.state == "failed" and "the records change while they are counted" in outcome.lines[0]


def test_moments_with_a_time_zone_are_refused_by_every_engine(records, postgres_url, spark_url, tmp_path, at):
    from pyspark.sql import SparkSession

    at(postgres_url)
    with psycopg.connect(postgres_url) as connection:
        connection.execute(
            'CREATE VIEW moments AS SELECT "District", kind, state, reported::timestamptz FROM incidents'
        )
    folder = department(tmp_path / "postgres", table="moments", schema="public")
    assert "holds moments with a time zone" in run(folder).lines[0]
    at(spark_url)
    session = SparkSession.getActiveSession()
    session.sql("SELECT District, kind, state, CAST(reported AS TIMESTAMP) AS reported FROM incidents").limit(
        10
    ).createOrReplaceTempView("moments")
    assert "holds moments with a time zone" in run(department(tmp_path / "spark", table="moments")).lines[0]


def test_identifiers_named_as_a_category_do_not_cross_the_wire(wire, records, postgres_url, tmp_path, at):
    recorded, url = wire
    at(url)
    with psycopg.connect(postgres_url) as connection:
        connection.execute(
            'CREATE VIEW odd AS SELECT "District", "record id" AS kind, reported, state, name AS spare FROM incidents'
        )
    outcome = run(department(tmp_path / "data", table="odd", schema="public"))
    assert "values that nobody knows" in outcome.lines[0]
    assert [text for text in private(records) if text in bytes(recorded.came)] == []


def test_a_wrong_password_is_told_without_it(postgres_url, tmp_path, at):
    at(postgres_url.replace("s3cret-of-the-tests", "an-other-s3cret"))
    outcome = run(department(tmp_path / "data"))
    assert outcome.state == "failed"
    assert "the engine cannot be reached" in outcome.lines[0]
    assert "s3cret" not in str(outcome) and "keeper" not in str(outcome)


@pytest.mark.parametrize("frequency", ["year", "half", "quarter", "week", "fiscal_year"])
def test_every_grain_is_counted_alike_by_every_engine(frequency, duckdb_url, postgres_url, spark_url, tmp_path, at):
    first = {"year": "2023", "half": "2023-H1", "quarter": "2023-Q1", "week": "2023-W01", "fiscal_year": "2023-FY04"}
    last = {"year": "2024", "half": "2024-H2", "quarter": "2024-Q4", "week": "2024-W52", "fiscal_year": "2023-FY04"}
    tables = []
    for number, url in enumerate((duckdb_url, postgres_url, spark_url)):
        at(url)
        folder = department(
            tmp_path / str(number), frequency=frequency, **{"from": first[frequency], "to": last[frequency]}
        )
        outcome = run(folder)
        assert outcome.state == "written", outcome
        tables.append(cells(folder))
    assert tables[0] == tables[1] == tables[2]
    assert len({period for _, _, period in tables[0]}) == {"year": 2, "half": 4, "quarter": 8, "week": 104}.get(
        frequency, 1
    )
