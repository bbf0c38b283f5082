"""A page's chart as a picture: /picture/<page>/<block>.<svg|png|pdf>?<the page's address>

``size`` chooses one of the sizes of a picture in its frame; an SVG without one is the chart alone, ``width`` pixels
wide.
Pictures are drawn two at a time in threads of their own, pages first, each once for all who ask for it, and held up to
so many bytes. A few wait; whoever comes then is told where the figures stand and when to ask again.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from routes.addresses import CHART_WIDTHS, PICTURE_KINDS, PICTURE_SIZES, page_address
from routes.conditional import headers_of, unchanged
from routes.connections.work import after_pages
from routes.extracts.request import LONGEST
from routes.headers import NOT_KEPT, host_of, language_of
from routes.rules import RULES, PictureRules

PACKED = ("png", "pdf")  # as they are; all else is compressed once and held so
_PATH = re.compile(r"([a-z]{1,40})/([a-z0-9_]{1,40})\.(svg|png|pdf)")


class TooMany(Exception):
    """As many pictures wait as may."""


@dataclass(frozen=True)
class PictureQuestion:
    """What is asked for. ``form``: one of PICTURE_KINDS, or 'embed' or 'oembed' (``routes.embeds``). ``size``: one of
    PICTURE_SIZES, or '' for the chart alone, which is ``width`` pixels wide. ``pairs``: the query of the page.
    ``wished``: the browser's languages. ``host``: scheme and host of the site.
    """

    page: str
    block: str
    form: str
    size: str
    width: int
    pairs: tuple[tuple[str, str], ...]
    wished: str
    host: str


class Pictures:
    """The pictures of one process. ``draw``: question → bytes; raises LookupError where there is no such picture."""

    def __init__(self, draw: Callable[[PictureQuestion], bytes], rules: PictureRules = RULES.pictures):
        self._draw, self._rules, self._lock = draw, rules, threading.Lock()
        self._threads = ThreadPoolExecutor(rules.at_once, "pictures")
        self._held: LRUCache[tuple, bytes] = LRUCache(
            rules.kept_bytes, getsizeof=lambda content: min(len(content), rules.kept_bytes)
        )
        self._begun: dict[tuple, Future[bytes]] = {}

    async def get(self, key: tuple, question: PictureQuestion) -> bytes:
        """The picture, drawn or held, compressed unless its form is one of PACKED.

        Raises TooMany, TimeoutError and LookupError.
        """
        with self._lock:
            if key in self._held:
                return self._held[key]
            drawing = self._begun.get(key) or self._begin(key, question)
        return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(drawing)), self._rules.wait_seconds)

    def _begin(self, key: tuple, question: PictureQuestion) -> Future[bytes]:
        if len(self._begun) >= self._rules.at_once + self._rules.waiting:
            raise TooMany
        self._begun[key] = drawing = self._threads.submit(self._work, key, question)
        return drawing

    def _work(self, key: tuple, question: PictureQuestion) -> bytes:
        try:
            content = after_pages(self._draw, question)
            content = content if question.form in PACKED else gzip.compress(content, 6, mtime=0)
            with self._lock:
                self._held[key] = content
            return content
        finally:
            with self._lock:
                self._begun.pop(key, None)

    async def answer(self, request: Request) -> Response:
        """GET /picture/<page>/<block>.<svg|png|pdf>"""
        question = question_of(request)
        if question is None:
            return PlainTextResponse("There is no such picture.", 404, NOT_KEPT)
        name = f'inline; filename="{question.page}-{question.block}.{question.form}"'
        return await self.answered(request, question, PICTURE_KINDS[question.form], {"Content-Disposition": name})

    async def answered(
        self, request: Request, question: PictureQuestion, kind: str, more: Mapping[str, str]
    ) -> Response:
        """The file, of a content type and with further headers, unless the reader's copy still holds."""
        if self._held and not dict(question.pairs).get("as_of"):  # all is read that its mark needs
            known, language = _marked(request, question)
        else:
            known, language = await run_in_threadpool(_marked, request, question)
        headers = known | {"Vary": "Accept-Language, Accept-Encoding", **more}
        if same := unchanged(request, headers):
            return same
        try:
            content = await self.get((headers["ETag"], language, question.host), question)
        except LookupError:
            return PlainTextResponse("There is no such picture on this page.", 404, NOT_KEPT)
        except (TooMany, TimeoutError):
            return _busy(question, self._rules.retry_seconds)
        if question.form not in PACKED and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
        elif question.form not in PACKED:
            content = gzip.decompress(content)
        return Response(content, headers=headers, media_type=kind)


def _marked(request: Request, question: PictureQuestion) -> tuple[dict[str, str], str]:
    """The headers of an answer from the figures that are shown, and the language that is asked for."""
    from measures.store.frozen import shown_on
    from measures.store.shelf import open_shelf

    values = dict(question.pairs)
    shown, _ = shown_on(open_shelf(), values.get("as_of", ""), values.get("place", ""))
    return headers_of(request, shown, drawn=True), language_of(request.scope).code


def question_of(request: Request) -> PictureQuestion | None:
    """What an address asks for; None where it can name nothing."""
    match, query = _PATH.fullmatch(request.path_params["path"]), request.query_params
    if match is None or len(str(request.url)) > LONGEST:
        return None
    page, block, form = match.groups()
    size, width = query.get("size", "" if form == "svg" else PICTURE_SIZES[0]), query.get("width", str(CHART_WIDTHS[0]))
    if size not in ("", *PICTURE_SIZES) or width not in map(str, CHART_WIDTHS):
        return None
    pairs = tuple((name, value) for name, value in query.multi_items() if name not in ("size", "width"))
    return PictureQuestion(page, block, form, size, int(width), pairs, *asker_of(request))


def asker_of(request: Request) -> tuple[str, str]:
    """The languages that the browser wishes, and scheme and host of the site as it knows it."""
    return request.headers.get("Accept-Language", ""), host_of(request)


def _busy(question: PictureQuestion, seconds: int) -> Response:
    figures = page_address(question.page, {}) + (f"?{urlencode(question.pairs)}" if question.pairs else "")
    text = (
        f"Other pictures are being drawn: ask again in {seconds} seconds. The figures themselves stand at {figures} "
        "and in the files that /data/catalogue.json lists."
    )
    return PlainTextResponse(text, 503, {**NOT_KEPT, "Retry-After": str(seconds)})


def picture_routes(pictures: Pictures) -> list[Route]:
    """The addresses of pictures."""
    return [Route("/picture/{path:anything}", pictures.answer)]
