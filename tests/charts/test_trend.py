"""What a trend draws: exactly the figures, cut at breaks and gaps, with provisional ends marked, in the reader's words."""

import itertools
import re

import altair as alt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import line_spec, trend_picture
from charts.lines.layers import Around
from charts.lines.line_ends import apart
from charts.lines.trend_spec import with_hover
from charts.time_axis import NAMINGS
from charts.value_axis import levels_to
from language import LANGUAGES, period_name, translator
from loaders import periods
from measures.change.revision_band import fresh_band
from measures.figures.average_month import average_month
from measures.figures.compute import Query, compute
from measures.figures.units import unit_words

CASES = [
    ("all", "count"),
    ("burglary_residential", "count"),
    ("stalking_and_harassment", "rolling"),
    ("robbery", "rate"),
]


def drawn(shelf, category, view, code="en", areas=("E12000007", "E09000017"), **span):
    made = compute(Query("london", "recorded_crime", areas, category, view, **span), shelf)
    names = {area: shelf.area_names("london", "recorded_crime")[area][code] for area in areas}
    return made, trend_picture(made, names, translator(code))


@pytest.mark.parametrize(("category", "view"), CASES)
def test_marks_are_exactly_the_figures_that_exist(shelf, category, view):
    made, picture = drawn(shelf, category, view)
    rows = picture.datasets["rows"]
    known = made.table[np.isfinite(made.table["value"])]
    assert len(rows) == len(known)
    assert np.allclose(rows["v"], known["value"], atol=1e-4)


def test_a_line_stops_and_starts_again_at_a_cut(shelf):
    _, picture = drawn(shelf, "all", "count")
    rows = picture.datasets["rows"]
    own = rows[rows["area"] == "Hillingdon"]
    assert sorted(own["part"].unique()) == [0, 1, 2]
    assert own.loc[own["t"] == "2024-02-01", "part"].item() != own.loc[own["t"] == "2024-03-01", "part"].item()
    assert rows.loc[rows["area"] == "London", "part"].nunique() == 1


def test_a_change_of_definition_is_drawn_and_named(shelf):
    for code in LANGUAGES:
        _, picture = drawn(shelf, "burglary_residential", "count", code)
        breaks = picture.datasets["breaks"]
        assert {"2017-04-01", "2024-03-01"} <= set(breaks["t"])
        assert all(breaks["word"])


def test_the_provisional_end_is_marked(shelf):
    _, picture = drawn(shelf, "possession_of_weapons", "count")
    rows = picture.datasets["rows"]
    assert sorted(rows.loc[rows["s"] == "p", "t"].unique()) == [f"2026-{month:02d}-01" for month in range(1, 7)]


def test_every_months_flag_of_unallocated_counts_is_drawn_for_areas_only(shelf):
    _, picture = drawn(shelf, "all", "count")
    rows = picture.datasets["rows"]
    flagged = rows[rows["flag"]]
    assert set(flagged["area"]) == {"Hillingdon"}
    assert sorted(flagged["t"]) == ["2020-03-01", "2023-03-01", "2023-10-01"]


@pytest.mark.parametrize(("category", "view"), CASES)
def test_descriptions_in_both_languages_give_the_same_numbers(shelf, category, view):
    told = []
    for code in LANGUAGES:
        made, picture = drawn(shelf, category, view, code)
        unit = unit_words(made, translator(code))
        text = picture.description.split(unit, 1)[1]
        for period in reversed(made.periods):
            text = text.replace(period_name(period, translator(code), view), "")
        told.append([float(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)])
    assert sorted(told[0]) == sorted(told[1])
    assert len(told[0]) >= 2 * len(made.query.areas), "the first and the last figure of each line"


def test_a_line_stops_at_a_gap_and_a_lone_figure_is_still_seen(example):
    made = compute(Query("invented", "invented_counts", ("whole", "area_a"), "type_8", "count"), example)
    rows = trend_picture(made, {"whole": "W", "area_a": "A"}, translator("en")).datasets["rows"]
    known = made.table[np.isfinite(made.table["value"])]
    assert len(rows) == len(known) < len(made.table)
    for _, line in rows.groupby("area", observed=True):
        for _, stretch in line.groupby("part"):
            months = [period[:7] for period in stretch["t"]]
            assert months == periods.span(months[0], months[-1])
            assert stretch["alone"].all() == (len(stretch) == 1)


def test_the_band_stands_behind_the_points_of_the_latest_year_and_the_one_that_it_opens_from(shelf):
    made = compute(Query("london", "recorded_crime", ("E12000007", "E09000007"), "all", "count"), shelf)
    picture = trend_picture(
        made,
        {"E12000007": "London", "E09000007": "Camden"},
        translator("en"),
        around=Around(band=fresh_band(made.query, shelf)),
    )
    rows, band = (picture.datasets[name] for name in ("rows", "band"))
    both = rows.merge(band, on=["t", "area", "c"])
    assert len(both) == len(band) == 2 * 13
    assert (both["v"] <= both["high"]).all()


def test_adjusted_figures_have_the_published_counts_behind_them(shelf):
    made, raw = (
        compute(Query("london", "recorded_crime", ("E12000007",), "all", view, "2015-01"), shelf)
        for view in ("adjusted", "count")
    )
    picture = trend_picture(made, {"E12000007": "London"}, translator("en"), around=Around(raw=raw))
    assert list(picture.datasets["dots"]["v"]) == list(raw.table["value"])
    assert set(picture.datasets["dots"]["t"]) == set(picture.datasets["rows"]["t"])


