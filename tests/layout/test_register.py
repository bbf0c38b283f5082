"""Every entry of the register reads in both languages, with the same numbers; cells of coverage keep their statuses."""

from __future__ import annotations

import re
from collections import Counter

import pytest

import charts
from language import LANGUAGES, translator
from layout.coverage.strip import cell_words
from layout.frame.reader import Reader
from layout.register.entry import entry
from layout.register.register import found_in
from measures.about.coverage import CoverageCell
from measures.about.register import register_card, systems_of

QUOTED = re.compile(r"<cite.*?</cite>|<[^>]+>", re.DOTALL)
ENGLISH_SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z']+\b[ ,]+){5,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


@pytest.fixture(params=LANGUAGES)
def reader(request, shelf):
    return Reader(translator(request.param), shelf, shelf.places["shanghai"], "claims")


def test_every_entry_stands_in_its_language(reader, shelf):
    card = register_card(shelf, "shanghai")
    wrong = CHINESE if reader.say.code == "en" else ENGLISH_SENTENCE
    for one in systems_of(shelf, card.name):
        words = QUOTED.sub(" ", entry(one, shelf.cards[card.claims], reader, is_open=False))
        assert not wrong.search(words), (one.entry.code, wrong.search(words))
        assert "nan" not in words.split()


def test_an_entry_says_link_not_recorded_only_where_there_is_none(reader, shelf):
    card = register_card(shelf, "shanghai")
    for one in systems_of(shelf, card.name):
        made = entry(one, shelf.cards[card.claims], reader, is_open=False)
        assert (reader.say("no link") in made) == (not one.row["url"])


def test_one_square_stands_for_each_system_and_both_languages_tell_the_same_numbers(shelf):
    systems = systems_of(shelf, register_card(shelf, "shanghai").name)
    drawn = {code: charts.announced(systems, translator(code)) for code in LANGUAGES}
    for picture in drawn.values():
        assert len(picture.datasets["rows"]) == len(systems)
        assert not picture.datasets["rows"].duplicated(["col", "line"]).any()
    told = [Counter(re.findall(r"\d+", picture.description)) for picture in drawn.values()]
    assert told[0] == told[1]


def test_a_search_finds_an_entry_by_its_name_in_any_language_and_nothing_by_nonsense(shelf):
    systems = systems_of(shelf, register_card(shelf, "shanghai").name)
    for one in systems:
        for code in LANGUAGES:
            assert one in found_in(systems, one.row[f"system_own_{code}"])
    assert found_in(systems, " ") == systems
    assert found_in(systems, "no such system at all") == ()


def test_no_squares_without_systems():
    assert charts.announced((), translator("en")) is None


@pytest.mark.parametrize(
    ("how", "without", "words"),
    [
        ({"number": 12}, "", "12"),
        ({"number": 11}, "c", "11 [c]"),
        ({"number": 1, "change": 2}, "x", "1 ±2"),
        ({"words": 1}, "x", "w1"),
        ({}, "x", "[x]"),
        ({}, "c", "[c]"),
        ({}, "cx", "[c] [x]"),
        ({}, "z", "[z]"),
    ],
)
def test_a_cell_of_coverage_never_shows_a_zero_for_what_is_not_there(how, without, words):
    assert cell_words(CoverageCell(Counter(how), frozenset(without))) == words
