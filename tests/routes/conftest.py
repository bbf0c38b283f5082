"""The data routes in a small application of their own, asked as a browser or a program would ask them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.applications import Starlette

from routes.application import routes


def alone(coroutine):
    """Run a coroutine in a thread of its own: where a browser is driven in this one, its loop is running already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


@pytest.fixture(scope="session")
def get(shelf):
    """``get(address)`` answers as the server does; an error inside the server is raised here."""
    transport = httpx.ASGITransport(Starlette(routes=routes))

    async def asked(address: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://figures.test") as client:
            return await client.get(address)

    return lambda address: alone(asked(address))
