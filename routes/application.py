"""What the server does besides the pages: routes, headers on every answer, and a warm-up after it is healthy.

Nothing here imports pandas, Arrow or Altair before it is needed: the server is healthy first, and warm a moment later.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from routes.door import Door, Platform
from routes.headers import Headers, Shell
from routes.rules import RULES
from routes.sockets import Places
from routes.style import style
from routes.transport import CONNECTIONS, raise_descriptors

HERE = Path(__file__).resolve().parent
DAY = {"Cache-Control": "public, max-age=86400"}


async def boundaries(request: Request) -> Response:
    """GET /boundaries/<place>-<hash>.topo.json"""
    from routes.boundaries import boundaries as answer

    return await answer(request)


async def extract(request: Request) -> Response:
    """GET /data/<place>/<dataset>/<release>.<format>"""
    from routes.extract import extract as answer

    return await answer(request)


async def catalogue(request: Request) -> Response:
    """GET /data/catalogue.json"""
    from routes.extract import catalogue as answer

    return await answer(request)


async def described(request: Request) -> Response:
    """GET /data/catalogue.jsonld, openapi.json, releases.json and releases.atom"""
    from routes.extract import described as answer

    return await answer(request)


async def robots(request: Request) -> Response:
    """GET /robots.txt"""
    return Response((HERE / "robots.txt").read_bytes(), media_type="text/plain", headers=DAY)


async def icon(request: Request) -> Response:
    """GET /favicon.ico and /favicon.svg"""
    name = request.url.path.lstrip("/")
    kind = {"favicon.ico": "image/x-icon", "favicon.svg": "image/svg+xml"}[name]
    return Response((HERE / name).read_bytes(), media_type=kind, headers=DAY)


class Anything(Convertor[str]):
    """The rest of an address, whatever is in it: Starlette's own ``path`` ends at a line break, and a web page would answer."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("anything", Anything())
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]  # the last four are refused by us, as data and not as a page
routes = [
    Route("/robots.txt", robots),
    *(Route(f"/{name}", icon) for name in ("favicon.ico", "favicon.svg")),
    Route("/boundaries/{name:anything}", boundaries),
    Route("/style/{name:anything}", style),
    Route("/data/catalogue.json", catalogue, methods=METHODS),
    *(Route(f"/data/{name}", described, methods=METHODS) for name in ("catalogue.jsonld", "openapi.json", "releases.json", "releases.atom")),
    Route("/data/{path:anything}", extract, methods=METHODS),
]
PLACES = Places(RULES)
LOADED = asyncio.Event()  # everything that a page or a file needs is imported


def middleware(platform: Platform, pages: Iterable[str]) -> list[Middleware]:
    """What stands before the platform, from the outside in. ``pages``: names of the pages; '' is the front page."""
    return [Middleware(Headers), Middleware(Door, platform=platform, pages=list(pages), places=PLACES, loaded=LOADED), Middleware(Shell)]


def set_bounds() -> None:
    """As many readers and connections as the system gives descriptors for."""
    limit = raise_descriptors()
    PLACES.most = RULES.descriptors.sessions(limit, RULES.sessions.most)
    CONNECTIONS.most = RULES.descriptors.connections(limit, PLACES.most)


def lifespan_of(load: Callable[[], None]):
    """What runs beside the server. ``load`` imports what pages and files need, before any of them is answered."""

    @asynccontextmanager
    async def lifespan(app):
        """Set the bounds, watch the connections, and load and warm up in a thread of its own after the server has begun to be healthy."""
        set_bounds()
        tasks = [asyncio.create_task(_later(load, asyncio.get_running_loop())), asyncio.create_task(CONNECTIONS.watch())]
        yield {}
        for task in tasks:
            task.cancel()

    return lifespan


async def _later(load: Callable[[], None], loop: asyncio.AbstractEventLoop) -> None:
    await asyncio.sleep(0.05)
    threading.Thread(target=_load_and_warm, args=(load, loop), daemon=True).start()


def _load_and_warm(load: Callable[[], None], loop: asyncio.AbstractEventLoop) -> None:
    """One thread imports, the others wait for it: where two import at once, Python may show one of them half of a module."""
    try:
        load()
    finally:
        loop.call_soon_threadsafe(LOADED.set)
    warm()


def warm() -> None:
    """Read every dataset, import what a chart needs and work out every map once, so that no reader pays for it."""
    import charts
    from measures import trend
    from measures.coverage import covered
    from measures.found import claims_card, filed
    from measures.mapped import warm_maps
    from measures.revisions import warm_revisions
    from measures.shelf import open_shelf

    charts.warm()
    trend.warm()
    for work in (warm_maps, warm_revisions):
        for _ in work(open_shelf()):
            time.sleep(0.01)  # a reader who is already there goes first
    for place in open_shelf().places:
        covered(open_shelf(), place)
        card = claims_card(open_shelf(), place)
        if card and open_shelf().readable(card.name):
            filed(open_shelf(), card.name)
