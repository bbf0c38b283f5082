"""Every place under data/places, whoever added it: names, areas, tiles, and what it shows."""

from __future__ import annotations

from itertools import combinations

import pytest

from loaders import data_folder, find_cards, read_card, read_places
from loaders.lint.translations import in_letters_of
from loaders.places.borders import neighbours
from loaders.places.boundaries import read_boundaries
from measures.claims.checks.against_series import check_series
from measures.claims.checks.stated import periods_of
from measures.claims.headline import headline_claim

CARDS = {card.name: card for card in map(read_card, find_cards(data_folder()))}
PLACES = list(read_places(data_folder(), CARDS, {}).values())
EVERY_PLACE = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
WITH_BOUNDARIES = pytest.mark.parametrize(
    "place", [place for place in PLACES if place.boundaries], ids=lambda place: place.id
)


@pytest.fixture(scope="module")
def boundaries():
    return {place.id: read_boundaries(CARDS[place.boundaries], place) for place in PLACES if place.boundaries}


def test_there_are_places():
    assert {"london", "shanghai", "seoul"} <= {place.id for place in PLACES}


@EVERY_PLACE
def test_the_place_and_its_words_are_named_in_both_languages(place):
    for words in (place.name, place.country, place.whole, place.area_word):
        assert words["en"].strip()
        assert words["zh"].strip()
    assert place.area_word["en_plural"].strip()


@EVERY_PLACE
def test_every_area_is_named_in_both_languages_and_no_two_alike(place):
    areas = (*place.areas, *place.unallocated)
    assert place.areas
    for language in ("en", "zh"):
        names = [area.name[language].strip() for area in areas]
        assert all(names)
        assert len(set(names)) == len(names)
    assert all(in_letters_of(language, area.name[language]) for area in areas for language in ("en", "zh"))


@pytest.mark.parametrize(
    ("name", "fits"),
    [("Neukölln", True), ("Málaga", True), ("São Paulo", True), ("Łódź", True), ("钟路区", False), ("종로구", False)],
)
def test_a_name_in_latin_letters_may_have_marks_on_them(name, fits):
    assert in_letters_of("en", name) is fits


@EVERY_PLACE
def test_every_area_has_a_code_of_its_own(place):
    codes = [place.code, *(area.code for area in (*place.areas, *place.unallocated))]
    assert len(set(codes)) == len(codes)


@EVERY_PLACE
def test_no_spelling_means_two_areas(place):
    spellings = [text for area in place.areas for text in {area.code, *area.name.values(), *area.aliases}]
    assert len(set(spellings)) == len(spellings)


@EVERY_PLACE
def test_no_two_areas_stand_in_one_tile(place):
    tiles = [area.tile for area in place.areas]
    assert all(tiles), "every area has a tile"
    assert len(set(tiles)) == len(tiles)
    assert min(row for row, _ in tiles) >= 0
    assert min(column for _, column in tiles) >= 0


@WITH_BOUNDARIES
def test_the_tiles_keep_nine_in_ten_pairs_of_neighbours(place, boundaries):
    """Of the areas that share a border, at least 0.9 touch in the tile map too, at a side or a corner."""
    tile = {area.code: area.tile for area in place.areas}
    pairs = neighbours(boundaries[place.id])
    kept = [pair for pair in pairs if max(abs(tile[pair[0]][axis] - tile[pair[1]][axis]) for axis in (0, 1)) == 1]
    assert len(kept) / len(pairs) >= 0.9


@WITH_BOUNDARIES
def test_every_area_has_one_valid_outline_and_none_overlaps_another(place, boundaries):
    frame = boundaries[place.id].to_crs("EPSG:6933")  # equal areas, anywhere on earth
    assert sorted(frame.index) == sorted(area.code for area in place.areas)
    assert frame.geometry.is_valid.all()
    assert not frame.geometry.is_empty.any()
    smallest = frame.geometry.area.min()
    for one, other in combinations(frame.geometry, 2):
        if one.intersects(other):
            assert one.intersection(other).area < smallest * 0.01


@EVERY_PLACE
def test_every_measure_of_the_place_exists_and_works(place, shelf):
    assert place.measures
    for name in place.measures:
        assert shelf.cards[shelf.measures[name].dataset].place == place.id
        assert shelf.working(name)


@EVERY_PLACE
def test_areas_where_residents_mislead_exist_and_say_why_in_both_languages(place):
    codes = {area.code for area in place.areas}
    for remark in place.residents_misleading:
        assert set(remark["areas"]) <= codes
        assert all(remark["reason"][language].strip() for language in ("en", "zh"))


@EVERY_PLACE
def test_what_makes_areas_alike_is_a_published_figure_of_every_area_with_a_label(place, shelf):
    for one in place.similar.get("by", []):
        table = shelf.table(one["dataset"])
        assert shelf.cards[one["dataset"]].place == place.id
        assert {one["variable"], one.get("area", one["variable"])} <= set(table.variables)
        assert all(table.has(area=area.code) for area in place.areas)
        assert all(one["label"][language].strip() for language in ("en", "zh"))


@EVERY_PLACE
def test_every_example_of_a_headline_can_be_checked(place, shelf):
    for one in place.headlines:
        asked = headline_claim(place.id, one, periods_of(shelf, one["measure"]))
        assert asked is not None, one
        assert check_series(asked, shelf).arithmetic
