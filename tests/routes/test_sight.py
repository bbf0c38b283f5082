"""Who runs the site sees whether it is ready and what it does, and nothing about its readers."""

from __future__ import annotations

import asyncio
import io
import json
import logging

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from routes.connections.logs import JsonLines, PrintedLines, WithoutReaders
from routes.connections.metrics import KINDS, Counted, Meter, Metrics, address_of
from routes.connections.readiness import ADDRESS, Readiness, readiness_routes
from routes.rules import RULES
from tests.routes.conftest import asking


def test_a_server_is_ready_when_its_shelf_is_there_and_not_while_it_drains(shelf):
    readiness = Readiness(asyncio.Event())
    with asking(Starlette(routes=readiness_routes(readiness))) as ask:
        first = ask("GET", ADDRESS)
        assert (first.status_code, first.json()["why"], first.headers["cache-control"]) == (503, "loading", "no-store")
        assert int(first.headers["retry-after"]) > 0
        readiness.loaded.set()
        there = ask("GET", ADDRESS)
        assert (there.status_code, there.json()["state"]) == (200, shelf.state.mark[:16])
        readiness.drain()
        assert (ask("GET", ADDRESS).status_code, ask("GET", ADDRESS).json()["why"]) == (503, "draining")


def test_answers_are_counted_by_kind_and_status():
    meter = Meter()
    meter.metrics = Metrics({"figures_readers": ("Readers", lambda: 3)})
    routes = [
        Route(path, lambda request: PlainTextResponse("", 200)) for path in ("/", "/trends", "/data/a", "/_ready")
    ]
    with asking(Counted(Starlette(routes=routes), ["", "trends"], meter)) as ask:
        for path in ("/", "/trends?place=london", "/data/a", "/_ready", "/nothing"):
            ask("GET", path)
    read = meter.metrics.registry.get_sample_value
    counts = {
        kind: read("figures_answers_total", {"kind": kind, "status": "200"}) for kind in ("page", "data", "probe")
    }
    assert counts == {"page": 2, "data": 1, "probe": 1}
    assert read("figures_answers_total", {"kind": "other", "status": "404"}) == 1
    assert read("figures_answer_seconds_count", {"kind": "page"}) == 2
    assert read("figures_readers") == 3


def test_every_address_of_the_door_is_of_a_kind_or_one_of_the_rest():
    rest = {"/robots.txt", "/sitemap.xml", "/.well-known/security.txt"}
    named = {address.rstrip("*") for address in RULES.addresses} - rest
    assert [address for address in named if not address.startswith(tuple(KINDS))] == []


def test_metrics_are_off_unless_asked_for_and_at_home_unless_said_otherwise():
    meter = Meter()
    meter.start({}, "")
    assert meter.metrics is None
    assert address_of("9464") == ("127.0.0.1", 9464)
    assert address_of("0.0.0.0:9464") == ("0.0.0.0", 9464)
    assert address_of("[::1]:9464") == ("::1", 9464)
    for wrong in ("on", "127.0.0.1", "0", "70000", "a:b"):
        with pytest.raises(ValueError, match="FIGURES_METRICS is a port"):
            address_of(wrong)


def record(message: str, *values, level: int = logging.INFO) -> logging.LogRecord:
    return logging.LogRecord("uvicorn.error", level, __file__, 1, message, values, None)


def test_no_line_of_the_log_names_who_opened_a_page():
    opened = record('%s - "WebSocket %s" [accepted]', "203.0.113.7:4242", "/_stcore/stream?place=london")
    assert not WithoutReaders().filter(opened)
    assert WithoutReaders().filter(record("Application startup complete."))


def test_every_line_of_the_log_is_one_object():
    said = json.loads(JsonLines().format(record("%d datasets\nare silent", 2, level=logging.WARNING)))
    assert (said["level"], said["from"], said["message"]) == ("warning", "uvicorn.error", "2 datasets\nare silent")
    stream = io.StringIO()
    printed = PrintedLines(stream, "info")
    for part in ("first", " line\n\nsecond ", "line\nrest"):
        printed.write(part)
    assert [json.loads(line)["message"] for line in stream.getvalue().splitlines()] == ["first line", "second line"]
