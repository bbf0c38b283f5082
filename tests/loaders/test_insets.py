"""Areas that lie far off are drawn elsewhere: moved together, to where the card says, in the size that it says."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from loaders.places.insets import with_insets

NEAR = box(10, 50, 12, 52)


def boundaries(*shapes) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(geometry=list(shapes), index=[f"a{at}" for at in range(len(shapes))], crs=4326)


def flat(shape) -> np.ndarray:
    west, south, east, north = shape.bounds
    up = [np.degrees(np.arctanh(np.sin(np.radians(value)))) for value in (south, north)]
    return np.array([east - west, up[1] - up[0], (east + west) / 2, sum(up) / 2])


def test_without_insets_the_boundaries_are_as_they_lie():
    frame = boundaries(NEAR, box(-20, 60, -15, 65))
    assert with_insets(frame, []).equals(frame)


@given(
    west=st.integers(-170, 150),
    south=st.integers(-70, 60),
    scale=st.floats(0.1, 5),
    lon=st.integers(-100, 100),
    lat=st.integers(-40, 40),
)
def test_an_inset_lies_where_the_card_says_and_has_the_size_that_it_says(west, south, scale, lon, lat):
    frame = boundaries(NEAR, box(west, south, west + 8, south + 6))
    drawn = with_insets(frame, [{"areas": ["a1"], "centre": [lon, lat], "scale": scale}])
    before, after, middle = flat(frame.geometry["a1"]), flat(drawn.geometry["a1"]), flat(box(lon, lat, lon, lat))
    assert after[:2] == pytest.approx(before[:2] * scale, rel=1e-6)
    assert after[2:] == pytest.approx(middle[2:], abs=1e-6)
    assert drawn.geometry["a0"].equals(NEAR)


def test_areas_of_one_inset_keep_their_places_to_one_another():
    frame = boundaries(NEAR, box(0, 0, 2, 2), box(2, 0, 4, 2))
    drawn = with_insets(frame, [{"areas": ["a1", "a2", "unknown"], "centre": [20, 40], "scale": 0.5}])
    assert drawn.geometry["a1"].bounds[2] == pytest.approx(drawn.geometry["a2"].bounds[0])


def test_what_lay_beyond_the_180th_meridian_leaves_no_gap_when_it_is_moved():
    frame = boundaries(box(240, 30, 290, 50), box(172, 52, 225, 70))  # longitudes as one piece, over 180
    drawn = with_insets(frame, [{"areas": ["a1"], "centre": [-119, 27], "scale": 0.3}])
    west, _, east, _ = drawn.total_bounds
    assert -180 < west < east < 0
    assert drawn.geometry["a0"].bounds == pytest.approx((-120, 30, -70, 50))
