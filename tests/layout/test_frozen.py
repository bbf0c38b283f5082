"""A frozen page shows the figures of its day, says so, and leads to the newest."""

from __future__ import annotations

import re

import pytest

from layout.document import body_of
from layout.exported import drawn
from layout.frame.blocks import Block, Paragraph
from layout.frame.menu import PAGES
from layout.frame.reader import address_of, reader_of
from layout.frame.written import is_static, written
from layout.sheets import every, sheet_of
from measures.store.shelf import Shelf
from routes.pictures import PictureQuestion

DAYS = ("2026-07-31", "2026-01-15", "2024-06-01")
CALM = "cannot be shown"


def sheet(shelf: Shelf, page: str, day: str, place: str = "london", **more: str):
    return sheet_of(address_of(page, [("lang", "en"), ("place", place), ("as_of", day), *more.items()]), shelf)


def notice(blocks: tuple[Block, ...]) -> str:
    return next(
        (str(block.texts[0]) for block in blocks if isinstance(block, Paragraph) and block.style == "frozen"), ""
    )


def text(blocks: tuple[Block, ...]) -> str:
    """All that is written on a page, in every part of its figures."""
    return "".join(written(block) for block in every(blocks) if is_static(block))


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(
    ("place", "day"),
    [("london", DAYS[2]), ("seoul", DAYS[1]), ("shanghai", DAYS[2]), ("shanghai", "2009-12-31")],
)
def test_every_page_of_every_day_is_shown_and_says_which_day_it_is(place, day, shelf):
    """Or says that the address cannot be followed, where nothing of the place had been published."""
    for page in PAGES:
        blocks = sheet(shelf, page, day, place).blocks
        assert CALM not in text(blocks), page
        assert f'href="{"/" if page == "home" else f"/{page}"}?lang=en&amp;place={place}"' in notice(
            blocks
        ) or not notice(blocks)
    first = {"london": "2015-06", "seoul": "2021-09", "shanghai": "2010"}[place]
    assert bool(notice(sheet(shelf, "sources", day, place).blocks)) == (day >= first)


@pytest.fixture
def earlier(served) -> Shelf:
    """The folder as it was before the newest table of recorded crime was taken up."""
    card = served.card_path("recorded_crime")
    words = card.read_text(encoding="utf-8")
    last = words.rindex("[[releases]]")
    after = re.search(r"^\[(?!\[?releases)", words[last:], re.M).start() + last
    card.write_text(words[:last] + words[after:], encoding="utf-8")
    return Shelf(served.root)


def test_a_frozen_page_and_its_picture_stay_as_they_are_when_a_release_is_taken_up(earlier, shelf, monkeypatch):
    for page in ("trends", "district"):
        before, after = (text(sheet(one, page, DAYS[0], area="E09000007").blocks) for one in (earlier, shelf))
        assert before == after, page
    pairs = (("lang", "en"), ("place", "london"), ("as_of", DAYS[0]))
    files = []
    for one in (earlier, shelf):
        for module in ("layout.exported", "layout.frame.reader"):
            monkeypatch.setattr(f"{module}.open_shelf", lambda one=one: one)
        files.append(drawn(PictureQuestion("trends", "trend", "svg", "1200x675", 1120, pairs, "", "https://x.test")))
    assert files[0] == files[1]
    assert b"as_of=2026-07-31" in files[0]


def test_whatever_a_frozen_page_leads_to_for_its_figures_is_frozen_too(shelf):
    for page in ("trends", "map", "district", "online", "download"):
        blocks = text(sheet(shelf, page, DAYS[0]).blocks)
        files = re.findall(r'href="(/data/[a-z_]+/[a-z_]+/[^"]+)"', blocks)
        assert (files or page == "district") and all("as_of=2026-07-31" in address for address in files), page
        assert blocks.count("as_of=2026-07-31&amp;as_of") == 0
        origins = re.findall(r'href="(/origin[^"]+)"', blocks)
        assert all("as_of=2026-07-31" in address for address in origins), page


@pytest.mark.parametrize("day", ["2100-01-01", "yesterday", "2026-13-01"])
def test_a_day_that_is_none_is_remarked_on_and_the_newest_figures_are_shown(day, shelf):
    frozen, newest = (
        sheet(shelf, "trends", day),
        sheet_of(address_of("trends", [("lang", "en"), ("place", "london")]), shelf),
    )
    assert not notice(frozen.blocks)
    assert "Part of this address is not known here" in text(frozen.blocks)
    assert frozen.state == newest.state


def test_in_chinese_it_is_said_in_chinese(shelf):
    blocks = sheet_of(address_of("map", [("lang", "zh"), ("place", "london"), ("as_of", DAYS[0])]), shelf).blocks
    assert "截至2026年7月31日" in notice(blocks)


def test_choices_and_pages_that_a_frozen_document_leads_to_stay_frozen(shelf):
    address = address_of("trends", [("lang", "en"), ("place", "london"), ("as_of", DAYS[0])])
    html = body_of(sheet_of(address, shelf), reader_of(address, shelf), alone=True)
    forms = re.findall(r"<form.*?</form>", html, re.S)
    assert forms and all('name="as_of" value="2026-07-31"' in form for form in forms)
    menus = re.findall(r'<ul class="(?:reading|looked-up)">.*?</ul>', html, re.S)  # another place starts afresh
    links = [link for menu in menus for link in menu.split("<a ")[1:]]
    assert len(links) > 10 and all("as_of=2026-07-31" in link for link in links)
