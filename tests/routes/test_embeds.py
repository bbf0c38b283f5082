"""A chart on another site: nothing but chart, title, source and link; a pasted link becomes a frame that is frozen at the day."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from layout.exported import drawn
from layout.frame.reader import address_of
from layout.sheets import sheet_of
from measures.store.frozen import day_of
from routes.addresses import WIDEST
from routes.embeds import embed_routes
from routes.headers import EMBEDDED, POLICY, Headers
from routes.pictures import Pictures, picture_routes
from routes.rules import RULES
from tests.routes.conftest import asking

HOST = "http://figures.test"
PAGE = "/trends?lang=en&place=london&measure=road_casualties"
EMBED = "/embed/trends/trend?lang=en&place=london&measure=road_casualties"


@pytest.fixture(scope="module")
def ask(shelf):
    pictures = Pictures(drawn)
    site = Starlette(routes=[*picture_routes(pictures), *embed_routes(pictures)], middleware=[Middleware(Headers)])
    with asking(site) as send:
        yield lambda address, **headers: send("GET", address, headers=headers)


class Elements(HTMLParser):
    """The elements of a page with their attributes, as a browser's parser has them."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def of(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.found if name == tag]


def oembed(ask, link: str, more: str = ""):
    return ask(f"/oembed?url={quote(HOST + link, safe='')}{more}")


def test_an_embed_holds_chart_title_source_and_link_and_no_script_but_its_height(ask):
    answer = ask(EMBED)
    page = Elements(answer.text)
    assert answer.headers["content-type"].startswith("text/html")
    assert len(page.of("h1")) == len(page.of("img")) == len(page.of("script")) == 1
    assert [one["href"].partition("?")[0] for one in page.of("a")] == [f"{HOST}/trends"]
    assert "Source: Department for Transport" in answer.text and "postMessage" in answer.text
    assert ask(page.of("img")[0]["src"]).headers["content-type"] == "image/svg+xml"
    assert ask(page.of("source")[0]["srcset"]).status_code == 200
    assert page.of("img")[0]["alt"].startswith("Line chart.")
    assert not page.of("form") + page.of("iframe") + page.of("input")


def test_an_embed_may_stand_on_every_site_and_nothing_else_may(ask):
    policy = ask(EMBED).headers["content-security-policy"]
    assert (
        policy == EMBEDDED
        and "frame-ancestors *" in policy
        and "unsafe" not in policy
        and "default-src 'none'" in policy
    )
    for address in ("/picture/trends/trend.svg", "/oembed?url=x", "/nothing", "/embedx/trends/trend"):
        assert ask(address).headers["content-security-policy"] == POLICY, address
    assert "frame-ancestors 'self'" in POLICY


def test_the_script_of_an_embed_is_the_one_that_its_policy_names(ask):
    import base64
    import hashlib

    script = re.search(r"<script>(.*?)</script>", ask(EMBED).text, re.S)[1]
    assert f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}" in EMBEDDED


def test_a_map_brings_its_legend(ask):
    text = ask("/embed/map/map?lang=zh&place=london").text
    assert 'class="legend"' in text and '<html lang="zh' in text and "来源：" in text


@pytest.mark.parametrize(
    "address",
    ["/embed/trends/nothing", "/embed/nothing/trend", "/embed/trends", "/embed/", "/embed/a/b/c", EMBED + "x" * 8000],
)
def test_an_embed_that_there_is_none_of_is_answered_404(address, ask):
    assert ask(address).status_code == 404


def test_a_pasted_link_of_a_page_becomes_a_frame_that_is_frozen_at_the_day(ask):
    answer = oembed(ask, PAGE)
    told = answer.json()
    frame = Elements(told["html"]).of("iframe")[0]
    assert answer.headers["content-type"] == "application/json" and answer.headers["access-control-allow-origin"] == "*"
    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", WIDEST) and told["height"] > 300
    assert frame["src"].startswith(f"{HOST}/embed/trends/trend?") and frame["width"] == str(WIDEST)
    assert day_of(parse_qs(urlsplit(frame["src"]).query)["as_of"][0])
    assert "Frozen: " in ask(frame["src"].removeprefix(HOST)).text
    assert told["title"] == sheet_of(address_of("trends", parse_qs_pairs(PAGE))).title
    assert ask(told["thumbnail_url"].removeprefix(HOST)).headers["content-type"] == "image/png"


def parse_qs_pairs(address: str) -> list[tuple[str, str]]:
    return [(name, value) for name, values in parse_qs(urlsplit(address).query).items() for value in values]


def test_a_link_that_names_its_day_or_is_an_embed_already_stays_as_it_is(ask):
    for link, day in (
        (f"{PAGE}&as_of=2026-07-31", ["2026-07-31"]),
        (EMBED, None),
        (f"{EMBED}&as_of=2026-07-31", ["2026-07-31"]),
    ):
        frame = Elements(oembed(ask, link).json()["html"]).of("iframe")[0]
        assert parse_qs(urlsplit(frame["src"]).query).get("as_of") == day, link


@pytest.mark.parametrize(("asked", "width"), [("400", 400), ("1", 300), ("9000", WIDEST)])
def test_a_frame_is_as_wide_as_there_is_room(asked, width, ask):
    assert oembed(ask, PAGE, f"&maxwidth={asked}").json()["width"] == width


@pytest.mark.parametrize(
    "address",
    [
        "/oembed",
        "/oembed?url=",
        f"/oembed?url={quote('http://elsewhere.test/trends', safe='')}",
        f"/oembed?url={quote('javascript://figures.test/trends', safe='')}",
        f"/oembed?url={quote(HOST + '/privacy?lang=en', safe='')}",
        f"/oembed?url={quote(HOST + '/nothing', safe='')}",
        f"/oembed?url={quote(HOST + '/data/catalogue.json', safe='')}",
        f"/oembed?url={quote('http://[', safe='')}",
        f"/oembed?url={quote(HOST + PAGE, safe='')}&maxwidth=wide",
    ],
)
def test_a_link_that_is_no_chart_of_ours_is_answered_404(address, ask):
    assert ask(address).status_code == 404


def test_another_format_than_json_is_not_given(ask):
    assert oembed(ask, PAGE, "&format=xml").status_code == 501


def test_every_page_with_a_chart_leads_newsrooms_to_its_answer(ask, shelf):
    from layout.document_head import head_of
    from layout.frame.reader import reader_of

    address = address_of("trends", parse_qs_pairs(PAGE), host=HOST)
    links = [
        one
        for one in Elements(head_of(sheet_of(address, shelf), reader_of(address, shelf))).of("link")
        if one.get("type") == "application/json+oembed"
    ]
    assert len(links) == 1
    assert json.loads(ask(links[0]["href"].removeprefix(HOST)).text)["type"] == "rich"
    bare = address_of("privacy", [("lang", "en")], host=HOST)
    assert "oembed" not in head_of(sheet_of(bare, shelf), reader_of(bare, shelf))


def test_words_of_an_address_are_no_markup(ask):
    hostile = "/embed/trends/trend?lang=en&place=london&area=" + quote('"><script>alert(1)</script>')
    assert len(Elements(ask(hostile).text).of("script")) == 1


@pytest.mark.parametrize("address", ["/embed/*", "/oembed"])
def test_the_door_lets_them_be_read(address):
    assert RULES.addresses[address] == ["GET", "HEAD"]
