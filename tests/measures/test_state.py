"""The state of a shelf is that of what it read, never of what lies on the disk when it is asked."""

from __future__ import annotations

import os
import time

import pytest

from measures.store.shelf import Shelf
from routes.conditional import state_of


def test_a_card_corrected_under_a_shelf_gives_the_next_shelf_another_state(served):
    """Asked for the first time after the change, as on a server that nobody had asked before."""
    before = Shelf(served.root)
    served.change_card("road_casualties", "ended = false", "ended = true")
    after = Shelf(served.root)
    assert state_of(before)[0] != state_of(after)[0]
    served.change_card("road_casualties", "ended = true", "ended = false")
    assert state_of(Shelf(served.root))[0] == state_of(before)[0]


CHANGED = {
    "a list beside a card": lambda root: next(root.glob("open/*/recorded_crime/categories.csv")),
    "a place": lambda root: root / "places" / "london.toml",
    "a measure": lambda root: root / "measures" / "road_casualties.toml",
    "whom to write to": lambda root: root / "site.toml",
}


@pytest.mark.parametrize("what", CHANGED)
def test_whatever_decides_an_answer_decides_the_state(what, copy):
    before, path = state_of(Shelf(copy.root))[0], CHANGED[what](copy.root)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert state_of(Shelf(copy.root))[0] != before


def test_the_same_folder_elsewhere_has_the_same_state(copy, tmp_path):
    before = state_of(Shelf(copy.root))[0]
    assert state_of(Shelf(copy.root.rename(tmp_path / "elsewhere")))[0] == before


def test_a_file_dated_in_the_future_does_not_date_an_answer_there(copy):
    os.utime(copy.card_path("road_casualties"), (4_070_908_800, 4_070_908_800))
    assert state_of(Shelf(copy.root))[1] <= time.time()
