"""What was released when: the list and the feed hold every release once, and the feed is Atom as RFC 4287 has it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as tree
from datetime import datetime
from pathlib import Path

import pytest

from language import LANGUAGES
from measures.store.shelf import Shelf
from routes.catalogues.feeds.feed import releases_atom

ATOM = "{http://www.w3.org/2005/Atom}"
IDS = Path(__file__).with_name(
    "feed_ids.txt"
)  # as they were given out: a reader's program knows an entry by its id, so none may ever change
ABSOLUTE = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ONCE = {f"{ATOM}{name}" for name in ("id", "title", "updated")}
OF_FEED = {*ONCE, *(f"{ATOM}{name}" for name in ("author", "link", "entry"))}
OF_ENTRY = {*ONCE, *(f"{ATOM}{name}" for name in ("link", "summary", "rights"))}


@pytest.fixture(scope="module")
def feed(shelf) -> tree.Element:
    return tree.fromstring(releases_atom(shelf))


def entries(feed: tree.Element) -> list[tree.Element]:
    return feed.findall(f"{ATOM}entry")


def test_the_feed_and_every_entry_have_what_is_mandatory_once_and_nothing_unknown(feed):
    assert feed.tag == f"{ATOM}feed"
    for node, known in ((feed, OF_FEED), *((entry, OF_ENTRY) for entry in entries(feed))):
        tags = [one.tag for one in node]
        assert set(tags) <= known
        assert all(tags.count(name) == 1 for name in ONCE)
        assert all(one.text and one.text.strip() for one in node if one.tag in ONCE)
    assert feed.findtext(f"{ATOM}author/{ATOM}name"), "entries without an author need one of the feed"


def test_ids_are_absolute_and_stand_once(feed):
    ids = [feed.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries(feed))]
    assert all(ABSOLUTE.fullmatch(one) for one in ids)
    assert len(set(ids)) == len(ids)


def test_the_ids_that_were_given_out_never_change(feed, shelf):
    known = dict(line.split(" ") for line in IDS.read_text("utf-8").splitlines())
    assert feed.findtext(f"{ATOM}id") == known.pop("releases")
    now = {entry.findtext(f"{ATOM}id") for entry in entries(feed)}
    held = {f"{card.place}/{card.name}/{one.id}" for card in shelf.cards.values() for one in card.releases}
    assert {one for name, one in known.items() if name in held} <= now
    assert now <= set(known.values()), "a new release: add its line to feed_ids.txt"


def test_moments_are_those_of_rfc_3339_and_the_newest_stands_first(feed):
    moments = [entry.findtext(f"{ATOM}updated") for entry in entries(feed)]
    assert all(datetime.fromisoformat(one).tzinfo for one in moments)
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == moments[0]


def test_every_link_leads_to_a_file_of_its_kind_and_no_kind_stands_twice(feed, head):
    assert [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"] == [
        "/data/releases.atom"
    ]
    for entry in entries(feed):
        kinds = [one.get("type") for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        assert kinds and len(set(kinds)) == len(kinds)
        for one in entry.findall(f"{ATOM}link"):
            if "recorded_crime" not in one.get("href"):
                assert head(one.get("href")).headers["content-type"].startswith(one.get("type"))


def test_an_entry_says_whose_under_which_licence_in_every_language(feed, shelf):
    for entry in entries(feed):
        card = next(card for card in shelf.cards.values() if card.title["en"] in entry.findtext(f"{ATOM}title"))
        for code in LANGUAGES:
            assert card.title[code] in entry.findtext(f"{ATOM}title")
            assert card.publisher[code] in entry.findtext(f"{ATOM}summary")
            assert card.licenses[0]["title"][code] in entry.findtext(f"{ATOM}rights")


def test_a_date_that_is_approximate_says_so(feed, get):
    about = [one["about"] for one in get("/data/releases.json").json()["releases"]]
    assert any(about)
    assert ["(date approximate)" in entry.findtext(f"{ATOM}summary") for entry in entries(feed)] == about


def test_the_list_has_every_release_once_with_addresses_that_answer(get, feed, shelf):
    listed = get("/data/releases.json").json()["releases"]
    held = [(card.name, one.id) for card in shelf.cards.values() if card.kind != "boundaries" for one in card.releases]
    assert sorted((one["dataset"], one["release"]) for one in listed) == sorted(held)
    assert len(entries(feed)) == len(listed)


def test_a_text_that_looks_like_markup_is_text(served, shelf):
    title = shelf.cards["road_casualties"].title["en"]
    served.change_card("road_casualties", title, f"<b>&amp; {title}")
    found = tree.fromstring(releases_atom(Shelf(served.root)))
    assert any(f"<b>&amp; {title}" in entry.findtext(f"{ATOM}title") for entry in entries(found))
