"""A page without scripts that says one sentence in the reader's language: what is not there, or a full site.

``python -m routes.notice FOLDER`` writes what the proxy says where it cannot ask a server (deploy/nginx/notices).
"""

from __future__ import annotations

import html
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from routes.headers import NOT_KEPT, language_of, style_address

if TYPE_CHECKING:
    from language import Translator

_BY_LANGUAGE = {"Vary": "Accept-Language"}


def missing_notice(scope: Scope) -> Response:
    """404 for an address that does not exist."""
    say = language_of(scope)
    words = say("The address may be mistyped, or the page may have moved.")
    return HTMLResponse(_page(say, say("There is no such page"), words), 404, headers=_BY_LANGUAGE | NOT_KEPT)


def full_notice(scope: Scope, seconds: int) -> Response:
    """503 when no more readers fit in; the document, which takes no place, is offered instead. ``seconds``: when to try
    again.
    """
    say = language_of(scope)
    words = say("Many people are reading this site at the moment. Please try again in a minute.")
    query = scope["query_string"].decode("latin-1")
    light = f"{scope['path']}?{query}{'&' if query else ''}surface=document"
    way = _way(light, say("This page without scripts, for slow connections and for printing"))
    headers = {**_BY_LANGUAGE, **NOT_KEPT, "Retry-After": str(seconds)}
    return HTMLResponse(_page(say, say("The site is busy"), words, way), 503, headers=headers)


def refused_notice(methods: list[str]) -> Response:
    """405 for a method that an address does not have."""
    return Response(
        "Method not allowed.", 405, headers={**NOT_KEPT, "Allow": ", ".join(methods)}, media_type="text/plain"
    )


def _way(address: str, words: str) -> str:
    return f'<p><a href="{html.escape(address)}">{html.escape(words)}</a></p>'


def _page(say: Translator, title: str, words: str, way: str = "") -> str:
    """``way``: another way to what was looked for, as HTML."""
    site, title = say.language.site, html.escape(title)
    return (
        f'<!DOCTYPE html><html lang="{say.language.tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title} · {site}</title><link rel="icon" href="/favicon.svg" type="image/svg+xml">'
        f'<link rel="stylesheet" href="/{style_address()}"></head><body class="notice"><main>'
        f'<p class="site"><strong>{site}</strong></p><h1>{title}</h1><p>{html.escape(words)}</p>{way}'
        f"{_way(f'/?lang={say.code}', say('Overview'))}</main></body></html>"
    )


def away_notices() -> dict[str, str]:
    """What a proxy says in the name of the site, in every language, where no server answers or too much is asked: file
    → text. Nothing else is needed to show it.
    """
    from language import LANGUAGES, translator

    translators = [translator(code) for code in LANGUAGES]
    parts = [
        (say, say("This page cannot be sent to you at the moment. Please try again in a minute."))
        for say in translators
    ]
    sections = "".join(
        f'<section lang="{say.language.tag}"><p><strong>{say.language.site}</strong></p>'
        f"<p>{html.escape(words)}</p></section>"
        for say, words in parts
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    first, style = (
        translators[0].language,
        "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}",
    )
    page = (
        f'<!DOCTYPE html><html lang="{first.tag}"><head>{head}<meta name="color-scheme" content="light dark">'
        f"<title>{first.site}</title><style>{style}</style></head><body><main>{sections}</main></body></html>\n"
    )
    return {"busy.html": page, "busy.txt": "".join(f"{words}\n" for _, words in parts)}


if __name__ == "__main__":
    for name, text in away_notices().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
