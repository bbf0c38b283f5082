"""What search engines ask first: robots.txt, and every page of every place in every language as a sitemap.

https://www.sitemaps.org/protocol.html: an index names one sitemap for each place, whose addresses name the same page in
the other languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from routes.addresses import page_address
from routes.headers import NOT_KEPT, STYLE, host_of

DAY = {"Cache-Control": "public, max-age=86400"}
MOST = 50_000  # addresses of a sitemap, by the protocol
BY_AREA = "district"  # the page that each area has
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


async def robots(request: Request) -> Response:
    """GET /robots.txt"""
    text = STYLE.with_name("robots.txt").read_text(encoding="utf-8")
    return PlainTextResponse(f"{text}\nSitemap: {host_of(request)}/sitemap.xml\n", headers=DAY)


class Sitemap:
    """``pages``: their names; '' is the front page."""

    def __init__(self, pages: Iterable[str]):
        self._pages = [page or "home" for page in pages]

    async def answer(self, request: Request) -> Response:
        """GET /sitemap.xml, or of one place: /sitemap.xml?place=london"""
        text = await run_in_threadpool(self._text, host_of(request), request.query_params.get("place", ""))
        if text is None:
            return PlainTextResponse("There is no such place.", 404, NOT_KEPT)
        return Response(text, headers={"Cache-Control": "public, max-age=3600"}, media_type="application/xml")

    def _text(self, host: str, place: str) -> str | None:
        from measures.store.shelf import open_shelf

        shelf = open_shelf()
        if place and place not in shelf.places:
            return None
        if not place:
            maps = (
                f"<sitemap><loc>{escape(f'{host}/sitemap.xml?place={name}')}</loc></sitemap>" for name in shelf.places
            )
            return f'{_HEAD}<sitemapindex xmlns="{_SITEMAPS}">{"".join(maps)}</sitemapindex>'
        changed = max((card.latest.published for card in shelf.cards.values() if card.place == place), default="")
        entries = list(self._states(shelf.places[place]))[:MOST]
        urls = "".join(_url(host, page, state, changed) for page, state in entries)
        return f'{_HEAD}<urlset xmlns="{_SITEMAPS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">{urls}</urlset>'

    def _states(self, place) -> Iterator[tuple[str, dict[str, str]]]:
        """Every page with what its address holds, in every language; of the page of an area every area."""
        from language import LANGUAGES

        for page in self._pages:
            for area in [area.code for area in place.areas] if page == BY_AREA else [""]:
                for code in LANGUAGES:
                    yield page, {"lang": code, "place": place.id, "area": area}


def _url(host: str, page: str, state: dict[str, str], changed: str) -> str:
    from language import LANGUAGES

    here = escape(host + page_address(page, state))
    others = {language.tag: {**state, "lang": code} for code, language in LANGUAGES.items()} | {
        "x-default": {**state, "lang": ""}
    }
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(host + page_address(page, other))}/>'
        for tag, other in others.items()
    )
    dated = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{here}</loc>{dated}{links}</url>"


def security_text(host: str, contact: dict, expires: str) -> str:
    """security.txt (RFC 9116): whom to write to; '' where this copy of the site names nobody."""
    address = next((contact[name] for name in ("url", "repository") if contact.get(name)), "")
    if not address:
        return ""
    return (
        f"Contact: {address}\nExpires: {expires}\nPreferred-Languages: en, zh\nCanonical: "
        f"{host}/.well-known/security.txt\n"
    )


async def security(request: Request) -> Response:
    """GET /.well-known/security.txt"""
    from datetime import UTC, datetime, timedelta

    from measures.store.shelf import open_shelf

    shelf = await run_in_threadpool(open_shelf)
    expires = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    text = security_text(host_of(request), shelf.contact, expires)
    return PlainTextResponse(text, headers=DAY) if text else PlainTextResponse("Not found.", 404, NOT_KEPT)


def sitemap_routes(pages: Iterable[str]) -> list[Route]:
    """The addresses that search engines and researchers of security ask first."""
    return [
        Route("/robots.txt", robots),
        Route("/sitemap.xml", Sitemap(pages).answer),
        Route("/.well-known/security.txt", security),
    ]
