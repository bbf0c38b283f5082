"""Headers on every answer, and a page shell that is in the reader's language from its first byte."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders

from routes.style import style_address

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; object-src 'none'"
)


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
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Shell:
    """Rewrites the one HTML page of the site: language, title, style sheet and a sentence for readers without scripts."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["method"] != "GET" or "." in scope["path"].rsplit("/", 1)[-1]:
            await self.app(scope, receive, send)
            return
        # asked for plainly: a compressed page cannot be rewritten, and a cached one would be in another reader's language
        plain = [(name, value) for name, value in scope["headers"] if name not in (b"accept-encoding", b"if-none-match", b"if-modified-since")]
        start: dict = {}
        body = bytearray()

        async def collect(message):
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if not _is_page(start):
                if start.get("type"):
                    await send(dict(start))
                    start["type"] = ""
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                content = _in_language(bytes(body), scope)
                headers = MutableHeaders(scope=start)
                headers["Content-Length"] = str(len(content))
                headers["Vary"] = "Accept-Language"
                del headers["ETag"], headers["Last-Modified"]
                await send(dict(start))
                await send({"type": "http.response.body", "body": content})

        await self.app({**scope, "headers": plain}, receive, collect)


def _is_page(start: dict) -> bool:
    return MutableHeaders(scope=start).get("Content-Type", "").startswith("text/html")


def _in_language(page: bytes, scope) -> bytes:
    from language import LANGUAGES, negotiated, translator

    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    code = asked if asked in LANGUAGES else negotiated(RequestHeaders(scope=scope).get("Accept-Language"))
    say = translator(code)
    text = page.decode("utf-8")
    text = text.replace('<html lang="en"', f'<html lang="{say.language.tag}"', 1).replace(
        "<title>Streamlit</title>", f"<title>{say.language.site}</title>", 1
    )
    text = text.replace("</head>", f'<link rel="stylesheet" href="./{style_address()}"></head>', 1)
    start, end = text.find("<noscript>"), text.find("</noscript>")
    if 0 <= start < end:
        words = say("This page needs scripts to draw its charts. The figures themselves are at /data/catalogue.json.")
        text = text[: start + 10] + words + text[end:]
    return text.encode("utf-8")
