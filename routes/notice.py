"""A page without scripts that says one sentence in the reader's language: what is not there, and a site that is
full.
"""

from __future__ import annotations

import html

from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from routes.headers import NOT_KEPT, language_of, style_address


def missing_notice(scope: Scope) -> Response:
    """404 for an address that does not exist."""
    say = language_of(scope)
    return _notice(
        scope,
        404,
        say("There is no such page"),
        say("The address may be mistyped, or the page may have moved."),
        NOT_KEPT,
    )


def full_notice(scope: Scope, seconds: int) -> Response:
    """503 when no more readers fit in; the document, which takes no place, is offered instead. ``seconds``: when to try
    again.
    """
    say = language_of(scope)
    words = say("Many people are reading this site at the moment. Please try again in a minute.")
    asked = scope["query_string"].decode("latin-1")
    light = f"{scope['path']}?{asked}{'&' if asked else ''}surface=document"
    more = (light, say("This page without scripts, for slow connections and for printing"))
    return _notice(scope, 503, say("The site is busy"), words, {**NOT_KEPT, "Retry-After": str(seconds)}, more)


def refused_notice(methods: list[str]) -> Response:
    """405 for a method that an address does not have."""
    return Response(
        "Method not allowed.", 405, headers={**NOT_KEPT, "Allow": ", ".join(methods)}, media_type="text/plain"
    )


def _notice(
    scope: Scope, status: int, title: str, words: str, headers: dict[str, str], more: tuple[str, str] | None = None
) -> Response:
    """``more``: the address of another way, and its words."""
    say = language_of(scope)
    way = f'<p><a href="{html.escape(more[0])}">{html.escape(more[1])}</a></p>' if more else ""
    page = (
        f'<!DOCTYPE html><html lang="{say.language.tag}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.escape(title)} · {say.language.site}</title>'
        f'<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/{style_address()}"></head>'
        f'<body class="notice"><main><p class="site"><strong>{say.language.site}</strong></p><h1>{html.escape(title)}</h1>'
        f'<p>{html.escape(words)}</p>{way}<p><a href="/?lang={say.code}">{html.escape(say("At a glance"))}</a></p></main></body></html>'
    )
    return HTMLResponse(page, status, headers={"Vary": "Accept-Language", **headers})
