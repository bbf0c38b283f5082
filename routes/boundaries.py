"""Boundaries by address: the name holds the hash of the bytes, so a browser may keep them for ever."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from measures.shelf import Shelf, open_shelf
from routes.style import NOT_KEPT

FOREVER = "public, max-age=31536000, immutable"


def boundaries_address(shelf: Shelf, place: str) -> str:
    """The relative address of a place's boundaries, or '' when it has none."""
    name = next((name for name in _files(shelf) if name.startswith(f"{place}-")), "")
    return f"boundaries/{name}" if name else ""


def extent(shelf: Shelf, place: str) -> list[float]:
    """West, south, east and north of a place in degrees (WGS 84), of its boundaries as drawn; [] when it has none."""
    text = next((text for name, text in _files(shelf).items() if name.startswith(f"{place}-")), "{}")
    return json.loads(text).get("bbox", [])


async def boundaries(request: Request) -> Response:
    """GET /boundaries/<place>-<hash>.topo.json"""
    files = await run_in_threadpool(_files, open_shelf())  # may have to be made, which takes seconds
    text = files.get(request.path_params["name"])
    if text is None:
        return Response('{"error": "no such boundaries"}', 404, headers=NOT_KEPT, media_type="application/json")
    return Response(text, headers={"Cache-Control": FOREVER}, media_type="application/json")


@lru_cache(maxsize=8)
def _files(shelf: Shelf) -> dict[str, str]:
    """File name → TopoJSON of every place: as built, or made now where nothing was built."""
    built = {path.name: path.read_text() for path in sorted((shelf.root / "built" / "boundaries").glob("*.topo.json"))}
    return built or _made(shelf)


def _made(shelf: Shelf) -> dict[str, str]:
    from loaders import SourceError
    from loaders.boundaries import read_boundaries, topojson_of

    found = {}
    for place in shelf.places.values():
        if place.boundaries in shelf.cards:
            try:
                text = topojson_of(read_boundaries(shelf.cards[place.boundaries], place))
            except SourceError as error:
                shelf.faults[place.boundaries] = error
                continue
            found[f"{place.id}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.topo.json"] = text
    return found
