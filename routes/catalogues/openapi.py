"""The addresses under /data described for programs (OpenAPI 3.1): what may be asked of each dataset, what comes back,
and the limits.
"""

from __future__ import annotations

import json

from disclosure.remembered import MB, remembered
from loaders import SourceCard
from loaders.addresses import period_pattern
from measures.about.register import FILTERS, register_notes
from measures.claims.search import FILTERS as CLAIM_FILTERS
from measures.claims.search import filed
from measures.figures.fresh import may_be_revised
from measures.store.shelf import Shelf
from routes.addresses import FORMATS
from routes.catalogues.csvw import schema_of
from routes.catalogues.data_package import datasets, release_ids
from routes.catalogues.openapi_feeds import feed_paths
from routes.catalogues.openapi_parts import ANY, operation, path_parameter, query_parameter, text_schema
from routes.catalogues.openapi_pictures import picture_paths
from routes.extracts.request import (
    LONGEST,
    MOST_COMPARED,
    MOST_REPEATED,
    MOST_ROWS,
    MOST_ROWS_OF_VIEW,
    MOST_ROWS_OF_WORKBOOK,
    REVISIONS,
    ExtractRequest,
)
from routes.rules import RULES

_OTHERS = {
    "catalogue.json": "application/json",
    "catalogue.jsonld": "application/ld+json",
    "openapi.json": "application/json",
    "releases.json": "application/json",
    "releases.atom": "application/atom+xml",
}
LIMITS = {
    "rows": MOST_ROWS,
    "rows_of_a_view_as_json": MOST_ROWS_OF_VIEW,
    "rows_of_a_workbook": MOST_ROWS_OF_WORKBOOK,
    "at_work": RULES.extracts.at_once,
    "characters_of_an_address": LONGEST,
    "values_of_one_name": MOST_REPEATED,
    "compared_anyway": MOST_COMPARED,
    "periods": "from and to are inclusive",
}


@remembered(8 * MB)
def openapi(shelf: Shelf) -> str:
    """The description as JSON."""
    cards = datasets(shelf)
    paths = {path: one for card in cards for path, one in _of_card(shelf, card).items()}
    paths |= {
        "/data/{place}/datapackage.json": operation(
            "datapackage", [path_parameter("place", sorted({card.place for card in cards}))], {"application/json": ANY}
        )
    }
    paths |= {f"/data/{name}": operation(name.replace(".", "_"), [], {kind: ANY}) for name, kind in _OTHERS.items()}
    paths |= picture_paths()
    paths |= feed_paths(shelf)
    words = (
        f"Figures as data, read only, without a key. An answer holds at most {MOST_ROWS:,} rows ({MOST_ROWS_OF_VIEW:,} as JSON with a view, {MOST_ROWS_OF_WORKBOOK:,} as a workbook), an address at most {LONGEST:,} characters and each name"
        f" in it at most {MOST_REPEATED} times. Every answer has an ETag, and may be asked about with HEAD, If-None-Match and If-Modified-Since."
        f" {RULES.extracts.at_once} extracts are made at once; whoever comes in between is answered 503 and told by Retry-After when to ask again."
    )
    info = {"title": "Safety in Figures: extracts", "version": "2", "description": words}
    schemas = {"error": _ERROR} | {f"{card.name}_rows": _rows(shelf, card) for card in cards}
    said = {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": "/"}],
        "x-limits": LIMITS,
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return json.dumps(said, ensure_ascii=False)


_ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}


def _of_card(shelf: Shelf, card: SourceCard) -> dict[str, dict]:
    """The addresses of one dataset: its extracts, what stands beside a CSV, and where a number comes from."""
    here, asked = (
        f"/data/{card.place}/{card.name}",
        [
            *_questions(shelf, card),
            query_parameter("columns", text_schema()),
            query_parameter("as_of", {"format": "date"}),
        ],
    )
    releases = path_parameter("release", [*release_ids(card), *([REVISIONS] if may_be_revised(card) else [])])
    rows = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{card.name}_rows"}},
        "text/csv": ANY,
        FORMATS["xlsx"]: ANY,
        FORMATS["parquet"]: ANY,
    }
    found = {
        f"{here}/{{release}}.{{format}}": operation(
            card.name, [releases, path_parameter("format", list(FORMATS)), *asked], rows
        ),
        f"{here}/{{release}}.csv-metadata.json": operation(
            f"{card.name}_beside", [releases, *asked], {"application/csvm+json": ANY}
        ),
    }
    if card.kind in ("observations", "areas"):
        traced = [
            query_parameter(
                one["name"], one["schema"].get("items", one["schema"]), needed=one["name"] in ("area", "period")
            )
            for one in asked
        ]
        traced = [
            one for one in traced if one["name"] in ("area", "category", "period", "measure", "view", "from", "as_of")
        ]
        traced += [
            query_parameter("variable", {"enum": list(card.variables)}),
            query_parameter("release", {"enum": release_ids(card)}),
        ]
        found[f"{here}/provenance.json"] = operation(f"{card.name}_provenance", traced, {"application/json": ANY})
    return found


def _questions(shelf: Shelf, card: SourceCard) -> list[dict]:
    """What may be asked of a dataset: its own codes."""
    if card.kind == "claims":
        return [
            *(
                query_parameter(name, {"enum": list(codes)})
                for name, codes in filed(shelf, card.name).items()
                if name in CLAIM_FILTERS
            ),
            query_parameter("claim", text_schema()),
        ]
    if card.kind == "register":
        known = {"region": list(register_notes(shelf, card.name).regions), "figures": ["yes", "no"]}
        return [query_parameter(name, {"enum": known[name]} if name in known else text_schema()) for name in FILTERS]
    table, measures = shelf.table(card.name), [one for one in shelf.measures.values() if one.dataset == card.name]
    period = {"type": "string", "pattern": period_pattern(card.frequency)}
    found = [query_parameter("area", {"enum": list(table.areas)}, several=True)]
    found += [query_parameter("category", {"enum": list(table.categories)}, several=True)] if card.tree.nodes else []
    found += [
        query_parameter("from", period),
        query_parameter("to", period),
        query_parameter("period", period, several=True),
    ]
    if measures:
        views = list(dict.fromkeys(view for one in measures for view in one.views))
        found += [
            query_parameter("measure", {"enum": [one.name for one in measures]}),
            query_parameter("view", {"enum": views}),
        ]
        found += [query_parameter("method", {"enum": ["differs"]}), query_parameter("anyway", {"enum": ["yes"]})]
    return found


def _rows(shelf: Shelf, card: SourceCard) -> dict:
    """An extract as JSON: what the file says of itself, and its rows."""
    table = card.kind in ("observations", "areas") and shelf.table(card.name)
    asked = ExtractRequest(
        card.place,
        card.name,
        "latest",
        (),
        table.categories[:1] if table else (),
        table.periods[-1] if table else "",
        "",
        "",
        "",
    )
    columns = {name: {"type": [kind, "null"]} for name, kind in schema_of(asked, shelf)}
    rows = {"type": "array", "maxItems": MOST_ROWS, "items": {"type": "object", "properties": columns}}
    about = {"type": "object", "required": ["title", "publisher", "licenses", "notes", "breaks", "releases"]}
    return {"type": "object", "required": ["about", "rows"], "properties": {"about": about, "rows": rows}}
