"""Every status and every reason that a table can carry has its words, in both languages."""

from __future__ import annotations

import re

import pytest

from disclosure import STATUSES
from language import reason_words, status_words, translator
from loaders import data_folder, find_cards, read_card

TABLES = [card for card in map(read_card, find_cards(data_folder())) if card.kind in ("observations", "areas")]
DERIVED = [
    "window_break",
    "window_short",
    "index_break",
    "zero_base",
    "zero_denominator",
    "no_population",
    "population 2024",
    "no_figure_before",
]


def in_chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_word_in_both_languages(status):
    english, chinese = (status_words(status, translator(code)) for code in ("en", "zh"))
    assert english
    assert not in_chinese(english)
    assert in_chinese(chinese), f"no Chinese for {english!r}"


def test_no_two_statuses_have_one_word():
    for code in ("en", "zh"):
        words = [status_words(status, translator(code)) for status in STATUSES]
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("card", TABLES, ids=lambda card: card.name)
def test_every_reason_in_every_table_has_words_in_both_languages(card, shelf):
    for release in ("latest", *(one.id for one in card.releases)):
        for key in shelf.table(card.name, release).reasons[1:]:
            english, chinese = (reason_words(key, translator(code), card.breaks, card.cells) for code in ("en", "zh"))
            assert english
            assert not in_chinese(english)
            assert in_chinese(chinese), f"no Chinese for {english!r}"


@pytest.mark.parametrize("key", DERIVED)
def test_every_reason_that_arithmetic_adds_has_words_in_both_languages(key):
    english, chinese = (reason_words(key, translator(code)) for code in ("en", "zh"))
    assert english
    assert in_chinese(chinese), f"no Chinese for {english!r}"


def test_several_reasons_are_all_said():
    said = reason_words("unallocated 0.191|revised", translator("en"))
    assert "19.1%" in said
    assert "changed since an earlier release" in said
