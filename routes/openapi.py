"""The extract route described for programs (OpenAPI 3.1): its addresses, what may be asked, and its limits."""

from __future__ import annotations

import json

from measures.shelf import Shelf
from routes.addresses import FORMATS
from routes.asked import MOST_COMPARED, NAMES
from routes.described import datasets
from routes.provenance import NAMES as TRACED

MEANING = {
    "area": "Code of an area; may be repeated. All areas when left out.", "category": "Code of a category; may be repeated. All when left out.",
    "from": "First period, in the dataset's own way of writing periods.", "to": "Last period.", "period": "A single period; may be repeated.",
    "measure": "A measure of the dataset; goes with 'view'.", "view": "How the measure is shown, such as count, rate or rolling_rate.",
    "method": "'differs': how areas compare with their place, in one period.", "variable": "Which of the published figures, where there are several.",
    "anyway": f"'yes': a comparison against advice, of two to {MOST_COMPARED} figures.", "release": "A release's name; 'latest' when left out.",
}  # fmt: skip
_SEVERAL = ("area", "category", "period")


def openapi(shelf: Shelf) -> str:
    """The description as JSON."""
    cards = datasets(shelf)
    base = [_in_path("place", sorted({card.place for card in cards})), _in_path("dataset", sorted(card.name for card in cards))]
    release = {
        "name": "release",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{1,20}$", "examples": ["latest"]},
    }
    extract = [*base, release, _in_path("format", list(FORMATS)), *(_in_query(name, name in _SEVERAL) for name in NAMES)]
    traced = [*base, *(_in_query(name, False, name in ("area", "period")) for name in TRACED)]
    one = {name: {"get": _get(name.rsplit("/", 1)[1], [])} for name in ("/data/catalogue.json", "/data/catalogue.jsonld", "/data/releases.json")}
    paths = {
        "/data/{place}/{dataset}/{release}.{format}": {"get": _get("extract", extract)},
        "/data/{place}/{dataset}/provenance.json": {"get": _get("provenance", traced)},
        "/data/{place}/datapackage.json": {"get": _get("datapackage", base[:1])},
        **one,
    }
    limits = {"rows": "none: a dataset may be asked for whole; answers are streamed", "periods": "inclusive", "compared_anyway": MOST_COMPARED}
    info = {
        "title": "Safety in Figures: extracts",
        "version": "1",
        "description": "Figures as data, read only, without a key. Kept copies: ETag, 304.",
    }
    return json.dumps({"openapi": "3.1.0", "info": info, "x-limits": limits, "paths": paths}, ensure_ascii=False)


def _get(name: str, parameters: list[dict]) -> dict:
    kinds = FORMATS.values() if name == "extract" else ("application/ld+json",) if name.endswith("jsonld") else ("application/json",)
    content = {kind.split(";")[0]: {} for kind in kinds}
    said = {"200": "The data.", "304": "The kept copy is still right.", "400": "The question names what is not there.", "404": "No such address."}
    said |= {"503": "The dataset cannot be read at the moment."}
    responses = {code: {"description": words} | ({} if code == "304" else {"content": content}) for code, words in said.items()}
    return {"operationId": name, "parameters": parameters, "responses": responses}


def _in_path(name: str, known: list[str]) -> dict:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": known}}


def _in_query(name: str, several: bool, required: bool = False) -> dict:
    text = {"type": "string", "maxLength": 200}
    schema = {"type": "array", "items": text} if several else text
    words = MEANING.get(name, "Which entries of a register.")
    return {"name": name, "in": "query", "required": required, "description": words, "schema": schema}
