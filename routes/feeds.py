"""What is new, for programs that tell their readers: /feeds/<place>[/<area>][/<measure or category>].<atom|json>, and
/feeds/<place>.ics, the releases that publishers have announced.

``lang`` is the language. A feed holds at most 50 entries, with the figures in them; ids never change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from language import LANGUAGES, negotiated
from loaders import SourceError
from measures.store.shelf import Shelf, open_shelf
from routes.catalogues.feeds.feed_entries import feed_of
from routes.catalogues.feeds.feed_formats import FEED_KINDS, atom, json_feed
from routes.catalogues.feeds.feed_scope import read_scope
from routes.catalogues.release_calendar import calendar
from routes.conditional import SHARED, headers_of, only_read, unchanged
from routes.connections.work import PLACES, AllPlacesTaken
from routes.extracts.request import LONGEST
from routes.headers import host_of
from routes.rules import RULES

WRITERS = {"atom": atom, "json": json_feed}
CALENDAR = "ics"
KINDS = FEED_KINDS | {CALENDAR: "text/calendar"}
NOTHING = "The address is /feeds/<place>[/<area>][/<measure or category>].<atom or json>, or /feeds/<place>.ics."
BUSY = "Other extracts and feeds are being made: ask again in a few seconds."
UNREADABLE = "These figures cannot be read at the moment."
UNANNOUNCED = "No publisher has announced a day of its next release for this place."
_PATH = re.compile(rf"((?:[A-Za-z0-9_-]{{1,60}}/){{0,2}}[A-Za-z0-9_-]{{1,60}})\.({'|'.join(KINDS)})")


async def answer_feed(request: Request) -> Response:
    """GET /feeds/…; a feed is worked out where extracts are, one place each, and pages go first."""
    refused = only_read(request)
    if refused is not None:
        return refused
    try:
        place = await PLACES.take()
    except AllPlacesTaken:
        return _sorry(BUSY, 503, {"Retry-After": str(RULES.extracts.retry_seconds)})
    try:
        return await place.work(_answer, request)
    except SourceError:
        return _sorry(UNREADABLE, 503)
    finally:
        place.leave()


def _answer(request: Request) -> Response:
    found = _PATH.fullmatch(request.path_params["path"])
    if not found or len(request.url.path) + len(request.url.query) > LONGEST:
        return _sorry(NOTHING)
    shelf, parts, form = open_shelf(), found[1].split("/"), found[2]
    asked = request.query_params.get("lang", "")
    language = asked if asked in LANGUAGES else negotiated(request.headers.get("accept-language"))
    headers = headers_of(request, shelf)
    headers |= {"ETag": f'{headers["ETag"][:-1]}-{language}"', "Vary": "Accept-Language, Accept-Encoding, Host"}
    if form == CALENDAR:
        if len(parts) > 1 or parts[0] not in shelf.places:
            return _sorry(NOTHING)
        text = calendar(shelf, parts[0], language)
        return _sent(request, text, headers, form) if text else _sorry(UNANNOUNCED)
    scope = read_scope(shelf, parts)
    if scope is None:
        return _sorry(NOTHING)
    return unchanged(request, headers) or _sent(
        request, written_feed(shelf, parts, form, language, host_of(request)), headers, form
    )


def written_feed(shelf: Shelf, parts: list[str], form: str, language: str, host: str) -> str:
    """A feed as text. ``parts``: those of its address; raises KeyError for ones that name nothing."""
    scope = read_scope(shelf, parts)
    if scope is None:
        raise KeyError("/".join(parts))
    return WRITERS[form](feed_of(shelf, scope, language), host, shelf.places[scope.place].code)


def _sent(request: Request, text: str, headers: dict[str, str], form: str) -> Response:
    return unchanged(request, headers) or Response(text, headers=headers, media_type=KINDS[form])


def _sorry(sentence: str, status: int = 404, headers: Mapping[str, str] = MappingProxyType({})) -> Response:
    return PlainTextResponse(sentence, status, headers=SHARED | {"Cache-Control": "no-store", **headers})
