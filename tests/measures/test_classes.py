"""Where a map changes colour: published class breaks come out, and they stay where they are."""

import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.classes import METHODS, changed_classes, class_breaks, class_of
from measures.compute import Query
from measures.mapped import mapped


def test_natural_breaks_of_the_textbook_example_come_out():
    values = mapclassify.load_example().to_numpy()
    bounds = class_breaks(values, "natural")
    assert bounds == [75.29, 192.05, 370.50, 722.85, 4111.45]
    assert list(np.bincount(class_of(values, bounds))) == [49, 3, 4, 1, 1]


@given(st.lists(st.integers(0, 300), min_size=12, max_size=80).filter(lambda values: len(set(values)) > 5))
def test_natural_breaks_part_the_values_as_well_as_another_program_does(values):
    values = np.array(values, dtype=float)
    bounds, other = class_breaks(values, "natural"), mapclassify.FisherJenks(values, k=5).bins.tolist()
    assert _apart(values, bounds) == pytest.approx(_apart(values, other))


def _apart(values: np.ndarray, bounds: list[float]) -> float:
    """The squared distances of the values from the mean of their class."""
    found = class_of(values, bounds)
    return sum(float(((values[found == one] - values[found == one].mean()) ** 2).sum()) for one in set(found))


def test_very_many_values_have_the_breaks_of_those_that_lie_evenly_among_them():
    values = np.random.default_rng(4).gamma(2, 3, 20_000)
    bounds, all_of_them = class_breaks(values, "natural"), _apart(values, class_breaks(values[:2000], "natural"))
    assert bounds[-1] == values.max()
    assert _apart(values, bounds) < 1.01 * all_of_them


@pytest.mark.parametrize("method", METHODS)
def test_class_bounds_are_the_same_in_every_period(method, shelf):
    maps = [mapped(Query("london", "road_casualties", (), "", "count", last=year), method, shelf) for year in ("2004", "2009", "2014")]
    assert maps[0].bounds == maps[1].bounds == maps[2].bounds
    values = [value for one in maps for value in one.table["value"]]
    assert maps[0].bounds[-1] >= max(values)


@pytest.mark.parametrize("method", METHODS)
def test_a_class_holds_the_values_up_to_its_bound(method):
    values = np.array([0.0, 0.0, 1.0, 2.0, 5.0, 9.0, 20.0, 21.0])
    bounds = class_breaks(values, method)
    for value, found in zip(values, class_of(values, bounds), strict=True):
        assert value <= bounds[found]
        assert found == 0 or value > bounds[found - 1]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("values", [[], [np.nan, np.nan], [3.0, 3.0], [0.0, 0.0, np.nan], [1.0, 2.0]])
def test_few_or_equal_values_make_few_classes_and_no_error(values, method):
    values = np.array(values, dtype=float)
    found = class_of(values, class_breaks(values, method))
    assert np.array_equal(found == -1, np.isnan(values))
    assert len(set(found) - {-1}) <= len(np.unique(values[np.isfinite(values)]))


def test_an_area_without_a_figure_has_no_class_and_is_not_counted_as_moved(shelf):
    one = mapped(Query("london", "recorded_crime", (), "robbery", "rolling_rate", last="2024-06"), "quantiles", shelf)
    city = one.table[one.table["area"] == "E09000001"].iloc[0]
    assert city["class_"] == -1
    assert city["status"] == "x"
    assert changed_classes(np.array([-1, 0, 1]), np.array([3, 0, 2])) == 1
