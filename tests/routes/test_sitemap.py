"""A search engine finds every page of every place in every language, and each address that it is told of is a page."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette

from language import LANGUAGES
from layout.frame.menu import PAGES
from routes import sitemap
from routes.rules import RULES
from routes.sitemap import security_text, sitemap_routes
from tests.routes.conftest import asking

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOST = "http://figures.test"


@pytest.fixture(scope="module")
def ask(shelf):
    with asking(Starlette(routes=sitemap_routes(["" if page == "home" else page for page in PAGES]))) as send:
        yield lambda address: send("GET", address)


def urls(text: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(text).findall("s:url", NAMES)


def test_robots_lead_to_the_sitemap_and_the_sitemap_to_every_place(ask, shelf):
    robots = RobotFileParser()
    robots.parse(ask("/robots.txt").text.splitlines())
    assert robots.site_maps() == [f"{HOST}/sitemap.xml"]
    assert robots.can_fetch("*", f"{HOST}/trends") and not robots.can_fetch("*", f"{HOST}/data/london/x/latest.csv")
    index = ElementTree.fromstring(ask("/sitemap.xml").text)
    assert [one.text for one in index.iterfind("s:sitemap/s:loc", NAMES)] == [
        f"{HOST}/sitemap.xml?place={name}" for name in shelf.places
    ]


@pytest.mark.parametrize("place", ["london", "seoul", "shanghai"])
def test_every_page_and_every_area_of_a_place_stands_there_in_every_language(place, ask, shelf):
    found = [urlsplit(one.find("s:loc", NAMES).text) for one in urls(ask(f"/sitemap.xml?place={place}").text)]
    held = {(one.path, parse_qs(one.query)["lang"][0], *parse_qs(one.query).get("area", [])) for one in found}
    expected = {
        ("/" if page == "home" else f"/{page}", code) for page in PAGES if page != "district" for code in LANGUAGES
    }
    expected |= {("/district", code, area.code) for area in shelf.places[place].areas for code in LANGUAGES}
    assert held == expected and len(found) == len(expected)
    assert {parse_qs(one.query)["place"][0] for one in found} == {place}


def test_every_address_names_the_same_page_in_the_other_languages(ask):
    for url in urls(ask("/sitemap.xml?place=london").text):
        links = {one.get("hreflang"): one.get("href") for one in url.findall("x:link", NAMES)}
        assert set(links) == {language.tag for language in LANGUAGES.values()} | {"x-default"}
        bare = {re.sub(r"lang=\w+&", "", address) for address in links.values()}
        assert len(bare) == 1 and url.find("s:loc", NAMES).text in links.values()
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", url.find("s:lastmod", NAMES).text)


def test_a_place_that_there_is_none_of_has_no_sitemap(ask):
    assert (ask("/sitemap.xml?place=atlantis").status_code, ask("/sitemap.xml?place=..%2F").status_code) == (404, 404)


def test_a_sitemap_holds_no_more_addresses_than_the_protocol_allows(ask, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 7)
    assert len(urls(ask("/sitemap.xml?place=london").text)) == 7


def test_a_place_whose_name_needs_writing_otherwise_is_written_so(ask):
    assert "&lang" not in ask("/sitemap.xml?place=london").text.replace("&amp;", "")


def test_whom_to_write_to_is_said_where_somebody_is_named_and_not_invented_elsewhere(ask):
    text = security_text(HOST, {"url": "https://figures.test/contact"}, "2027-05-01T00:00:00Z")
    assert "Contact: https://figures.test/contact" in text and "Expires: 2027-05-01T00:00:00Z" in text
    assert security_text(HOST, {"url": "", "words": {"en": "Write"}}, "") == ""
    assert ask("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/.well-known/security.txt"])
def test_the_door_lets_them_be_read(address):
    assert RULES.addresses[address] == ["GET", "HEAD"]
