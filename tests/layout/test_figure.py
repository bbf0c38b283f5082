"""A figure says its finding first and shows one part at a time; where no script runs, every part is there."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from language import LANGUAGES
from layout.document import body_of
from layout.frame.blocks import Chart, Figure, Fold, Table
from layout.frame.figure import NEWEST, in_short_sections
from layout.frame.menu import PAGES, READING
from layout.frame.offers import elsewhere, in_menu, offered
from layout.frame.reader import address_of, reader_of
from layout.sheets import every, sheet_of
from measures.store.shelf import open_shelf

SHOWN = [("trends", part) for part in ("chart", "table", "download", "about")] + [("map", "table")]


def standing(page: str, *more: tuple[str, str], place: str = "london", code: str = "en"):
    address = address_of(page, [("lang", code), ("place", place), *more], host="https://figures.example")
    return sheet_of(address), reader_of(address)


@pytest.mark.parametrize(("page", "part"), SHOWN)
def test_only_the_part_that_the_address_names_is_drawn_and_it_links_to_the_others(page, part):
    sheet, reader = standing(page, ("show", part), ("category", "robbery"))
    figure = next(block for block in sheet.blocks if isinstance(block, Figure))
    drawn = list(every(sheet.drawn))
    assert figure.shown == part
    assert any(isinstance(block, Chart) for block in drawn) == (part == "chart")
    markup = body_of(sheet, reader, alone=False)
    links = re.findall(r'<a href="([^"]+)"[^>]*data-soft[^>]*>', re.search(r'<nav class="parts".*?</nav>', markup)[0])
    asked = [parse_qs(urlsplit(unescape(link)).query) for link in links]
    assert [one.get("show", ["chart"])[0] for one in asked] == list(figure.parts)
    assert all(one["category"] == ["robbery"] and one["place"] == ["london"] for one in asked)
    assert markup.count("aria-current") >= 2, "of the parts and of the menu, what is seen"


def test_a_part_that_is_not_there_gives_way_to_the_chart_with_a_calm_sentence():
    sheet, reader = standing("trends", ("show", "nonsense"))
    assert next(block for block in sheet.blocks if isinstance(block, Figure)).shown == "chart"
    assert 'class="calm"' in body_of(sheet, reader, alone=False)


def test_without_scripts_every_part_stands_there_and_a_long_table_says_where_its_older_rows_are():
    sheet, reader = standing("trends")
    figure = next(block for block in sheet.blocks if isinstance(block, Figure))
    whole = next(block for block in figure.parts["table"].blocks if isinstance(block, Table))
    fold = next(block for block in in_short_sections(figure) if isinstance(block, Fold))
    short = next(block for block in fold.blocks if isinstance(block, Table))
    assert len(whole.rows) > NEWEST and short.rows == whole.rows[:NEWEST]
    markup = body_of(sheet, reader, alone=True)
    assert "The older periods are in the file:" in markup and 'class="parts"' not in markup
    for words in ("Table", "Download", "About", "What this cannot tell you", "Open Government Licence"):
        assert words in markup


def test_a_picture_has_one_address_whichever_part_is_seen():
    addresses = {
        re.search(r"/picture/trends/trend\.png[^\"]*", body_of(*standing("trends", ("show", part)), alone=True))[0]
        for part in ("chart", "about")
    }
    assert len(addresses) == 1


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("place", open_shelf().places)
def test_the_menu_has_what_the_place_has_and_other_addresses_say_where_there_is_something(place, code):
    sheet, reader = standing("privacy", place=place, code=code)
    head = re.search(r"<header.*?</header>", body_of(sheet, reader, alone=True))[0]
    linked = {urlsplit(unescape(one)).path.strip("/") or "home" for one in re.findall(r'href="(/[^"]*)"', head)}
    assert linked == {*in_menu(reader), "privacy"}
    assert reader.say.pick(reader.place.area_word) in head or "district" not in linked
    for page in set(PAGES) - linked:
        assert not offered(page, reader.place, reader.shelf)
        assert f'href="/{page}?' in elsewhere(reader, page)


def test_the_menu_begins_with_what_is_read():
    assert READING[0] == "home" and len(READING) == 6
