"""The figures as a file at a stable address: /data/<place>/<dataset>/<latest or release>.<csv|xlsx|parquet|json>

``area``, ``category``, ``from``, ``to`` and single ``period``s choose rows, ``columns`` columns; ``measure`` and
``view`` give what a chart draws (a rate, say) instead of the published figures; the release ``revisions`` gives the
cells that changed between two releases; ``as_of`` takes every dataset at the releases that were out on that day. Every
row carries codes, names in every language, status, reason, notes, release and licence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from loaders import SourceError
from loaders.addresses import NAME, RELEASE
from measures.store.frozen import NotFrozen, as_of, day_of
from measures.store.shelf import Shelf, open_shelf
from routes.addresses import FORMATS
from routes.catalogues.csvw import csvw
from routes.catalogues.data_package import data_package
from routes.conditional import SHARED, VARIES, headers_of, only_read, unchanged
from routes.connections.work import PLACES, AllPlacesTaken, Pieces
from routes.extracts import writers
from routes.extracts.metadata import BESIDE, head_of, metadata_address
from routes.extracts.pieces import in_pieces
from routes.extracts.provenance import provenance
from routes.extracts.read_request import read_request
from routes.extracts.request import LONGEST, BadAddress, ExtractRequest, FileAddress
from routes.extracts.rows import check_columns, tables_of
from routes.rules import RULES

_PATH = re.compile(rf"({NAME})/({NAME})/({RELEASE})\.([a-z]{{1,8}})")
CSVW = "application/csvm+json"
_TRACED = re.compile(rf"({NAME})/({NAME})/provenance\.json")
_PACKAGED = re.compile(rf"({NAME})/datapackage\.json")
Describe = tuple[Callable[[Shelf, QueryParams], str], str]
NOTHING = "The address is /data/<place>/<dataset>/<latest or release>.<csv, xlsx, parquet or json>."


async def answer_extract(request: Request) -> Response:
    """GET /data/…; an address that names nothing answers in the content type it promised, never with a web page."""
    shelf = await run_in_threadpool(open_shelf)
    return only_read(request) or await _answer(request, request.path_params["path"], shelf)


async def _answer(request: Request, path: str, shelf: Shelf) -> Response:
    """The answer from one shelf, from its marks to its last byte."""
    form = promised(path)
    try:
        if len(str(request.url.path)) + len(request.url.query) > LONGEST:
            raise BadAddress(414, f"An address has at most {LONGEST:,} characters.")
        shelf = await run_in_threadpool(_of_day, shelf, request.query_params)
        headers = await run_in_threadpool(headers_of, request, shelf)
        if describe := _describing(path):
            return await _described(request, describe, shelf, headers)
        names = _PATH.fullmatch(path)
        if not names or names[4] not in FORMATS:
            raise BadAddress(404, NOTHING)
        extract = await _read(request, FileAddress(*names.groups()), shelf)
        return await _file(request, extract, form, shelf, headers)
    except BadAddress as fault:
        return await run_in_threadpool(sorry, fault.status, str(fault), form)
    except NotFrozen:
        sentence = "This dataset is given at its newest releases alone, or as one of its releases; leave out 'as_of'."
        return await run_in_threadpool(sorry, 404, sentence, form)
    except SourceError:
        sentence = "This dataset cannot be read at the moment; its publisher's file and its card do not fit together."
        return await run_in_threadpool(sorry, 503, sentence, form)
    except AllPlacesTaken:
        seconds = str(RULES.extracts.retry_seconds)
        sentence = f"Other extracts are being made: ask again in {seconds} seconds."
        return await run_in_threadpool(sorry, 503, sentence, form, {"Retry-After": seconds})


def _of_day(shelf: Shelf, query: QueryParams) -> Shelf:
    """The shelf that the figures are taken from: that of an earlier day where one is asked for."""
    if "as_of" not in query:
        return shelf
    try:
        return as_of(shelf, day_of(query["as_of"]))
    except ValueError:
        raise BadAddress(400, "'as_of' is a day that has come, such as 2026-08-15.") from None


async def _read(request: Request, address: FileAddress, shelf: Shelf) -> ExtractRequest:
    """What is asked for; where tables of an earlier day may have to be put together, that is done as an extract is."""
    query = request.query_params
    if "as_of" not in query:
        return await run_in_threadpool(_checked, shelf, address, query)
    place = await PLACES.take()
    try:
        return await place.work(_checked, shelf, address, query)
    finally:
        place.leave()


def _checked(shelf: Shelf, address: FileAddress, query: QueryParams) -> ExtractRequest:
    extract = read_request(shelf, address, query)
    check_columns(extract, shelf)
    return extract


async def _file(
    request: Request, extract: ExtractRequest, form: str, shelf: Shelf, headers: dict[str, str]
) -> Response:
    """The extract itself, unless the reader's copy still holds."""
    headers["Link"] = _links(extract, shelf)
    if copy := unchanged(request, headers):
        return copy
    day = f"-as-of-{extract.as_of}" if extract.as_of else ""
    headers["Content-Disposition"] = (
        f'attachment; filename="{extract.place}-{extract.dataset}-{extract.release}{day}.{form}"'
    )
    if request.method == "HEAD":
        bare = Response(headers=headers | VARIES, media_type=FORMATS[form])
        del bare.headers["Content-Length"]  # known only once it is written
        return bare
    place = await PLACES.take()
    return Pieces(place, _written(extract, form, shelf), headers, FORMATS[form])


