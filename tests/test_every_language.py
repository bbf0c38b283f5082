"""Every sentence of the site in every language, and what nobody may write."""

import re
import tomllib

import pytest

from language import LANGUAGES, REQUIRED
from language.catalogue import languages, missing_translations, sentences_in_code
from language.translator import translator
from loaders.data_folder import data_folder

PLACES = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("code", languages())
def test_every_sentence_is_translated(code):
    """A language with a chain may lag behind: it is shown in the next, and ``python -m language`` names what is missing."""
    least = 1 if code in REQUIRED else 0.9
    assert len(missing_translations(code)) <= (1 - least) * len(sentences_in_code()), missing_translations(code)


@pytest.mark.parametrize("code", languages())
def test_a_translation_keeps_the_places_that_are_filled_in(code):
    say = translator(code)
    wrong = [text for text in sentences_in_code() if set(PLACES.findall(text)) != set(PLACES.findall(say(text)))]
    assert wrong == []


@pytest.mark.parametrize("code", languages())
def test_the_catalogue_holds_nothing_that_is_no_longer_said(code):
    assert set(translator(code)._sentences) <= set(sentences_in_code())


@pytest.mark.parametrize("code", languages())
def test_no_sentence_of_another_language_holds_an_english_one(code):
    say = translator(code)
    english = re.compile(r"(?:\b[a-z]{2,}\b ){3,}")
    assert [text for text in sentences_in_code() if english.search(say(text))] == []


def _of(code: str, value: object) -> list[str]:
    """Every text that stands in some TOML under the code of a language."""
    if isinstance(value, list):
        return [text for part in value for text in _of(code, part)]
    if not isinstance(value, dict):
        return []
    own = [text for key, text in value.items() if key.split("_of")[0] == code and isinstance(text, str)]
    return own + [text for part in value.values() for text in _of(code, part)]


def test_traditional_chinese_holds_no_simplified_letter():
    """None that GB 2312 has and Big5 has not, in catalogue and cards."""
    codes = [code for code, language in LANGUAGES.items() if language.tag == "zh-Hant"]
    cards = [
        tomllib.loads(path.read_text("utf-8")) for path in data_folder().rglob("*.toml") if "built" not in path.parts
    ]
    texts = [*(translator(codes[0])(english) for english in sentences_in_code()), *_of(codes[0], cards)]
    assert len(texts) > 2_000
    assert {letter for text in texts for letter in text if _simplified(letter)} == set()


def _simplified(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return not letter.encode("big5", "ignore")
