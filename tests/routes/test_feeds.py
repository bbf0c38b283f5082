"""What is new, for programs: feeds that real readers read, with ids that never change, and a calendar of what is announced."""

from __future__ import annotations

import re
import xml.etree.ElementTree as tree
from datetime import date, datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from language import LANGUAGES
from measures.store.shelf import Shelf
from routes.application import routes
from routes.catalogues.feeds.feed import urn
from routes.catalogues.feeds.feed_entries import MOST, feed_of
from routes.catalogues.feeds.feed_scope import FeedScope, read_scope, things
from routes.catalogues.release_calendar import _days, calendar

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = (
    "/feeds/london",
    "/feeds/london/E09000033",
    "/feeds/london/theft",
    "/feeds/london/E09000033/recorded_crime",
    "/feeds/seoul",
    "/feeds/seoul/11170/violence",
    "/feeds/shanghai",
)
NOTHING = (
    "/feeds/nowhere.atom",
    "/feeds/london/X.atom",
    "/feeds/london/E09000033/nothing.json",
    "/feeds/london/E09000033/theft/more.atom",
    "/feeds/london.xml",
    "/feeds/.atom",
    "/feeds/london/E09000033.ics",
    "/feeds/../data/x.atom",
)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_reader_reads_every_feed(address, code, get):
    answer = get(f"{address}.atom?lang={code}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo and read.version == "atom10"
    assert read.feed.language == LANGUAGES[code].tag
    ids = [entry.id for entry in read.entries]
    assert 0 < len(ids) <= MOST and len(set(ids)) == len(ids)
    for entry in read.entries:
        assert entry.title and entry.content[0].value and entry.published_parsed
        assert urlsplit(entry.link).netloc == "figures.test"


@pytest.mark.parametrize("address", FEEDS)
def test_atom_has_what_rfc_4287_asks_for(address, get):
    feed = tree.fromstring(get(f"{address}.atom?lang=en").content)
    for node in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1 and node.findtext(f"{ATOM}{name}").strip()
        assert datetime.fromisoformat(node.findtext(f"{ATOM}updated")).tzinfo
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", node.findtext(f"{ATOM}id"))
        assert len([link for link in node.findall(f"{ATOM}link") if link.get("rel") == "self"]) == (node is feed)
    moments = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
    assert moments == sorted(moments, reverse=True) and feed.findtext(f"{ATOM}updated") == moments[0]
    assert feed.findtext(f"{ATOM}author/{ATOM}name")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("address", FEEDS)
def test_json_feed_has_what_version_1_1_asks_for_and_says_the_same(address, code, get):
    answer = get(f"{address}.json?lang={code}")
    assert answer.headers["content-type"].startswith("application/feed+json")
    told = answer.json()
    assert told["version"] == "https://jsonfeed.org/version/1.1" and told["title"] and told["items"]
    assert get(told["feed_url"]).json() == told
    for item in told["items"]:
        assert isinstance(item["id"], str) and item["content_html"] and item["content_text"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
    atom = feedparser.parse(get(f"{address}.atom?lang={code}").content)
    assert [entry.id for entry in atom.entries] == [item["id"] for item in told["items"]]
    assert [entry.link for entry in atom.entries] == [item["url"] for item in told["items"]]


def test_ids_come_from_names_alone(shelf):
    feed = feed_of(shelf, FeedScope("london", "E09000033"), "en")
    name = "feeds/london/E09000033/recorded_crime/2026-08/{}/en"
    assert {urn(name.format(kind)) for kind in ("released", "notable")} <= {entry.id for entry in feed.entries}
    assert (
        urn("feeds/london/E09000033/recorded_crime/2026-08/released/en")
        == "urn:uuid:c3b27e3b-9671-5914-b1d4-22e27679e927"
    )


def test_entries_hold_the_figures(shelf):
    (entry,) = (
        entry
        for entry in feed_of(shelf, FeedScope("london", "E09000033"), "en").entries
        if entry.kind == "notable" and "release=2026-08" in entry.address
    )
    assert "76,581" in entry.texts[0] and "90,153" in entry.texts[0] and "fewer" in entry.texts[0]
    chinese = feed_of(shelf, FeedScope("london", "E09000033"), "zh").entries
    assert any("76581" in text and "下降" in text for entry in chinese for text in entry.texts)


def test_that_nothing_stands_out_is_said(shelf):
    feed = feed_of(shelf, FeedScope("london", "E09000007"), "en")
    (newest,) = (entry for entry in feed.entries if entry.kind == "released" and "release=2026-08" in entry.address)
    assert newest.texts[-1] == "Nothing in it stands out for Camden."


def test_a_feed_of_a_category_tells_of_no_other(shelf):
    feed = feed_of(shelf, FeedScope("seoul", "11170", "violence"), "en")
    assert {entry.kind for entry in feed.entries} >= {"released", "notable"}
    assert not any("Rape" in text or "Theft" in text for entry in feed.entries for text in entry.texts)


@pytest.mark.parametrize("place", ["london", "seoul", "shanghai"])
def test_every_thing_of_a_place_has_a_feed(place, shelf):
    for thing in things(shelf, shelf.places[place]):
        assert read_scope(shelf, [place, thing]) == FeedScope(place, shelf.places[place].code, thing)


@pytest.mark.parametrize("address", NOTHING)
def test_an_address_that_names_nothing_says_so_in_a_sentence(address, get):
    answer = get(address)
    assert (
        answer.status_code == 404 and answer.headers["cache-control"] == "no-store" and "\n" not in answer.text.strip()
    )


def test_a_kept_copy_is_not_sent_again_and_a_language_has_its_own_mark():
    client = TestClient(Starlette(routes=routes))
    first = client.get("/feeds/shanghai.atom?lang=en")
    again = client.get("/feeds/shanghai.atom?lang=en", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    by_browser = [client.get("/feeds/shanghai.atom", headers={"Accept-Language": code}) for code in LANGUAGES]
    assert len({answer.headers["etag"] for answer in by_browser}) == len(LANGUAGES)
    assert client.post("/feeds/shanghai.atom").status_code == 405


def test_without_an_announcement_there_is_no_calendar(get):
    answer = get("/feeds/london.ics")
    assert answer.status_code == 404 and "announced" in answer.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_announced_releases_are_events_of_their_days(code, served):
    announced = 'announced = [{ date = "2027-01-14", url = "https://example.org/calendar" }, { date = "2027-03" }]'
    served.change_card("road_casualties", "next_update = ", f"{announced}\nnext_update = ")
    shelf = Shelf(served.root)
    text = calendar(shelf, "london", code)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")) and "\n" not in text.replace("\r\n", "")
    first, second = Calendar.from_ical(text).walk("VEVENT")
    assert first["dtstart"].dt == date(2027, 1, 14) and first["dtend"].dt == date(2027, 1, 15)
    assert second["dtstart"].dt == date(2027, 3, 1) and second["dtend"].dt == date(2027, 4, 1)
    card = shelf.cards["road_casualties"]
    assert card.title[code] in first["summary"] and first["url"] == "https://example.org/calendar"
    assert first["uid"] != second["uid"] and first["dtstamp"]


def test_a_year_a_month_and_a_day_end_where_the_next_begins():
    assert _days("2027") == (date(2027, 1, 1), date(2028, 1, 1))
    assert _days("2027-12") == (date(2027, 12, 1), date(2028, 1, 1))
    assert _days("2028-02-29") == (date(2028, 2, 29), date(2028, 3, 1))
