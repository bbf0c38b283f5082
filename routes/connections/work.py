"""What may be at work for /data at once: two extracts, piece by piece in one thread, while no page is being drawn.

An extract has a place from its first piece until its last one is sent. Whoever finds both taken waits a moment and is
then told when to
come again. A place is free at once when the reader has gone, and is taken from a reader who has not read for some
seconds when somebody
else wants it. Pages go first: a piece is begun while none is being drawn, or after a fraction of a second all the same.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import anyio
from starlette.responses import StreamingResponse

from routes.connections.metrics import METER
from routes.rules import RULES

_LOOK = 0.05  # seconds between two looks for a place
Found = TypeVar("Found")


class AllPlacesTaken(Exception):
    """Every place is taken, by readers who read."""


class ExtractPlace:
    """The right to work on one extract. ``unread``: since when its reader has not taken a piece, None while one is
    made; ``ending``: it is taken away.
    """

    def __init__(self, leave: Callable[[ExtractPlace], None]):
        self._leave, self._loop = leave, asyncio.get_running_loop()
        self.unread: float | None = None
        self.scope: anyio.CancelScope | None = None
        self.ending = False

    async def work(self, make: Callable[..., Found], *arguments) -> Found:
        """Do a piece of the work in the thread of extracts, pages first."""
        return await self._loop.run_in_executor(_THREAD, after_pages, make, *arguments)

    def give_up(self) -> None:
        """End the answer: somebody else wants the place."""
        if self.scope is not None:
            self.ending = True
            self._loop.call_soon_threadsafe(self.scope.cancel)

    def leave(self, pieces: Iterator[bytes] | None = None) -> None:
        """Free the place, after the piece that is being made, and drop what the answer held."""
        _THREAD.submit(self._end, pieces)

    def _end(self, pieces: Iterator[bytes] | None) -> None:
        try:
            if pieces is not None and hasattr(pieces, "close"):
                pieces.close()
        finally:
            self._leave(self)


class ExtractPlaces:
    """The places of one process."""

    def __init__(self):
        self._lock = threading.Lock()
        self._taken: list[ExtractPlace] = []

    async def take(self) -> ExtractPlace:
        """A place, at once or within a moment. Raises Busy."""
        ends = time.monotonic() + RULES.extracts.wait_seconds
        while (place := self._free()) is None:
            if time.monotonic() >= ends:
                raise AllPlacesTaken
            await asyncio.sleep(_LOOK)
        return place

    def _free(self) -> ExtractPlace | None:
        with self._lock:
            if len(self._taken) < RULES.extracts.at_once:
                self._taken.append(place := ExtractPlace(self._left))
                return place
            since = time.monotonic() - RULES.extracts.unread_seconds
            slow = [place for place in self._taken if place.unread is not None and place.unread < since]
            if slow and not any(place.ending for place in self._taken):
                min(slow, key=lambda place: place.unread).give_up()
        return None

    def _left(self, place: ExtractPlace) -> None:
        with self._lock:
            self._taken.remove(place)


class Pieces(StreamingResponse):
    """An answer made piece by piece in a place, which is free when the last piece is sent, the reader has gone or does
    not read.
    """

    def __init__(self, place: ExtractPlace, pieces: Iterator[bytes], headers: Mapping[str, str], media_type: str):
        self._place, self._pieces = place, pieces
        super().__init__(self._made(), headers=headers, media_type=media_type)

    async def _made(self) -> AsyncIterator[bytes]:
        while (piece := await self._place.work(next, self._pieces, None)) is not None:
            yield piece

    async def __call__(self, scope, receive, send) -> None:
        async def timed(message) -> None:
            self._place.unread = time.monotonic()
            await send(message)
            self._place.unread = None

        try:
            with anyio.CancelScope() as self._place.scope:
                await super().__call__(scope, receive, timed)
        finally:
            self._place.leave(self._pieces)


class _Drawing:
    """How many pages are being drawn."""

    def __init__(self):
        self._count, self._changed = 0, threading.Condition()

    def add(self, change: int) -> None:
        with self._changed:
            self._count += change
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Return when no page is being drawn, and in any case after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not self._count, seconds)


@contextmanager
def page_first() -> Iterator[None]:
    """While a page is drawn no extract begins another piece."""
    began = time.perf_counter()
    _DRAWING.add(1)
    try:
        yield
    finally:
        _DRAWING.add(-1)
        METER.drawn(began)


def after_pages(make: Callable[..., Found], *arguments) -> Found:
    """Do a piece of work while no page is being drawn, or after a fraction of a second all the same."""
    _DRAWING.wait(RULES.extracts.pages_seconds)
    return make(*arguments)


_DRAWING = _Drawing()
_THREAD = ThreadPoolExecutor(1, "extracts")
PLACES = ExtractPlaces()
