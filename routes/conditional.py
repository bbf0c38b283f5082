"""May a reader's copy be kept? Every answer under /data says of which state it is, and a copy of that state is not sent
again.

The state of the site is that of the shelf which answers (``measures.store.state``) joined with the programs; an ETag
joins it with the address,
so that any copy of the server gives the same one. A question about a kept copy (If-None-Match, else If-Modified-Since)
is answered before anything is worked out. Dates of files differ between copies of a server, so the date holds only
where it is the very one that this server gives: a later one may be that of another server's older figures.
"""

from __future__ import annotations

import hashlib
import time
from datetime import date
from email.utils import formatdate, parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

if TYPE_CHECKING:  # the server is healthy before pandas is imported
    from measures.store.shelf import Shelf

SHARED = {
    "Accept-Ranges": "none",  # an answer is written as it is read
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Content-Disposition, Link",
}
VARIES = {
    "Vary": "Accept-Encoding"
}  # where no body is sent the compression, which adds it otherwise, does not see the answer
KEEP = "public, max-age=300"
_PROGRAMS = Path(__file__).resolve().parent.parent
# charts words what was found of statements
_FOLDERS, _PAGES = ("loaders", "disclosure", "measures", "charts", "routes", "language"), ("layout", "pages")


def headers_of(request: Request, shelf: Shelf, drawn: bool = False) -> dict[str, str]:
    """The headers of an answer: who may read it, how long it may be kept, and of which state it is. ``drawn``: it is
    drawn from a page.
    """
    state, changed = state_of(shelf)
    state = page_state(shelf) if drawn else state
    question = f"{request.url.path}?{sorted(request.query_params.multi_items())}"
    mark = hashlib.sha256(f"{state} {question}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return {**SHARED, "Cache-Control": KEEP, "ETag": f'W/"{mark}"', "Last-Modified": formatdate(changed, usegmt=True)}


def unchanged(request: Request, headers: dict[str, str]) -> Response | None:
    """304 when the reader's copy is of this state, else None."""
    if _is_kept(request, headers):
        return Response(status_code=304, headers=headers | VARIES)
    return None


def only_read(request: Request) -> Response | None:
    """The answer to whatever neither fetches nor asks about something, else None."""
    if request.method == "OPTIONS":
        return preflight(request)
    if request.method in ("GET", "HEAD"):
        return None
    refusal = {"error": "The figures can only be read: GET, HEAD or OPTIONS."}
    return JSONResponse(refusal, 405, headers=SHARED | {"Allow": "GET, HEAD, OPTIONS", "Cache-Control": "no-store"})


def preflight(request: Request) -> Response:
    """OPTIONS: a program on another site may read everything here, and ask about a copy that it has kept."""
    allowed = {
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    }
    return Response(
        status_code=204, headers=SHARED | allowed | {"Access-Control-Max-Age": "86400", "Allow": "GET, HEAD, OPTIONS"}
    )


def _is_kept(request: Request, headers: dict[str, str]) -> bool:
    marks = request.headers.get("if-none-match")
    if marks is not None:
        ours = headers["ETag"].removeprefix("W/")
        return marks.strip() == "*" or ours in [mark.strip().removeprefix("W/") for mark in marks.split(",")]
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return since == parsedate_to_datetime(headers["Last-Modified"])
    except (TypeError, ValueError):
        return False


def state_of(shelf: Shelf) -> tuple[str, float]:
    """The hash of everything that decides what an answer of this shelf says, and when the last of it changed (seconds
    since 1970).

    The cards hold the hashes of the published files, so those are not read again. What is not shown, or goes on from
    before, counts.
    """
    from measures.store.continued import unread

    programs, changed = programs_of(_FOLDERS)
    return hashlib.sha256(f"{shelf.state.mark} {sorted(unread(shelf))} {programs}".encode()).hexdigest(), max(
        shelf.state.changed, changed
    )


def page_state(shelf: Shelf) -> str:
    """What decides how a page of this shelf looks: articles say how old figures are, so another day is another
    state."""
    return f"{state_of(shelf)[0]} {programs_of(_PAGES)[0]} {date.today()}"


@cache
def programs_of(folders: tuple[str, ...]) -> tuple[str, float]:
    """The hash of the programs in these folders, and when the last of them was written: taken once, when the server
    warms up.
    """
    digest, changed = hashlib.sha256(), 0.0
    for path in (
        path
        for folder in folders
        for suffix in ("py", "po", "toml")
        for path in sorted((_PROGRAMS / folder).rglob(f"*.{suffix}"))
    ):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)} ".encode() + data)
        changed = max(changed, path.stat().st_mtime)
    return digest.hexdigest(), min(changed, time.time())
