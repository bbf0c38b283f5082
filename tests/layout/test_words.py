"""What is said beside a figure: its age, its sign, its base."""

from datetime import date
from types import SimpleNamespace

import pytest

from language import LANGUAGES, signed_percent, translator
from language.sentences import compared, step_words
from layout.foot import stale_words


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_old_source_says_so_and_a_fresh_one_does_not(shelf, code):
    reader = SimpleNamespace(say=translator(code))
    crime = shelf.cards["recorded_crime"]
    assert stale_words(crime, reader, today=date(2026, 8, 1)) == ""
    assert "2026" in stale_words(crime, reader, today=date(2027, 6, 1))
    assert "2014" in stale_words(shelf.cards["road_casualties"], reader, today=date(2026, 8, 1))
    assert "2017" in stale_words(shelf.cards["digital_take_up"], reader, today=date(2026, 8, 1))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("ratio", "sign"), [(0.05, "+"), (-0.05, "−"), (0.0, ""), (0.0004, ""), (-0.0004, "")])
def test_a_change_carries_its_sign_and_one_that_rounds_to_zero_has_none(code, ratio, sign):
    text = signed_percent(ratio, translator(code))
    assert text.startswith(sign)
    assert ("+" in text or "−" in text) == bool(sign)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_small_base_speaks_in_counts(code):
    assert "%" not in step_words(-4, -0.5, True, translator(code))
    assert "%" in step_words(-400, -0.5, False, translator(code))


def test_sentences_give_the_same_numbers_in_both_languages(shelf):
    card = shelf.measures["recorded_crime"]
    texts = [compared(card.said[code], "39,922", "42,902", "X", "2026-06", "2025-06", "−6.9%", "rolling", translator(code)) for code in LANGUAGES]
    for text in texts:
        assert all(number in text for number in ("39,922", "42,902", "−6.9%", "2026", "2025"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_sentences_hold_no_words_of_rise_or_fall(shelf, code):
    words = ("rose", "fell", "increase", "decrease", "higher", "lower", "上升", "下降", "增加", "减少")
    text = compared(shelf.measures["recorded_crime"].said[code], "1", "2", "X", "2014", "2013", "+1", "count", translator(code))
    assert not [word for word in words if word in text]
