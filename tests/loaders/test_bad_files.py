"""A published file that does not fit its card is refused, and every fault names row, column, expected, found and what to do."""

from __future__ import annotations

import csv
import hashlib
import itertools

import pytest

from loaders import SourceError, data_folder, find_cards, read_card
from measures.store.shelf import Shelf
from tests.conftest import read

CARDS = [read_card(path) for path in find_cards(data_folder())]
TABLES = [card for card in CARDS if card.kind in ("observations", "areas")]


def the_fault(faults, what: str):
    """The one fault of this kind; all its parts are filled in."""
    of_kind = [fault for fault in faults if fault.what == what]
    assert len(of_kind) == 1, [str(fault) for fault in faults]
    assert all((of_kind[0].where, of_kind[0].expected, of_kind[0].found, of_kind[0].todo))
    return of_kind[0]


def headings_of(card) -> list[str]:
    with (card.folder / card.latest.file).open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


def columns_the_card_needs(card) -> list[str]:
    listed = [[one] if isinstance(one, str) else one for one in (card.latest.columns or {}).values()]
    declared = {
        *itertools.chain(*listed),
        *card.area_columns.values(),
        *(one.get("column", "") for one in card.variables.values()),
    }
    return sorted(declared & set(headings_of(card)))


@pytest.mark.in_turn(8)
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_bytes_that_differ_from_the_card_are_never_used(card, copy):
    data = (card.folder / card.latest.file).read_bytes() + b"\n"
    copy.write(card.name, data)
    fault = next(fault for fault in copy.faults(card.name) if "is not the file that was recorded" in fault.what)
    assert card.latest.file in str(fault)
    assert card.latest.sha256 in fault.expected
    assert hashlib.sha256(data).hexdigest() in fault.found


@pytest.mark.parametrize(
    "card", [card for card in CARDS if card.kind in ("claims", "register")], ids=lambda card: card.name
)
def test_statements_with_other_bytes_are_known_to_be_unusable_before_anything_of_them_is_shown(card, copy):
    copy.write(card.name, (card.folder / card.latest.file).read_bytes() + b"\n")
    with pytest.raises(SourceError):
        Shelf(copy.root).working_dataset(card.name)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe\x00broken", b"borough,year,population\nCamden,2019,1,2,3\n", b"<html>moved</html>"],
    ids=["empty", "no text", "ragged", "web page"],
)
def test_a_damaged_file_is_a_source_error_and_no_crash(data, copy):
    copy.write("population", data)
    assert any("is not the file that was recorded" in fault.what for fault in copy.faults("population"))


def test_a_file_that_is_not_there_is_named(copy):
    card = copy.card("road_casualties")
    (card.folder / card.latest.file).unlink()
    fault = the_fault(copy.faults("road_casualties"), "the file is missing")
    assert (fault.expected, fault.found) == ("road_ksi_2004_2014.csv", "no such file")


@pytest.mark.in_turn(15)
@pytest.mark.parametrize(
    ("dataset", "column"), [(card.name, column) for card in TABLES for column in columns_the_card_needs(card) if column]
)
def test_a_missing_column_is_named(dataset, column, copy):
    def without(rows):
        at = rows[0].index(column)
        rows[:] = [row[:at] + row[at + 1 :] for row in rows]

    copy.spoil(dataset, without)
    fault = the_fault(copy.faults(dataset), "a column is missing")
    assert fault.expected == column
    assert fault.where == f"'{copy.card(dataset).latest.file}', heading row"


def test_a_table_without_a_single_period_is_a_source_error(copy):
    copy.spoil("road_casualties", lambda rows: rows.__setitem__(slice(None), [row[:2] for row in rows]))
    assert copy.faults("road_casualties")


@pytest.mark.in_turn(12)
@pytest.mark.parametrize("dataset", [card.name for card in TABLES if card.table.get("layout") != "crossed"])
def test_an_extra_column_is_named(dataset, copy):
    copy.spoil(dataset, lambda rows: [row.append("remarks" if row is rows[0] else "1") for row in rows])
    assert the_fault(copy.faults(dataset), "a column that the card does not know").found == "'remarks'"


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("n/a", "a cell is no number"),
        ("1,234", "a cell is no number"),
        ("-1", "a count is negative"),
        ("7.5", "a count is not whole"),
        ("inf", "a cell is no number"),
    ],
)
@pytest.mark.parametrize(
    ("dataset", "column"),
    [("population", "population"), ("road_casualties", "2009"), ("shanghai_districts", "pop_2020")],
)
def test_a_cell_that_is_no_count_is_named_by_row_and_column(dataset, column, cell, what, copy):
    copy.spoil(dataset, lambda rows: rows[4].__setitem__(rows[0].index(column), cell))
    fault = the_fault(copy.faults(dataset), what)
    assert fault.where == f"'{copy.card(dataset).latest.file}', row 5, column {column}"
    assert fault.found == f"'{cell}'"


