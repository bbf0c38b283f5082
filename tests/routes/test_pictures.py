"""A chart of a page is a file at an address: drawn once for all who ask, few at a time, and never a hang."""

from __future__ import annotations

import asyncio
import io
import threading
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image
from starlette.applications import Starlette

from charts.exported import FORMS, SIZES
from layout.exported import drawn
from routes import pictures
from routes.addresses import PICTURE_KINDS, PICTURE_SIZES
from routes.pictures import PictureQuestion, Pictures, TooMany, picture_routes
from routes.rules import RULES
from tests.routes.conftest import alone, asking

TREND = "/picture/trends/trend.{}?lang=en&place=london&measure=road_casualties"
MOST = RULES.pictures.at_once + RULES.pictures.waiting
QUESTION = PictureQuestion("trends", "trend", "png", "", 1120, (), "", "")


@pytest.fixture(scope="module")
def ask(shelf):
    with asking(Starlette(routes=picture_routes(Pictures(drawn)))) as send:
        yield lambda address, **headers: send("GET", address, headers=headers)


@pytest.mark.parametrize("form", PICTURE_KINDS)
def test_a_picture_comes_in_the_format_of_its_ending(form, ask):
    answer = ask(TREND.format(form))
    assert (answer.status_code, answer.headers["content-type"]) == (200, PICTURE_KINDS[form])
    assert f'filename="trends-trend.{form}"' in answer.headers["content-disposition"]
    assert answer.headers["access-control-allow-origin"] == "*" and "public" in answer.headers["cache-control"]
    assert PICTURE_KINDS == FORMS and set(PICTURE_SIZES) == set(SIZES)


def test_without_a_size_a_png_is_a_card_and_an_svg_the_chart_alone(ask):
    assert Image.open(io.BytesIO(ask(TREND.format("png")).content)).size == (1200, 630)
    wide, narrow = (ElementTree.fromstring(ask(TREND.format("svg") + more).content) for more in ("", "&width=600"))
    assert (wide.get("width"), narrow.get("width")) == ("1120", "600")
    assert "Licence" not in "".join(wide.itertext())
    framed = "".join(ElementTree.fromstring(ask(TREND.format("svg") + "&size=1200x675").content).itertext())
    assert "Source: Department for Transport" in framed and "http://figures.test/trends?lang=en" in framed


def test_a_picture_is_in_the_language_of_its_address_else_of_its_reader(ask):
    address = TREND.format("svg") + "&size=600"
    words = {code: ask(address.replace("lang=en", f"lang={code}")).text for code in ("en", "zh")}
    assert "来源：" in words["zh"] and "Source: " in words["en"]
    free = address.replace("lang=en&", "")
    assert "来源：" in ask(free, **{"Accept-Language": "zh-CN"}).text
    assert "Source: " in ask(free, **{"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    "address",
    [
        "/picture/trends/nothing.svg",
        "/picture/nothing/trend.svg",
        "/picture/trends/trend.gif",
        "/picture/trends/trend.svg?size=9x9",
        "/picture/trends/trend.svg?width=90000",
        "/picture/trends/../trend.svg",
        "/picture/",
        "/picture/trends/trend.svg?area=" + "x" * 8000,
    ],
)
def test_an_address_that_names_no_picture_is_answered_404_and_not_kept(address, ask):
    answer = ask(address)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


def test_a_kept_copy_is_confirmed_without_drawing(ask, monkeypatch):
    mark = ask(TREND.format("svg")).headers["etag"]
    monkeypatch.setattr(Pictures, "get", None)
    assert ask(TREND.format("svg"), **{"If-None-Match": mark}).status_code == 304


def test_an_svg_is_sent_compressed_to_whoever_takes_it_so_and_is_the_same_one(ask):
    packed, plain = (ask(TREND.format("svg"), **{"Accept-Encoding": coding}) for coding in ("gzip", "identity"))
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert "Accept-Encoding" in plain.headers["vary"]


def test_a_picture_that_is_held_is_answered_in_the_event_loop_however_busy_the_threads_are(ask, monkeypatch):
    before = ask(TREND.format("png"))
    monkeypatch.setattr(pictures, "run_in_threadpool", None)
    after = ask(TREND.format("png"))
    assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])


@pytest.fixture
def held():
    """Pictures whose drawing waits until ``go`` is set; each drawing is noted."""
    go, noted = threading.Event(), []

    def draw(question):
        noted.append(question)
        go.wait(60)
        return b"x" * 100

    yield Pictures(draw), go, noted
    go.set()


def test_whoever_asks_for_the_same_picture_waits_for_the_one_drawing(held):
    drawings, go, noted = held

    async def several():
        waiting = [asyncio.ensure_future(drawings.get(("same",), QUESTION)) for _ in range(5)]
        await asyncio.sleep(0)
        go.set()
        return await asyncio.gather(*waiting)

    assert alone(several()) == [b"x" * 100] * 5
    assert len(noted) == 1
    assert alone(drawings.get(("same",), QUESTION)) == b"x" * 100 and len(noted) == 1, "and it is held"


def test_beyond_the_queue_whoever_asks_is_told_at_once(held):
    drawings, go, noted = held

    async def crowd():
        waiting = []
        for number in range(MOST):
            waiting.append(asyncio.ensure_future(drawings.get((number,), QUESTION)))
            await asyncio.sleep(0)
        with pytest.raises(TooMany):
            await drawings.get(("one more",), QUESTION)
        assert len(noted) <= RULES.pictures.at_once
        go.set()
        return await asyncio.gather(*waiting)

    assert len(alone(crowd())) == MOST
    assert alone(drawings.get(("one more",), QUESTION))


@pytest.mark.parametrize("error", [TooMany, TimeoutError])
def test_whoever_finds_no_room_is_told_when_to_come_again_and_where_the_figures_are(error, ask, monkeypatch):
    async def full(*_):
        raise error

    monkeypatch.setattr(Pictures, "get", full)
    answer = ask(TREND.format("png"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, str(RULES.pictures.retry_seconds))
    assert "/trends?lang=en&place=london" in answer.text and "/data/catalogue.json" in answer.text


def test_a_picture_that_is_not_drawn_in_time_is_not_waited_for():
    go = threading.Event()
    drawings = Pictures(lambda question: bytes(go.wait(60)), replace(RULES.pictures, wait_seconds=0.01))
    with pytest.raises(TimeoutError):
        alone(drawings.get(("slow",), QUESTION))
    go.set()


def test_pictures_are_kept_up_to_so_many_bytes():
    noted = []
    drawings = Pictures(lambda question: noted.append(question) or b"x" * 100, replace(RULES.pictures, kept_bytes=250))
    for number in (1, 2, 3, 3, 2, 1):
        alone(drawings.get((number,), QUESTION))
    assert len(noted) == 4, "two fit in; the first of three had to go"


def test_a_failed_drawing_is_not_held_and_leaves_its_place(ask):
    def fail(question):
        raise KeyError("no such chart")

    drawings = Pictures(fail)
    for _ in range(2 * (MOST)):
        with pytest.raises(LookupError):
            alone(drawings.get(("x",), QUESTION))


def test_the_door_lets_pictures_be_read_and_nothing_else():
    assert RULES.addresses["/picture/*"] == ["GET", "HEAD"]
