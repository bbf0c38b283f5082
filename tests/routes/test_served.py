"""What a program gets over a real connection: kinds, kept copies, other sites, compression, and calm answers to what is not there."""

from __future__ import annotations

import gzip
import io
import json
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import httpx
import pyarrow.parquet as pq
import pytest

CASUALTIES = "/data/london/road_casualties"
KINDS = {
    f"{CASUALTIES}/latest.csv": "text/csv; charset=utf-8",
    f"{CASUALTIES}/latest.json": "application/json",
    f"{CASUALTIES}/latest.parquet": "application/vnd.apache.parquet",
    f"{CASUALTIES}/2015-06.csv": "text/csv; charset=utf-8",
    f"{CASUALTIES}/2015-06.json": "application/json",
    f"{CASUALTIES}/2015-06.parquet": "application/vnd.apache.parquet",
    f"{CASUALTIES}/latest.csv-metadata.json": "application/csvm+json",
    "/data/london/datapackage.json": "application/json",
    "/data/catalogue.json": "application/json",
    "/data/catalogue.jsonld": "application/ld+json",
    "/data/openapi.json": "application/json",
    "/data/releases.json": "application/json",
    "/data/releases.atom": "application/atom+xml",
    f"{CASUALTIES}/provenance.json?area=E09000007&period=2010": "application/json",
}
EVERY = pytest.mark.parametrize("address", KINDS)


@pytest.fixture(scope="module")
def web(site):
    """A program that asks the dashboard."""
    with httpx.Client(base_url=site, timeout=60) as client:
        yield client


@EVERY
def test_every_file_has_its_kind_and_may_be_read_from_anywhere(address, web):
    answer = web.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, KINDS[address])
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["x-content-type-options"] == "nosniff"
    if address.endswith("parquet"):
        assert pq.read_table(io.BytesIO(answer.content)).num_rows == 34 * 11
    elif "json" in KINDS[address]:
        json.loads(answer.text)


@EVERY
def test_head_says_what_get_says_without_a_body(address, web):
    whole, bare = web.get(address), web.head(address)
    assert (bare.status_code, bare.content) == (200, b"")
    for name in ("content-type", "etag", "last-modified", "cache-control", "vary", "link", "content-disposition"):
        assert bare.headers.get(name) == whole.headers.get(name), name


@EVERY
def test_a_kept_copy_is_asked_about_and_not_sent_again(address, web):
    first = web.get(address)
    moment = parsedate_to_datetime(first.headers["last-modified"])
    later, before = (format_datetime(moment + timedelta(hours=one), usegmt=True) for one in (1, -1))
    for asked in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"x", {first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = web.get(address, headers=asked)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert again.headers.get("vary") == first.headers.get("vary") and "cache-control" in again.headers
    for another in (before, later):  # a later date may be that of older figures from another copy of the server
        assert web.get(address, headers={"If-Modified-Since": another}).status_code == 200
    assert (
        web.get(
            address, headers={"If-None-Match": '"x"', "If-Modified-Since": format_datetime(moment, usegmt=True)}
        ).status_code
        == 200
    )


@EVERY
def test_a_program_on_another_site_may_ask_first(address, web):
    asked = {
        "Origin": "https://elsewhere.test",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = web.options(address, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (
        "GET" in answer.headers["access-control-allow-methods"]
        and "If-None-Match" in answer.headers["access-control-allow-headers"]
    )


@EVERY
def test_an_answer_is_compressed_for_who_asks_and_plain_for_who_does_not(address, web):
    plain = web.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with web.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(sent) == plain.content and len(sent) < len(plain.content)
    assert answer.headers["etag"] == plain.headers["etag"] and answer.headers["etag"].startswith("W/"), (
        "a weak mark holds for both"
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", [f"{CASUALTIES}/latest.csv", "/data/catalogue.json", "/data/openapi.json"])
def test_nothing_can_be_written(method, address, web):
    answer = web.request(method, address)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json()["error"].endswith(".")


@pytest.mark.parametrize("end", ["csv", "json", "parquet"])
@pytest.mark.parametrize(
    "path",
    [
        "london/nothing/latest",
        "atlantis/road_casualties/latest",
        "london/road_casualties/1999",
        "london/road%0Acasualties/latest",
        "latest",
        "a/b/c/d",
    ],
)
def test_what_is_not_there_answers_in_the_promised_kind_and_is_not_kept(path, end, web):
    for answer in (web.get(f"/data/{path}.{end}"), web.head(f"/data/{path}.{end}")):
        assert (answer.status_code, answer.headers["content-type"]) == (404, KINDS[f"{CASUALTIES}/latest.{end}"])
        assert answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["x/datapackage.json", "london/x/provenance.json", "london/x/latest.csv-metadata.json", "", "nothing.jsonld"],
)
def test_a_description_that_is_not_there_answers_as_json(path, web):
    answer = web.get(f"/data/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    assert answer.json()["error"].endswith(".")


def test_the_addresses_of_a_data_package_lead_to_its_files(web):
    said = web.get("/data/london/datapackage.json").json()
    paths = [one["path"] for one in said["resources"] if "path" in one]
    assert {f"road_casualties/{release}.csv" for release in ("latest", "2015-06")} <= set(paths)
    for path in paths:
        assert web.head(f"/data/london/{path}").headers["content-type"] == "text/csv; charset=utf-8"
