"""Coverage counts what was published, no more and no less, and never a zero where nobody published anything."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure import STATUSES
from measures.about.coverage import HOW, coverage_lines, grid, usual
from measures.claims.collection import claims_table
from measures.store.shelf import Shelf, open_shelf

PLACES = list(open_shelf().places)
EVERY_PLACE = pytest.mark.parametrize("place", PLACES)


@EVERY_PLACE
def test_every_measure_and_indicator_has_a_line(place, shelf):
    lines = coverage_lines(shelf, place)
    assert {line.grid.card.name for line in lines} == set(shelf.places[place].measures)
    assert all(line.publishers and line.newest and line.published for line in lines)
    assert all(line.name["en"] and line.name["zh"] for line in lines)


@pytest.mark.in_turn(4)
@EVERY_PLACE
def test_every_district_has_a_row_and_every_cell_an_answer(place, shelf):
    districts = {area.code for area in shelf.places[place].areas}
    for line in coverage_lines(shelf, place):
        made = line.grid
        assert set(made.areas) - {made.whole} == districts
        assert {(area, year) for area in made.areas for year in made.years} == set(made.cells)
        assert list(made.years) == [str(year) for year in range(int(made.years[0]), int(made.years[-1]) + 1)]
        for cell in made.cells.values():
            assert bool(cell.how.total()) == (cell.kind in HOW)


def test_every_statement_with_a_place_is_counted_once_and_no_target_is(shelf):
    for name in PLACES:
        for card in (
            shelf.measures[one] for one in shelf.places[name].measures if shelf.measures[one].kind == "statements"
        ):
            table = claims_table(shelf, card.dataset)
            own = table[(table["area"] != "") & (table["kind"] != "target") & (table["end"] != "")]
            counted = sum(line.grid.how.total() for line in coverage_lines(shelf, name) if line.grid.card is card)
            assert counted == len(own) > 300
            assert (table["kind"] == "target").any()


def test_the_cells_of_a_table_are_its_figures(shelf):
    made = grid(shelf, "london", "recorded_crime", "robbery")
    table = shelf.table("recorded_crime")
    for area in ("E12000007", "E09000007"):
        line = (
            table.series("offences", "robbery", area)
            if "offences" in table.variables
            else table.series(table.variables[0], "robbery", area)
        )
        assert made.totals[area].how["number"] == int(np.isfinite(line.values).sum())
    assert made.cells["E09000007", "2010"].how["number"] == 9, "April to December"
    assert made.cells["E09000007", "2015"].how["number"] == 12


def test_an_area_that_the_publisher_does_not_cover_is_called_so_and_no_zero(shelf):
    made = grid(shelf, "london", "recorded_crime", "all")
    assert made.totals["E09000001"].how.total() == 0
    assert made.totals["E09000001"].kind == "not_covered", "it has a police force of its own, which publishes"
    assert made.districts == 32


def test_no_indicator_of_statements_is_known_for_every_district(shelf):
    place = shelf.places["shanghai"]
    lines = [line for line in coverage_lines(shelf, "shanghai") if line.grid.card.kind == "statements"]
    assert max(line.grid.districts for line in lines) < len(place.areas)
    assert grid(shelf, "shanghai", "published_statements", "criminal_cases_filed").districts == 0


def test_a_fall_without_a_count_is_a_change_and_a_fall_in_words_is_words(shelf):
    made = grid(shelf, "shanghai", "published_statements", "alarm_110_calls")
    assert made.cells["310000", "2020"].kind == "change"
    assert made.cells["310105", "2019"].kind == "words"
    assert made.cells["310104", "2019"].kind == "x"


def test_that_all_were_solved_is_words_and_no_number(shelf):
    made = grid(shelf, "shanghai", "published_statements", "homicides_all_solved")
    assert made.how == {"words": 1}


def test_the_register_and_coverage_call_the_same_statement_words(shelf):
    assert grid(shelf, "shanghai", "published_statements", "accidents_5_or_more_deaths").how["words"] == 1, (
        "CN-0074 says that there was none"
    )


def test_the_first_choice_is_the_indicator_with_the_most_districts(shelf):
    card = shelf.measures["published_statements"]
    most = max(line.grid.districts for line in coverage_lines(shelf, "shanghai") if line.grid.card is card)
    assert grid(shelf, "shanghai", card.name, usual(shelf, "shanghai", card)).districts == most


def test_a_withheld_cell_is_withheld_and_no_figure(example):
    place = example.default_place
    card = example.measures[place.measures[0]]
    table = example.table(card.dataset)
    variable = table.variables.index(card.variable or card.numerator)
    for number, category in enumerate(table.categories):
        made = grid(example, place.id, card.name, category)
        for area in set(made.areas) & set(table.areas):
            values = table.values[variable, number, table.areas.index(area)]
            hidden = table.status[variable, number, table.areas.index(area)] == STATUSES.index("c")
            assert made.totals[area].how["number"] == int(np.isfinite(values).sum())
            assert ("c" in made.totals[area].without) == bool(hidden.any())


def test_a_faulty_dataset_has_no_line_and_the_others_stay(served):
    served.write("shanghai_statements", b"name\nnothing\n")
    shelf = Shelf(served.root)
    lines = coverage_lines(shelf, "shanghai")
    others = [name for name in shelf.places["shanghai"].measures if name != "published_statements"]
    assert "population_density" in others and [line.grid.card.name for line in lines] == others
