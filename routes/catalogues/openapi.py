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
    paths = {path: description for card in cards for path, description in _of_card(shelf, card).items()}
    paths |= {
        "/data/{place}/datapackage.json": operation(
            "datapackage", [path_parameter("place", sorted({card.place for card in cards}))], {"application/json": ANY}
        )
    }
    paths |= {f"/data/{name}": operation(name.replace(".", "_"), [], {kind: ANY}) for name, kind in _OTHERS.items()}
    paths |= picture_paths()
    paths |= feed_paths(shelf)
    words = (
        f"Figures as data, read only, without a key. An answer holds at most {MOST_ROWS:,} rows "
        f"({MOST_ROWS_OF_VIEW:,} as JSON with a view, {MOST_ROWS_OF_WORKBOOK:,} as a workbook), an address at most "
        f"{LONGEST:,} characters and each name"
        f" in it at most {MOST_REPEATED} times. Every answer has an ETag, and may be asked about with HEAD, "
        f"If-None-Match and If-Modified-Since."
        f" {RULES.extracts.at_once} extracts are made at once; whoever comes in between is answered 503 and told by "
        f"Retry-After when to ask again."
    )
    info = {"title": "Safety in Figures: extracts", "version": "2", "description": words}
    schemas = {"error": _ERROR} | {f"{card.name}_rows": _rows(shelf, card) for card in cards}
    document = {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": "/"}],
        "x-limits": LIMITS,
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return json.dumps(document, ensure_ascii=False)


_ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}


def _of_card(shelf: Shelf, card: SourceCard) -> dict[str, dict]:
    """The addresses of one dataset: its extracts, what stands beside a CSV, and where a number comes from."""
    here, parameters = (
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
    operations = {
        f"{here}/{{release}}.{{format}}": operation(
            card.name, [releases, path_parameter("format", list(FORMATS)), *parameters], rows
        ),
        f"{here}/{{release}}.csv-metadata.json": operation(
            f"{card.name}_beside", [releases, *parameters], {"application/csvm+json": ANY}
        ),
    }
    if card.is_table:
        traced = [
            query_parameter(
                parameter["name"],
                parameter["schema"].get("items", parameter["schema"]),
                needed=parameter["name"] in ("area", "period"),
            )
            for parameter in parameters
        ]
        traced = [
            parameter
            for parameter in traced
            if parameter["name"] in ("area", "category", "period", "measure", "view", "from", "as_of")
        ]
        traced += [
            query_parameter("variable", {"enum": list(card.variables)}),
            query_parameter("release", {"enum": release_ids(card)}),
        ]
        operations[f"{here}/provenance.json"] = operation(f"{card.name}_provenance", traced, {"application/json": ANY})
    return operations


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
    table, measures = (
        shelf.table(card.name),
        [measure for measure in shelf.measures.values() if measure.dataset == card.name],
    )
    period = {"type": "string", "pattern": period_pattern(card.frequency)}
    parameters = [query_parameter("area", {"enum": list(table.areas)}, several=True)]
    parameters += (
        [query_parameter("category", {"enum": list(table.categories)}, several=True)] if card.tree.nodes else []
    )
    parameters += [
        query_parameter("from", period),
        query_parameter("to", period),
        query_parameter("period", period, several=True),
    ]
    if measures:
        views = list(dict.fromkeys(view for measure in measures for view in measure.views))
        parameters += [
            query_parameter("measure", {"enum": [measure.name for measure in measures]}),
            query_parameter("view", {"enum": views}),
        ]
        parameters += [query_parameter("method", {"enum": ["differs"]}), query_parameter("anyway", {"enum": ["yes"]})]
    return parameters


def _rows(shelf: Shelf, card: SourceCard) -> dict:
    """An extract as JSON: what the file says of itself, and its rows."""
    table = card.is_table and shelf.table(card.name)
    few = {"categories": table.categories[:1], "first": table.periods[-1]} if table else {}
    extract = ExtractRequest(card.place, card.name, "latest", **few)
    columns = {name: {"type": [kind, "null"]} for name, kind in schema_of(extract, shelf)}
    rows = {"type": "array", "maxItems": MOST_ROWS, "items": {"type": "object", "properties": columns}}
    about = {"type": "object", "required": ["title", "publisher", "licenses", "notes", "breaks", "releases"]}
    return {"type": "object", "required": ["about", "rows"], "properties": {"about": about, "rows": rows}}
