"""The figures as a file at a stable address: /data/<place>/<dataset>/<latest or release>.<csv|parquet|json>

``area``, ``category``, ``from``, ``to`` and single ``period``s choose rows; ``measure`` and ``view`` give what a chart draws (a rate, say) instead
of the published figures; the release ``revisions`` gives the cells that changed between two releases. Every row carries codes, names in both languages, status, reason, notes, release and licence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from loaders import SourceError
from loaders.addresses import NAME, RELEASE
from measures.revisions import may_be_revised
from measures.shelf import open_shelf
from routes import written
from routes.about import BESIDE, beside, head_of
from routes.addresses import FORMATS
from routes.asked import LONGEST, REVISIONS, Asked, BadAddress, read_asked
from routes.csvw import csvw
from routes.dcat import dcat
from routes.described import data_package
from routes.feed import releases_atom, releases_json
from routes.kept import SHARED, VARIES, headers_of, only_read, unchanged
from routes.openapi import openapi
from routes.provenance import provenance
from routes.rows import tables_of

_PATH = re.compile(rf"({NAME})/({NAME})/({RELEASE})\.([a-z]{{1,8}})")
CSVW = "application/csvm+json"
_TRACED = re.compile(rf"({NAME})/({NAME})/provenance\.json")
_PACKAGED = re.compile(rf"({NAME})/datapackage\.json")


async def extract(request: Request) -> Response:
    """GET /data/…; an address that names nothing answers in the content type it promised, never with a web page."""
    path = request.path_params["path"]
    if other := only_read(request):
        return other
    form = path.rsplit(".", 1)[-1] if "." in path else "json"
    form = form if form in FORMATS else "json"
    found = _PATH.fullmatch(path)
    headers = headers_of(request, open_shelf())
    try:
        if len(str(request.url.path)) + len(request.url.query) > LONGEST:
            raise BadAddress(414, f"An address has at most {LONGEST:,} characters.")
        if said := await run_in_threadpool(_described, path, request):
            return unchanged(request, headers) or Response(said[0], headers=headers, media_type=said[1])
        if not found or found[4] not in FORMATS:
            raise BadAddress(404, "The address is /data/<place>/<dataset>/<latest or release>.<csv, parquet or json>.")
        asked = await run_in_threadpool(read_asked, open_shelf(), *found.groups(), request.query_params)
    except BadAddress as fault:
        return _sorry(fault.status, str(fault), form)
    except SourceError:
        return _sorry(503, "This dataset cannot be read at the moment; its publisher's file and its card do not fit together.", form)
    return _file(request, asked, form, headers)


def _file(request: Request, asked: Asked, form: str, headers: dict[str, str]) -> Response:
    """The extract itself, unless the reader's copy still holds."""
    headers["Link"] = _links(asked)
    if kept := unchanged(request, headers):
        return kept
    headers["Content-Disposition"] = f'attachment; filename="{asked.place}-{asked.dataset}-{asked.release}.{form}"'
    if request.method == "HEAD":
        bare = Response(headers=headers | VARIES, media_type=FORMATS[form])
        del bare.headers["Content-Length"]  # known only once it is written
        return bare
    return StreamingResponse(_written(asked, form), headers=headers, media_type=FORMATS[form])


def _links(asked: Asked) -> str:
    """Where a program finds what describes the file, and the licence (RFC 8288)."""
    licence = open_shelf().cards[asked.dataset].licenses[0].get("url", "")
    described = f'<{beside(asked)}>; rel="describedby"; type="{CSVW}"'
    return f'{described}, <{licence}>; rel="license"' if licence else described


def _described(path: str, request: Request) -> tuple[str, str] | None:
    """What describes: where a number comes from, a place as a Data Package, a CSV as 'CSV on the Web'; text and content type."""
    shelf = open_shelf()
    if found := _TRACED.fullmatch(path):
        return provenance(shelf, *found.groups(), request.query_params), "application/json"
    if path.endswith(BESIDE) and (found := _PATH.fullmatch(path.removesuffix(BESIDE))) and found[4] == "csv":
        return csvw(read_asked(shelf, *found.groups(), request.query_params), shelf), CSVW
    if not (found := _PACKAGED.fullmatch(path)):
        return None
    if found[1] not in shelf.places:
        raise BadAddress(404, "There is no such place; /data/catalogue.json lists them.")
    return data_package(shelf, found[1]), "application/json"


def _written(asked: Asked, form: str) -> Iterator[bytes]:
    shelf = open_shelf()
    makers = {"csv": written.as_csv, "parquet": written.as_parquet, "json": written.as_json}
    return makers[form](tables_of(asked, shelf), head_of(asked, shelf))


def _sorry(status: int, sentence: str, form: str) -> Response:
    return Response(written.sentence_as(sentence, form), status, headers=SHARED | {"Cache-Control": "no-store"}, media_type=FORMATS[form])


DESCRIPTIONS = {
    "catalogue.jsonld": (dcat, "application/ld+json"),
    "openapi.json": (openapi, "application/json"),
    "releases.json": (releases_json, "application/json"),
    "releases.atom": (releases_atom, "application/atom+xml"),
}


async def described(request: Request) -> Response:
    """GET /data/<catalogue.jsonld, openapi.json, releases.json or releases.atom>: the data described for programs."""
    if other := only_read(request):
        return other
    headers = headers_of(request, open_shelf())
    make, kind = DESCRIPTIONS[request.url.path.rsplit("/", 1)[1]]
    return unchanged(request, headers) or Response(await run_in_threadpool(make, open_shelf()), headers=headers, media_type=kind)


async def catalogue(request: Request) -> Response:
    """GET /data/catalogue.json: every dataset of every place, its releases, licence and addresses."""
    shelf = open_shelf()
    headers = headers_of(request, shelf)
    if other := only_read(request) or unchanged(request, headers):
        return other
    listed = [
        {
            "place": card.place, "dataset": card.name, "title": card.title, "description": card.description, "publisher": card.publisher,
            "licenses": card.licenses, "frequency": card.frequency, "releases": [release.id for release in card.releases],
            "revisions": [f"/data/{card.place}/{card.name}/{REVISIONS}.{form}" for form in FORMATS] if may_be_revised(card) else [],
            "addresses": {form: f"/data/{card.place}/{card.name}/latest.{form}" for form in FORMATS},
        }
        for card in shelf.cards.values() if card.kind != "boundaries"
    ]  # fmt: skip
    return Response(json.dumps({"datasets": listed}, ensure_ascii=False), headers=headers, media_type="application/json")
