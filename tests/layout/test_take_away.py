"""At every chart, and on a page without one, stands what is taken away from it: pinned to what is shown, or always the newest."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette

from language import LANGUAGES
from layout.frame.blocks import Chart, Foot, TakeAway
from layout.frame.menu import PAGES
from layout.frame.reader import address_of
from layout.frame.written import written
from layout.sheets import every, sheet_of
from measures.store.shelf import open_shelf
from routes.application import routes
from tests.routes.conftest import asking

HOST = "https://figures.example"
CASES = [(page, place) for page in PAGES for place in open_shelf().places]
CHOSEN = [
    ("trends", "london", "category=robbery&area=E09000007&view=rolling_rate&from=2015-01&to=2024-12"),
    ("map", "london", "category=theft&to=2024-12&method=differs"),
    ("compare", "london", "by=periods&from=2016-12&to=2018-12&category=burglary_residential&view=rolling"),
    ("trends", "shanghai", "category=road_deaths"),
    ("claims", "london", "says=rose&figure=20%&category=robbery"),
    ("register", "shanghai", "figures=yes"),
]


def sheet(page: str, place: str, code: str = "en", more: str = ""):
    return sheet_of(address_of(page, [("lang", code), ("place", place), *parse_qsl(more)], host=HOST))


def bars(page: str, place: str, code: str = "en", more: str = "") -> list[TakeAway]:
    return [block for block in every(sheet(page, place, code, more).blocks) if isinstance(block, TakeAway)]


def rows(shown) -> list[list[dict]]:
    """What each chart draws; where a click leads is the day's own."""
    drawn = [table.to_pylist() for chart in shown.charts for table in chart.picture.drawn()["datasets"].values()]
    return [[{name: cell for name, cell in row.items() if name != "href"} for row in table] for table in drawn]


def texts(bar: TakeAway, kind: str) -> list[str]:
    """What stands to be copied in one of the bar's folds."""
    inside = next((markup for name, _, markup in bar.folds if name == kind), "")
    return [unescape(text) for text in re.findall(r"<code[^>]*>(.*?)</code>", inside, re.DOTALL)]


@pytest.mark.in_turn(24)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("page", "place"), CASES)
def test_every_chart_is_followed_by_its_bar_and_a_page_without_one_has_its_own(page, place, code):
    shown = [block for block in every(sheet(page, place, code).blocks) if isinstance(block, Chart | TakeAway | Foot)]
    waiting, offered = [], 0
    for block in shown:
        if isinstance(block, Chart):
            waiting.append(block.key)
        elif isinstance(block, TakeAway):
            offered += 1
            named = re.findall(r"/picture/[a-z]+/([a-z0-9_]+)\.png", written(block))
            framed = [re.search(r"/embed/[a-z]+/([a-z0-9_]+)", text)[1] for text in texts(block, "embed")]
            assert named == waiting and [*dict.fromkeys(framed)] == waiting
            waiting = []
        else:
            assert not waiting and offered, "the foot stands below every bar"


@pytest.mark.parametrize(("page", "place", "more"), CHOSEN)
def test_the_pinned_address_spells_out_every_choice_and_shows_the_very_figures(page, place, more):
    shown = sheet(page, place, more=more)
    bar = bars(page, place, more=more)[0]
    pinned = texts(bar, "copy")[0]
    asked = parse_qs(urlsplit(pinned).query)
    assert pinned.startswith(f"{HOST}/{page}?") and pinned in bar.quote
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", asked["as_of"][0]) and set(parse_qs(more)) <= set(asked)
    again = sheet(page, place, more=urlsplit(pinned).query)
    assert rows(again) == rows(shown)
    assert next(block.quote for block in every(again.blocks) if isinstance(block, TakeAway)) == bar.quote


@pytest.mark.parametrize(("page", "place", "more"), CHOSEN)
def test_the_newest_holds_what_was_chosen_and_nothing_more_also_from_a_pinned_address(page, place, more):
    pinned, newest = texts(bars(page, place, more=more)[0], "copy")[:2]
    from_pinned = texts(bars(page, place, more=urlsplit(pinned).query)[0], "copy")[1]
    for address in (newest, from_pinned):
        asked = parse_qs(urlsplit(address).query)
        assert "as_of" not in asked and set(asked) <= {"lang", "place", *parse_qs(more)}


@pytest.mark.parametrize(("page", "place", "more"), CHOSEN)
def test_every_file_that_is_offered_is_given(page, place, more):
    with asking(Starlette(routes=routes)) as send:
        for bar in bars(page, place, more=more):
            links = [unescape(re.search('href="([^"]+)"', link)[1]) for link in bar.links]
            forms = [urlsplit(link).path.rpartition(".")[2] for link in links]
            assert forms == ["csv", "xlsx"] and all("as_of=" in link for link in links)
            growing = texts(bar, "copy")[-1].removeprefix(HOST)
            assert "as_of" not in growing
            for link in (*links, growing):
                assert send("GET", link).status_code == 200, link


def test_figures_that_are_still_to_come_belong_to_the_newest_file_unless_an_end_was_chosen():
    free, ended = (bars("trends", "london", more=more)[0] for more in ("from=2015-01", "from=2015-01&to=2024-12"))
    assert [("to" in parse_qs(urlsplit(texts(bar, "copy")[-1]).query)) for bar in (free, ended)] == [False, True]


def test_a_frame_is_offered_frozen_first_and_kept_up_to_date_second():
    frozen, moving = texts(bars("trends", "london")[0], "embed")
    assert "as_of=" in frozen and "as_of=" not in moving
    assert all(re.match(rf'<iframe src="{HOST}/embed/trends/trend\?lang=en&amp;', text) for text in (frozen, moving))


def test_what_an_address_holds_cannot_leave_its_text():
    hostile = 'claim="><script>alert(1)</script>&figure=</code><img src=x>'
    marked = "".join(written(bar) for bar in bars("claims", "london", more=hostile))
    assert "<script" not in marked and "<img" not in marked
