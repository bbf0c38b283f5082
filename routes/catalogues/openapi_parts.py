"""The pieces that descriptions of addresses are put together from: parameters, answers, operations (OpenAPI 3.1)."""

from __future__ import annotations

from routes.extracts.request import MOST_COMPARED, MOST_REPEATED

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
    "lang": "The language: en or zh; else as the browser wishes.",
    "place": "A place; the first of the menu when left out.",
    "size": "Pixels of the picture in its frame of words; an SVG without one is the chart alone.",
    "width": "Pixels across of a chart alone.",
    "url": "The address of a page or of an embedded chart of this site.",
    "maxwidth": "Pixels that there is room for.",
    "format": "json, and no other.",
    "as_of": "A day: every dataset at the releases that were out on it, so that the answer stays the same.",
    "columns": "Names of columns with commas between, in the order wanted; with any figure comes its status. All "
    "when left out.",
}
ANSWERS = {
    "304": "The kept copy is still right.",
    "400": "The question names what is not there, or asks for too much.",
    "404": "No such address.",
}
ANSWERS |= {
    "414": "The address is too long.",
    "503": "The dataset cannot be read at the moment, or others are being made: Retry-After says when to ask again.",
}
ANY: dict = {"schema": {}}
RETRY_AFTER = {"headers": {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}}


def operation(name: str, parameters: list[dict], content: dict) -> dict:
    """One address of data that is read: GET and HEAD."""
    wrong = {
        kind: {"schema": {"$ref": "#/components/schemas/error"}} if kind.endswith("json") else ANY
        for kind in {**content, "application/json": ANY}
    }
    answers = {"200": {"description": "The data.", "content": content}, "304": {"description": ANSWERS["304"]}}
    answers |= {code: {"description": words, "content": wrong} for code, words in ANSWERS.items() if code != "304"}
    answers["503"] |= RETRY_AFTER
    return read_only(name, parameters, answers)


def read_only(name: str, parameters: list[dict], answers: dict[str, dict]) -> dict:
    """GET with its answers, and HEAD with the same ones bare."""
    bare = {code: {"description": answer["description"]} for code, answer in answers.items()}
    return {
        "parameters": parameters,
        "get": {"operationId": name, "responses": answers},
        "head": {"operationId": f"{name}_head", "responses": bare},
    }


def path_parameter(name: str, codes: list[str]) -> dict:
    """A part of the path that is one of these codes."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": codes}}


def text_schema() -> dict:
    """Any text of a bearable length."""
    return {"type": "string", "maxLength": 200}


def query_parameter(name: str, schema: dict, several: bool = False, needed: bool = False) -> dict:
    """A name of the query and its value, or its values where it may be repeated."""
    value = {"type": "string"} | schema
    whole = {"type": "array", "items": value, "maxItems": MOST_REPEATED, "uniqueItems": True} if several else value
    words = MEANING.get(name, "Which entries are chosen.")
    return {"name": name, "in": "query", "required": needed, "description": words, "schema": whole}
