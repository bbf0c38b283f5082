"""An area is found by any of its names, and none is shown that its reader has not chosen."""

from __future__ import annotations

import pytest

from language import LANGUAGES
from layout.frame.blocks import Chart, Heading
from layout.frame.reader import address_of
from layout.glance.finder import areas_named, names_of, plain
from layout.sheets import every, sheet_of
from measures.store.shelf import open_shelf

PLACES = list(open_shelf().places)


@pytest.mark.parametrize("name", PLACES)
def test_every_name_of_an_area_leads_to_it(name, shelf):
    """In all languages, short, and as published files spell it; in capitals and with other spaces."""
    place = shelf.places[name]
    for area in place.areas:
        for word in names_of(area):
            assert area in areas_named(place, word), word
            assert area in areas_named(place, f" {word.upper()} "), word


@pytest.mark.parametrize("name", PLACES)
def test_the_beginning_of_a_name_leads_to_its_area_unless_it_is_a_name_itself(name, shelf):
    place = shelf.places[name]
    whole = {plain(word) for area in place.areas for word in names_of(area)}
    for area in place.areas:
        for word in area.name.values():
            start = plain(word)[: max(2, len(plain(word)) // 2)]
            assert area in areas_named(place, start) or start in whole, (word, start)


def test_a_part_of_a_name_may_mean_several_and_nothing_means_none(shelf):
    place = shelf.places["seoul"]
    assert {area.name["en"] for area in areas_named(place, "gang")} >= {"Gangnam-gu", "Gangdong-gu"}
    assert areas_named(place, "") == areas_named(place, "   ") == areas_named(place, "xyzzy") == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_area_is_shown_before_one_is_chosen(code, shelf):
    sheet = sheet_of(address_of("district", [("place", "seoul"), ("lang", code)]), shelf)
    names = [area.name[code] for area in shelf.places["seoul"].areas]
    assert not any(name in block.text for block in sheet.blocks if isinstance(block, Heading) for name in names)
    assert "area" not in sheet.state


def test_a_typed_name_that_means_one_area_shows_it(shelf):
    typed = sheet_of(address_of("district", [("place", "seoul"), ("lang", "en"), ("find", "강남")]), shelf)
    chosen = sheet_of(address_of("district", [("place", "seoul"), ("lang", "en"), ("area", "11680")]), shelf)
    assert typed.state == chosen.state and typed.title == chosen.title
    assert [block.key for block in every(typed.blocks) if isinstance(block, Chart)]
