"""The data routes in a small application of their own, asked as a browser or a program would ask them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import httpx
import pytest
from starlette.applications import Starlette

from routes.application import routes


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One for the whole run, in a thread of its own: where a browser is driven in this one, its loop is running already."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def alone(coroutine):
    """Run a coroutine to its end in the thread of the requests."""
    return asyncio.run_coroutine_threadsafe(coroutine, _loop()).result()


@contextmanager
def asking(application) -> Iterator[Callable[..., httpx.Response]]:
    """``ask(method, address, headers=…)`` answers as the application does; an error inside it is raised here."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://figures.test")
    yield lambda method, address, **more: alone(client.request(method, address, **more))
    alone(client.aclose())


@pytest.fixture(scope="session")
def get(shelf):
    """``get(address)`` answers as the server does; an error inside the server is raised here."""
    with asking(Starlette(routes=routes)) as ask:
        yield lambda address: ask("GET", address)


@pytest.fixture(scope="session")
def head(shelf):
    """``head(address)``: what a file would be, without the file."""
    with asking(Starlette(routes=routes)) as ask:
        yield lambda address: ask("HEAD", address)
