"""The gate stands in the walk of the data: nothing goes past it, and nothing that it says holds a value."""

from __future__ import annotations

import hashlib
import logging
import traceback

import pytest

from loaders import SourceError, data_folder, find_cards, read_card
from loaders.__main__ import main
from measures.store.shelf import Shelf
from tests.conftest import read
from tests.gate.made import identity_number

CARDS = [read_card(path) for path in find_cards(data_folder())]
SENTINELS = {
    "identity": identity_number("31010119851130", 77),
    "plate": "沪A·9Q7Z3",
    "phone": "13987654321",
    "email": "sentinel.person@example.org",
    "hash": hashlib.sha256(b"sentinel").hexdigest(),
    "timestamp": "2024-03-05 13:47:59",
}


def everything_said(error: BaseException) -> str:
    """The message, the traceback, and the representation of every exception of the chain."""
    said = ["".join(traceback.format_exception(error))]
    while error is not None:
        said += [repr(error), str(error), str(getattr(error, "object", ""))]
        error = error.__cause__ or error.__context__
    return "\n".join(said)


@pytest.mark.in_turn(12)
@pytest.mark.parametrize("rule", SENTINELS)
@pytest.mark.parametrize(
    ("dataset", "column"),
    [
        ("population", 0),
        ("population", 2),
        ("digital_take_up", 1),
        ("recorded_crime", 1),
        ("shanghai_districts", 8),
        ("shanghai_statements", 18),
    ],
)
def test_a_planted_value_is_refused_and_never_said(rule, dataset, column, copy, caplog, capsys):
    copy.spoil(dataset, lambda rows: rows[9].__setitem__(column, f"x {SENTINELS[rule]}"))
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SourceError) as found:
        read(Shelf(copy.root), dataset)
    said = everything_said(found.value) + caplog.text + "".join(capsys.readouterr())
    assert f"rule value_{rule}" in str(found.value)
    assert copy.card(dataset).latest.file in str(found.value)
    assert SENTINELS[rule] not in said
    assert any("\u4e00" <= character <= "\u9fff" for character in str(found.value)), (
        "the maintainer gets a Chinese sentence too"
    )


@pytest.mark.parametrize("rule", SENTINELS)
@pytest.mark.parametrize("command", ["with card", "without card", "as a heading"])
def test_the_command_says_no_value_either(rule, command, copy, capsys):
    at = (0, 2) if command == "as a heading" else (9, 0)
    copy.spoil("population", lambda rows: rows[at[0]].__setitem__(at[1], SENTINELS[rule]))
    card = copy.card("population")
    arguments = [
        "check",
        str(card.folder / card.latest.file),
        *([str(copy.card_path("population"))] if command == "with card" else []),
    ]
    assert main(arguments) == 1
    assert SENTINELS[rule] not in "".join(capsys.readouterr())


