"""A pull is shown before it is made, survives every kill, and its counts are protected like a published file's."""

from __future__ import annotations

import json
import signal
import tomllib
from datetime import date, timedelta

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.commands import protect_package
from loaders import SourceError, periods, read_card, read_places
from loaders.__main__ import main
from loaders.cards.unpublished import recorded_release
from loaders.tables.published_file import byte_faults
from loaders.warehouse.known_words import words_known
from loaders.warehouse.plan import _over, planned
from loaders.warehouse.question import Question
from measures.build import build
from measures.store.attack_verdicts import ATTACKED
from measures.store.shelf import Shelf
from tests.forked import command_killed, in_child
from tests.loaders.publisher import everything
from tests.warehouse.department import card_of, cells, department, run
from tests.warehouse.records import counted, in_duckdb, simulated


def place_of(folder, card):
    return read_places(folder.parents[2], {card.name: card}, {})["invented"]


def test_a_dry_run_shows_the_sql_and_asks_nothing_but_the_schema(wire, tmp_path, at, capsys, monkeypatch):
    recorded, url = wire
    at(url)
    folder = department(tmp_path / "data")
    before = everything(folder)
    monkeypatch.setenv("FIGURES_DATA", str(tmp_path / "data"))
    assert main(["pull", "counts", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert "-- question 2 of 2" in shown and 'FROM "incidents"' in shown and "s3cret" not in shown
    assert b'FROM "incidents"' not in bytes(recorded.sent)
    assert everything(folder) == before


def test_the_command_pulls_what_is_named_and_tells_what_is_next(duckdb_url, tmp_path, at, capsys, monkeypatch):
    at(duckdb_url)
    folder = department(tmp_path / "data")
    monkeypatch.setenv("FIGURES_DATA", str(tmp_path / "data"))
    assert main(["pull", "elsewhere"]) == 1
    assert main(["pull", "invented"]) == 0
    printed = capsys.readouterr()
    assert "counts: written" in printed.out and "python -m measures build" in printed.out
    assert "question 1 of 1" in printed.err
    assert len(read_card(folder / "source.toml").releases) == 1


def killed(step: int) -> int:
    """How ``pull`` ends that is killed before its ``step``-th step on the disk."""

    def work() -> int:
        try:
            command_killed(step, "pull")
        except SystemExit as end:
            return end.code
        return 0

    return in_child(work)


@pytest.mark.parametrize("disclosure", ["as_published", "protect"])
def test_a_kill_before_any_step_leaves_the_old_release_or_the_whole_new_one(disclosure, tmp_path, at, monkeypatch):
    """Each step that touches the disk in turn, until a pull ends by itself; a protected dataset has a release before."""
    records = simulated(300)
    earlier, later = (in_duckdb(records.slice(n), tmp_path / f"{n}.duckdb") for n in (9, 0))
    secret, steps, ending = disclosure == "protect", 0, -signal.SIGKILL
    while ending == -signal.SIGKILL:
        steps += 1
        root = tmp_path / str(steps)
        monkeypatch.setenv("FIGURES_DATA", str(root))
        folder = department(root, disclosure, periods_at_once=12)
        at(earlier)
        before = [run(folder)] and [card_of(folder).latest.file] if secret else []
        at(later)
        ending = killed(steps)
        card = card_of(folder)
        if card.releases:
            recorded = recorded_release(card) if secret else card.latest
            assert byte_faults(card, recorded) == []
        assert run(folder).state in ("written", "unchanged")
        assert cells(folder) == counted(records)
        names = {"categories.csv", "source.toml", card_of(folder).latest.file, *before}
        assert set(everything(folder)) == names | ({"unpublished.toml"} if secret else set())
        assert not any((root / "pulling").rglob("*.parquet"))
    assert ending == 0 and steps == (14 if secret else 11)


def test_a_protected_dataset_has_one_release_and_its_card_tells_nothing_of_the_file(tmp_path, at):
    records = simulated(600)
    at(in_duckdb(records, tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data", "protect")
    assert run(folder).state == "written"
    first = card_of(folder).latest
    assert (first.sha256, first.rows, first.total) == ("", None, None)
    at(in_duckdb(records.slice(0, 590), tmp_path / "later.duckdb"))
    outcome = run(folder)
    assert outcome.state == "written"
    assert f"release {first.id} is replaced; keep {first.file} elsewhere, or remove it" in outcome.lines
    card = card_of(folder)
    again = "-2" if card.latest.published == first.published else ""
    assert [release.id for release in card.releases] == [f"{card.latest.published}{again}"]
    known = tomllib.loads((folder / "unpublished.toml").read_text(encoding="utf-8"))
    assert known[card.latest.id]["total"] == sum(counted(records.slice(0, 590)).values())
    assert run(folder).state == "unchanged"
    audit = protect_package(card, place_of(folder, card))
    assert audit["unsafe"] == 0 and audit["hidden"] > 0


def test_pulled_counts_are_protected_and_attacked_by_the_build(tmp_path, at):
    records = simulated(900)
    at(in_duckdb(records, tmp_path / "records.duckdb"))
    root = tmp_path / "data"
    folder = department(root, "protect")
    assert run(folder).state == "written"
    assert build(root) == 0
    shelf = Shelf(root)
    safe = shelf.table("counts")
    block = safe.block("cases", "theft", ["n"]).values[0]
    true = [counted(records).get(("n", "theft", period), 0) for period in safe.periods]
    assert any(shown != shown for shown in block), "nothing small was hidden"
    assert all(shown != shown or shown == count for shown, count in zip(block, true, strict=True))
    assert all(shown != shown for shown, count in zip(block, true, strict=True) if 0 < count < 5)
    verdict = json.loads((shelf.built.folder / ATTACKED).read_text(encoding="utf-8"))["datasets"]["counts"]
    assert verdict["unsafe"] == 0 and verdict["safe"] > 0


def test_before_the_first_pull_the_card_says_what_to_do(tmp_path):
    folder = department(tmp_path / "data")
    with pytest.raises(SourceError, match="Run python -m loaders pull counts"):
        read_card(folder / "source.toml")


GRAINS = [(grain, 4) for grain in periods.FREQUENCIES[:-1]] + [
    ("fiscal_year", 1),
    ("fiscal_year", 7),
    ("school_year", 9),
]


@pytest.mark.parametrize(("grain", "month"), GRAINS)
def test_every_day_falls_into_its_period(grain, month, tmp_path, at):
    """Of a table with one row a day, each with a weight of its own; the weights of a period are added up. No areas."""
    frequency = periods.named(grain, month)
    asked = [period for period in _periods_of(frequency) if period[:4] in ("2019", "2020", "2021")]
    begin, end = date(2018, 11, 20), date(2023, 2, 10)
    days = [begin + timedelta(days=number) for number in range((end - begin).days)]
    weights = [number * 7 % 1009 for number in range(len(days))]
    at(in_duckdb(pa.table({"day": days, "weight": weights}), tmp_path / "days.duckdb"))
    words = dict.fromkeys(("area", "category", "where", "categories"))
    words |= {"time": "day", "sum": "weight", "from": asked[0], "to": asked[-1]}
    folder = department(tmp_path / "data", frequency=grain, **words)
    path = folder / "source.toml"
    months = f"first_month = {month}\nabsent_rows" if grain in periods.FIRST_MONTH else "absent_rows"
    path.write_text(path.read_text(encoding="utf-8").replace("absent_rows", months), encoding="utf-8")
    outcome = run(folder)
    assert outcome.state == "written", outcome
    lines = (folder / card_of(folder).latest.file).read_text(encoding="utf-8").splitlines()[1:]
    within = {period: periods.dates(period) for period in asked}
    weighed = list(zip(days, weights, strict=True))
    assert [line.replace('"', "").split(",") for line in lines] == [
        [period, str(sum(weight for day, weight in weighed if first <= day <= last))]
        for period, (first, last) in within.items()
    ]


def _periods_of(frequency: str) -> list[str]:
    base = frequency.partition("-")[0]
    if base in ("year", "fiscal_year", "school_year"):
        return [periods.from_ordinal(year, frequency) for year in range(2018, 2023)]
    start = {"half": "2018-H1", "quarter": "2018-Q1", "month": "2018-01", "week": "2018-W01"}[base]
    return [periods.shift(start, number) for number in range(5 * periods.per_year(start))]


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(periods.FREQUENCIES[:-1]), st.integers(1, 12))
def test_only_periods_that_are_over_are_asked_for(today, grain, month):
    last = _over(periods.named(grain, month), today)
    assert periods.dates(last)[1] < today <= periods.dates(periods.shift(last, 1))[1]


def test_parts_cover_every_period_once(tmp_path):
    folder = department(tmp_path / "data", periods_at_once=7)
    card = card_of(folder)
    parts = planned(card, words_known(card, place_of(folder, card)), date(2026, 1, 1)).parts
    asked = [period for part in parts for period in periods.span(part.first, part.last)]
    assert asked == periods.span("2023-01", "2024-12") and len(parts) == 4


@pytest.mark.parametrize("dialect", ["clickhouse", "bigquery", "trino"])
def test_the_question_is_compiled_for_engines_that_are_not_here(dialect, tmp_path):
    """Compiled only: no such engine was asked."""
    card = card_of(department(tmp_path / "data"))
    words = words_known(card, place_of(tmp_path / "data/open/x/y", card))
    columns = {"record id": "string", "name": "string", "District": "string", "kind": "string", "state": "string"}
    table = ibis.table(ibis.schema({**columns, "reported": "timestamp"}), name="incidents")
    sql = ibis.to_sql(Question(table, card, words).counts("2023-01", "2023-12", 100), dialect=dialect)
    assert "GROUP BY" in sql and "LIMIT 100" in sql and "record id" not in sql and "name" not in sql
    assert "THEFT 01" in sql and "COUNT(*)" in sql
