"""Areas are alike by what was published about who lives there, never by what is being compared."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import data_folder, find_cards, read_card, read_places
from measures.about.similar_areas import characteristics, similar, square_kilometres, standardised

CARDS = {card.name: card for card in map(read_card, find_cards(data_folder()))}
PLACES = [place for place in read_places(data_folder(), CARDS, {}).values() if place.similar]
AREAS = [(place, area.code) for place in PLACES for area in place.areas]


@pytest.mark.parametrize(("place", "area"), AREAS, ids=lambda one: getattr(one, "id", one))
def test_every_area_has_as_many_similar_ones_as_the_place_names_and_is_not_its_own(place, area, shelf):
    found = similar(place.id, area, shelf)
    assert len(found.areas) == place.similar["count"]
    assert area not in found.areas
    assert found.table["area"].to_list() == [area, *found.areas]
    assert found.table["distance"].iloc[0] == 0
    assert found.table["distance"].is_monotonic_increasing


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_nothing_that_the_place_shows_as_a_measure_of_safety_goes_in(place, shelf):
    shown = {shelf.measures[name].dataset for name in place.measures if shelf.measures[name].domain != "context"}
    assert not shown & {one["dataset"] for one in place.similar["by"]}


def test_a_distance_worked_out_by_hand_comes_out(shelf):
    table = pd.DataFrame({0: [np.e, np.e**2, np.e**3, np.e**4, np.e**5], 1: [0.0, 0.01, 0.02, 0.03, 0.04]})
    scaled = standardised(table, ["log", "growth"])  # medians 3 and 0.02, quartiles 2 and 4, 0.01 and 0.03
    assert np.allclose(scaled[0], np.array([-2, -1, 0, 1, 2]) * 1.349 / 2)
    assert np.allclose(scaled[1], np.array([-2, -1, 0, 1, 2]) * 1.349 / 2)


@given(st.lists(st.floats(1, 1e6), min_size=5, max_size=30), st.floats(0.01, 100))
def test_another_unit_makes_no_other_neighbour(values, unit):
    table = pd.DataFrame({0: values, 1: values})
    other = pd.DataFrame({0: np.array(values) * unit, 1: np.array(values) * unit})
    assert np.allclose(standardised(table, ["log", "level"]), standardised(other, ["log", "level"]), atol=1e-6)


def test_an_area_that_is_like_no_other_says_so(shelf):
    assert similar("london", "E09000001", shelf).alone
    assert not similar("london", "E09000007", shelf).alone


def test_the_published_area_of_a_district_is_taken_where_there_is_one(shelf):
    assert np.isclose(characteristics("shanghai", shelf).loc["310101", 1], 662030 / 20.46)


def test_outlines_measure_as_much_as_is_published_of_the_whole(shelf):
    assert (
        abs(sum(square_kilometres("london", shelf).values()) / 1572 - 1) < 0.01
    )  # Greater London, Office for National Statistics


def test_a_place_that_names_no_characteristics_has_no_similar_areas(example):
    assert similar("invented", "area_a", example) is None


def test_residents_growth_is_that_of_a_year(shelf):
    found = characteristics("london", shelf).loc["E09000007"]
    table = shelf.table("population").series("residents", "", "E09000007").values
    assert np.isclose(table[0] * (1 + found[2]) ** 5, table[-1])
