"""What is new, described for programs (OpenAPI 3.1): the feeds and the calendar of a place."""

from __future__ import annotations

from language import LANGUAGES
from measures.store.shelf import Shelf
from routes.catalogues.feeds.feed_formats import FEED_KINDS
from routes.catalogues.openapi_parts import ANSWERS, ANY, RETRY_AFTER, path_parameter, query_parameter, read_only

_PLAIN = {"content": {"text/plain": ANY}}


def feed_paths(shelf: Shelf) -> dict[str, dict]:
    """Path → its description."""
    place = path_parameter("place", sorted(shelf.places))
    form, lang = path_parameter("format", list(FEED_KINDS)), query_parameter("lang", {"enum": list(LANGUAGES)})
    parts = [_part(name) for name in ("area", "thing")]
    feeds = _answers(*FEED_KINDS.values())
    return {
        "/feeds/{place}.{format}": read_only("feed_of_place", [place, form, lang], feeds),
        "/feeds/{place}/{area}.{format}": read_only("feed_of_area", [place, parts[0], form, lang], feeds),
        "/feeds/{place}/{area}/{thing}.{format}": read_only("feed_of_thing", [place, *parts, form, lang], feeds),
        "/feeds/{place}.ics": read_only("calendar", [place, lang], _answers("text/calendar")),
    }


def _part(name: str) -> dict:
    words = {
        "area": "Code of an area; or, alone, of a measure or a category.",
        "thing": "Code of a measure or of a category.",
    }[name]
    schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,60}$"}
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


def _answers(*kinds: str) -> dict[str, dict]:
    return {
        "200": {"description": "At most 50 entries, the newest first.", "content": dict.fromkeys(kinds, ANY)},
        "304": {"description": ANSWERS["304"]},
        "404": {"description": "No such place, area, measure or category; or no day is announced."} | _PLAIN,
        "503": {"description": ANSWERS["503"]} | _PLAIN | RETRY_AFTER,
    }
