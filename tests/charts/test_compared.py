"""The dots of a comparison are the figures of the table, and words that must be in the picture are in it."""

import re

import numpy as np
import pytest

import charts
from language import LANGUAGES, translator
from measures.figures.compute import Query, compute

AREAS = ("E09000007", "E09000003", "E09000001")


@pytest.fixture(scope="module")
def made(shelf):
    return compute(Query("london", "recorded_crime", AREAS, "homicide", "rolling", "2024-12", "2024-12"), shelf)


@pytest.fixture(params=LANGUAGES)
def drawn(made, request):
    say = translator(request.param)
    return charts.compared(
        made,
        list(zip(AREAS, made.table.itertuples(), strict=True)),
        say,
        marked=say("We advised against this comparison: {aspects}", aspects="x" * 90),
    )


def test_a_dot_stands_for_every_row_and_its_line_for_the_limits(made, drawn):
    rows = drawn.datasets["rows"]
    assert list(rows["name"]) == list(AREAS)
    known = rows[rows["known"]]
    for name in ("low", "high"):
        np.testing.assert_allclose(known[name], made.table[name][rows["known"].to_numpy()])
    np.testing.assert_allclose(known["v"], made.table["value"][rows["known"].to_numpy()])
    assert (known["low"] <= known["v"]).all()
    assert (known["v"] <= known["high"]).all()


def test_an_area_without_a_figure_keeps_its_letter_and_gets_no_dot(drawn):
    last = drawn.datasets["rows"].iloc[-1]
    assert not last["known"]
    assert last["what"] == "[x]"


def test_the_words_against_the_comparison_stand_in_the_picture_and_in_its_description(drawn):
    assert "x" * 20 in "".join(drawn.spec["title"]["text"])
    assert "x" * 90 in drawn.description


def test_the_shared_spec_is_not_changed_by_a_reader(made):
    say = translator("en")
    figures = list(zip(AREAS, made.table.itertuples(), strict=True))
    charts.compared(made, figures, say, marked="against")
    assert "title" not in charts.compared(made, figures, say).spec


def test_both_languages_describe_the_same_numbers(made):
    figures = list(zip(AREAS, made.table.itertuples(), strict=True))
    texts = [charts.compared(made, figures, translator(code)).description for code in LANGUAGES]
    found = [re.findall(r"\d+(?:\.\d+)?", re.sub(r"E\d+", "", text.replace(",", ""))) for text in texts]
    assert sorted(found[0]) == sorted(found[1])
    assert len(found[0]) >= 6
