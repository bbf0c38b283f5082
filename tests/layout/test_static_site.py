"""The site as files works without a server: every link of every document leads to a file that is there, or outward."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import openpyxl
import pytest
from starlette.applications import Starlette

from language import LANGUAGES
from layout.frame.menu import PAGES
from layout.static_site import write
from layout.static_site.__main__ import main
from layout.static_site.addresses import Addresses, Document
from layout.static_site.write import FORMS, Plan, StaticSite
from routes.application import routes
from routes.catalogues.descriptions import DESCRIPTIONS
from routes.headers import style_address
from tests.routes.conftest import asking

BASE, LIVE = "https://files.test/mirror", "https://live.test"
LINKS = re.compile(r'\s(?:href|src|srcset)="([^"]*)"')


@pytest.fixture(scope="module")
def site(shelf, tmp_path_factory) -> tuple[Path, list[str]]:
    """A part of the site: one place in both languages, some pages and one area; and what was told meanwhile."""
    folder, told = tmp_path_factory.mktemp("static") / "site", []
    plan = Plan(folder, BASE, "", ("seoul",), ("en", "zh"), ("home", "map", "district", "download", "privacy"), 1)
    assert StaticSite(plan, shelf, told.append).write() == 12
    return folder, told


def documents(site) -> list[Path]:
    return sorted(site[0].rglob("*.html"))


def test_every_link_of_every_document_leads_to_a_file_or_outward(site):
    folder = site[0]
    for document in documents(site):
        for link in map(unescape, LINKS.findall(document.read_text(encoding="utf-8"))):
            if link.startswith(BASE):
                assert (folder / link.removeprefix(f"{BASE}/")).is_file(), (document, link)
            elif not link.startswith(("http", "#", "mailto", "data:")):
                assert "?" not in link and not link.startswith("/"), (document, link)
                assert (document.parent / urlsplit(link).path).resolve().is_file(), (document, link)


def test_every_page_of_a_place_in_every_language_leads_to_what_is_written(shelf, tmp_path):
    """Documents alone: which pictures and data they lead to is known before those are written."""
    written = StaticSite(Plan(tmp_path, BASE, "", ("shanghai",)), shelf, lambda line: None)
    pages = list(written.documents())
    assert {page.page for page in pages} == {*PAGES} and {page.language for page in pages} == {*LANGUAGES}
    addresses = written.write_documents(pages)
    files = {page.path for page in pages} | {*addresses.pictures.values(), *addresses.data.values()}
    files |= {
        *addresses.feeds.values(),
        "index.html",
        style_address(),
        "favicon.svg",
        *(f"data/{name}" for name in DESCRIPTIONS),
    }
    files |= {f"{name}-metadata.json" for name in files if name.endswith(".csv")} | {"data/shanghai/datapackage.json"}
    for page in tmp_path.rglob("*.html"):
        folder = page.parent.relative_to(tmp_path).as_posix()
        for link in map(unescape, LINKS.findall(page.read_text(encoding="utf-8"))):
            if link.startswith(BASE):
                assert link.removeprefix(f"{BASE}/") in files, (page, link)
            elif not link.startswith(("http", "#", "mailto", "data:")):
                assert posixpath.normpath(posixpath.join(folder, urlsplit(link).path)) in files, (page, link)


def test_no_document_needs_a_server_or_a_script(site):
    for document in documents(site):
        html = document.read_text(encoding="utf-8")
        assert not re.search(r"<(form|select|button|iframe)\b|/_stcore/|<script(?! type=.application/ld)", html), (
            document
        )


def test_the_front_is_the_home_of_the_first_place_and_pages_lead_to_each_other(site):
    folder = site[0]
    front = (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="en/seoul/map.html"' in front
    assert 'href="../../zh/seoul/map.html"' in (folder / "en/seoul/map.html").read_text(encoding="utf-8")
    area = next((folder / "en/seoul/district").glob("*.html"))
    assert f'href="district/{area.name}"' in (folder / "en/seoul/map.html").read_text(encoding="utf-8")


def test_pictures_are_written_and_named_by_what_they_show(site):
    pictures = list((site[0] / "pictures").iterdir())
    assert {path.suffix for path in pictures} == {".svg", ".png"}
    for path in pictures:
        head = path.read_bytes()[:8]
        assert head.startswith(b"<svg") if path.suffix == ".svg" else head == b"\x89PNG\r\n\x1a\n"


def test_every_dataset_stands_there_whole_as_the_site_gives_it(site, shelf):
    cards = [card for card in shelf.cards.values() if card.place == "seoul" and card.kind == "observations"]
    with asking(Starlette(routes=routes)) as send:
        for address in (f"/data/seoul/{card.name}/latest.{form}" for card in cards for form in FORMS):
            assert (site[0] / address.lstrip("/")).read_bytes() == send("GET", address).content, address
    rows = csv.DictReader(io.StringIO((site[0] / "data/seoul/road_accidents/latest.csv").read_text("utf-8-sig")))
    assert "data/seoul/road_accidents/latest.csv-metadata.json" in next(rows)["described_at"]
    assert (site[0] / "data/seoul/road_accidents/latest.csv-metadata.json").is_file()
    assert openpyxl.load_workbook(site[0] / "data/seoul/road_accidents/latest.xlsx").sheetnames[0] == "data"


@pytest.mark.parametrize(
    "name", ["catalogue.json", "releases.json", "catalogue.jsonld", "releases.atom", "seoul/datapackage.json"]
)
def test_what_describes_the_data_names_no_file_that_was_not_written(name, site):
    text = (site[0] / "data" / name).read_text(encoding="utf-8")
    if name.endswith("datapackage.json"):
        named = [f"/data/seoul/{one['path']}" for one in json.loads(text)["resources"] if "path" in one]
    else:
        named = re.findall(r'"(/data/seoul/[a-z_]+/[^"#]+\.[a-z]+)"', text)
    assert named
    assert [address for address in named if not (site[0] / address.lstrip("/")).is_file()] == []


def test_the_sitemap_names_every_document_and_robots_the_sitemap(site):
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [one.text for one in ElementTree.parse(site[0] / "sitemap.xml").iterfind("s:url/s:loc", names)]
    assert len(found) == 12 and all((site[0] / one.removeprefix(f"{BASE}/")).is_file() for one in found)
    assert f"Sitemap: {BASE}/sitemap.xml" in (site[0] / "robots.txt").read_text()


def test_what_is_being_written_is_told(site):
    assert site[1][0] == "document 1 of 12" and any(re.fullmatch(r"picture \d+ of \d+", line) for line in site[1])


def addresses(live: str = LIVE) -> Addresses:
    held = [Document("home", "a", "en"), Document("trends", "a", "en"), Document("district", "a", "en", "x")]
    return Addresses(BASE, live, frozenset(held), held[0], frozenset(["home", "trends", "district"]))


@pytest.mark.parametrize(
    ("link", "live", "target"),
    [
        ("/trends?lang=en&place=a", LIVE, "../trends.html"),
        ("/trends?lang=en&place=a&view=rate", LIVE, f"{LIVE}/trends?lang=en&place=a&view=rate"),
        ("/trends?lang=en&place=a&view=rate", "", "../trends.html"),
        ("/district?lang=en&place=a&area=x", LIVE, "x.html"),
        ("/district?lang=en&place=a&area=y", "", "../index.html"),
        ("/?lang=en&place=b", "", "../index.html"),
        (f"{BASE}/trends?lang=en&place=a", LIVE, f"{BASE}/en/a/trends.html"),
        ("/data/a/set/latest.csv?area=x", LIVE, f"{LIVE}/data/a/set/latest.csv?area=x"),
        ("/data/a/set/latest.csv?area=x", "", "../../../data/a/set/latest.csv"),
        ("/data/a/set/provenance.json?area=x", "", "../../../data/a/set/latest.csv"),
        ("/data/releases.atom", "", "../../../data/releases.atom"),
        ("https://elsewhere.test/x?y=1", LIVE, "https://elsewhere.test/x?y=1"),
        ("//elsewhere.test/x", LIVE, "//elsewhere.test/x"),
        ("#top", LIVE, "#top"),
    ],
)
def test_where_a_link_leads(link, live, target):
    html = addresses(live).rewritten(f'<a href="{link.replace("&", "&amp;")}">', "en/a/district/x.html")
    assert unescape(re.search('"(.*)"', html)[1]) == target


def test_the_same_picture_is_written_once(shelf):
    made = addresses()
    one, again = (
        made.rewritten('<img src="/picture/trends/trend.svg?lang=en">', path) for path in ("a.html", "en/b.html")
    )
    assert len(made.pictures) == 1
    assert posixpath.basename(one) == posixpath.basename(again)


def test_the_command_names_the_places_that_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["--place", "atlantis"])
    assert "london" in capsys.readouterr().err


def test_with_a_live_site_forms_lead_there(shelf, tmp_path, monkeypatch):
    plan = Plan(tmp_path, BASE, LIVE, ("seoul",), ("en",), ("home", "map"), 0)
    monkeypatch.setattr(write, "drawn", lambda question: b"")
    monkeypatch.setattr(StaticSite, "_files", lambda self: [])
    StaticSite(plan, shelf, lambda line: None).write()
    html = (tmp_path / "en/seoul/map.html").read_text(encoding="utf-8")
    assert set(re.findall(r'<form[^>]* action="([^"]*)"', html)) == {f"{LIVE}/map"}
