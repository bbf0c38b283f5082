"""What the commands write into a card, and what of it they leave as it was."""

from __future__ import annotations

import tomllib

import pytest

from loaders.toml_text import added_to, document, written

CARD = """# a card
name = "counts"  # its folder's name
accessed = "2026-01"  # the day
notes = [
  "one",  # kept
]

[[releases]]
id = "1"  # the first
[releases.table]
skip_rows = 2

[[releases]]
id = "2"

# areas
[area_codes]
"North Field" = "n"

[[breaks]]
at = "2024"
"""
NEW = {
    "id": "3",
    "about": None,
    "rows": 0,
    "columns": {"area": "the area"},
    "ignore": [],
    "table": {"marks": {"*": "r"}},
    "categories": {},
}


def test_a_release_is_added_behind_the_others_and_everything_else_stays():
    text = added_to(CARD, "releases", NEW, ("table", "categories"), accessed="2026-11")
    card, before = tomllib.loads(text), tomllib.loads(CARD)
    added = {"id": "3", "rows": 0, "columns": {"area": "the area"}, "table": {"marks": {"*": "r"}}}
    assert card == before | {"accessed": "2026-11", "releases": [*before["releases"], added]}
    assert [line for line in CARD.splitlines() if line not in text.splitlines()] == ['accessed = "2026-01"  # the day']
    assert 'accessed = "2026-11"  # the day' in text
    assert text.endswith('at = "2024"\n')


def test_a_key_that_a_card_does_not_have_is_not_invented():
    assert "accessed" not in added_to("releases = []\n", "releases", {"id": "1"}, accessed="2026-11")


@pytest.mark.parametrize(
    "value", ["", "甲\n乙", 'a "b"', "\x7f\x00", 1, 1.5, True, [], {}, {"a b": [1, {"c": "d"}]}, [["x"], []]]
)
def test_a_value_on_one_line_is_read_back_the_same(value):
    text = written(value)
    assert "\n" not in text
    assert tomllib.loads(f"x = {text}") == {"x": value}


def test_a_document_has_its_values_first_and_then_its_tables():
    text = document({"a": {"x": 1}, "b": "y", "c": [{"z": 1}, {"z": 2}], "d": []}, ("a", "c", "d"), "About it.")
    assert text.splitlines()[:2] == ["# About it.", 'b = "y"']
    assert tomllib.loads(text) == {"a": {"x": 1}, "b": "y", "c": [{"z": 1}, {"z": 2}]}
