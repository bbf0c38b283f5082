"""Parts of a change add up to it as they are printed, and strips and small lines show what the figures say."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree

import altair as alt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import Strip, contributions_picture, multiples, strips_picture
from charts.beside.changes import change_spec
from charts.beside.contributions import bar_spec, rounded_to_sum
from charts.beside.funnel_spec import funnel_spec
from charts.beside.strips import strip_spec
from charts.lines.multiples import indexed
from language import LANGUAGES, translator
from measures.figures.compute import Query, compute

COUNTS = st.lists(st.integers(-5000, 5000), min_size=1, max_size=40)


@given(COUNTS, st.integers(1, 100_000))
def test_rounded_parts_add_up_to_the_rounded_whole_and_none_is_a_step_away(counts, before):
    parts = [count / before * 100 for count in counts]
    whole = sum(counts) / before * 100
    rounded = rounded_to_sum(parts, whole, 1)
    assert round(sum(rounded), 1) == round(whole, 1)
    assert all(abs(now - then) < 0.1 + 1e-6 for now, then in zip(rounded, parts, strict=True))


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="add up to 3"):
        rounded_to_sum([1.0, 2.0], 4.0, 1)


@given(COUNTS)
def test_what_is_drawn_of_each_part_adds_up_to_what_is_drawn_of_the_whole(counts):
    named = [(f"part {number}", float(count)) for number, count in enumerate(counts)]
    rows = contributions_picture(named, ("whole", float(sum(counts))), 1000.0, translator("en")).datasets["rows"]
    assert round(rows["v"].iloc[:-1].sum(), 1) == rows["v"].iloc[-1]
    assert list(rows["name"]) == [*(name for name, _ in named), "whole"], "in the order given: no rank"


@pytest.fixture(scope="module")
def everywhere(shelf):
    place = shelf.places["london"]
    areas = (place.code, *(area.code for area in place.areas if area.code != "E09000001"))
    query = Query("london", "recorded_crime", areas, "robbery", "rolling_rate", "2019-01", "2026-03")
    return compute(query, shelf)


def names(shelf, code):
    return {area: words[code] for area, words in shelf.area_names("london", "recorded_crime").items()}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_strip_has_every_area_and_names_the_chosen_one_and_the_place_alone(code, shelf, everywhere):
    called, say = names(shelf, code), translator(code)
    query = replace(everywhere.query, first="2026-03")
    strip = Strip("Robbery", compute(query, shelf))
    picture = strips_picture([strip], ["E09000007"], called, say)
    assert len(picture.datasets["ticks"]) == len(everywhere.query.areas) - 2
    said = (
        picture.description + " ".join(picture.datasets["own"]["word"]) + " ".join(picture.datasets["lines"]["whole"])
    )
    found = {area for area, name in called.items() if name in said}
    assert found == {"E09000007", "E12000007"}
    assert strips_picture([strip], ["E09000001"], called, say) is None, "an area without a figure has no strip"


def test_a_small_line_begins_at_100_and_after_the_last_cut(shelf, everywhere):
    for area in everywhere.query.areas:
        line = indexed(everywhere, area)
        first = np.flatnonzero(np.isfinite(line))[0]
        assert line[first] == pytest.approx(100)
        cuts = [cut.at for cut in everywhere.breaks if cut.effect == "cut" and cut.touches(area, "robbery")]
        assert everywhere.periods[first] >= max(cuts, default="")
    assert any(np.isnan(indexed(everywhere, area)[0]) for area in everywhere.query.areas), "some have a cut"


@pytest.mark.parametrize("code", LANGUAGES)
def test_small_lines_stand_by_name_or_code_with_their_level_and_are_whole_images(code, shelf, everywhere):
    drawn = multiples(everywhere, names(shelf, code), translator(code))
    inside = [area for area in everywhere.query.areas if area != everywhere.place.code]
    ordered = (
        sorted(inside, key=names(shelf, code).get) if LANGUAGES[code].alphabet else inside
    )  # an alphabet, or the codes' order
    assert [one.area for one in drawn] == ordered and len(drawn) == 32
    for one in drawn:
        assert one.level in one.told and one.name in one.told
        root = ElementTree.fromstring(unquote(one.image.removeprefix("data:image/svg+xml,")))
        assert {child.tag.rpartition("}")[2] for child in root} <= {"style", "path", "circle"}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("spec", [bar_spec, change_spec, funnel_spec, strip_spec])
def test_every_template_is_vega_lite(spec, code):
    alt.LayerChart.from_dict(spec(code), validate=True)
