"""What the server does besides the pages: routes, headers on every answer, and a warm-up after it is healthy.

Nothing here imports pandas, Arrow or Altair before it is needed: the server is healthy first, and warm a moment later.
"""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from routes.headers import Headers, Shell
from routes.style import style


async def boundaries(request: Request) -> Response:
    """GET /boundaries/<place>-<hash>.topo.json"""
    return await (await run_in_threadpool(_loaded)).boundaries.boundaries(request)


async def extract(request: Request) -> Response:
    """GET /data/<place>/<dataset>/<release>.<format>"""
    return await (await run_in_threadpool(_loaded)).extract.extract(request)


async def described(request: Request) -> Response:
    """GET /data/catalogue.json, catalogue.jsonld, openapi.json, releases.json and releases.atom"""
    return await (await run_in_threadpool(_loaded)).extract.described(request)


def _loaded():
    """The modules that answer: imported late, in no event loop, and by one thread at a time."""
    from routes import loaded

    return loaded


class Unsafe:
    """Answers an address below /data that climbs or holds a null byte, in the format that it promised: the platform would say nothing at all."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        app = self.app
        if scope["type"] == "http" and scope["path"].startswith("/data/") and _is_unsafe(scope["path"]):
            app = (await run_in_threadpool(_loaded)).extract.nothing_there
        await app(scope, receive, send)


def _is_unsafe(path: str) -> bool:
    return "\x00" in path or ".." in path.replace("\\", "/").split("/")


class Anything(Convertor[str]):
    """The rest of an address, whatever is in it: Starlette's own ``path`` ends at a line break, and a web page would answer."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("anything", Anything())
LOOK = 3.0  # seconds between two looks at the data folder
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]  # the last four are refused by us, as data and not as a page
DESCRIBED = ("catalogue.json", "catalogue.jsonld", "openapi.json", "releases.json", "releases.atom")
routes = [
    Route("/boundaries/{name}", boundaries),
    Route("/style/{name}", style),
    *(Route(f"/data/{name}", described, methods=METHODS) for name in DESCRIBED),
    Route("/data/{path:anything}", extract, methods=METHODS),
]
middleware = [Middleware(Headers), Middleware(Shell), Middleware(Unsafe)]


@asynccontextmanager
async def lifespan(app):
    """Warm the caches in a thread of its own, after the server has begun to answer; then look after the data folder."""

    async def later() -> None:
        await asyncio.sleep(0.05)
        threading.Thread(target=warm, daemon=True).start()

    tasks = [asyncio.create_task(later()), asyncio.create_task(look_after())]
    yield {}
    for task in tasks:
        task.cancel()


async def look_after() -> None:
    """Look every few seconds whether the data folder has changed, also while nobody asks: else the first answers after a quiet night would be old."""
    while True:
        await asyncio.sleep(LOOK)
        await run_in_threadpool(_look)


def _look() -> None:
    from measures.shelf import open_shelf

    with suppress(Exception):  # a folder that cannot be read is told to whoever asks for a page
        open_shelf()


def warm() -> None:
    """Read every dataset, import what a chart needs and work out every map once, so that no reader pays for it."""
    loaded = _loaded()
    from measures import trend
    from measures.coverage import covered
    from measures.found import claims_card, filed
    from measures.mapped import warm_maps
    from measures.revisions import warm_revisions
    from measures.shelf import open_shelf
    from routes.kept import state_of

    shelf = open_shelf()
    state_of(shelf)
    loaded.charts.warm()
    trend.warm()
    for work in (warm_maps, warm_revisions):
        for _ in work(shelf):
            time.sleep(0.01)  # a reader who is already there goes first
    for place in shelf.places:
        covered(shelf, place)
        card = claims_card(shelf, place)
        if card and shelf.readable(card.name):
            filed(shelf, card.name)
    loaded.extract.warm(shelf)
