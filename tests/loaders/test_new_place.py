"""``new PLACE FILE…``: from published files to a place that can be opened; guesses are marked, nothing is written over."""

from __future__ import annotations

import json
import tomllib

import pytest

from loaders import SourceError, read_card
from loaders.draft.new_place import new_place
from loaders.lint.check_place import check_place
from measures.figures.compute import Query, compute
from measures.store.shelf import Shelf

COUNTS = """district,year,kind,thefts
North,2022,bicycle,12
North,2023,bicycle,15
South,2022,bicycle,20
South,2023,bicycle,18
North,2022,car,7
North,2023,car,5
South,2022,car,9
South,2023,car,11
"""


def square(name: str, south: float) -> dict:
    corners = [[0, south], [1, south], [1, south + 1], [0, south + 1], [0, south]]
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [corners]}}


@pytest.fixture
def files(tmp_path):
    counts, outlines = tmp_path / "thefts.csv", tmp_path / "outlines.geojson"
    counts.write_text(COUNTS, encoding="utf-8")
    outlines.write_text(
        json.dumps({"type": "FeatureCollection", "features": [square("North", 1), square("South", 0)]}),
        encoding="utf-8",
    )
    return [outlines, counts]


def licensed(root) -> None:
    """What a person adds first: without a licence nothing is shown."""
    for path in root.glob("open/ville_publisher/*/source.toml"):
        text = path.read_text(encoding="utf-8")
        words = 'licenses = [ { name = "CC0-1.0", title = { en = "CC0", zh = "CC0" } } ]'
        path.write_text(
            "\n".join(words if line.startswith("licenses") else line for line in text.split("\n")), encoding="utf-8"
        )


def test_a_draft_with_a_licence_can_be_opened_and_counts_right(copy, files):
    new_place(copy.root, "ville", files)
    licensed(copy.root)
    shelf = Shelf(copy.root)
    assert shelf.working("ville_thefts")
    made = compute(Query("ville", "ville_thefts", ("north", "south"), "all", "count"), shelf)
    assert made.table["value"].tolist() == [19, 20, 29, 29], "the types of both districts added up, 2022 and 2023"


def test_without_a_licence_nothing_of_it_is_shown_and_the_other_places_are(copy, files):
    new_place(copy.root, "ville", files)
    shelf = Shelf(copy.root)
    assert not shelf.working("ville_thefts")
    assert shelf.working("recorded_crime")


def test_areas_lie_in_the_tile_map_as_they_lie_on_the_ground(copy, files):
    new_place(copy.root, "ville", files)
    areas = {
        one["code"]: one["tile"]
        for one in tomllib.loads((copy.root / "places" / "ville.toml").read_text(encoding="utf-8"))["areas"]
    }
    assert areas["north"][0] < areas["south"][0]


def test_every_guess_is_marked_and_the_linter_asks_for_it(copy, files):
    new_place(copy.root, "ville", files)
    licensed(copy.root)
    found = {(fault.where, fault.what) for fault in check_place(copy.root, "ville").faults}
    for name in ("ville.toml", "measures/ville_thefts.toml", "ville_publisher/ville_thefts/source.toml"):
        assert (name, "guesses that nobody has checked") in found


def test_the_published_file_is_copied_byte_for_byte(copy, files):
    new_place(copy.root, "ville", files)
    licensed(copy.root)
    card = read_card(copy.card_path("ville_thefts"))
    assert (card.folder / card.latest.file).read_bytes() == files[1].read_bytes()


def test_nothing_is_written_over(copy, files):
    before = (copy.root / "places" / "london.toml").read_bytes()
    with pytest.raises(FileExistsError):
        new_place(copy.root, "london", files)
    assert (copy.root / "places" / "london.toml").read_bytes() == before


def test_records_of_people_are_refused_and_nothing_is_written(copy, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "name,date of birth,district\nAnna Bell,1980-01-02,North\nCarl Dorn,1975-03-04,South\n", encoding="utf-8"
    )
    with pytest.raises(SourceError):
        new_place(copy.root, "ville", [path])
    assert not list(copy.root.glob("*/*ville*"))


@pytest.mark.parametrize("name", ["../out", "Ville", "a b", ""])
def test_a_name_that_is_no_word_for_addresses_is_refused(copy, files, name):
    with pytest.raises(SourceError):
        new_place(copy.root, name, files)
