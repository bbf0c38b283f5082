"""Headers on every answer, the style sheet by address, and a page shell that is in the reader's language from its first
byte."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

NOT_KEPT = {"Cache-Control": "no-store"}
FOREVER = "public, max-age=31536000, immutable"
STYLE = Path(__file__).resolve().parent / "style.css"
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)
NOT_ASKED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range")


@cache
def style_address() -> str:
    """The relative address of the style sheet; its name holds the hash of its bytes."""
    return f"style/{hashlib.sha256(STYLE.read_bytes()).hexdigest()[:12]}.css"


async def style(request: Request) -> Response:
    """GET /style/<hash>.css; another version's name is not ours, and nobody keeps that."""
    if request.url.path != f"/{style_address()}":
        return Response("Not found.", 404, headers=NOT_KEPT, media_type="text/plain")
    return Response(STYLE.read_bytes(), headers={"Cache-Control": FOREVER}, media_type="text/css")


def language_of(scope: Scope):
    """The translator of who asks: of the language in the address, else of the browser's."""
    from language import LANGUAGES, negotiated, translator

    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return translator(asked if asked in LANGUAGES else negotiated(RequestHeaders(scope=scope).get("Accept-Language")))


class Headers:
    """Adds the security headers; they hold for pages and for data."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def with_headers(message):
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
                headers["Permissions-Policy"] = PERMISSIONS
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Shell:
    """Rewrites the one HTML page of the site: language, title, icon, style sheet and a sentence for readers without
    scripts.

    The door says in ``page_status`` with which status a page is answered; it is asked for whole, and HEAD gets the
    headers of GET.
    """

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if "page_status" not in scope:
            await self.app(scope, receive, send)
            return
        # asked for plainly and whole: a compressed page or a part cannot be rewritten, and a cached one would be in
        # another reader's language
        plain = [(name, value) for name, value in scope["headers"] if name not in NOT_ASKED]
        start: dict = {}
        body = bytearray()

        async def collect(message):
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                content = _in_language(bytes(body), scope)
                await send(_head(start, len(content), scope["page_status"]))
                await send({"type": "http.response.body", "body": content})

        await self.app({**scope, "path": "/", "raw_path": b"/", "method": "GET", "headers": plain}, receive, collect)


def _head(start: dict, length: int, status: int) -> dict:
    """The beginning of the answer: nothing in it is of the page as it was before it was rewritten."""
    message = {**start, "status": status, "headers": list(start["headers"])}
    headers = MutableHeaders(scope=message)
    headers["Content-Length"] = str(length)
    headers["Vary"] = "Accept-Language"
    for name in ("ETag", "Last-Modified", "Accept-Ranges"):
        del headers[name]
    if status != 200:
        headers.update(NOT_KEPT)
    return message


def _in_language(page: bytes, scope) -> bytes:
    say = language_of(scope)
    text = page.decode("utf-8")
    text = text.replace('<html lang="en"', f'<html lang="{say.language.tag}"', 1)
    text = text.replace("<title>Streamlit</title>", f"<title>{say.language.site}</title>", 1)
    text = text.replace(
        '<link rel="shortcut icon" href="./favicon.png" />',
        '<link rel="icon" href="./favicon.svg" type="image/svg+xml" />',
        1,
    )
    text = text.replace(
        '<link rel="service-desc" href="./_stcore/agent/openapi.json" />', "", 1
    )  # an address that is shut
    text = text.replace("</head>", f'<link rel="stylesheet" href="./{style_address()}"></head>', 1)
    start, end = text.find("<noscript>"), text.find("</noscript>")
    if 0 <= start < end:
        words = say("This page needs scripts to draw its charts. The figures themselves are at /data/catalogue.json.")
        text = text[: start + 10] + words + text[end:]
    return text.encode("utf-8")