def test_a_table_without_headings_is_not_said_either(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("Quentin Sentinel,Area A,3\nSomebody Else,Area B,3\nQuentin Sentinel,Area B,9\n", encoding="utf-8")
    assert main(["check", str(path)]) == 1
    assert "Sentinel" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00",
        b"a,b\n1,2,SENTINEL\n",
        b"area,SENTINEL\n\xff\xfe\xc3(SENTINEL\n",
        b"PAR1SENTINEL",
        b"PK\x03\x04SENTINEL",
        b"",
        b"\x00SENTINEL\x00",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_calmly(data, tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    assert main(["check", str(path)]) == 1
    said = "".join(capsys.readouterr())
    assert "Traceback" not in said and "SENTINEL" not in said and "拒绝" in said


def test_bytes_that_cannot_be_read_are_in_no_exception_of_the_chain(copy):
    copy.write("population", b"borough,year,population\n\xff\xfe SENTINEL,2019,1\n")
    with pytest.raises(SourceError) as found:
        read(Shelf(copy.root), "population")
    assert "SENTINEL" not in everything_said(found.value)


@pytest.mark.in_turn(12)
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_published_file_passes_with_its_card(card, capsys):
    for release in card.releases:
        assert main(["check", str(card.folder / release.file), str(card.folder / "source.toml")]) == 0, (
            capsys.readouterr().out
        )


def test_long_statements_that_the_card_lists_tell_rows_apart_and_a_repeated_one_is_refused(copy, capsys):
    card = copy.card("police_confidence")
    command = ["check", str(card.folder / card.latest.file), str(copy.card_path("police_confidence"))]
    assert main(command) == 0
    copy.spoil("police_confidence", lambda rows: rows.append(list(rows[-1])))
    assert main(command) == 1
    assert "repeated_keys" in capsys.readouterr().out


def test_an_undeclared_column_is_refused_even_when_it_is_harmless(copy):
    copy.spoil("population", lambda rows: [row.append("weather" if row is rows[0] else "fair") for row in rows])
    assert "a column that the card does not know" in {fault.what for fault in copy.faults("population")}


def test_a_declared_heading_is_exempt_and_its_values_are_not(copy):
    card = copy.card("road_casualties")
    assert "name" in card.latest.ignore
    copy.spoil("road_casualties", lambda rows: rows[3].__setitem__(rows[0].index("name"), SENTINELS["plate"]))
    assert any("value_plate" in fault.found for fault in copy.faults("road_casualties"))


def test_a_question_stops_and_the_card_answers_it(copy):
    def with_age(rows):
        for row in rows:
            row.append("age_group" if row is rows[0] else "adults" if row is rows[1] else "all ages")

    copy.spoil("population", with_age)
    copy.change_card(
        "population",
        'columns = { area = "borough", period = "year" }',
        'columns = { area = "borough", period = "year" }\nignore = ["age_group"]',
    )
    (fault,) = copy.faults("population")
    assert "gate_answers" in fault.todo and "age_or_sex" in fault.found
    copy.change_card("population", 'name = "population"', 'name = "population"\ngate_answers = ["age_or_sex"]')
    assert read(Shelf(copy.root), "population") is not None


def test_a_refusal_has_no_answer(copy):
    copy.spoil("population", lambda rows: rows[9].__setitem__(0, SENTINELS["identity"]))
    copy.change_card("population", 'name = "population"', 'name = "population"\ngate_answers = ["value_identity"]')
    assert {fault.what for fault in copy.faults("population")} == {"'gate_answers' is unknown"}


@pytest.mark.parametrize(
    ("dataset", "file"), [("recorded_crime", "categories.csv"), ("shanghai_statements", "labels.csv")]
)
def test_the_tables_beside_a_file_are_looked_at_too(dataset, file, copy):
    path = copy.card(dataset).folder / file
    text = path.read_text(encoding="utf-8-sig").rstrip("\n")
    path.write_text(f"{text} {SENTINELS['plate']}\n", encoding="utf-8")
    faults = copy.faults(dataset)
    assert any("value_plate" in fault.found for fault in faults)
    assert SENTINELS["plate"] not in " ".join(map(str, faults))


def test_a_cell_without_a_heading_does_not_pass_unseen(copy):
    copy.spoil("population", lambda rows: rows.__setitem__(slice(1, None), [["SENTINEL", *row] for row in rows[1:]]))
    assert "rows have more cells than there are headings" in {fault.what for fault in copy.faults("population")}


def test_a_boundary_that_holds_a_private_value_is_refused(copy):
    card = copy.card("london_boroughs")
    path = card.folder / card.latest.file
    path.write_text(
        path.read_text(encoding="utf-8").replace("Croydon", f"Croydon {SENTINELS['phone']}"), encoding="utf-8"
    )
    copy.record("london_boroughs")
    faults = copy.faults("london_boroughs")
    assert any("value_phone" in fault.found for fault in faults)
    assert SENTINELS["phone"] not in " ".join(map(str, faults))
