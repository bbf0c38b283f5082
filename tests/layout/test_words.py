"""What is said beside a figure: its age, its sign, its base."""

from datetime import date
from types import SimpleNamespace

import pytest

from language import LANGUAGES, signed_percent, translator
from layout.frame.footer import stale_words


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
