"""The style sheet by address; its name holds the hash of its bytes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

NOT_KEPT = {"Cache-Control": "no-store"}
_FILE = Path(__file__).resolve().parent / "style.css"


@cache
def style_address() -> str:
    """The relative address of the style sheet."""
    return f"style/{hashlib.sha256(_FILE.read_bytes()).hexdigest()[:12]}.css"


async def style(request: Request) -> Response:
    """GET /style/<hash>.css; another version's name is not ours, and nobody keeps that."""
    if request.url.path != f"/{style_address()}":
        return Response("Not found.", 404, headers=NOT_KEPT, media_type="text/plain")
    return Response(
        _FILE.read_bytes(), headers={"Cache-Control": "public, max-age=31536000, immutable"}, media_type="text/css"
    )
