"""Where a map changes colour: published class breaks come out, and they stay where they are."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.figures.compute import Query
from measures.maps.classes import METHODS, changed_classes, class_breaks, class_of
from measures.maps.map import bounds_key, make_bounds, mapped

EMPLOYMENT = (  # employment density of the 58 counties of California, the example of the textbooks on map classes
    329.92,
    0.42,
    5.9,
    14.03,
    2.78,
    1.34,
    181.27,
    1.65,
    10.03,
    16.7,
    1.32,
    3.99,
    3.16,
    0.22,
    8.7,
    6.56,
    3.27,
    0.33,
    370.5,
    4.51,
    75.29,
    0.99,
    2.74,
    8.68,
    0.14,
    0.92,
    12.63,
    28.7,
    12.02,
    722.85,
    36.68,
    0.74,
    29.82,
    192.05,
    3.38,
    11.15,
    110.74,
    4111.45,
    49.47,
    10.33,
    317.11,
    20.47,
    264.93,
    66.26,
    5.39,
    0.13,
    0.61,
    50.65,
    40.48,
    36.67,
    13.09,
    1.81,
    0.2,
    7.6,
    2.51,
    57.26,
    24.32,
    6.97,
)


def test_natural_breaks_of_the_textbook_example_come_out():
    values = np.array(EMPLOYMENT)
    bounds = class_breaks(values, "natural")
    assert bounds == [75.29, 192.05, 370.50, 722.85, 4111.45]
    assert list(np.bincount(class_of(values, bounds))) == [49, 3, 4, 1, 1]


@given(st.lists(st.integers(0, 300), min_size=12, max_size=80).filter(lambda values: len(set(values)) > 5))
def test_no_other_breaks_part_the_values_better_than_natural_ones(values):
    values = np.sort(np.array(values, dtype=float))
    assert _apart(values, class_breaks(values, "natural")) == pytest.approx(_least_apart(values, 5), abs=1e-6)


def _least_apart(values: np.ndarray, classes: int) -> float:
    """The least sum of squared distances from the means of so many runs of the sorted values: every way of parting them is weighed."""
    sums, squares = (np.append(0, np.cumsum(one)) for one in (values, values**2))
    ends = np.arange(len(values) + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        inside = (squares[None] - squares[:, None]) - (sums[None] - sums[:, None]) ** 2 / (ends[None] - ends[:, None])
    inside[ends[:, None] >= ends[None]] = np.inf
    least = inside[0]
    for _ in range(classes - 1):
        least = (least[:, None] + inside).min(axis=0)
    return float(least[-1])


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
    maps = [
        mapped(Query("london", "road_casualties", (), "", "count", last=year), method, shelf)
        for year in ("2004", "2009", "2014")
    ]
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


# worked out once by mapclassify 2.10 (Quantiles, EqualInterval) from the figures of November 2026
WORKED = json.loads(Path(__file__).with_name("class_bounds.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("method", ["quantiles", "equal"])
def test_every_shipped_map_has_the_bounds_that_another_program_gave_it(method, shelf):
    checked = 0
    for place in shelf.places.values():
        for card in (shelf.measures[name] for name in place.measures if shelf.measures[name].kind != "statements"):
            for category in shelf.table(card.dataset).categories:
                query = Query(place.id, card.name, (), category, card.map_view)
                worked = WORKED.get(bounds_key(query))
                if worked and worked["releases"] == releases(
                    shelf, card
                ):  # a later release has other figures, so other bounds
                    checked += 1
                    assert make_bounds(query, shelf)[method] == pytest.approx(worked[method], rel=1e-7), bounds_key(
                        query
                    )
    assert checked > 50


def releases(shelf, card) -> list[str]:
    return [
        " ".join(release.id for release in shelf.cards[one].releases)
        for one in (card.dataset, card.rate.get("dataset"))
        if one
    ]
