"""A card names a file in its publisher's catalogue: the newest is taken with a reason, and none where two fit."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import read_card
from loaders.cards.name_patterns import matched
from loaders.refresh.catalogues.choose import chosen
from loaders.refresh.catalogues.resource import NoCatalogue, Resource
from tests.loaders import catalogue_answers as answer
from tests.loaders.catalogue_answers import COUNTED, FILE, GROUPS, LAYER, routed
from tests.loaders.publisher import LATER, everything, readable, releases, run

CKAN = 'catalogue = "ckan"\nurl = "{base}/api/3/action/package_show?id=counts"\n'
SOCRATA = 'catalogue = "socrata"\nurl = "{base}/api/catalog/v1?ids=abcd-1234"\n'
HUB = 'catalogue = "arcgis-hub"\nurl = "{base}/api/search/v1/collections/dataset/items?q=counts"\n'
DCAT = 'catalogue = "dcat"\nurl = "{base}/data.json"\n'
PXWEB = 'catalogue = "pxweb"\nselect = {{ area = ["*"], kind = ["theft", "fraud"] }}\n'
PAGE = 'catalogue = "page"\nurl = "{base}/statistics/counts"\n'
CSV = 'format = "csv"\n'
PACKAGE, ITEMS = "/api/3/action/package_show", "/api/search/v1/collections/dataset/items"

KINDS = {  # the words of the card, what stands at which path, and the address that is asked for the table
    "a resource of CKAN by its title": (
        CKAN + CSV + 'title = "Counts by area*"\n',
        {
            PACKAGE: lambda base: answer.ckan(
                answer.ckan_resource("Counts by area, by month", f"{base}/download/9f/counts.csv"),
                answer.ckan_resource("Counts by ward", f"{base}/download/9f/wards.csv"),
                answer.ckan_resource("Counts by area (deleted)", f"{base}/download/old.csv", state="deleted"),
            ),
            "/download/9f/counts.csv": FILE,
        },
        "/download/9f/counts.csv",
    ),
    "a resource of CKAN by its format alone": (
        CKAN + CSV,
        {
            PACKAGE: lambda base: answer.ckan(
                answer.ckan_resource("Counts", "/files/counts", mimetype="text/csv", format=""),
                answer.ckan_resource("Counts", f"{base}/files/counts.xlsx", format="XLSX"),
                answer.ckan_resource("About", f"{base}/files/about.pdf", format="PDF"),
            ),
            "/files/counts": FILE,
        },
        "/files/counts",
    ),
    "a table of CKAN, counted in groups": (
        CKAN + 'format = "ckan"\ntitle = "Counts"\n' + GROUPS,
        {
            PACKAGE: answer.ckan(answer.ckan_resource("Counts", "/x.csv", datastore_active=True)),
            "/api/3/action/datastore_search_sql": COUNTED,
        },
        '/api/3/action/datastore_search_sql?sql=SELECT "area" AS "area", "kind" AS "kind", "month" AS "month", '
        'count(*) AS "count" FROM "ab-1" GROUP BY "area", "kind", "month" ORDER BY "area", "kind", "month"',
    ),
    "a data set that a search of Socrata lists, counted in groups": (
        SOCRATA + 'format = "socrata"\ntitle = "Counts {{year}}"\n' + GROUPS,
        {
            "/api/catalog/v1": lambda base: answer.socrata_search(
                base, ("abcd-1234", "Counts 2025", "dataset"), ("abcd-9999", "Counts 2024", "dataset")
            ),
            "/resource/abcd-1234.json": COUNTED,
        },
        "/resource/abcd-1234.json?$select=area, kind, month, count(*) as count&$group=area, kind, month"
        "&$order=area, kind, month&$limit=5000000",
    ),
    "a file that a search of Socrata lists": (
        SOCRATA + CSV,
        {
            "/api/catalog/v1": lambda base: answer.socrata_search(base, ("abcd-1234", "Counts", "file")),
            "/download/abcd-1234/text%2Fcsv": FILE,
        },
        "/download/abcd-1234/text/csv",
    ),
    "the file of a data set of Socrata": (
        'catalogue = "socrata"\nurl = "{base}/api/views/abcd-1234.json"\n' + CSV,
        {"/api/views/abcd-1234.json": answer.socrata_view(), "/api/views/abcd-1234/files/b7": FILE},
        "/api/views/abcd-1234/files/b7?filename=counts.csv",
    ),
    "a layer that ArcGIS Hub lists, counted in groups": (
        HUB + 'format = "arcgis"\n' + GROUPS,
        {
            ITEMS: lambda base: answer.hub(
                answer.hub_item("77_2", "Feature Service", f"{base}/arcgis/rest/services/c/FeatureServer")
            ),
            "/arcgis/rest/services/c/FeatureServer/2/query": LAYER,
        },
        "/arcgis/rest/services/c/FeatureServer/2/query?where=1=1&groupByFieldsForStatistics=area,kind,month"
        '&orderByFields=area,kind,month&outStatistics=[{"statisticType": "count", "onStatisticField": "OBJECTID", '
        '"outStatisticFieldName": "count"}]&returnGeometry=false&f=json',
    ),
    "a file that ArcGIS Hub lists": (
        HUB + CSV,
        {ITEMS: lambda base: answer.hub(answer.hub_item("7", "CSV", f"{base}/items/7/data")), "/items/7/data": FILE},
        "/items/7/data",
    ),
    "a distribution in data.json": (
        DCAT + CSV + 'dataset = "counts-2026"\n',
        {
            "/data.json": lambda base: answer.dcat(
                answer.dcat_dataset("other", "Other", {"downloadURL": f"{base}/other.csv", "mediaType": "text/csv"}),
                answer.dcat_dataset(
                    "counts-2026",
                    "Counts",
                    {"downloadURL": f"{base}/d/counts", "mediaType": "text/csv"},
                    {"accessURL": f"{base}/d/counts.pdf", "format": "PDF"},
                ),
            ),
            "/d/counts": FILE,
        },
        "/d/counts",
    ),
    "a table in a folder of PxWeb": (
        PXWEB + 'url = "{base}/api/v1/en/ssd/BE"\nformat = "csv"\ntitle = "Counts*"\n',
        {
            "/api/v1/en/ssd/BE": answer.pxweb_folder(
                ("BE01.px", "Counts by area and month", "2026-03-02T08:00:00"),
                ("BE02.px", "Rates", "2026-03-02T08:00:00"),
            ),
            "/api/v1/en/ssd/BE/BE01.px": FILE,
        },
        "/api/v1/en/ssd/BE/BE01.px",
    ),
    "a table that a search of PxWeb lists": (
        PXWEB + 'url = "{base}/api/v2/tables?query=counts"\nformat = "csv"\n',
        {
            "/api/v2/tables": lambda base: answer.pxweb_tables(base, ("TAB1", "Counts", "2026-03-02T08:00:00Z")),
            "/api/v2/tables/TAB1/data": FILE,
        },
        "/api/v2/tables/TAB1/data?lang=en&valueCodes[area]=*&valueCodes[kind]=theft,fraud&outputFormat=csv",
    ),
    "a file that a page lists, by the month in its name": (
        PAGE + CSV + 'file = "counts_{{year}}-{{month}}*.csv"\n',
        {
            "/statistics/counts": answer.page(
                ("/media/a1/counts_2026-02.csv", "February"),
                ("../media/b2/counts_2026-03%20final.csv", "March"),
                ("/media/b2/counts_2026-03%20final.csv", "the same again"),
                ("/media/rates_2026-04.csv", "Rates"),
                ("https://example.org/", "Elsewhere"),
                ("javascript:void(0)", "Print"),
            ),
            "/media/b2/counts_2026-03%20final.csv": FILE,
        },
        "/media/b2/counts_2026-03 final.csv",
    ),
}


@pytest.fixture
def listed(made):
    """``listed(words, ways)``: a dataset that asks for what stands at these paths; the answers and its folder."""

    def start(words: str, ways: dict):
        turn, give = routed(ways)
        answers, folder = made(turn)
        give(answers)
        path, base = folder / "source.toml", f"http://127.0.0.1:{answers.port}"
        card = path.read_text(encoding="utf-8")
        plain = f'url = "{answers.url}"\nformat = "csv"\n'
        path.write_text(card.replace(plain, words.format(base=base)), encoding="utf-8")
        return answers, folder

    return start


@pytest.mark.parametrize(("words", "ways", "asked"), KINDS.values(), ids=KINDS)
def test_the_file_that_a_card_means_is_found_in_the_catalogue(listed, words, ways, asked):
    answers, folder = listed(words, ways)
    outcome = run(folder)
    assert outcome.state == "written", outcome
    assert str(outcome.taken).startswith("taken: '") and str(outcome.taken) in str(outcome)
    assert [unquoted(path) for path, _ in answers.requests][1:] == [asked]
    assert readable(folder) == 88 + 92


def unquoted(path: str) -> str:
    parts = urlsplit(path)
    query = "&".join(f"{key}={value[0]}" for key, value in parse_qs(parts.query).items())
    return f"{re.sub('%2F', '/', parts.path).replace('%20', ' ')}{'?' if query else ''}{query}"


def test_a_cube_that_a_json_stat_collection_lists_is_read_under_its_card(listed):
    words = 'catalogue = "json-stat"\nurl = "{base}/tables.json"\nformat = "json-stat"\nnewest = true\n'
    ways = {
        "/tables.json": lambda base: answer.collection(
            ("Counts, older", f"{base}/t/1", "2025-03-02"), ("Counts", "t/2", "2026-03-02T08:00:00Z")
        ),
        "/t/2": answer.cube(),
    }
    _, folder = listed(words, ways)
    called_value(folder)
    outcome = run(folder)
    assert outcome.state == "written", outcome
    assert "the newest of 2 that fit, by the date in the catalogue: 2026-03-02T08:00:00" in str(outcome.taken)
    assert releases(folder)[-1].endswith(".json")


def called_value(folder) -> None:
    """The column of figures is called as JSON-stat calls it, in the file that is there and in its card."""
    path, file = folder / "source.toml", folder / "counts_2025-12.csv"
    body = file.read_bytes()
    file.write_bytes(body.replace(b"month,count", b"month,value"))
    card = path.read_text(encoding="utf-8").replace('column = "count"', 'column = "value"')
    card = card.replace("columns = {", 'ignore = ["status"]\ncolumns = {')
    digests = (hashlib.sha256(bytes_).hexdigest() for bytes_ in (body, file.read_bytes()))
    path.write_text(card.replace(*digests), encoding="utf-8")


def test_pxweb_is_sent_the_question_that_the_card_makes(listed):
    words, ways, _ = KINDS["a table in a folder of PxWeb"]
    answers, folder = listed(words, ways)
    run(folder)
    assert json.loads(answers.bodies[1]) == {
        "query": [
            {"code": "area", "selection": {"filter": "all", "values": ["*"]}},
            {"code": "kind", "selection": {"filter": "item", "values": ["theft", "fraud"]}},
        ],
        "response": {"format": "csv"},
    }


def test_a_file_without_a_date_of_its_own_is_dated_by_the_catalogue(listed):
    words, ways, _ = KINDS["a resource of CKAN by its title"]
    _, folder = listed(words, ways)
    run(folder)
    release = read_card(folder / "source.toml").latest
    assert (release.published, release.about) == ("2026-03-02", False)


def test_a_file_that_stands_where_it_stood_is_asked_for_only_if_it_has_changed(listed):
    words, ways, path = KINDS["a resource of CKAN by its title"]
    ways = {**ways, path: {**FILE, "headers": LATER}}
    answers, folder = listed(words, ways)
    assert run(folder).state == "written"
    ways[path] = {"status": 304, "headers": {"Content-Length": "0"}}
    turn, give = routed(ways)
    give(answers)
    answers.turns[:] = [turn]
    before = everything(folder)
    outcome = run(folder)
    assert (outcome.state, outcome.lines) == ("unchanged", ("the publisher says so (304)",))
    assert answers.requests[-1][1]["If-None-Match"] == LATER["ETag"]
    assert everything(folder) == before


def test_two_files_that_fit_are_refused_with_their_names_and_nothing_is_fetched(listed):
    ways = {
        PACKAGE: answer.ckan(
            answer.ckan_resource("Counts by area", "/a.csv"), answer.ckan_resource("Counts by ward", "/b.csv")
        ),
        "/a.csv": FILE,
    }
    answers, folder = listed(CKAN + CSV, ways)
    before = everything(folder)
    outcome = run(folder)
    assert outcome.state == "failed"
    assert "the catalogue lists more than one file that fits" in outcome.lines[0]
    assert "'Counts by area' (csv, a.csv, 2026-03-02), 'Counts by ward'" in outcome.lines[0]
    assert len(answers.requests) == 1
    assert everything(folder) == before


def fitting(*resources: Resource, **asked) -> str:
    """The title that is taken, or what the refusal says."""
    words = {"url": "https://data.example/list", "format": "csv", **asked}
    try:
        return chosen(resources, words).resource.title
    except NoCatalogue as error:
        return error.what


def at(title: str, address: str = "", modified: str = "2026-01-01T00:00:00", kind: str = "csv") -> Resource:
    return Resource(title, address or f"https://data.example/{abs(hash(title))}.csv", kind, modified)


OLD, NEW = at("Counts 2024"), at("Counts 2025", modified="2025-01-01T00:00:00")
TWICE = "lists two files that fit and are as new"
CHOICES = {
    "the latest period in the title, whatever the dates": ([OLD, NEW], {"title": "counts {year}"}, "Counts 2025"),
    "the latest date": ([OLD, NEW], {"title": "Counts*", "newest": True}, "Counts 2024"),
    "months by their names": (
        [at("Counts Apr 2026"), at("Counts December 2025")],
        {"title": "Counts {month_name} {year}"},
        "Counts Apr 2026",
    ),
    "the day in the name": (
        [at("20260409"), at("20260410"), at("20260331")],
        {"title": "{year}{month}{day}"},
        "20260410",
    ),
    "a title that says no period does not fit": (
        [OLD, at("Counts of April")],
        {"title": "Counts {year}"},
        "Counts 2024",
    ),
    "two of the same period": ([at("Counts 2025 a"), at("Counts 2025 b")], {"title": "Counts {year}*"}, TWICE),
    "two of the same date": ([OLD, at("Counts 2023")], {"newest": True}, TWICE),
    "one without a date": ([OLD, at("x", modified="")], {"newest": True}, "gives no date to a file that fits"),
    "the same address twice is one file": ([OLD, at("again", OLD.address)], {}, "Counts 2024"),
    "another format": ([at("Counts", kind="xlsx")], {}, "lists no file that fits"),
    "an empty list": ([], {}, "lists no file that fits"),
    "an address in clear on the same host": ([at("x", "http://data.example/x.csv")], {}, "x"),
    "a host that the card names": ([at("x", "https://files.example/x.csv")], {"hosts": ["Files.example"]}, "x"),
    "a host that it does not name": ([at("x", "https://files.example/x.csv")], {}, "leads to another host"),
    "a host with the same beginning": ([at("x", "https://data.example.evil.org/x.csv")], {}, "leads to another host"),
    "another port": ([at("x", "https://data.example:8443/x.csv")], {}, "leads to another host"),
    "an address in clear of a named host": (
        [at("x", "http://files.example:81/x.csv")],
        {"hosts": ["files.example:81"]},
        "leads to another host",
    ),
    "a password": ([at("x", "https://me:secret@data.example/x.csv")], {}, "leads to another host"),
    "a script": ([at("x", "javascript:alert(1)//x.csv")], {}, "leads to another host"),
    "a file of this machine": ([at("x", "file:///etc/passwd")], {}, "leads to another host"),
    "a number of the machine's own network": ([at("x", "https://169.254.169.254/x.csv")], {}, "leads to another host"),
    "this machine": ([at("x", "http://127.0.0.1/x.csv")], {}, "leads to another host"),
    "no address": ([at("x", "https://[data.example/x.csv")], {}, "leads to no address"),
    "an address of two lines": ([at("x", "https://data.example/a\r\nHost: evil")], {}, "leads to no address"),
    "rows of records": ([at("x", "https://data.example/datastore/dump/ab-1")], {}, "leads to records"),
}


@pytest.mark.parametrize(("resources", "asked", "outcome"), CHOICES.values(), ids=CHOICES)
def test_one_file_is_taken_or_none(resources, asked, outcome):
    assert fitting(*resources, **asked) == outcome


@given(st.text("ab*", min_size=1, max_size=8), st.text("ab", max_size=12))
def test_a_star_stands_for_anything_and_everything_else_for_itself(pattern, text):
    wanted = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text)
    assert (matched(pattern, text) is not None) == (wanted is not None)


@given(st.integers(1951, 2050), st.integers(1, 12), st.text("xyz -", max_size=6))
def test_a_period_in_a_name_is_read_wherever_it_stands(year, month, between):
    assert matched("*counts*{year}-{month}*", f"my counts{between}{year}-{month:02d}.csv") == f"{year}-{month:02d}"


def test_a_long_name_and_many_stars_take_no_time():
    assert matched("*a" * 19 + "*b", "a" * 500) is None
