"""The HTML of a page's address: its article from the first byte, and behind it the platform's scripts, which are asked
for after the first frame.
"""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from language import LANGUAGES
from routes.headers import NOT_KEPT, TAKEOVER, is_alone, language_of, style_address

LOG = logging.getLogger("safety_in_figures")
KEPT = {"Cache-Control": "public, max-age=60, stale-while-revalidate=600"}
NOT_ASKED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range")
AT_WORK = 4  # documents that are worked out at once
PATIENCE = 20.0  # seconds after which whoever waits for a document gets the page without it
PLATFORM = re.compile(r'<script type="module"[^>]*>|<link rel="(?:modulepreload|stylesheet)"[^>]*>')


class PageQuestion(NamedTuple):
    """What a browser asks for. ``pairs``: the query; ``wished``: its languages; ``host``: scheme and host of the site;
    ``alone``: without the platform's scripts, which are in ``platform``; ``kept``: the marks of its copies.
    """

    page: str
    pairs: tuple[tuple[str, str], ...]
    wished: str
    host: str
    alone: bool
    platform: str
    kept: str


class Document(NamedTuple):
    """The answer. ``packed``: the page, compressed; None where the reader's copy is of the same state."""

    mark: str
    language: str
    packed: bytes | None


class Shell:
    """Answers the addresses of pages. The door says in ``page_status`` with which status; HEAD gets the headers of GET.

    ``document``: writes the article of a page. ``held``: gives it where it is written already, at once.
    """

    def __init__(
        self,
        app: ASGIApp,
        document: Callable[[PageQuestion], Document],
        held: Callable[[PageQuestion], Document | None] = lambda question: None,
    ):
        self.app = app
        self.document, self.held = document, held
        self.begun = False  # has a document been written, so that all is read that a held one needs?
        self.limiter: CapacityLimiter | None = None
        self.platform = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "page_status" not in scope:
            await self.app(scope, receive, send)
            return
        self.platform = self.platform or await self._platform(scope, receive)
        await (await self._answer(scope))(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        question = _question(scope, self.platform)
        self.limiter = self.limiter or CapacityLimiter(AT_WORK)
        try:
            if self.begun and (written := self.held(question)):
                return _response(written, scope)
            with fail_after(PATIENCE):
                written = await to_thread.run_sync(
                    self.document, question, limiter=self.limiter, abandon_on_cancel=True
                )
        except TimeoutError:
            return self._without(scope, 503 if question.alone else scope["page_status"])
        except Exception as error:
            LOG.error("a document failed", exc_info=error)
            return self._without(scope, 500 if question.alone else scope["page_status"])
        self.begun = True
        return _response(written, scope)

    def _without(self, scope: Scope, status: int) -> Response:
        """The page without its article: the dashboard draws it, where scripts run."""
        say = language_of(scope)
        head, body = f"<title>{escape(say.language.site)}</title>", ""
        headers = {**NOT_KEPT, "Vary": "Accept-Language"} | ({"Retry-After": "5"} if status == 503 else {})
        return Response(page_html(say, head, body, self.platform), status, headers, "text/html")

    async def _platform(self, scope: Scope, receive: Receive) -> str:
        """The platform's own scripts and style sheets, held back, and the script that asks for them."""
        # asked for plainly and whole: of a compressed page or a part nothing can be taken
        plain = [(name, value) for name, value in scope["headers"] if name not in NOT_ASKED]
        body = bytearray()

        async def collect(message):
            body.extend(message.get("body", b""))

        await self.app({**scope, "path": "/", "raw_path": b"/", "method": "GET", "headers": plain}, receive, collect)
        parts = PLATFORM.findall(body.decode("utf-8"))
        document = "".join(part + "</script>" if part.startswith("<script") else part for part in parts)
        return f'<div id="root"></div><template id="platform">{document}</template><script>{TAKEOVER}</script>'


def page_html(say, head: str, body: str, platform: str) -> str:
    """A whole page in the reader's language."""
    return (
        f'<!DOCTYPE html><html lang="{say.language.tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/{style_address()}">'
        f"{head}</head><body>{body}{platform}</body></html>"
    )


def _question(scope: Scope, platform: str) -> PageQuestion:
    headers = Headers(scope=scope)
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=False, max_num_fields=None)
    alone = is_alone(scope)
    host = f"{scope['scheme']}://{headers['host']}" if "host" in headers else ""
    return PageQuestion(
        scope["path"].strip("/"),
        tuple(pairs),
        headers.get("accept-language", ""),
        host,
        alone,
        "" if alone else platform,
        headers.get("if-none-match", ""),
    )


def _response(written: Document, scope: Scope) -> Response:
    status = scope["page_status"]
    headers = {"Vary": "Accept-Language, Accept-Encoding", "Content-Language": LANGUAGES[written.language].tag}
    headers |= {**KEPT, "ETag": written.mark} if status == 200 else NOT_KEPT
    if written.packed is None:
        return Response(status_code=304, headers=headers)
    if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
        return Response(written.packed, status, headers | {"Content-Encoding": "gzip"}, "text/html")
    return Response(gzip.decompress(written.packed), status, headers, "text/html")
