"""What describes all of the data for programs: catalogues, the interface, and feeds of releases, each at its
address."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from measures.store.shelf import Shelf, open_shelf
from routes.catalogues.dataset_list import catalogue
from routes.catalogues.dcat import dcat
from routes.catalogues.feeds.feed import releases_atom, releases_json
from routes.catalogues.openapi import openapi
from routes.conditional import headers_of, only_read, unchanged

DESCRIPTIONS = {
    "catalogue.json": (catalogue, "application/json"),
    "catalogue.jsonld": (dcat, "application/ld+json"),
    "openapi.json": (openapi, "application/json"),
    "releases.json": (releases_json, "application/json"),
    "releases.atom": (releases_atom, "application/atom+xml"),
}


async def answer_description(request: Request) -> Response:
    """GET /data/<one of DESCRIPTIONS>: the data described for programs."""
    if other := only_read(request):
        return other
    make, kind = DESCRIPTIONS[request.url.path.rsplit("/", 1)[1]]
    shelf = await run_in_threadpool(open_shelf)
    headers = await run_in_threadpool(headers_of, request, shelf)
    other = unchanged(request, headers)
    return other or Response(await run_in_threadpool(make, shelf), headers=headers, media_type=kind)


def warm(shelf: Shelf) -> None:
    """Write once what describes everything, so that nobody waits for it."""
    for make, _ in DESCRIPTIONS.values():
        make(shelf)
