"""May a proxy send readers to this server? /_ready says so. Whether the process lives, /_stcore/health says.

A server that is about to be stopped is told so beforehand (SIGUSR1): it says no here and goes on answering, until
nobody is sent to it any more.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from routes.headers import NOT_KEPT

ADDRESS = "/_ready"
AGAIN = 2  # seconds after which a server that is not ready may be asked again
LOG = logging.getLogger("safety_in_figures")


class Readiness:
    """``loaded``: set when pages and files can be answered. ``draining``: the server is about to be stopped."""

    def __init__(self, loaded: asyncio.Event):
        self.loaded, self.draining = loaded, False

    def drain(self) -> None:
        """Say from now on that nobody else should be sent here."""
        self.draining = True
        LOG.warning("draining: nobody new should be sent here; whoever is here is answered until the server is stopped")

    def listen(self) -> None:
        """Drain at SIGUSR1, where the system has it and this is the thread that hears of it."""
        with suppress(NotImplementedError, RuntimeError, ValueError, AttributeError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.drain)

    async def answer(self, request: Request) -> Response:
        """GET /_ready: 200 with the state of the data that is shown, 503 with the reason why not."""
        if self.draining:
            return _no("draining")
        if not self.loaded.is_set():
            return _no("loading")
        try:
            return JSONResponse(await run_in_threadpool(_shown), headers=NOT_KEPT)
        except Exception as error:  # whatever is wrong with the data: nobody should be sent here
            return _no(f"no data can be shown ({type(error).__name__})")


def _no(why: str) -> Response:
    return JSONResponse({"ready": False, "why": why}, 503, headers={**NOT_KEPT, "Retry-After": str(AGAIN)})


def _shown() -> dict[str, str | bool]:
    """The state of the data, the same at every server that shows the same. Raises PlaceError where no place is
    shown."""
    from measures.store.shelf import open_shelf

    shelf = open_shelf()
    _ = shelf.default_place
    return {
        "ready": True,
        "state": shelf.state.mark[:16],
        "build": shelf.built.folder.name if shelf.built.folder else "",
    }


def readiness_routes(readiness: Readiness) -> list[Route]:
    """The address that a proxy or an orchestrator asks."""
    return [Route(ADDRESS, readiness.answer)]