def test_nothing_stands_behind_a_line_unless_it_is_given(shelf):
    _, picture = drawn(shelf, "all", "count")
    assert not {"band", "dots"} & set(picture.datasets)
    assert all(layer["data"].get("name", "rows") in picture.datasets for layer in picture.spec["layer"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_average_month_is_drawn_over_its_months_and_told_wherever_they_are(shelf, code):
    areas = ("E12000007", "E09000017")
    made = compute(Query("london", "recorded_crime", areas, "all", "rate"), shelf)
    average = average_month(made.query, shelf)
    names = {area: shelf.area_names("london", "recorded_crime")[area][code] for area in areas}
    picture = trend_picture(made, names, translator(code), around=Around(average=average))
    rows = picture.datasets["rows"]
    months, averages = (rows[rows["n"].str.startswith(letter)] for letter in "am")
    assert np.allclose(months["v"], made.table["value"].dropna(), atol=1e-4)
    assert np.allclose(averages["v"], average.table["value"].dropna(), atol=1e-4)
    assert (months["wide"].max(), months["o"].max()) < (averages["wide"].min(), averages["o"].min())
    assert not set(months["part"]) & set(averages["part"]), "each is a line of its own"
    assert list(picture.datasets["ends"]["c"]) == list(averages.drop_duplicates("n", keep="last").sort_values("v")["c"])
    [moments] = [one for one in picture.spec["layer"] if "description" in one.get("encoding", {})]
    tips = moments["encoding"]["tooltip"]
    assert [tip["field"] for tip in tips] == ["when", "m0", "a0", "m1", "a1"]
    for area, tip in zip(areas, tips[1::2], strict=True):
        assert tip["title"] in picture.description, "the average is told in words, too"
        assert names[area] in tip["title"]
    assert picture.notes and picture.notes[0] in picture.description


def test_a_line_alone_says_which_end_is_the_average_and_which_the_month(shelf):
    made = compute(Query("london", "recorded_crime", ("E12000007",), "all", "count"), shelf)
    picture = trend_picture(
        made, {"E12000007": "L"}, translator("en"), around=Around(average=average_month(made.query, shelf))
    )
    assert {word.rpartition(" ")[0] for word in picture.datasets["ends"]["word"]} == {"average", "this month"}


def test_other_areas_stand_grey_behind_and_whoever_points_at_one_is_told_its_name(shelf):
    made, context = (
        compute(Query("london", "recorded_crime", areas, "all", "rolling_rate"), shelf)
        for areas in (("E12000007", "E09000007"), ("E09000012", "E09000019"))
    )
    names = {area: shelf.area_names("london", "recorded_crime")[area]["en"] for area in made.table["area"].unique()}
    names |= {"E09000012": "Hackney", "E09000019": "Islington"}
    picture = trend_picture(made, names, translator("en"), around=Around(context=context, whose="Grey: others."))
    assert set(picture.datasets["context"]["area"]) == {"Hackney", "Islington"}
    assert set(picture.datasets["rows"]["area"]) == {"London", "Camden"}, "none of them has a name at its end"
    first, *_, last = [one for one in picture.spec["layer"] if one["data"].get("name") == "context"]
    assert picture.spec["layer"].index(first) < min(
        number for number, one in enumerate(picture.spec["layer"]) if one["data"].get("name") == "rows"
    )
    assert [tip["field"] for tip in last["encoding"]["tooltip"]] == ["area"] and last is picture.spec["layer"][-1]
    assert "Grey: others." in picture.description and picture.notes == ["Grey: others."]
    alt.LayerChart.from_dict(picture.spec, validate=True)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=7).map(sorted), st.floats(0.1, 40))
def test_names_at_the_ends_are_apart_in_the_order_of_their_lines_and_never_below_the_axis(values, step):
    places = apart(values, step)
    assert all(after - before >= step - 1e-6 for before, after in itertools.pairwise(places))
    assert min(places) >= -1e-6
    if all(after - before >= step for before, after in itertools.pairwise(values)):
        assert places == pytest.approx(values), "nothing moves that stands clear"


@given(st.floats(1e-3, 1e9))
def test_the_axis_begins_at_zero_and_ends_at_the_first_round_number_above(highest):
    levels = levels_to(highest)
    assert levels[0] == 0 and len(levels) <= 6
    assert levels[-2] < highest * (1 + 1e-6) and levels[-1] >= highest * (1 - 1e-6)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_a_day_was_is_told_in_the_places_own_words_and_without_a_cause(shelf, code):
    made, picture = drawn(shelf, "all", "count", code)
    [event] = made.place.events
    told = picture.datasets["events"]
    assert list(told["t"]) == [event["from"]] and list(told["word"]) == [event["name"][code]]
    _, later = drawn(shelf, "all", "count", code, first="2022-01")
    assert "events" not in later.datasets, "it lies before the span"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("naming", NAMINGS)
def test_the_template_is_vega_lite(naming, code):
    spec = with_hover(line_spec(code, naming), code, naming, {"m0": "A (b) 'c'", "a0": "城"})
    alt.LayerChart.from_dict({**spec, "params": [{"name": "top", "value": 1}]}, validate=True)
