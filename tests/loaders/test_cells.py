"""A cell is a number, nothing, or marked: and nothing is ever another thing than its publisher said."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.statuses import FLAGS, STATUSES, USUAL, WITHOUT_VALUE
from loaders.tables.cell_values import CellReader

NUMBERS = st.integers(0, 10**9)
STYLES = [(",", "."), (".", ","), (" ", ","), ("\u00a0", "."), ("'", "."), ("", ","), ("’", ".")]


def written(number: float, thousands: str, decimal: str) -> str:
    return f"{number:,}".replace(",", "\x00").replace(".", decimal).replace("\x00", thousands)


@pytest.mark.parametrize(("thousands", "decimal"), STYLES)
@given(number=NUMBERS, cents=st.integers(0, 99))
def test_a_number_in_any_style_is_that_number(thousands, decimal, number, cents):
    reader = CellReader({"thousands": thousands, "decimal": decimal})
    assert reader.read(written(number, thousands, decimal)).value == number
    exact = round(number + cents / 100, 2)
    assert reader.read(written(exact, thousands, decimal)).value == exact
    assert reader.values([str(number), ""])[0][0] == number


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({}, "1,234"),
        ({}, "1 234"),
        ({}, "n/a"),
        ({}, "1.2.3"),
        ({}, "--5"),
        ({}, "5 [q]"),
        ({}, "[p"),
        ({}, "5 p"),
        ({}, "1e"),
        ({"thousands": ","}, "1,23"),
        ({"thousands": ","}, "12,345,67"),
        ({"thousands": ","}, "123,45,678"),
        ({"thousands": "."}, "12.34.567"),
        ({"thousands": ","}, ",123"),
        ({"thousands": ","}, "1,2345"),
        ({"thousands": ".", "decimal": ","}, "1.5"),
        ({"thousands": ".", "decimal": ","}, "1,234.5"),
        ({"decimal": ","}, "1.5"),
        ({"marks": {"-": 0}}, "5-"),
        ({"marks": {"-": 0}}, "-x"),
        ({"marks": {"p": "p"}}, "p5p5"),
    ],
)
def test_what_is_neither_number_nor_mark_is_wrong_and_has_no_value(words, text):
    reading = CellReader(words).read(text)
    assert reading.wrong and math.isnan(reading.value) and reading.status == ""
    numbers, special = CellReader(words).values([text])
    assert math.isnan(numbers[0]) and special[0].wrong


@pytest.mark.parametrize(("mark", "status"), USUAL.items())
def test_a_usual_mark_alone_means_its_status_and_no_number(mark, status):
    reading = CellReader({}).read(mark)
    assert (reading.status, reading.wrong) == (status, "")
    assert math.isnan(reading.value)


@pytest.mark.parametrize(("mark", "status"), [one for one in USUAL.items() if one[0].startswith("[")])
@given(number=NUMBERS)
def test_a_footnote_beside_a_number_keeps_both_or_is_wrong(mark, status, number):
    for text in (f"{number} {mark}", f"{number}{mark}", f"{mark} {number}"):
        reading = CellReader({}).read(text)
        if status in WITHOUT_VALUE:
            assert reading.wrong and math.isnan(reading.value)
        else:
            assert (reading.value, reading.status, reading.why) == (number, status, mark)


@pytest.mark.parametrize("status", STATUSES[1:])
@pytest.mark.parametrize("mark", ["..", "-", "x", "s", "*", "†", "n/a", "未公布", "(2)", ". ."])
def test_the_card_says_what_a_mark_means(mark, status):
    reading = CellReader({"marks": {mark: status}}).read(f" {mark} ")
    assert (reading.status, reading.why, reading.wrong) == (status, mark, "")
    assert math.isnan(reading.value)


def test_a_dash_is_zero_only_where_the_card_says_so():
    assert CellReader({"marks": {"-": 0}}).read("-").value == 0
    assert CellReader({"marks": {"-": 0}}).read("-").status == ""
    assert CellReader({}).read("-").wrong
    assert CellReader({"marks": {"-": 0}}).read("-5").value == -5


def test_two_marks_are_both_kept_and_the_stronger_is_the_status():
    reading = CellReader({"marks": {"r": "r", "p": "p"}}).read("1204 r p")
    assert (reading.value, reading.status, set(reading.why.split("|"))) == (1204, "p", {"r", "p"})


def test_a_number_that_stands_for_none_is_none():
    numbers, special = CellReader({"marks": {"-9": "x"}}).values(["-9", "9", "-99"])
    assert math.isnan(numbers[0]) and special[0].status == "x"
    assert list(numbers[1:]) == [9, -99]


@pytest.mark.parametrize("text", FLAGS)
def test_a_column_of_statuses_is_read_by_the_usual_codes(text):
    assert CellReader({}).flag(text)[0] == FLAGS[text]
    assert CellReader({}).flag(text.lower())[0] == FLAGS[text]


def test_an_unknown_code_in_a_column_of_statuses_is_not_guessed():
    assert CellReader({}).flag("W") is None
    assert CellReader({"marks": {"W": "c"}}).flag("W") == ("c", "W")
    assert CellReader({}).flag("bp") == ("p", "b|p")


@pytest.mark.parametrize(
    ("words", "text", "value"),
    [
        ({}, "１２３", 123),
        ({}, "−12", -12),
        ({}, "–12", -12),
        ({}, "(12)", -12),
        ({}, "+31", 31),
        ({}, "12.5 %", 12.5),
        ({}, "2.18万", 21_800),
        ({}, "1.5亿", 150_000_000),
        ({"decimal": ","}, "12,5 %", 12.5),
        ({"thousands": ","}, "12,34,567", 1_234_567),
        ({"thousands": "'"}, "1’204’331", 1_204_331),
        ({"thousands": " "}, "1\u202f204", 1204),
        ({"thousands": ","}, "１，２０４", 1204),
    ],
)
def test_a_number_is_read_as_it_is_printed(words, text, value):
    assert CellReader(words).read(text).value == value


@pytest.mark.parametrize(
    ("text", "value", "status", "why"),
    [("118 bu", 118, "u", "b|u"), ("505 bep", 505, "p", "b|e|p"), ("45 d", 45, "", "d"), ("12e", 12, "e", "e")],
)
def test_letters_of_a_format_that_has_flags_are_all_kept(text, value, status, why):
    reading = CellReader({}, flags=True).read(text)
    assert (reading.value, reading.status, reading.why, reading.wrong) == (value, status, why, "")


@pytest.mark.parametrize("text", ["118 bw", "118 bu 3", "b118"])
def test_letters_that_are_no_flags_are_wrong(text):
    assert CellReader({}, flags=True).read(text).wrong


def test_no_letter_is_a_flag_without_such_a_format():
    assert CellReader({}).read("118 bu").wrong
