"""Very many counts are written and read a category at a time, and are the counts that a small file would have."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import loaders.observations.sorted_counts as sorted_counts
import loaders.warehouse.sorted_counts_file as sorted_file
from disclosure import commands
from disclosure.walk import safe_table_of
from loaders import SourceError, read_places
from loaders.cards.read_card import card_to_pull
from measures.build import build
from measures.store.shelf import Shelf
from tests.faults.moments import duration, killed, whole_build
from tests.warehouse.department import card_of, department, run
from tests.warehouse.records import counted, in_duckdb, simulated


@pytest.fixture
def large(monkeypatch):
    """However few counts there are, they are too many for memory; a batch is one category."""
    for module in (sorted_counts, sorted_file):
        monkeypatch.setattr(module, "LARGE", 0)
    monkeypatch.setattr(sorted_file, "CELLS", 1)


def held(folder) -> dict[tuple[str, str, str], int]:
    """(area, category, month) → count of the newest release's file."""
    rows = pq.read_table(folder / card_of(folder).latest.file).to_pylist()
    return {(row["area"], row["category"], row["period"]): row["count"] for row in rows}


@pytest.mark.parametrize("at_once", [None, 1, 7])
def test_all_counts_come_sorted_and_the_same_counts_are_the_same_bytes(
    at_once, large, records, duckdb_url, tmp_path, at
):
    at(duckdb_url)
    folders = [department(tmp_path / name, periods_at_once=number) for name, number in (("a", at_once), ("b", 24))]
    assert [run(folder).state for folder in folders] == ["written", "written"]
    one, other = (folder / card_of(folder).latest.file for folder in folders)
    assert one.read_bytes() == other.read_bytes() and one.suffix == ".parquet"
    assert held(folders[0]) == counted(records)
    assert [key for key in held(folders[0])] == sorted(held(folders[0]), key=lambda key: (key[1], key[0], key[2]))
    assert pq.read_metadata(one).num_row_groups == 2
    assert run(folders[0]).state == "unchanged"


def test_a_month_without_any_record_has_one_row_of_zero(large, records, tmp_path, at):
    months = pa.array([f"{moment:%Y-%m}" for moment in records["reported"].to_pylist()])
    at(in_duckdb(records.filter(pa.compute.not_equal(months, "2023-05")), tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data")
    assert run(folder).state == "written"
    assert [count for (_, _, month), count in held(folder).items() if month == "2023-05"] == [0]


def test_what_was_pulled_is_built_and_shown_as_a_small_file_would_be(large, duckdb_url, tmp_path, at, monkeypatch):
    at(duckdb_url)
    folder = department(tmp_path / "data")
    assert run(folder).state == "written"
    assert build(tmp_path / "data") == 0
    by_category = Shelf(tmp_path / "data").table("counts")
    monkeypatch.setattr(sorted_counts, "LARGE", 10**9)
    at_once = safe_table_of(card_of(folder), Shelf(tmp_path / "data").places["invented"])
    for variable, category, block in at_once.blocks():
        beside = by_category.block(variable, category)
        assert (block.values == beside.values).all() and (block.status == beside.status).all()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_build_that_is_killed_in_its_middle_leaves_the_build_before(share, large, duckdb_url, tmp_path, at):
    at(duckdb_url)
    root = tmp_path / "data"
    assert run(department(root)).state == "written"
    lasts = duration(lambda: build(root))
    before = whole_build(root)
    killed(lambda: build(root), share * lasts)
    after = whole_build(root)
    assert build(root) == 0 and whole_build(root) not in (before, after)
    assert after == before or Shelf(root).table("counts").size, "what readers had meanwhile was whole"


def test_a_second_release_of_so_many_is_refused_and_the_first_goes_on(large, records, tmp_path, at):
    at(in_duckdb(records.slice(9), tmp_path / "earlier.duckdb"))
    folder = department(tmp_path / "data")
    assert run(folder).state == "written"
    before, card = held(folder), (folder / "source.toml").read_bytes()
    at(in_duckdb(records, tmp_path / "later.duckdb"))
    outcome = run(folder)
    assert outcome.state == "failed" and "published as one release" in outcome.lines[0]
    assert (folder / "source.toml").read_bytes() == card and held(folder) == before


def test_more_counts_than_can_be_proved_safe_are_not_protected_and_not_shown(duckdb_url, tmp_path, at, monkeypatch):
    at(duckdb_url)
    folder = department(tmp_path / "data", "protect")
    assert run(folder).state == "written"
    monkeypatch.setattr(commands, "IN_MEMORY", 10)
    card = card_to_pull(folder / "source.toml")
    place = read_places(tmp_path / "data", {card.name: card}, {})["invented"]
    with pytest.raises(SourceError, match="too many counts to be protected"):
        commands.protect_package(card, place)
    assert not any((folder / "protected").glob("*.parquet"))


def test_working_files_are_gone_when_a_pull_ends(large, tmp_path, at):
    at(in_duckdb(simulated(300), tmp_path / "records.duckdb"))
    folder = department(tmp_path / "data", periods_at_once=6)
    assert run(folder).state == "written"
    assert {path.name for path in folder.iterdir()} == {"source.toml", "categories.csv", card_of(folder).latest.file}
    assert not list((tmp_path / "data").rglob("sorted-*"))
