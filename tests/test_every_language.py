"""Every sentence of the site in every language, and both languages in every card."""

import re

import pytest

from language.catalogue import languages, missing_translations, sentences_in_code
from language.translator import translator

PLACES = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("code", languages())
def test_every_sentence_is_translated(code):
    assert missing_translations(code) == []


@pytest.mark.parametrize("code", languages())
def test_a_translation_keeps_the_places_that_are_filled_in(code):
    say = translator(code)
    wrong = [text for text in sentences_in_code() if set(PLACES.findall(text)) != set(PLACES.findall(say(text)))]
    assert wrong == []


@pytest.mark.parametrize("code", languages())
def test_the_catalogue_holds_nothing_that_is_no_longer_said(code):
    assert set(translator(code)._sentences) <= set(sentences_in_code())


def test_no_sentence_in_chinese_holds_an_english_one():
    say = translator("zh")
    english = re.compile(r"(?:\b[a-z]{2,}\b ){3,}")
    assert [text for text in sentences_in_code() if english.search(say(text))] == []
