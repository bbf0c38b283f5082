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

MEANING = {
    "area": "Code of an area; may be repeated. All areas when left out.",
    "category": "Code of a category; may be repeated. All when left out.",
    "from": "First period, in the dataset's own way of writing periods.",
    "to": "Last period.",
    "period": "A single period; may be repeated.",
    "measure": "A measure of the dataset; goes with 'view'.",
    "view": "How the measure is shown, such as count, rate or rolling_rate.",
    "method": "'differs': how areas compare with each other, in one period of a rate or share.",
    "variable": "Which of the published figures, where there are several; the first when left out.",
    "anyway": f"'yes': a comparison against advice, of two to {MOST_COMPARED} figures.",
    "release": "A release's name; 'latest' when left out.",
    "claim": "The id of one statement.",
    "as_of": "A day: every dataset at the releases that were out on it, so that the answer stays the same.",
    "columns": "Names of columns with commas between, in the order wanted; with any figure comes its status. All when left out.",
}
_OTHERS = {
    "catalogue.json": "application/json",
    "catalogue.jsonld": "application/ld+json",
    "openapi.json": "application/json",
    "releases.json": "application/json",
    "releases.atom": "application/atom+xml",
}
_SAID = {
    "304": "The kept copy is still right.",
    "400": "The question names what is not there, or asks for too much.",
    "404": "No such address.",
}
_SAID |= {
    "414": "The address is too long.",
    "503": "The dataset cannot be read at the moment, or others are being made: Retry-After says when to ask again.",
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
        "/data/{place}/datapackage.json": _operation(
            "datapackage", [_known("place", sorted({card.place for card in cards}))], {"application/json": _ANY}
        )
    }
    paths |= {f"/data/{name}": _operation(name.replace(".", "_"), [], {kind: _ANY}) for name, kind in _OTHERS.items()}
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


_ANY: dict = {"schema": {}}
_ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}


def _of_card(shelf: Shelf, card: SourceCard) -> dict[str, dict]:
    """The addresses of one dataset: its extracts, what stands beside a CSV, and where a number comes from."""
    here, asked = (
        f"/data/{card.place}/{card.name}",
        [*_questions(shelf, card), _query("columns", _text()), _query("as_of", {"format": "date"})],
    )
    releases = _known("release", [*release_ids(card), *([REVISIONS] if may_be_revised(card) else [])])
    rows = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{card.name}_rows"}},
        "text/csv": _ANY,
        FORMATS["xlsx"]: _ANY,
        FORMATS["parquet"]: _ANY,
    }
    found = {
        f"{here}/{{release}}.{{format}}": _operation(
            card.name, [releases, _known("format", list(FORMATS)), *asked], rows
        ),
        f"{here}/{{release}}.csv-metadata.json": _operation(
            f"{card.name}_beside", [releases, *asked], {"application/csvm+json": _ANY}
        ),
    }
    if card.kind in ("observations", "areas"):
        traced = [
            _query(one["name"], one["schema"].get("items", one["schema"]), needed=one["name"] in ("area", "period"))
            for one in asked
        ]
        traced = [
            one for one in traced if one["name"] in ("area", "category", "period", "measure", "view", "from", "as_of")
        ]
        traced += [_query("variable", {"enum": list(card.variables)}), _query("release", {"enum": release_ids(card)})]
        found[f"{here}/provenance.json"] = _operation(f"{card.name}_provenance", traced, {"application/json": _ANY})
    return found


def _questions(shelf: Shelf, card: SourceCard) -> list[dict]:
    """What may be asked of a dataset: its own codes."""
    if card.kind == "claims":
        return [
            *(
                _query(name, {"enum": list(codes)})
                for name, codes in filed(shelf, card.name).items()
                if name in CLAIM_FILTERS
            ),
            _query("claim", _text()),
        ]
    if card.kind == "register":
        known = {"region": list(register_notes(shelf, card.name).regions), "figures": ["yes", "no"]}
        return [_query(name, {"enum": known[name]} if name in known else _text()) for name in FILTERS]
    table, measures = shelf.table(card.name), [one for one in shelf.measures.values() if one.dataset == card.name]
    period = {"type": "string", "pattern": period_pattern(card.frequency)}
    found = [_query("area", {"enum": list(table.areas)}, several=True)]
    found += [_query("category", {"enum": list(table.categories)}, several=True)] if card.tree.nodes else []
    found += [_query("from", period), _query("to", period), _query("period", period, several=True)]
    if measures:
        views = list(dict.fromkeys(view for one in measures for view in one.views))
        found += [_query("measure", {"enum": [one.name for one in measures]}), _query("view", {"enum": views})]
        found += [_query("method", {"enum": ["differs"]}), _query("anyway", {"enum": ["yes"]})]
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


def _operation(name: str, parameters: list[dict], content: dict) -> dict:
    """One address that is read: GET and HEAD."""
    wrong = {
        kind: {"schema": {"$ref": "#/components/schemas/error"}} if kind.endswith("json") else _ANY
        for kind in {**content, "application/json": _ANY}
    }
    answers = {"200": {"description": "The data.", "content": content}, "304": {"description": _SAID["304"]}}
    answers |= {code: {"description": words, "content": wrong} for code, words in _SAID.items() if code != "304"}
    answers["503"] |= {"headers": {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}}
    bare = {code: {"description": one["description"]} for code, one in answers.items()}
    return {
        "parameters": parameters,
        "get": {"operationId": name, "responses": answers},
        "head": {"operationId": f"{name}_head", "responses": bare},
    }


def _known(name: str, codes: list[str]) -> dict:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": codes}}


def _text() -> dict:
    return {"type": "string", "maxLength": 200}


def _query(name: str, schema: dict, several: bool = False, needed: bool = False) -> dict:
    one = {"type": "string"} | schema
    whole = {"type": "array", "items": one, "maxItems": MOST_REPEATED, "uniqueItems": True} if several else one
    words = MEANING.get(name, "Which entries are chosen.")
    return {"name": name, "in": "query", "required": needed, "description": words, "schema": whole}
