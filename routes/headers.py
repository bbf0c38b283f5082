"""Headers on every answer, and the style sheet by address."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl

from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

NOT_KEPT = {"Cache-Control": "no-store"}
FOREVER = "public, max-age=31536000, immutable"
STYLE = Path(__file__).resolve().parent / "style.css"
# the one script that stands in a page: how the dashboard takes over, how charts take the keyboard, and how a stretch of
# time is drawn
_PARTS = ("takeover.js", "keyboard.js", "brush.js")
TAKEOVER = "\n".join((STYLE.parent / name).read_text(encoding="utf-8") for name in _PARTS)


def _hashed(script: str) -> str:
    """A script as a policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


POLICY = (
    f"default-src 'self'; script-src 'self' '{_hashed(TAKEOVER)}'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    f"data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; "
    "form-action 'self'; "
    "object-src 'none'"
)
# what says its height to the page that it is shown in: the one script of an embedded picture
HEIGHT = (
    "const say=()=>parent.postMessage({height:document.documentElement.scrollHeight},'*');addEventListener('load',"
    "say);addEventListener('resize',say)"
)
EMBEDDED = (
    f"default-src 'none'; script-src '{_hashed(HEIGHT)}'; style-src 'self'; img-src 'self'; font-src 'self'; "
    f"base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
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


def policy_of(path: str) -> str:
    """The policy of an answer; what is made to be embedded may stand on every site, and nothing else may."""
    return EMBEDDED if path.startswith("/embed/") else POLICY


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

    code = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return translator(code if code in LANGUAGES else negotiated(RequestHeaders(scope=scope).get("Accept-Language")))


def host_of(request: Request) -> str:
    """Scheme and host of the site as the reader knows it."""
    return f"{request.url.scheme}://{request.url.netloc}"


def is_alone(scope: Scope) -> bool:
    """Is a page asked for without its dashboard? Such a document takes no reader's place."""
    return ("surface", "document") in parse_qsl(scope["query_string"].decode("latin-1"))


class Headers:
    """Adds the security headers; they hold for pages and for data."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def with_headers(message):
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy_of(scope["path"])
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
                headers["Permissions-Policy"] = PERMISSIONS
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
