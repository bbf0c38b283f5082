"""Whatever a publisher's catalogue answers: the old release serves, no other host is asked, and the command says in words what was wrong."""

from __future__ import annotations

import gzip
import json
import time
from contextlib import suppress
from dataclasses import replace

import pytest

from loaders.refresh.catalogues import page
from loaders.refresh.catalogues.read import LARGEST, source_of
from loaders.refresh.response import Request
from tests.loaders import catalogue_answers as answer
from tests.loaders.catalogue_answers import FILE, HTML, JSON, as_json, routed
from tests.loaders.publisher import LATER, SWIFT, everything, publisher, releases, run

CKAN = 'catalogue = "ckan"\nurl = "{base}/list"\nformat = "csv"\n'
DCAT = 'catalogue = "dcat"\nurl = "{base}/list"\nformat = "csv"\n'
PAGE = 'catalogue = "page"\nurl = "{base}/list"\nformat = "csv"\nfile = "*.csv"\n'
HUB = 'catalogue = "arcgis-hub"\nurl = "{base}/list"\nformat = "csv"\n'
PXWEB = 'catalogue = "pxweb"\nurl = "{base}/list"\nformat = "csv"\nselect = {{ area = ["*"] }}\n'
OTHER = "leads to another host"


def one(url: str, name: str = "Counts") -> dict:
    return answer.ckan(answer.ckan_resource(name, url))


def bytes_of(body: bytes, headers: dict = JSON) -> dict:
    return {"body": body, "headers": headers}


DEEP = b'{"result": ' + b"[" * 90_000 + b"]" * 90_000 + b"}"
HOSTILE = {
    "a file on another host": (CKAN, one("https://evil.example/counts.csv"), OTHER),
    "a file at another port of this host": (CKAN, one("http://127.0.0.1:9/counts.csv"), OTHER),
    "a file of the network's own": (CKAN, one("http://169.254.169.254/latest/counts.csv"), OTHER),
    "a file of this machine": (CKAN, one("file:///etc/passwd.csv"), OTHER),
    "a script for an address": (CKAN, one("javascript:fetch('x')//counts.csv"), OTHER),
    "data for an address": (CKAN, one("data:text/csv,area%2Ckind"), OTHER),
    "a password in an address": (CKAN, lambda base: one(base.replace("//", "//me:secret@") + "/counts.csv"), OTHER),
    "an address without a host": (CKAN, one("//evil.example/counts.csv"), OTHER),
    "an address of two lines": (CKAN, lambda base: one(f"{base}/a.csv?x\r\nHost: evil"), "leads to no address"),
    "an address that is none": (CKAN, one("http://[::1/counts.csv"), "leads to no address"),
    "no address": (CKAN, one(""), "lists no file that fits"),
    "the records behind a table": (CKAN, one("/datastore/dump/ab-1"), "leads to records"),
    "a table whose name is a question": (
        CKAN.replace("csv", "ckan") + 'group_by = ["area"]\ncount = "count"\n',
        answer.ckan(answer.ckan_resource("Counts", "/x", id='x"; SELECT 1 --', datastore_active=True)),
        "lists no file that fits",
    ),
    "levels without end": (CKAN, bytes_of(DEEP), "is no catalogue of this kind"),
    "a number without end": (CKAN, bytes_of(b'{"result": ' + b"9" * 9000 + b"}"), "is no catalogue of this kind"),
    "something else than JSON": (CKAN, bytes_of(b"area,kind\n"), "is no catalogue of this kind"),
    "JSON of another kind": (CKAN, as_json([1, 2, 3]), "is no catalogue of this kind"),
    "a text for a list": (CKAN, as_json({"success": True, "result": {"resources": "x"}}), "is no catalogue"),
    "numbers for tables": (CKAN, as_json({"success": True, "result": {"resources": [1, None, []]}}), "lists no file"),
    "a data set that is not there": (CKAN, as_json({"success": False, "error": {}}), "knows no such data set"),
    "a web page for a catalogue": (CKAN, bytes_of(b"<!DOCTYPE html>", HTML), "answers with a web page"),
    "a catalogue for a web page": (PAGE, bytes_of(b"{}", JSON), "answers with no web page"),
    "more than is read": (CKAN, bytes_of(b" " * 300_000), "answers with too much"),
    "more than is read, packed": (
        CKAN,
        bytes_of(gzip.compress(b" " * 60_000_000), {**JSON, "Content-Encoding": "gzip"}),
        "answers with too much",
    ),
    "another host instead": (
        CKAN,
        {"status": 302, "headers": {"Location": "http://localhost:9/list"}},
        "sends to another",
    ),
    "an error": (CKAN, {"status": 404}, "answers with an error"),
    "not modified, which was not asked": (CKAN, {"status": 304, "headers": {"Content-Length": "0"}}, "answers with an"),
    "a data set twice": (
        DCAT + 'dataset = "a"\n',
        answer.dcat(answer.dcat_dataset("a", "x"), answer.dcat_dataset("b", "A")),
        "does not list this data set once",
    ),
    "a list that goes on": (HUB, as_json({"features": [], "numberMatched": 900}), "lists a part only"),
    "a page of nothing": (PAGE, bytes_of(b"", HTML), "is no web page"),
    "a page deeper than is read": (PAGE, bytes_of(b"<div>" * 900 + b'<a href="/counts.csv">', HTML), "is no web page"),
    "a page that leads elsewhere": (
        PAGE,
        bytes_of(b'<base href="https://evil.example/"><a href="counts.csv">Counts</a>', HTML),
        OTHER,
    ),
    "a page of scripts": (PAGE, answer.page(("javascript:x.csv", "a"), ("vbscript:x.csv", "b")), "lists no file"),
    "a question that is sent on": (PXWEB, answer.pxweb_folder(("BE01.px", "Counts", "2026")), "sends a question on"),
}


