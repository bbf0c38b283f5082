"""The answer on top of a comparison, in words: every finding has its sentence in both languages, with the same numbers."""

from __future__ import annotations

import re

import pytest

from language import LANGUAGES, translator
from layout.compare.answer import against_words, fair_alternative_words
from layout.compare.findings import aspect_words, finding_sentences
from layout.frame.reader import Reader
from measures.comparability.answer import compare
from measures.comparability.aspects import ASPECTS
from tests.measures.test_comparable import PAIRS, sides

HAN = re.compile(r"[\u4e00-\u9fff]")
JUDGING = re.compile(
    r"\b(worst|best|safest|dangerous|league|worse|better|ranks?)\b|最差|最好|最危险|最安全|排名|第一名"
)


def reader_of(shelf, code: str, place: str):
    return Reader(translator(code), shelf, shelf.places[place], "compare")


def words_of(pair: dict, shelf, code: str) -> list[str]:
    reader = reader_of(shelf, code, pair.get("place", "london"))
    pair_of = sides(pair)
    answer = compare(*pair_of, reader.place.id, shelf)
    against, besides = finding_sentences(answer, pair_of, reader)
    more = [fair_alternative_words(answer.nearest, pair_of, reader)] if answer.nearest else []
    return [*against, *besides, *more, against_words(answer, reader)]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["why"])
def test_every_answer_is_said_in_the_readers_language(pair, shelf):
    for code in LANGUAGES:
        for text in words_of(pair, shelf, code):
            assert bool(HAN.search(text)) == (code != "en") or not re.search("[A-Za-z]{4}", text), text
            assert "{" not in text
            assert not JUDGING.search(text)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["why"])
def test_both_languages_say_as_many_sentences_and_those_against_come_first(pair, shelf):
    made = {code: words_of(pair, shelf, code) for code in LANGUAGES}
    assert len({len(texts) for texts in made.values()}) == 1
    reader = reader_of(shelf, "en", pair.get("place", "london"))
    answer = compare(*sides(pair), reader.place.id, shelf)
    against, _ = finding_sentences(answer, sides(pair), reader)
    assert bool(against) == (answer.outcome != "draw")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_aspect_has_a_name(code, shelf):
    names = [aspect_words(aspect, reader_of(shelf, code, "london")) for aspect in ASPECTS]
    assert len(set(names)) == len(ASPECTS)
