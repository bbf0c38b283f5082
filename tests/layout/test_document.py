"""The document says what the article says: every word, choice, chart and address of its blocks, in every place and language."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest

from language import LANGUAGES
from layout.document import body_of
from layout.document_head import head_of
from layout.frame.blocks import Choice, Fold, Heading, PageLink, Row, Tiles
from layout.frame.figure import in_short_sections
from layout.frame.menu import PAGES
from layout.frame.reader import address_of, reader_of
from layout.frame.written import is_static, written
from layout.sheets import every, sheet_of
from measures.store.shelf import open_shelf
from tests.sampling import apart
from tests.tongues import by_turns

HOST = "https://figures.example"
CASES = [
    (page, place, code)
    for number, (page, place) in enumerate(product(PAGES, open_shelf().places))
    for code in by_turns(number)
]
FINDER = re.compile(
    r"<form(?! id=)[^>]*>.*?</form>", re.DOTALL
)  # an area by its name: a form of its own, with its own button
FALLEN = re.compile(  # what marks texts in another language: an element around each, and a line that says so
    r'<span class="fallen"[^>]*>(.*?)</span>|(?:<div class="stHtml">)?<p class="small fallen-line">.*?</p>(?:</div>)?'
)
VOID = {"meta", "link", "input", "img", "source", "br"}


class Reading(HTMLParser):
    """The words of a page in their order, without those of pictures and menus, and its elements with their attributes."""

    def __init__(self, markup: str):
        super().__init__()
        self.words, self.elements, self._open = [], [], []
        self.feed(markup)
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if not {"svg", "select", "button", "noscript", "script"} & set(self._open):
            self.words += data.split()

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def standing(page: str, place: str, code: str, *more: tuple[str, str]):
    address = address_of(page, [("lang", code), ("place", place), *more], host=HOST)
    return sheet_of(address), reader_of(address)


def words_of_blocks(blocks) -> list[str]:
    """The words of blocks in the order in which they are read."""
    found, opens = [], {}
    for block in every(blocks, in_short_sections):
        if isinstance(block, Row) and block.more:
            opens[id(block.more[0])] = block.opens
        found += opens.pop(id(block), "").split()
        if is_static(block):
            found += Reading(written(block)).words
        elif isinstance(block, Fold):
            found += block.title.split()
        elif isinstance(block, PageLink | Choice):
            found += block.label.split()
            chosen = [block.options[value] for value in block.value] if block.kind == "several" else []
            found += " · ".join(chosen).split() or (block.hint.split() if block.kind == "several" else [])
            found += " ".join(block.options.values()).split() if block.kind == "several" else []
    return found


@pytest.mark.in_turn(24)
@pytest.mark.parametrize(("page", "place", "code"), CASES)
def test_the_document_has_every_word_of_the_article_in_its_order(page, place, code):
    sheet, reader = standing(page, place, code)
    body = FALLEN.sub(r"\1", body_of(sheet, reader, alone=True))
    assert Reading(body[body.index("<main") : body.rindex("</div>")]).words == words_of_blocks(sheet.blocks)


@pytest.mark.parametrize("page", PAGES)
def test_the_form_holds_every_choice_as_the_address_has_it(page):
    sheet, reader = standing(page, "london", "en")
    body = body_of(sheet, reader, alone=True)
    read = Reading(FINDER.sub("", body))
    inside = [one for tag in ("select", "input") for one in read.all(tag) if one.get("form") == "choices"]
    assert {one["name"] for one in inside} == {choice.name for choice in sheet.choices}
    hidden = {one["name"]: one["value"] for one in read.all("input") if one.get("type") == "hidden"}
    assert hidden == {"lang": "en", "place": "london"}
    assert bool(read.all("button")) == bool(inside), "without a script a form is sent by its button"


@pytest.mark.parametrize("page", PAGES)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(page):
    sheet, reader = standing(page, "london", "en", ("area", "E09000007"))
    body = body_of(sheet, reader, alone=True)
    pairs = [("lang", "en"), ("place", "london")]
    for name, menu in re.findall(r'<select form="choices" name="(\w+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        pairs.append((name, re.search(r'<option value="([^"]*)" selected', menu)[1]))
    for attributes in Reading(body).all("input"):
        if attributes.get("form") == "choices" and ("checked" in attributes or attributes["type"] == "text"):
            pairs.append((attributes["name"], attributes["value"]))
    again = sheet_of(address_of(page, [pair for pair in pairs if pair[1]], host=HOST))
    assert again.state == sheet.state if len(pairs) > 2 else not list(sheet.choices), (
        "a form without choices has no button"
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_area_of_a_map_is_a_link_that_says_its_figure(code):
    sheet, reader = standing("map", "london", code)
    maps = re.findall(r"<svg.*?</svg>", body_of(sheet, reader, alone=True), re.DOTALL)
    areas = {area.code for area in reader.place.areas}
    assert len(maps) == 1
    tiles = next(block for block in every(sheet.blocks) if isinstance(block, Tiles)).tiles
    assert {parse_qs(urlsplit(tile.address).query)["area"][0] for tile in tiles} == areas and all(
        tile.told for tile in tiles
    )
    for drawn in maps:
        links = [parse_qs(urlsplit(one["href"]).query) for one in Reading(drawn).all("a")]
        assert {one["area"][0] for one in links} == areas and {one["lang"][0] for one in links} == {code}
        titles = re.findall(r"<title>(.*?)</title>", drawn)
        assert len(titles) == len(areas) and all(re.search(r"\d|\w", title) for title in titles)
    rows = next(sheet.charts).picture.datasets["rows"]
    assert sorted(re.findall(r'<path [^>]*fill(?:="|:)(#\w+|var\([^)]*\))', maps[0])) == sorted(rows["fill"])


@apart(("page", "place", "code"), CASES)
def test_a_page_says_what_it_is_in_its_language_and_where_it_is_in_every_other(page, place, code):
    sheet, reader = standing(page, place, code)
    head = Reading(head_of(sheet, reader))
    told = {one.get("name") or one["property"]: one["content"] for one in head.all("meta")}
    assert 6 < len(told["description"]) <= 300, told and told["og:title"] == sheet.title
    links = {one.get("hreflang", one["rel"]): one["href"] for one in head.all("link") if "type" not in one}
    assert set(links) == {"canonical", "x-default", *(language.tag for language in LANGUAGES.values())}
    assert links["canonical"] == links[LANGUAGES[code].tag] == told["og:url"]
    assert "lang=" not in links["x-default"] and all(link.startswith(HOST) for link in links.values())
    datasets = [
        json.loads(one) for one in re.findall(r"<script[^>]*>(.*?)</script>", head_of(sheet, reader), re.DOTALL)
    ]
    assert {one["@type"] for one in datasets} <= {"Dataset"}
    assert len(datasets) == len(sheet.foot.datasets if sheet.foot else ())
    assert all(len(one["description"]) >= 20 and one.get("license", "http").startswith("http") for one in datasets)


def test_titles_tell_addresses_apart():
    states = [("trends", ()), ("trends", (("category", "robbery"),)), ("map", ()), ("map", (("category", "robbery"),))]
    titles = {sheet_of(address_of(page, [("lang", code), *more])).title for page, more in states for code in LANGUAGES}
    assert len(titles) == len(states) * len(LANGUAGES)


def test_a_sheet_is_worked_out_once_and_anew_for_another_day_shelf_and_address(monkeypatch):
    calls = []

    def article(reader):
        calls.append(reader.page)
        yield Heading("A page", 1)

    monkeypatch.setattr("pages.privacy.article", article)
    address = address_of("privacy", [("lang", "en"), ("nonsense", "1"), ("place", "seoul"), ("from", "of this test")])
    assert sheet_of(address) is sheet_of(address)
    assert sheet_of(address_of("privacy", [("place", "seoul"), ("lang", "en"), ("from", "of this test")])) is sheet_of(
        address
    )
    assert len(calls) == 1, "the order of an address and what no page asks for make no other sheet"

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return cls(2099, 1, 1)

    monkeypatch.setattr("layout.sheets.date", Tomorrow)
    sheet_of(address)
    assert len(calls) == 2


def test_an_article_that_fails_leaves_one_calm_sentence_and_is_tried_again(monkeypatch, caplog):
    def article(reader):
        yield Heading("A page", 1)
        raise RuntimeError("spoilt")

    monkeypatch.setattr("pages.privacy.article", article)
    address = address_of("privacy", [("lang", "en"), ("from", "of a failure")])
    assert "cannot be shown at the moment" in written(sheet_of(address).blocks[1])
    assert "spoilt" in caplog.text
    monkeypatch.undo()
    assert len(sheet_of(address).blocks) > 5
