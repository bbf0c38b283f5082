"""How much is asked, of which kind, and how long it takes, for whoever runs the site (Prometheus). Nothing in it is
about a reader: no address, no language, no place, no choice.

Off unless ``FIGURES_METRICS`` names a port, or an address and a port; never answered where readers ask.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
# beginning of an address → what is asked for; pages are known by their names
KINDS = {
    "/data/": "data",
    "/feeds/": "feed",
    "/picture/": "picture",
    "/embed/": "embed",
    "/oembed": "embed",
    "/_stcore/stream": "socket",
    "/_stcore/": "probe",
    "/_ready": "probe",
    "/static/": "file",
    "/style/": "file",
    "/boundaries/": "file",
    "/favicon": "file",
}
OTHER, PAGE = "other", "page"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # the upper bounds of the histograms


class Metrics:
    """The counts and times of one process. ``gauges``: name → (what it says, how it is read when it is asked for)."""

    def __init__(self, gauges: Mapping[str, tuple[str, Callable[[], float]]]):
        from prometheus_client import (
            CollectorRegistry,
            Counter,
            Gauge,
            Histogram,
            ProcessCollector,
            disable_created_metrics,
        )

        disable_created_metrics()
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        kinds = ["kind"]
        self._answers = Counter("figures_answers", "Answers", [*kinds, "status"], registry=registry)
        self._seconds = Histogram(
            "figures_answer_seconds", "Seconds to the last byte of an answer", kinds, buckets=SECONDS, registry=registry
        )
        self._drawn = Histogram(
            "figures_page_seconds",
            "Seconds in which a page was drawn for an open socket",
            buckets=SECONDS,
            registry=registry,
        )
        for name, (words, read) in gauges.items():
            Gauge(name, words, registry=registry).set_function(read)

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """One answer more; 0 where whoever asked had gone before it began."""
        self._answers.labels(kind, str(status)).inc()
        self._seconds.labels(kind).observe(seconds)

    def drawn(self, seconds: float) -> None:
        """A page was drawn for an open socket."""
        self._drawn.observe(seconds)


class Meter:
    """Holds the metrics of the process; none where nobody wants any."""

    def __init__(self):
        self.metrics: Metrics | None = None

    def start(self, gauges: Mapping[str, tuple[str, Callable[[], float]]], where: str | None = None) -> None:
        """Answer on an address of its own where ``FIGURES_METRICS`` names one. Raises ValueError for what is no address
        and port, OSError for one that is taken.
        """
        where = os.environ.get("FIGURES_METRICS", "") if where is None else where
        if not where:
            return
        from prometheus_client import start_http_server

        host, port = address_of(where)
        self.metrics = Metrics(gauges)
        start_http_server(port, host, self.metrics.registry)

    def drawn(self, began: float) -> None:
        """A page was drawn that was begun at a moment of ``time.perf_counter``."""
        if self.metrics:
            self.metrics.drawn(time.perf_counter() - began)


METER = Meter()


def address_of(where: str) -> tuple[str, int]:
    """Host and port of '9464', '0.0.0.0:9464' or '[::]:9464'. Raises ValueError."""
    host, _, port = where.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(f"FIGURES_METRICS is a port, or an address and a port such as {HOST}:9464; found {where!r}")
    return host.strip("[]") or HOST, int(port)


class Counted:
    """Stands before all others and counts what is answered. ``pages``: names of the pages; '' is the front page."""

    def __init__(self, app: ASGIApp, pages: Iterable[str], meter: Meter = METER):
        self.app, self.meter = app, meter
        self.pages = frozenset(f"/{name}" for name in pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.meter.metrics is None or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        status, began = [0], time.perf_counter()
        try:
            await self.app(scope, receive, partial(_noted, status, send))
        except Exception:
            status[0] = status[0] or 500
            raise
        finally:
            self.meter.metrics.answered(self.kind(scope["path"]), status[0], time.perf_counter() - began)

    def kind(self, path: str) -> str:
        """What an address asks for, as one of a few words."""
        if path in self.pages:
            return PAGE
        return next((kind for start, kind in KINDS.items() if path.startswith(start)), OTHER)


async def _noted(status: list[int], send: Send, message: Message) -> None:
    """Hand a message on and keep the status that it carries."""
    if message["type"] in ("http.response.start", "websocket.http.response.start"):
        status[0] = message["status"]
    elif message["type"] == "websocket.accept":
        status[0] = 101
    await send(message)
