"""A card asks for a published table, or a portal for counts of groups; a card whose request would fetch records is refused."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from loaders import SourceError
from loaders.cards.refresh_schema import address
from loaders.cards.source_card import SourceCard
from loaders.schema.model import validated

WORDS = {"en": "Invented", "zh": "虚构"}
CARD = {
    "name": "counts",
    "kind": "observations",
    "title": WORDS,
    "description": WORDS,
    "publisher": WORDS,
    "accessed": "2026-11",
    "licenses": [{"name": "CC0-1.0", "title": WORDS}],
    "disclosure": "as_published",
    "place": "invented",
    "variables": {"cases": {"unit": {"code": "case", **WORDS}, "label": WORDS}},
    "releases": [{"id": "1", "published": "2026", "file": "t.csv", "sha256": "0" * 64}],
}
GROUPS = {"group_by": ["district", "month"], "count": "cases"}
CKAN = {"url": "https://data.example/api/3/action/datastore_search_sql", "format": "ckan", "resource": "ab-1", **GROUPS}
SOCRATA = {"url": "https://data.example/resource/abcd-1234.json", "format": "socrata", **GROUPS}
ARCGIS = {"url": "https://data.example/arcgis/rest/services/x/FeatureServer/0/query", "format": "arcgis", **GROUPS}
PLAIN = {"url": "https://data.example/counts.csv", "format": "csv"}


def faults(asked: dict, **card) -> list[str]:
    try:
        validated(SourceCard, {**CARD, **card, "refresh": asked}, "p/d/source.toml", SourceError)
    except SourceError as error:
        return [one.what for one in error.faults]
    return []


@pytest.mark.parametrize("asked", [CKAN, SOCRATA, ARCGIS, PLAIN], ids=lambda one: one["format"])
def test_what_counts_groups_or_is_a_table_may_be_asked(asked):
    assert faults(asked) == []


def test_a_card_without_refresh_has_no_fault():
    assert validated(SourceCard, CARD, "p/d/source.toml", SourceError).refresh == {}


RECORDS = {
    **{
        f"{one['format']} without groups": {key: value for key, value in one.items() if key != "group_by"}
        for one in (CKAN, SOCRATA, ARCGIS)
    },
    **{
        f"{one['format']} without a count": {key: value for key, value in one.items() if key != "count"}
        for one in (CKAN, SOCRATA, ARCGIS)
    },
    "no group in the list": {**SOCRATA, "group_by": []},
    "grouped by the number of a case": {**SOCRATA, "group_by": ["case_number"]},
    "grouped by a name of its own": {**CKAN, "group_by": ["left(name, 9) as name"]},
    "socrata as csv": {"url": "https://data.example/resource/abcd-1234.csv", "format": "csv"},
    "socrata's download": {"url": "https://data.example/api/views/abcd-1234/rows.csv", "format": "csv"},
    "ckan's dump": {"url": "https://data.example/datastore/dump/ab-1", "format": "csv"},
    "ckan's search": {"url": "https://data.example/api/3/action/datastore_search?resource_id=ab-1", "format": "json"},
    "arcgis as json": {"url": "https://data.example/FeatureServer/0/query?where=1%3D1&outFields=*", "format": "json"},
}


@pytest.mark.parametrize("asked", RECORDS.values(), ids=RECORDS)
def test_a_request_that_would_fetch_records_is_refused(asked):
    assert "the request would fetch records" in faults(asked)


BROKEN = {
    "no address": ({**PLAIN, "url": "counts.csv"}, "'url' is no address to ask"),
    "an address in clear": ({**PLAIN, "url": "http://data.example/counts.csv"}, "'url' is no address to ask"),
    "a file": ({**PLAIN, "url": "file:///etc/passwd"}, "'url' is no address to ask"),
    "a password": ({**PLAIN, "url": "https://me:secret@data.example/counts.csv"}, "'url' is no address to ask"),
    "a host that is none": ({**PLAIN, "url": "https://[data.example/counts.csv"}, "'url' is no address to ask"),
    "a port that is none": ({**PLAIN, "url": "https://data.example:99999/counts.csv"}, "'url' is no address to ask"),
    "an address of two lines": ({**PLAIN, "url": "https://data.example/\ncounts.csv"}, "'url' is no address to ask"),
    "a format": ({**PLAIN, "format": "pdf"}, "'format' is unknown"),
    "a word": ({**PLAIN, "grouped": "x"}, "a word that is not known"),
    "groups of a plain file": ({**PLAIN, **GROUPS}, "'group_by' is a word for portals"),
    "a question in the address": (
        {**SOCRATA, "url": SOCRATA["url"] + "?$select=*"},
        "'url' brings a question of its own",
    ),
    "a second question": ({**CKAN, "where": "1=1; select * from x"}, "a word of the request is none"),
    "everything": ({**CKAN, "group_by": ["*"]}, "a word of the request is none"),
    "no resource": ({key: one for key, one in CKAN.items() if key != "resource"}, "'resource' is missing"),
    "a size": ({**PLAIN, "max_mb": 0}, "'max_mb' does not fit"),
}


@pytest.mark.parametrize(("asked", "fault"), BROKEN.values(), ids=BROKEN)
def test_a_word_that_does_not_fit_is_named(asked, fault):
    assert fault in faults(asked)


LISTED = {"url": "https://data.example/list?id=counts", "format": "csv"}
CATALOGUES = {
    "ckan": {"catalogue": "ckan", "title": "Counts {year}*"},
    "ckan, counted": {"catalogue": "ckan", "format": "ckan", **GROUPS},
    "socrata": {"catalogue": "socrata", "newest": True},
    "arcgis-hub, counted": {"catalogue": "arcgis-hub", "format": "arcgis", **GROUPS, "hosts": ["services.example.com"]},
    "dcat": {"catalogue": "dcat", "dataset": "counts"},
    "pxweb": {"catalogue": "pxweb", "select": {"Region": ["*"]}},
    "json-stat": {"catalogue": "json-stat", "format": "json-stat"},
    "page": {"catalogue": "page", "file": "counts_{year}-{month}.csv"},
    "hosts without a catalogue": {"hosts": ["files.example.com", "files.example.com:8443"]},
}


@pytest.mark.parametrize("words", CATALOGUES.values(), ids=CATALOGUES)
def test_a_card_may_name_a_file_in_a_catalogue(words):
    assert faults({**LISTED, **words}) == []


UNLISTED = {
    "a catalogue": ({"catalogue": "ftp"}, "'catalogue' is unknown"),
    "a title without a catalogue": ({"title": "Counts"}, "'title' is a word for catalogues"),
    "the newest without a catalogue": ({"newest": True}, "'newest' is a word for catalogues"),
    "a portal of another kind": (
        {"catalogue": "dcat", "format": "socrata", **GROUPS},
        "'format' does not fit 'catalogue'",
    ),
    "records of a portal": ({"catalogue": "socrata", "format": "socrata"}, "the request would fetch records"),
    "a resource that is to be found": (
        {"catalogue": "ckan", "format": "ckan", "resource": "ab-1", **GROUPS},
        "'resource' is found in the catalogue",
    ),
    "a data set of CKAN": ({"catalogue": "ckan", "dataset": "x"}, "'dataset' is a word for dcat"),
    "a choice from a page": (
        {"catalogue": "page", "file": "x", "select": {"a": ["*"]}},
        "'select' is a word for pxweb",
    ),
    "nothing chosen": ({"catalogue": "pxweb"}, "'select' is missing"),
    "no codes chosen": ({"catalogue": "pxweb", "select": {"Region": []}}, "'select' is missing"),
    "PxWeb as ODS": ({"catalogue": "pxweb", "select": {"a": ["*"]}, "format": "ods"}, "'format' is none of PxWeb's"),
    "JSON-stat as CSV": ({"catalogue": "json-stat"}, "'format' does not fit 'catalogue'"),
    "any file of a page": ({"catalogue": "page"}, "a page is asked for any of its files"),
    "a part that is none": ({"catalogue": "ckan", "title": "Counts {jahr}"}, "'title' is no pattern"),
    "a month and no year": ({"catalogue": "ckan", "file": "counts_{month}.csv"}, "'file' is no pattern"),
    "anything": ({"catalogue": "page", "file": "**"}, "'file' is no pattern"),
    "a host with a path": ({"hosts": ["files.example.com/x"]}, "'hosts' names no host of the web"),
    "this machine": ({"hosts": ["localhost"]}, "'hosts' names no host of the web"),
    "a number of a network": ({"hosts": ["169.254.169.254"]}, "'hosts' names no host of the web"),
    "a name of a network": ({"hosts": ["printer.local"]}, "'hosts' names no host of the web"),
}


@pytest.mark.parametrize(("words", "fault"), UNLISTED.values(), ids=UNLISTED)
def test_a_word_for_catalogues_that_does_not_fit_is_named(words, fault):
    assert fault in faults({**LISTED, **words})


def test_only_published_observations_are_refreshed():
    assert "only published observations are refreshed" in faults(PLAIN, kind="claims")
    assert "only published observations are refreshed" in faults(PLAIN, disclosure="protect")


def query(asked: dict) -> dict[str, str]:
    return {key: value[0] for key, value in parse_qs(urlsplit(address(asked)).query).items()}


def test_a_plain_table_is_asked_for_as_it_is():
    assert address(PLAIN) == PLAIN["url"]


def test_ckan_adds_up_in_its_own_words():
    asked = {**CKAN, "group_by": ["district", "to_char(day, 'YYYY-MM') as month"], "where": "\"city\" = 'x'"}
    wanted = """SELECT "district" AS "district", to_char(day, 'YYYY-MM') AS "month", count(*) AS "cases" FROM "ab-1" """
    assert (
        query(asked)["sql"]
        == wanted
        + """WHERE "city" = 'x' GROUP BY "district", to_char(day, 'YYYY-MM') ORDER BY "district", to_char(day, 'YYYY-MM')"""
    )


def test_socrata_adds_up_in_its_own_words():
    asked = query({**SOCRATA, "sum": "number"})
    assert (asked["$select"], asked["$group"]) == ("district, month, sum(number) as cases", "district, month")


def test_arcgis_adds_up_in_its_own_words_and_sends_no_positions():
    asked = query(ARCGIS)
    assert asked["groupByFieldsForStatistics"] == "district,month"
    assert (
        asked["outStatistics"]
        == '[{"statisticType": "count", "onStatisticField": "OBJECTID", "outStatisticFieldName": "cases"}]'
    )
    assert (asked["returnGeometry"], "outFields" in asked) == ("false", False)
