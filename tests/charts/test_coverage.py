"""The strip of what is published has a cell for every area and year, and none of them is a figure that is not there."""

from __future__ import annotations

from functools import cache

import altair as alt
import pytest

import charts
from charts.published.coverage import coverage_spec, published_words
from language import LANGUAGES, translator
from measures.about.coverage import coverage_lines, grid
from measures.store.shelf import open_shelf


@cache
def lines() -> list[tuple]:
    """Of every place each line of what is published."""
    return [(place, line.grid) for place in open_shelf().places for line in coverage_lines(open_shelf(), place)]


def drawn(place: str, made, code: str):
    names = {area: words[code] for area, words in open_shelf().area_names(place, made.card.dataset).items()}
    return charts.coverage_strip(made, "title", names, translator(code)), names


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_area_and_year_has_one_cell_that_says_what_was_published(code):
    say = translator(code)
    for place, made in lines():
        picture, names = drawn(place, made, code)
        if not made.years:
            assert picture is None
            continue
        rows = picture.datasets["cells"]
        assert len(rows) == len(made.areas) * len(made.years)
        assert not rows.duplicated(["name", "year"]).any(), "two areas of one name would share a row"
        for row in rows.to_dict("records"):
            cell = made.cells[row["id"], row["year"]]
            assert row["what"].startswith(published_words(cell.kind, say))
            assert names[row["id"]] in row["told"] and row["year"] in row["told"]
            assert (str(cell.how.total()) in row["what"]) == (cell.how.total() > 0)


def test_what_is_not_published_is_told_apart_without_colour():
    made = grid(open_shelf(), "london", "recorded_crime", "all")
    rows = drawn("london", made, "en")[0].datasets["cells"]
    without = {(area, year) for (area, year), cell in made.cells.items() if not cell.how.total()}
    assert without and {(row["id"], row["year"]) for row in rows.to_dict("records") if row["letter"]} == without


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_template_keeps_to_the_schema_of_vega_lite(code):
    alt.LayerChart.from_dict({key: value for key, value in coverage_spec(code).items() if key != "autosize"})
