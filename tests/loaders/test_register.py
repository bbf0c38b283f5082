"""What stands beside a register is checked like the register: every fault is named, and nothing is guessed."""

from __future__ import annotations

import csv

import pytest

from loaders import SourceError
from measures.about.register import register_notes
from measures.store.shelf import Shelf

DATASET = "shanghai_systems"


def faults(copy, change, table: str = "entries.csv") -> list[str]:
    """Spoil one table beside the register and read it as the site does."""
    path = copy.card(DATASET).folder / table
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    heads = list(rows[0])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(SourceError) as found:
        register_notes(Shelf(copy.root), DATASET)
    return [fault.what for fault in found.value.faults]


def test_a_register_with_its_tables_is_read(shelf):
    assert len(register_notes(shelf, DATASET).entries) == shelf.cards[DATASET].latest.rows


@pytest.mark.parametrize("table", ["entries.csv", "statistics.csv", "places.csv"])
def test_a_missing_table_is_named(table, copy):
    (copy.card(DATASET).folder / table).unlink()
    with pytest.raises(SourceError, match=table):
        register_notes(Shelf(copy.root), DATASET)


def test_a_system_without_an_entry_and_an_entry_without_a_system_are_named(copy):
    assert faults(copy, lambda rows: rows.pop()) == ["'system_zh' lacks a row"]


@pytest.mark.parametrize(
    ("column", "text", "what"),
    [
        ("code", "Smart City", "'code' is no code of its own"),
        ("code", "skynet_cameras", "'code' is no code of its own"),
        ("year", "1999", "'year' does not stand in the announcement's date"),
        ("individual", "perhaps", "'individual' is unknown"),
        ("known_by", "", "'known_by' is unknown"),
        ("statistics", "happiness", "'statistics' names what is not listed"),
        ("claims_systems", "nobody", "'claims_systems' names what is not listed"),
    ],
)
def test_what_does_not_fit_in_an_entry_is_named(column, text, what, copy):
    assert what in faults(copy, lambda rows: rows[0].update({column: text}))


def test_a_statistic_with_an_unknown_indicator_is_named(copy):
    assert faults(copy, lambda rows: rows[0].update(indicators="no_such_indicator"), "statistics.csv") == [
        "'indicators' names what is not listed"
    ]


def test_a_place_without_a_code_is_named(copy):
    assert faults(copy, lambda rows: rows.pop(0), "places.csv") == ["'place' lacks a row"]


def test_all_faults_are_named_at_once(copy):
    def spoil(rows):
        rows[0].update(year="1999", individual="perhaps")
        rows[1].update(statistics="happiness")

    assert len(faults(copy, spoil)) == 3


def test_a_private_value_beside_the_register_is_refused(copy):
    path = copy.card(DATASET).folder / "statistics.csv"
    path.write_text(path.read_text("utf-8").replace("Budget", "Budget 13812345678 someone@example.org", 1), "utf-8")
    with pytest.raises(SourceError, match="value_"):
        register_notes(Shelf(copy.root), DATASET)


def test_statements_that_are_not_there_are_named(copy):
    copy.change_card(DATASET, 'claims = "shanghai_statements"', 'claims = "no_such_statements"')
    assert [fault.what for fault in Shelf(copy.root).faults[DATASET].faults] == ["'claims' names no statements"]


def test_faulty_statements_silence_the_register_that_links_to_them(copy):
    copy.write("shanghai_statements", b"name\nnothing\n")
    with pytest.raises(SourceError):
        register_notes(Shelf(copy.root), DATASET)