def test_a_cell_in_a_file_of_many_columns_is_named_too(copy):
    copy.spoil("recorded_crime", lambda rows: rows[400].__setitem__(rows[0].index("202512"), "-3"))
    fault = the_fault(copy.faults("recorded_crime"), "a count is negative")
    assert fault.where == "'recorded_crime_2024-07_2026-06.csv', row 401, column 202512"


def test_a_repeated_area_period_and_category_is_named(copy):
    copy.spoil("digital_take_up", lambda rows: rows.append(rows[1]))
    faults = [
        fault for fault in copy.faults("digital_take_up") if fault.what == "area, category and period stand twice"
    ]
    assert {fault.found for fault in faults} == {"united_kingdom, licence_changes, 2012-Q3"}
    assert {fault.where.split(", ")[1] for fault in faults} == {"row 254"}


def test_two_spellings_of_one_area_are_a_repetition(copy):
    copy.spoil("population", lambda rows: rows.append(["Kingston-upon-Thames", "2024", "1"]))
    assert the_fault(copy.faults("population"), "area, category and period stand twice").where.endswith(
        "row 200, column population"
    )


def test_an_unknown_area_is_named(copy):
    copy.spoil("population", lambda rows: rows[1].__setitem__(0, "Barking & Dagenham"))
    fault = the_fault(copy.faults("population"), "unknown area")
    assert "row 2" in fault.where
    assert fault.found == "'Barking & Dagenham'"


def test_an_unknown_category_is_named(copy):
    copy.spoil("digital_take_up", lambda rows: rows[1].__setitem__(2, "Licence to fly"))
    fault = the_fault(copy.faults("digital_take_up"), "unknown category")
    assert "row 2" in fault.where
    assert fault.found == "'Licence to fly'"


@pytest.mark.parametrize(
    ("dataset", "column", "missing"),
    [("recorded_crime", "202510", "no 2025-10"), ("road_casualties", "2009", "no 2009")],
)
def test_a_gap_in_the_periods_is_named(dataset, column, missing, copy):
    def without(rows):
        at = rows[0].index(column)
        rows[:] = [row[:at] + row[at + 1 :] for row in rows]

    copy.spoil(dataset, without)
    assert the_fault(copy.faults(dataset), f"a {copy.card(dataset).frequency} is missing").found == missing


def test_a_text_without_a_label_is_named(copy):
    copy.spoil("shanghai_statements", lambda rows: rows[1].__setitem__(1, "某市"))
    fault = the_fault(copy.faults("shanghai_statements"), "a text without labels")
    assert fault.where == "'claims.csv', row 2, column place"
    assert fault.found == "'某市'"


def test_all_faults_of_a_file_are_reported_at_once(copy):
    def four_faults(rows):
        rows[1][0] = "Atlantis"
        rows[2][1] = "2019/20"
        rows[3][2] = "many"
        rows[4][2] = "-5"

    copy.spoil("population", four_faults)
    found = {fault.what for fault in copy.faults("population")}
    assert {"unknown area", "not a period", "a cell is no number", "a count is negative"} <= found


def test_a_message_says_where_what_expected_found_and_what_to_do(copy):
    copy.spoil("population", lambda rows: rows[1].__setitem__(2, "many"))
    with pytest.raises(SourceError) as error:
        read(Shelf(copy.root), "population")
    line = "'population_mid_year_2019_2024.csv', row 2, column population: a cell is no number: expected a number, found 'many'. Ask the publisher"
    assert line in str(error.value)


def test_a_blank_cell_among_absent_rows_does_not_become_a_zero(copy):
    """An absent row means zero in recorded crime; an empty cell of a row that is there means that nothing was said."""

    lost = []

    def blank(rows):
        row = next(row for row in rows if row[1:3] == ["ARSON", "Camden"])
        lost.append(int(row.pop()))
        row.append("")

    copy.spoil("recorded_crime", blank)
    copy.change_card("recorded_crime", "total = 1841798", f"total = {1841798 - lost[0]}")
    line = Shelf(copy.root).table("recorded_crime", "2026-08").series("offences", "arson", "E09000007")
    assert line.values[-1] != line.values[-1], "a missing figure was shown as a number"
    assert line.statuses[-1] == "x"
