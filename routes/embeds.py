"""A chart on somebody else's page: /embed/<page>/<block>?<the page's address>, and what a newsroom's system asks
about a link that was pasted: /oembed?url=<address>

https://oembed.com. The link of a page is answered with a picture that is frozen at the day; that of an embed as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from routes.addresses import NARROWEST, WIDEST
from routes.extracts.request import LONGEST
from routes.headers import NOT_KEPT
from routes.pictures import PictureQuestion, Pictures, asker_of

EMBED, OEMBED = "embed", "oembed"
_BLOCK = re.compile(r"/embed/([a-z]{1,40})/([a-z0-9_]{1,40})")
_PAGE = re.compile(r"/([a-z]{0,40})")


class Embeds:
    """Answers with what ``pictures`` writes, in the same queue as pictures."""

    def __init__(self, pictures: Pictures):
        self._pictures = pictures

    async def embed(self, request: Request) -> Response:
        """GET /embed/<page>/<block>"""
        match, pairs = _BLOCK.fullmatch(request.url.path), tuple(request.query_params.multi_items())
        if match is None or len(str(request.url)) > LONGEST:
            return PlainTextResponse("There is no such picture.", 404, NOT_KEPT)
        question = PictureQuestion(*match.groups(), EMBED, "", WIDEST, pairs, *asker_of(request))
        return await self._pictures.answered(request, question, "text/html", {})

    async def oembed(self, request: Request) -> Response:
        """GET /oembed?url=…&maxwidth=…; 404 for no page of ours with a chart, 501 for another format than JSON."""
        if request.query_params.get("format", "json") != "json":
            return PlainTextResponse("Only JSON is given.", 501, NOT_KEPT)
        question = linked(request)
        if question is None:
            return PlainTextResponse("There is no such page here.", 404, NOT_KEPT)
        return await self._pictures.answered(request, question, "application/json", {})


def linked(request: Request) -> PictureQuestion | None:
    """What the pasted link asks for; None where it is none of ours."""
    try:
        link = urlsplit(request.query_params.get("url", ""))
        width = int(request.query_params.get("maxwidth", WIDEST))
    except ValueError:
        return None
    wished, host = asker_of(request)
    page, block = _PAGE.fullmatch(link.path), _BLOCK.fullmatch(link.path)
    if (
        link.scheme not in ("http", "https")
        or link.netloc != urlsplit(host).netloc
        or not (page or block)
        or len(str(request.url)) > LONGEST
    ):
        return None
    width = max(NARROWEST, min(width, WIDEST))
    question = PictureQuestion(
        (page and page[1]) or "home", "", OEMBED, "", width, tuple(parse_qsl(link.query)), wished, host
    )
    return replace(question, page=block[1], block=block[2]) if block else question


def embed_routes(pictures: Pictures) -> list[Route]:
    """The addresses of embedded charts."""
    embeds = Embeds(pictures)
    return [Route("/embed/{path:anything}", embeds.embed), Route("/oembed", embeds.oembed)]
