"""What a card, a place and ``new`` let in as a name, ``/data`` can serve, and what they refuse it cannot."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import PlaceError, SourceError, periods
from loaders.addresses import is_name, is_release, period_pattern
from loaders.draft.new_place import new_place
from loaders.places.read_places import read_places
from routes.data import _PATH

NAMES = {
    "city2": True,
    "2city": True,
    "seoul_gu": True,
    "a" * 60: True,
    "a" * 61: False,
    "City": False,
    "_city": False,
    "ci-ty": False,
    "..": False,
    "": False,
}
RELEASES = {
    "2026-11": True,
    "2025": True,
    "2025-07-b": True,
    "2025_07": False,
    "2025.07": False,
    "latest": False,
    "revisions": False,
    "": False,
    "..": False,
}


@pytest.mark.parametrize(("name", "fits"), NAMES.items())
def test_a_name_is_let_in_where_it_can_be_served(name, fits, tmp_path):
    assert is_name(name) is fits
    assert bool(_PATH.fullmatch(f"{name}/{name}/latest.csv")) is fits
    if fits:
        return
    with pytest.raises(SourceError) as found:
        new_place(tmp_path, name, [])
    assert found.value.faults[0].what == "is no word for addresses"


@pytest.mark.parametrize("name", ["City", "ci-ty", "_city", "c i"])
def test_a_place_file_that_cannot_be_served_is_named(name, copy):
    path = copy.root / "places" / f"{name}.toml"
    path.write_bytes((copy.root / "places" / "seoul.toml").read_bytes())
    broken = {}
    assert name not in read_places(copy.root, {}, broken)
    assert isinstance(broken[f"places/{name}.toml"], PlaceError)


@pytest.mark.parametrize(("name", "fits"), RELEASES.items())
def test_a_release_is_let_in_where_it_can_be_served(name, fits):
    assert is_release(name) is fits
    if fits:
        assert _PATH.fullmatch(f"city/counts/{name}.csv")[3] == name


@given(st.text(st.sampled_from("ab2_-./A é"), max_size=6))
def test_the_door_and_the_address_agree_on_any_name(name):
    assert is_name(name) is bool(_PATH.fullmatch(f"{name}/counts/latest.csv"))


@pytest.mark.parametrize("frequency", periods.FREQUENCIES)
def test_a_period_as_we_write_it_fits_the_pattern_of_its_address(frequency):
    for period in ("2014", "2024-H1", "2012-Q3", "2010-04", "2024-W05", "2023-FY04", "2023-SY09", "2024-YTD-06"):
        assert bool(re.search(period_pattern(frequency), period)) is (
            periods.frequency_of(period).partition("-")[0] == frequency
        )
