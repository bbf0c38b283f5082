"""The funnel plot, the map of what differs, their words, table and file agree, in both languages."""

import itertools
import re

import numpy as np
import pytest

from charts import funnel_plot, pictures, theme
from charts.areas.figure_dress import class_dress, compared_words
from charts.areas.map_rows import map_rows
from charts.beside.funnel import outside_words
from charts.beside.funnel_spec import LINE, NARROWEST, PLOT
from language import LANGUAGES, translator
from language.differing import differs_words
from measures.figures.compute import Query
from measures.maps.funnel import CLASSES, funnel
from measures.maps.map import DIFFERS, mapped

CATEGORIES = ("all", "homicide", "robbery", "burglary", "rape")
EVERY = pytest.mark.parametrize(("category", "code"), list(itertools.product(CATEGORIES, LANGUAGES)))


def names(shelf, code):
    return {area: words[code] for area, words in shelf.area_names("london", "recorded_crime").items()}


def made(shelf, category, period="2026-03"):
    return funnel(Query("london", "recorded_crime", (), category, "rolling_rate", "", period), shelf)


@EVERY
def test_marks_are_exactly_the_areas_that_have_a_class(category, code, shelf):
    found = made(shelf, category)
    points = funnel_plot(found, names(shelf, code), (), translator(code)).datasets["points"]
    known = found.table[found.table["differs"] != ""]
    assert len(points) == found.compared == 32
    assert np.allclose(points["x"], known["exposure"])
    assert np.allclose(points["y"], known["value"], atol=1e-4)
    assert list(points["fill"]) == [theme.DIFFERS[CLASSES.index(one)] for one in known["differs"]]


@EVERY
def test_the_areas_outside_and_those_chosen_are_named_and_nobody_else(category, code, shelf):
    found, called = made(shelf, category), names(shelf, code)
    labels = funnel_plot(found, called, ("E09000008",), translator(code)).datasets["labels"]
    outside = set(found.table.loc[~found.table["differs"].isin(("", "within")), "area"])
    expected = {called[area] for area in outside | {"E09000008"}}
    assert len(labels) == len(expected)
    assert all(any(label.startswith(name) for label in labels["name"]) for name in expected)


def test_what_lies_far_beyond_the_limits_stands_at_the_edge_with_its_figure(shelf):
    picture = funnel_plot(made(shelf, "all"), names(shelf, "en"), (), translator("en"))
    top = next(param["value"] for param in picture.spec["params"] if param["name"] == "top")
    assert top < 1.4 * picture.datasets["lines"]["high_998"].max() * 1.15
    [far] = picture.datasets["beyond"].itertuples()
    assert far.y > top and far.at == top
    assert far.label == f"{far.name} {far.what} ▲"
    assert far.label in set(picture.datasets["labels"]["name"])


@EVERY
def test_no_two_names_cover_each_other_on_a_phone(category, code, shelf):
    chosen = ("E09000007", "E09000033", "E09000019", "E09000030", "E09000028", "E09000022")
    picture = funnel_plot(made(shelf, category), names(shelf, code), chosen, translator(code))
    lines, labels = picture.datasets["lines"], picture.datasets["labels"]
    top = next(param["value"] for param in picture.spec["params"] if param["name"] == "top")
    across = NARROWEST / (lines["exposure"].max() - lines["exposure"].min())
    boxes = []
    for row in labels.itertuples():
        size = len(row.name) * translator(code).language.glyph
        start = row.x * across + {"left": 8, "right": -8 - size, "center": -size / 2}[row.side]
        boxes.append((start, start + size, row.y / top * PLOT))
    for (a, b, one), (c, d, other) in itertools.combinations(boxes, 2):
        assert b <= c or d <= a or abs(one - other) >= LINE * 0.79


@pytest.mark.parametrize("category", CATEGORIES)
def test_descriptions_in_both_languages_give_the_same_numbers(category, shelf):
    texts = [
        funnel_plot(made(shelf, category), names(shelf, code), (), translator(code)).description for code in LANGUAGES
    ]
    numbers = [sorted(re.findall(r"\d+\.\d+", text)) for text in texts]
    assert numbers[0] == numbers[1]
    assert numbers[0]


@EVERY
def test_the_words_name_every_area_outside_with_its_figure(category, code, shelf):
    found, called, say = made(shelf, category), names(shelf, code), translator(code)
    words = say.sentences(outside_words(found, called, say))
    for row in found.table.itertuples():
        assert (called[row.area] in words) == (row.differs != "within")


@EVERY
def test_map_tool_tip_table_and_plot_say_the_same_of_every_area(category, code, shelf):
    found, called, say = made(shelf, category), names(shelf, code), translator(code)
    one = mapped(Query("london", "recorded_crime", (), category, "rolling_rate", "", "2026-03"), DIFFERS, shelf)
    classes = dict(zip(found.table["area"], found.table["differs"], strict=True))
    words = [differs_words(classes[area], say) for area in one.table["area"]]
    assert compared_words(one, say) == words
    rows = map_rows(one, called, "", say)
    for row, said, area in zip(rows.to_dict("records"), words, one.table["area"], strict=True):
        assert row["mark"].startswith(said)
        if classes[area]:
            assert (row["fill"], row["letter"], row["ink"]) == class_dress(CLASSES.index(classes[area]), differing=True)
        else:
            assert (row["fill"], row["letter"]) == theme.KINDS["not_covered"][:2]


def test_a_tile_shows_its_figure_and_the_sign_of_its_class(shelf):
    one = mapped(Query("london", "recorded_crime", (), "all", "rolling_rate", "", "2026-03"), DIFFERS, shelf)
    short = {area.code: area.short["en"] for area in shelf.places["london"].areas}
    called, say = names(shelf, "en"), translator("en")
    _, tiled, _ = pictures(one, map_rows(one, called, "", say), called, "", short, say)
    letters = dict(zip(tiled.datasets["rows"]["id"], tiled.datasets["rows"]["letter"], strict=True))
    assert letters["E09000033"].endswith(" ++")
    assert letters["E09000033"].startswith("382")
    assert letters["E09000001"] == "x"
    assert letters["E09000008"] == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_provisional_map_says_of_every_figure_that_nothing_can_be_said(code, shelf):
    category = "possession_of_weapons"
    one = mapped(Query("london", "recorded_crime", (), category, "rolling_rate", "", "2026-06"), DIFFERS, shelf)
    rows = map_rows(one, names(shelf, code), "", translator(code))
    assert set(rows["letter"]) == {"?", "x"}
    assert not any(compared_words(one, translator(code)))
