"""What a reader is told of revisions and seasonally adjusted figures: the same numbers in both languages, and no word too many."""

import re
from types import SimpleNamespace

import pytest

from language import LANGUAGES, signed_percent, translator
from layout.trends.revisions import fresh_notes, release_words
from layout.trends.season import method_words, month_on_month
from measures.change.revisions import LEVELS, usual_revision
from measures.figures.compute import Query, compute

LONDON, CAMDEN, HILLINGDON = "E12000007", "E09000007", "E09000017"
CHANGE_WORDS = ("rose", "fell", "increase", "decrease", "higher", "lower", "上升", "下降", "增加", "减少", "增长")


def reader(shelf, code):
    return SimpleNamespace(say=translator(code), shelf=shelf, place=shelf.places["london"])


def made(shelf, view, areas=(LONDON, CAMDEN), category="all", **more):
    return compute(Query("london", "recorded_crime", areas, category, view, **more), shelf)


def numbers(texts: list[str]) -> list[str]:
    return sorted(re.findall(r"[+−]?\d+(?:,\d{3})*(?:\.\d+)?%?", " ".join(texts)))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_usual_revision_is_said_for_the_place_and_for_its_areas(shelf, code):
    notes = fresh_notes(made(shelf, "count"), reader(shelf, code))
    for text, level in zip(notes, LEVELS, strict=False):
        usual = usual_revision(shelf, "recorded_crime", level)
        assert signed_percent(usual.low, translator(code)) in text
        assert signed_percent(usual.high, translator(code)) in text
    assert len(notes) == 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_range_is_said_where_no_band_is_drawn(shelf, code):
    for one in (
        made(shelf, "index"),
        made(shelf, "adjusted"),
        made(shelf, "count", (CAMDEN,), "homicide"),
        made(shelf, "count", last="2026-03"),
    ):
        assert fresh_notes(one, reader(shelf, code)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_older_release_says_which_it_is_and_what_changed_since(shelf, code):
    (text,) = release_words(made(shelf, "count", release="2025-04"), reader(shelf, code))
    assert "690,264" in text
    assert "698,173" in text
    assert "+1.1%" in text
    assert "2025" in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_newest_figures_need_no_word_on_their_release(shelf, code):
    assert release_words(made(shelf, "count"), reader(shelf, code)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_only_adjusted_figures_are_compared_with_the_month_before(shelf, code):
    for view in shelf.measures["recorded_crime"].views:
        said = month_on_month(made(shelf, view), reader(shelf, code))
        assert bool(said) == bool(method_words(made(shelf, view), reader(shelf, code))) == (view == "adjusted")
        assert ("环比" in "".join(said)) == (view == "adjusted" and code == "zh")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_month_before_is_set_beside_the_newest_final_month_and_nothing_is_called_a_rise_or_a_fall(shelf, code):
    (text,) = month_on_month(made(shelf, "adjusted"), reader(shelf, code))
    line = made(shelf, "adjusted").line(LONDON).set_index("period")["value"]
    assert signed_percent(line["2026-03"] / line["2026-02"] - 1, translator(code)) in text
    assert not [word for word in CHANGE_WORDS if word in text]


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_area_without_an_adjusted_newest_month_is_not_compared(shelf, code):
    assert month_on_month(made(shelf, "adjusted", (HILLINGDON,)), reader(shelf, code)) == []


def test_both_languages_say_the_same_numbers(shelf):
    for words in (fresh_notes, release_words, month_on_month):
        for view, release in (("count", "latest"), ("count", "2025-04"), ("adjusted", "latest")):
            said = [words(made(shelf, view, release=release), reader(shelf, code)) for code in LANGUAGES]
            years = [[one for one in numbers(texts) if not re.fullmatch(r"\d{1,4}", one)] for texts in said]
            assert years[0] == years[1]
