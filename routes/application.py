"""What the server does besides the pages: routes, headers on every answer, and what runs beside it.

Nothing here imports pandas, Arrow or Altair before it is needed: the server is healthy first, and warm a moment later.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType

from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from routes.connections.logs import set_logs
from routes.connections.metrics import METER, Counted
from routes.connections.readiness import Readiness, readiness_routes
from routes.connections.sockets import Places, Platform
from routes.connections.transport import CONNECTIONS, raise_descriptors
from routes.door import Door
from routes.headers import Headers, style
from routes.rules import RULES
from routes.shell import Document, PageQuestion, Shell
from routes.unasked import load_later, look_after

HERE = Path(__file__).resolve().parent
DAY = {"Cache-Control": "public, max-age=86400"}


async def boundaries(request: Request) -> Response:
    """GET /boundaries/<place>-<hash>.topo.json"""
    return await (await _module("boundaries")).answer_boundaries(request)


async def extract(request: Request) -> Response:
    """GET /data/<place>/<dataset>/<release>.<format>"""
    return await (await _module("data")).answer_extract(request)


async def described(request: Request) -> Response:
    """GET /data/catalogue.json, catalogue.jsonld, openapi.json, releases.json and releases.atom"""
    return await (await _module("catalogues.descriptions")).answer_description(request)


async def feed(request: Request) -> Response:
    """GET /feeds/<place>[/<area>][/<measure or category>].<atom, json>, and /feeds/<place>.ics"""
    return await (await _module("feeds")).answer_feed(request)


async def _module(name: str) -> ModuleType:
    """A module that answers, imported in no event loop; at a running server it is there before the door opens."""
    return await run_in_threadpool(importlib.import_module, f"routes.{name}")


async def icon(request: Request) -> Response:
    """GET /favicon.ico and /favicon.svg"""
    name = request.url.path.lstrip("/")
    kind = {"favicon.ico": "image/x-icon", "favicon.svg": "image/svg+xml"}[name]
    return Response((HERE / name).read_bytes(), media_type=kind, headers=DAY)


class UnsafeAddresses:
    """Answers an address below /data that climbs or holds a null byte, in the format that it promised: the platform
    would say nothing at all.
    """

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        app = self.app
        if scope["type"] == "http" and scope["path"].startswith("/data/") and _is_unsafe(scope["path"]):
            app = (await _module("data")).nothing_there
        await app(scope, receive, send)


def _is_unsafe(path: str) -> bool:
    return "\x00" in path or ".." in path.replace("\\", "/").split("/")


class Anything(Convertor[str]):
    """The rest of an address, whatever is in it: Starlette's own ``path`` ends at a line break, and a web page would
    answer.
    """

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("anything", Anything())
PLACES = Places(RULES)
LOADED = asyncio.Event()  # everything that a page or a file needs is imported
READINESS = Readiness(LOADED)
METHODS = [
    "GET",
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
]  # the last four are refused by us, as data and not as a page
DESCRIBED = ("catalogue.json", "catalogue.jsonld", "openapi.json", "releases.json", "releases.atom")
routes = [
    *(Route(f"/{name}", icon) for name in ("favicon.ico", "favicon.svg")),
    Route("/boundaries/{name:anything}", boundaries),
    Route("/style/{name:anything}", style),
    *(Route(f"/data/{name}", described, methods=METHODS) for name in DESCRIBED),
    Route("/feeds/{path:anything}", feed, methods=METHODS),
    Route("/data/{path:anything}", extract, methods=METHODS),
    *readiness_routes(READINESS),
]
GAUGES = {
    "figures_readers": ("Readers with an open socket", lambda: PLACES.held.total()),
    "figures_readers_most": ("Readers that find a place", lambda: PLACES.most),
    "figures_connections": ("Open connections", lambda: len(CONNECTIONS.open)),
    "figures_draining": ("1 while the server is about to be stopped", lambda: float(READINESS.draining)),
}


def middleware(
    platform: Platform,
    pages: Iterable[str],
    document: Callable[[PageQuestion], Document],
    held: Callable[[PageQuestion], Document | None],
) -> list[Middleware]:
    """What stands before the platform, from the outside in. ``pages``: names of the pages; '' is the front page.
    ``document``: writes the article of a page; ``held``: gives it where it is written already.
    """
    names = list(pages)
    door = Middleware(Door, platform=platform, pages=names, places=PLACES, loaded=LOADED)
    shell = Middleware(Shell, document=document, held=held)
    return [Middleware(Counted, pages=names), Middleware(Headers), door, shell, Middleware(UnsafeAddresses)]


def set_bounds() -> None:
    """As many readers and connections as the system gives descriptors for."""
    limit = raise_descriptors()
    PLACES.most = RULES.descriptors.sessions(limit, RULES.sessions.most)
    CONNECTIONS.most = RULES.descriptors.connections(limit, PLACES.most)


def lifespan_of(load: Callable[[], None]):
    """What runs beside the server. ``load`` imports what pages and files need, before any of them is answered."""

    @asynccontextmanager
    async def lifespan(app):
        """Set the bounds, watch the connections, and load and warm up in a thread of its own after the server has begun
        to be healthy.
        """
        set_logs()
        set_bounds()
        METER.start(GAUGES)
        READINESS.listen()
        work = (load_later(load, LOADED), look_after(), CONNECTIONS.watch())
        tasks = [asyncio.create_task(each) for each in work]
        yield {}
        for task in tasks:
            task.cancel()

    return lifespan
