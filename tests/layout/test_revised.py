"""What a reader is told of revisions and seasonally adjusted figures: the same numbers in both languages, and no word too many."""

import re

import pytest

from language import LANGUAGES, signed_percent, translator
from layout.frame.reader import Reader
from layout.trends.revisions import fresh_notes, release_words
from layout.trends.season import method_words
from measures.figures.compute import Query, compute
from measures.figures.fresh import usual_of_area

LONDON, CAMDEN, HILLINGDON = "E12000007", "E09000007", "E09000017"
CHANGE_WORDS = ("rose", "fell", "increase", "decrease", "higher", "lower", "上升", "下降", "增加", "减少", "增长")


def reader(shelf, code):
    return Reader(translator(code), shelf, shelf.places["london"], "trends")


def made(shelf, view, areas=(LONDON, CAMDEN), category="all", **more):
    return compute(Query("london", "recorded_crime", areas, category, view, **more), shelf)


def numbers(texts: list[str]) -> list[str]:
    return sorted(re.findall(r"[+−]?\d+(?:,\d{3})*(?:\.\d+)?%?", " ".join(texts).replace(",", "")))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_usual_revision_is_said_for_the_place_and_for_its_areas(shelf, code):
    figures = made(shelf, "count", category="drug_offences")
    notes = fresh_notes(figures, reader(shelf, code))
    for text, area in zip(notes, (LONDON, CAMDEN), strict=False):
        usual = usual_of_area(figures.query, shelf, area)
        assert sorted(usual) == [0, 1, 2]
        for one in usual.values():
            assert signed_percent(one.low, translator(code)) in text
            assert signed_percent(one.high, translator(code)) in text
        assert signed_percent(usual[0].mean, translator(code)) in text
    assert len(notes) == 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_range_is_said_where_no_band_is_drawn(shelf, code):
    for one in (
        made(shelf, "index"),
        made(shelf, "adjusted"),
        made(shelf, "count", (CAMDEN,), "homicide"),
        made(shelf, "count", last="2025-06"),
    ):
        assert fresh_notes(one, reader(shelf, code)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_older_release_says_which_it_is_and_what_changed_since(shelf, code):
    (text,) = release_words(made(shelf, "count", release="2025-04"), reader(shelf, code))
    assert {1860072, 1866092} <= {int(number) for number in re.findall(r"\d{7,}", text.replace(",", ""))}
    assert "+0.3%" in text
    assert "2025" in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_newest_figures_need_no_word_on_their_release(shelf, code):
    assert release_words(made(shelf, "count"), reader(shelf, code)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_only_adjusted_figures_are_said_to_be_worked_out_here(shelf, code):
    for view in shelf.measures["recorded_crime"].views:
        assert bool(method_words(made(shelf, view), reader(shelf, code))) == (view == "adjusted")


def test_both_languages_say_the_same_numbers(shelf):
    for words in (fresh_notes, release_words):
        for view, release in (("count", "latest"), ("count", "2025-04"), ("adjusted", "latest")):
            said = [words(made(shelf, view, release=release), reader(shelf, code)) for code in LANGUAGES]
            found = [[one for one in numbers(texts) if not re.fullmatch(r"\d{1,4}", one)] for texts in said]
            assert found[0] == found[1]
