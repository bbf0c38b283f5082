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
from measures.revisions import may_be_revised
from measures.shelf import open_shelf
from routes import written
from routes.addresses import FORMATS
from routes.asked import REVISIONS, Asked, BadAddress, read_asked
from routes.rows import tables_of

_PATH = re.compile(r"([a-z_]{1,40})/([a-z0-9_]{1,60})/([A-Za-z0-9-]{1,20})\.([a-z]{1,8})")
_SHARED = {"Access-Control-Allow-Origin": "*"}


async def extract(request: Request) -> Response:
    """GET /data/…; an address that names nothing answers in the content type it promised, never with a web page."""
    path = request.path_params["path"]
    form = path.rsplit(".", 1)[-1] if "." in path else "json"
    form = form if form in FORMATS else "json"
    found = _PATH.fullmatch(path)
    try:
        if not found or found[4] not in FORMATS:
            raise BadAddress(404, "The address is /data/<place>/<dataset>/<latest or release>.<csv, parquet or json>.")
        asked = await run_in_threadpool(read_asked, open_shelf(), *found.groups(), request.query_params)
    except BadAddress as fault:
        return _sorry(fault.status, str(fault), form)
    except SourceError:
        return _sorry(503, "This dataset cannot be read at the moment; its publisher's file and its card do not fit together.", form)
    headers = _SHARED | {
        "Content-Disposition": f'attachment; filename="{asked.place}-{asked.dataset}-{asked.release}.{form}"',
        "Cache-Control": "public, max-age=300",
    }
    return StreamingResponse(_written(asked, form), headers=headers, media_type=FORMATS[form])


def _written(asked: Asked, form: str) -> Iterator[bytes]:
    shelf = open_shelf()
    makers = {"csv": written.as_csv, "parquet": written.as_parquet, "json": written.as_json}
    return makers[form](tables_of(asked, shelf), written.head_of(asked, shelf))


def _sorry(status: int, sentence: str, form: str) -> Response:
    return Response(written.sentence_as(sentence, form), status, headers=_SHARED, media_type=FORMATS[form])


async def catalogue(request: Request) -> Response:
    """GET /data/catalogue.json: every dataset of every place, its releases, licence and addresses."""
    shelf = open_shelf()
    listed = [
        {
            "place": card.place, "dataset": card.name, "title": card.title, "description": card.description, "publisher": card.publisher,
            "licenses": card.licenses, "frequency": card.frequency, "releases": [release.id for release in card.releases],
            "revisions": [f"/data/{card.place}/{card.name}/{REVISIONS}.{form}" for form in FORMATS] if may_be_revised(card) else [],
            "addresses": {form: f"/data/{card.place}/{card.name}/latest.{form}" for form in FORMATS},
        }
        for card in shelf.cards.values() if card.kind != "boundaries"
    ]  # fmt: skip
    return Response(json.dumps({"datasets": listed}, ensure_ascii=False), headers=_SHARED, media_type="application/json")
