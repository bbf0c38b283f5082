"""Boundaries by address: the name holds the hash of the bytes, so a browser may keep them for ever."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from measures.store.boundaries import BEYOND_180, boundaries_text, file_name, is_beyond_180, shape
from measures.store.shelf import Shelf, open_shelf
from routes.headers import FOREVER, NOT_KEPT


def boundaries_address(shelf: Shelf, place: str) -> str:
    """The relative address of a place's boundaries, or '' when it has none; behind it what a drawing must know before
    it has them: how much wider than high they are, and whether they are cut on the other side of the globe."""
    name = file_name(shelf, place)
    if not name:
        return ""
    return f"boundaries/{name}#{shape(shelf, place):.2f}{BEYOND_180 if is_beyond_180(shelf, place) else ''}"


async def answer_boundaries(request: Request) -> Response:
    """GET /boundaries/<place>-<hash>.topo.json"""
    text = await run_in_threadpool(_text, request.path_params["name"])
    if text is None:
        return Response('{"error": "no such boundaries"}', 404, headers=NOT_KEPT, media_type="application/json")
    return Response(text, headers={"Cache-Control": FOREVER}, media_type="application/json")


def _text(name: str) -> str | None:
    return boundaries_text(open_shelf(), name)
