"""What the server does besides the pages: routes, headers on every answer, and a warm-up after it is healthy."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from starlette.routing import Route

from routes.boundaries import boundaries
from routes.extract import catalogue, extract
from routes.headers import Headers, Shell
from routes.style import style

routes = [
    Route("/boundaries/{name}", boundaries),
    Route("/style/{name}", style),
    Route("/data/catalogue.json", catalogue),
    Route("/data/{path:path}", extract),
]
middleware = [Middleware(Headers), Middleware(Shell)]


@asynccontextmanager
async def lifespan(app):
    """Warm the caches in a thread of its own, after the server has begun to answer."""

    async def later() -> None:
        await asyncio.sleep(0.05)
        threading.Thread(target=warm, daemon=True).start()

    task = asyncio.create_task(later())
    yield {}
    task.cancel()


def warm() -> None:
    """Read every dataset and import what a chart needs, so that no reader pays for it."""
    from measures.shelf import open_shelf

    shelf = open_shelf()
    for place in shelf.places.values():
        for measure in place.measures:
            shelf.working(measure)
    import charts

    charts.warm()
