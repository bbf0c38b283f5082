"""Outlines are fingerprinted as tables are, each place by itself."""

from __future__ import annotations

import json
import shutil

import pytest

from disclosure.builds import current_build
from loaders import data_folder
from measures.store import boundaries
from measures.store.continued import take_up
from measures.store.shelf import Shelf

PLACE, OTHER, DATASET = "seoul", "london", "seoul_gu"


@pytest.fixture
def drawn_now(monkeypatch) -> list[str]:
    """The places whose outlines are made while the test runs, instead of being taken from the build."""
    places, real = [], boundaries._made
    monkeypatch.setattr(boundaries, "_made", lambda card, place: places.append(place.id) or real(card, place))
    return places


def moved(copy) -> None:
    """The publisher moves one point of one outline, and the card has the new bytes."""
    path = copy.card(DATASET).folder / copy.card(DATASET).latest.file
    layer = json.loads(path.read_text(encoding="utf-8"))
    ring = layer["features"][0]["geometry"]["coordinates"]
    while isinstance(ring[0][0], list):
        ring = ring[0]
    ring[1][0] += 0.0007
    path.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
    copy.record(DATASET)


def test_built_outlines_are_taken_from_the_build(served, shelf, drawn_now):
    for place in (PLACE, OTHER):
        assert boundaries.file_name(Shelf(served.root), place) == boundaries.file_name(shelf, place) != ""
    assert drawn_now == []


def test_new_outlines_are_drawn_without_a_build_under_a_name_of_their_own(served, shelf, drawn_now):
    moved(served)
    changed = Shelf(served.root)
    name = boundaries.file_name(changed, PLACE)
    assert name and name != boundaries.file_name(shelf, PLACE)
    assert boundaries.boundaries_text(changed, name) != boundaries.boundaries_text(
        shelf, boundaries.file_name(shelf, PLACE)
    )
    assert boundaries.boundaries_text(changed, boundaries.file_name(shelf, PLACE)) is None, (
        "the old name never gets other bytes"
    )
    assert boundaries.file_name(changed, OTHER) == boundaries.file_name(shelf, OTHER)
    assert drawn_now == [PLACE]


def test_a_new_place_beside_built_ones_has_its_map_at_once(copy, shelf, drawn_now):
    """A build that knows nothing of the place: its outlines are in no manifest."""
    shutil.copytree(data_folder() / "built", copy.root / "built")
    fresh = Shelf(copy.root)
    del fresh.built.files[f"{DATASET}/outlines-{PLACE}.json"]
    assert boundaries.file_name(fresh, PLACE) == boundaries.file_name(shelf, PLACE)
    assert boundaries.extent(fresh, PLACE) == boundaries.extent(shelf, PLACE) != []
    assert drawn_now == [PLACE]


def test_outlines_that_cannot_be_read_leave_the_place_without_a_map_and_the_others_with_theirs(served, shelf):
    served.write(DATASET, b"{}")
    broken = Shelf(served.root)
    assert boundaries.file_name(broken, PLACE) == "" and boundaries.extent(broken, PLACE) == ()
    assert boundaries.file_name(broken, OTHER) == boundaries.file_name(shelf, OTHER)
    assert set(broken.faults) == {DATASET}


def test_outlines_that_break_under_a_running_server_go_on(served, shelf):
    before = Shelf(served.root)
    assert boundaries.file_name(before, PLACE)
    served.write(DATASET, b"{}")
    after = Shelf(served.root)
    take_up(after, before)
    assert boundaries.file_name(after, PLACE) == boundaries.file_name(shelf, PLACE)


@pytest.mark.parametrize(
    "name",
    ["", "-", "nowhere-000000000000.topo.json", f"{PLACE}-000000000000.topo.json", f"{PLACE}.topo.json", "../x-y"],
)
def test_another_name_has_no_outlines(name, shelf):
    assert boundaries.boundaries_text(shelf, name) is None


def test_the_build_holds_the_outlines_of_every_place_that_has_some(shelf):
    expected = {f"{place.boundaries}/outlines-{place.id}.json" for place in shelf.places.values() if place.boundaries}
    assert expected and expected <= set(current_build(shelf.root).files)
