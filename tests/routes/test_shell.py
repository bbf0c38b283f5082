"""What a page's address answers before any script: the article, whole, kept for a minute, and asked about again."""

from __future__ import annotations

import gzip
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.raw import ask
from layout.frame.menu import PAGES
from routes.shell import AT_WORK, Document, Shell
from tests.routes.conftest import asking
from tests.routes.guarded import guarded


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with guarded(tmp_path_factory.mktemp("shell")) as one:
        yield one


@pytest.mark.in_turn(6)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_with_its_article(page, server):
    path = "/" if page == "home" else f"/{page}"
    answer = ask(server.port, f"{path}?lang=zh&place=london")
    text = answer.body.decode()
    assert answer.status == 200 and '<html lang="zh-Hans"' in text
    assert text.count("<h1 ") == 1 and 'class="foot' in text
    assert answer.headers["content-language"] == "zh-Hans"
    assert re.search(rf'<link rel="canonical" href="http://[^/"]+{path}\?lang=zh&amp;place=london', text)


def test_a_copy_is_kept_for_a_minute_and_asked_about(server):
    address = "/trends?lang=en&place=london"
    first = ask(server.port, address)
    assert first.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    assert first.headers["vary"] == "Accept-Language, Accept-Encoding"
    again = ask(server.port, address, "GET", [("If-None-Match", first.headers["etag"])])
    assert (again.status, again.body) == (304, b"")
    for other in (
        "/trends?lang=zh&place=london",
        "/trends?lang=en&place=london&category=robbery",
        f"{address}&surface=document",
    ):
        assert ask(server.port, other, "GET", [("If-None-Match", first.headers["etag"])]).status == 200


def test_a_document_that_is_held_is_answered_while_all_that_write_are_at_work():
    go, begun = threading.Event(), threading.Semaphore(0)

    def write(question):
        if question.page == "new":
            begun.release()
            go.wait(60)
        return Document("mark", "en", gzip.compress(b"written"))

    def held(question):
        return Document("mark", "en", gzip.compress(b"held")) if question.page == "old" else None

    async def platform(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    shell = Shell(platform, write, held)

    async def answer(scope, receive, send):
        await shell({**scope, "page_status": 200}, receive, send)

    with asking(answer) as ask:
        assert ask("GET", "/old").text == "written", "nothing is read yet"
        with ThreadPoolExecutor(AT_WORK) as readers:
            waiting = [readers.submit(ask, "GET", "/new") for _ in range(AT_WORK)]
            assert all(begun.acquire(timeout=60) for _ in range(AT_WORK))
            assert ask("GET", "/old").text == "held"
            go.set()
        assert [reader.result().text for reader in waiting] == ["written"] * AT_WORK


def test_the_browsers_language_decides_where_the_address_names_none(server):
    pages = [ask(server.port, "/map", "GET", [("Accept-Language", wish)]) for wish in ("zh-CN", "en-GB", "fr")]
    assert [re.search(r'<html lang="([^"]+)"', page.body.decode())[1] for page in pages] == ["zh-Hans", "en", "en"]
    assert len({page.headers["etag"] for page in pages}) == 2


def test_a_page_is_packed_for_who_takes_it_packed(server):
    packed = ask(server.port, "/trends?lang=en", "GET", [("Accept-Encoding", "gzip")])
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == ask(server.port, "/trends?lang=en").body
    assert len(packed.body) < 40_000


def test_the_article_alone_has_no_script_and_a_button(server):
    text = ask(server.port, "/trends?lang=en&surface=document").body.decode()
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL)
    assert scripts and all(kind == ' type="application/ld+json"' and json.loads(told) for kind, told in scripts)
    assert "<button" in text and "<noscript>" not in text and "template" not in text
    assert text.count("surface=document") == 1, "all links but that of itself lead to pages with their dashboard"


def test_the_policy_allows_the_one_script_in_the_page_and_no_other(server):
    answer = ask(server.port, "/?lang=en")
    policy = answer.headers["content-security-policy"]
    assert re.search(r"script-src 'self' 'sha256-[^']+';", policy)
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def test_an_unknown_page_says_so_before_any_script_and_is_not_kept(server):
    answer = ask(server.port, "/nowhere?lang=en")
    assert answer.status == 404 and answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers
    assert ">There is no such page</h1>" in answer.body.decode()


@pytest.mark.parametrize(
    "value", ["%3Cscript%3Ealert(1)%3C/script%3E", "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "%00", "a" * 3000]
)
def test_nothing_that_an_address_holds_becomes_markup(value, server):
    for address in (f"/claims?lang=en&figure={value}", f"/trends?category={value}&{value}=1", f"/map?lang={value}"):
        text = ask(server.port, address).body.decode()
        assert "<script>alert" not in text and "<img src=x" not in text