@pytest.fixture
def listed(made):
    def start(words: str, way):
        turn, give = routed({"/list": way, "/list/BE01.px": {"status": 307, "headers": {"Location": "/counts.csv"}}})
        answers, folder = made(turn)
        give(answers)
        path, base = folder / "source.toml", f"http://127.0.0.1:{answers.port}"
        plain = f'url = "{answers.url}"\nformat = "csv"\n'
        card = path.read_text(encoding="utf-8").replace(plain, words.format(base=base))
        path.write_text(card, encoding="utf-8")
        return answers, folder

    return start


@pytest.mark.parametrize(("words", "way", "fault"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_catalogue_leaves_every_byte_of_the_folder_as_it_was(listed, words, way, fault):
    answers, folder = listed(words, way)
    before = everything(folder)
    outcome = run(folder)
    assert outcome.state == "failed"
    assert fault in outcome.lines[0], outcome
    assert everything(folder) == before
    assert {path for path, _ in answers.requests} <= {"/list", "/list/BE01.px"}


def test_a_catalogue_sends_to_another_server_only_where_the_card_names_it(listed):
    with publisher(FILE) as files:
        _, folder = listed(CKAN, one(files.url))
        assert run(folder).state == "failed"
        assert files.requests == []
        path = folder / "source.toml"
        card = path.read_text(encoding="utf-8")
        path.write_text(card.replace("[refresh]", f'[refresh]\nhosts = ["127.0.0.1:{files.port}"]'), encoding="utf-8")
        assert run(folder).state == "written"
        assert len(files.requests) == 1


def test_a_redirect_leads_to_another_server_only_where_the_card_names_it(made):
    with publisher(FILE) as files:
        _, folder = made({"status": 302, "headers": {"Location": files.url}})
        assert run(folder).state == "failed"
        path = folder / "source.toml"
        card = path.read_text(encoding="utf-8")
        path.write_text(card.replace("[refresh]", f'[refresh]\nhosts = ["127.0.0.1:{files.port}"]'), encoding="utf-8")
        assert run(folder).state == "written"
        assert len(files.requests) == 1


def test_names_that_climb_out_of_the_folder_name_nothing_of_ours(made):
    turn, give = routed(
        {
            "/list": one("/x/../../../../evil.csv?filename=../../evil.csv", "../../../evil"),
            "/evil.csv": {**FILE, "headers": {**LATER, "Content-Disposition": 'attachment; filename="../evil.csv"'}},
        }
    )
    answers, folder = made(turn)
    give(answers)
    path = folder / "source.toml"
    card = path.read_text(encoding="utf-8").replace(
        f'url = "{answers.url}"', f'url = "http://127.0.0.1:{answers.port}/list"'
    )
    path.write_text(card.replace("[refresh]", '[refresh]\ncatalogue = "ckan"'), encoding="utf-8")
    outcome = run(folder)
    assert outcome.state == "written", outcome
    assert releases(folder)[-1] == "counts_2026-03-02.csv"
    assert not list(folder.parents[3].rglob("*evil*"))


def test_what_a_catalogue_calls_a_file_is_told_without_what_a_terminal_obeys(listed):
    _, folder = listed(CKAN, answer.ckan(*(answer.ckan_resource(f"\x1b[2J{n}\u202e", f"/{n}.csv") for n in "ab")))
    said = str(run(folder))
    assert "U+001B[2Ja" in said
    assert said.replace("\n", "").isprintable()


def test_a_catalogue_of_twenty_thousand_files_is_read_in_seconds(tmp_path):
    entry = json.dumps(answer.ckan_resource("Counts by ward", "/w.csv")) + ","
    number = 20_000
    body = b'{"result": {"resources": [' + (entry * number).encode()[:-1] + b"]}}"
    began = time.monotonic()
    with publisher(bytes_of(body)) as answers:
        asked = {"catalogue": "ckan", "url": answers.url, "format": "csv", "title": "*area*"}
        with pytest.raises(Exception, match="lists no file that fits"):
            source_of(Request("counts", answers.url), asked, tmp_path, replace(SWIFT, size=LARGEST, whole=30, read=10))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("piece", [b"<a href=x ", b"<", b"<!--", b"<div>", b"<a href='", b"&#1", b"<base href=//e>"])
def test_no_page_takes_long(piece):
    body = piece * (1_000_000 // len(piece))
    began = time.monotonic()
    with suppress(page.NoCatalogue):
        list(page.resources(body, {"url": "https://data.example/"}))
    assert time.monotonic() - began < 5
