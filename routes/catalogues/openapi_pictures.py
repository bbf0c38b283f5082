"""The addresses of pictures and embedded charts described for programs (OpenAPI 3.1)."""

from __future__ import annotations

from routes.addresses import CHART_WIDTHS, NARROWEST, PICTURE_KINDS, PICTURE_SIZES, WIDEST
from routes.catalogues.openapi_parts import (
    ANSWERS,
    ANY,
    RETRY_AFTER,
    path_parameter,
    query_parameter,
    read_only,
    text_schema,
)

PAGE_NAMES = ("lang", "place", "measure", "category", "area", "view")  # of what a page's address holds, the commonest
_WHERE = {
    "page": "The name of a page, as in its address; 'home' is the front page.",
    "block": "The name of a chart on the page, as in the address of its image there.",
}
_PATTERNS = {"page": "^[a-z]{1,40}$", "block": "^[a-z0-9_]{1,40}$"}
_BUSY = "Other pictures are being drawn: Retry-After says when to ask again."


def picture_paths() -> dict[str, dict]:
    """Path → its description."""
    where = [
        {"name": name, "in": "path", "required": True, "description": words, "schema": _schema(name)}
        for name, words in _WHERE.items()
    ]
    page = [query_parameter(name, text_schema()) for name in PAGE_NAMES] + [
        query_parameter("as_of", {"format": "date"})
    ]
    sizes = [
        query_parameter("size", {"enum": list(PICTURE_SIZES)}),
        query_parameter("width", {"enum": list(map(str, CHART_WIDTHS))}),
    ]
    room = {"type": "integer", "minimum": NARROWEST, "maximum": WIDEST}
    link = [query_parameter("url", {"format": "uri"}, needed=True), query_parameter("maxwidth", room)]
    link += [query_parameter("format", {"enum": ["json"]})]
    form = path_parameter("form", list(PICTURE_KINDS))
    return {
        "/picture/{page}/{block}.{form}": read_only(
            "picture", [*where, form, *sizes, *page], _answers(*PICTURE_KINDS.values())
        ),
        "/embed/{page}/{block}": read_only("embed", [*where, *page], _answers("text/html")),
        "/oembed": read_only(
            "oembed", link, _answers("application/json") | {"501": _plain("Another format than JSON is asked for.")}
        ),
    }


def _schema(name: str) -> dict:
    return {"type": "string", "pattern": _PATTERNS[name]}


def _answers(*kinds: str) -> dict[str, dict]:
    return {
        "200": {"description": "The picture, or what shows it.", "content": dict.fromkeys(kinds, ANY)},
        "304": {"description": ANSWERS["304"]},
        "404": _plain("No such page, or no such chart on it."),
        "503": _plain(_BUSY) | RETRY_AFTER,
    }


def _plain(words: str) -> dict:
    return {"description": words, "content": {"text/plain": {"schema": {"type": "string"}}}}