def _links(extract: ExtractRequest, shelf: Shelf) -> str:
    """Where a program finds what describes the file, and the licence (RFC 8288)."""
    licence = shelf.cards[extract.dataset].licenses[0].get("url", "")
    described = f'<{metadata_address(extract)}>; rel="describedby"; type="{CSVW}"'
    return f'{described}, <{licence}>; rel="license"' if licence else described


async def _described(request: Request, describe: Describe, shelf: Shelf, headers: dict[str, str]) -> Response:
    """What describes: worked out as an extract is, for where a number comes from may lead to many cells."""
    make, kind = describe
    place = await PLACES.take()
    try:
        content = (await place.work(make, shelf, request.query_params)).encode()
        if (other := unchanged(request, headers)) or request.method == "HEAD":
            place.leave()
            return other or Response(content, headers=headers, media_type=kind)
    except BaseException:
        place.leave()
        raise
    return Pieces(place, in_pieces(content), headers | {"Content-Length": str(len(content))}, kind)


def _describing(path: str) -> Describe | None:
    """How what describes is made, and its content type; None for a file."""
    if names := _TRACED.fullmatch(path):
        return lambda shelf, query: provenance(shelf, *names.groups(), query), "application/json"
    if path.endswith(BESIDE) and (names := _PATH.fullmatch(path.removesuffix(BESIDE))) and names[4] == "csv":
        return lambda shelf, query: csvw(read_request(shelf, FileAddress(*names.groups()), query), shelf), CSVW
    if names := _PACKAGED.fullmatch(path):
        return lambda shelf, query: _package(shelf, names[1], query), "application/json"
    return None


def _package(shelf: Shelf, place: str, query: QueryParams) -> str:
    if "as_of" in query:
        raise BadAddress(400, "A Data Package is of today; 'as_of' goes with the address of a file.")
    if place not in shelf.places:
        raise BadAddress(404, "There is no such place; /data/catalogue.json lists them.")
    return data_package(shelf, place)


def _written(extract: ExtractRequest, form: str, shelf: Shelf) -> Iterator[bytes]:
    yield from writers.MAKERS[form](tables_of(extract, shelf), head_of(extract, shelf))


async def nothing_there(scope, receive, send) -> None:
    """An ASGI application for addresses that can name nothing."""
    request = Request(scope, receive)
    answer = only_read(request) or await run_in_threadpool(sorry, 404, NOTHING, promised(request.url.path))
    await answer(scope, receive, send)


def promised(path: str) -> str:
    """The format that an address promises by its ending, JSON where it promises none of ours."""
    form = path.rsplit(".", 1)[-1] if "." in path else "json"
    return form if form in FORMATS else "json"


def sorry(status: int, sentence: str, form: str, more: Mapping[str, str] | None = None) -> Response:
    """One sentence in the promised format, not to be kept."""
    headers = SHARED | {"Cache-Control": "no-store"} | dict(more or {})
    return Response(writers.sentence_as(sentence, form), status, headers=headers, media_type=FORMATS[form])
