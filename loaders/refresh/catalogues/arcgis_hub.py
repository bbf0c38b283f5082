"""ArcGIS Hub: ``/api/search/v1/collections/…/items`` (OGC API Records) or ``/api/v3/datasets``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loaders.refresh.catalogues.resource import (
    Resource,
    address_of,
    entries,
    format_named,
    moment,
    table_of,
    text_of,
    whole,
)

_WHAT = "'features', or 'data' with 'attributes'"
_FILES = {"csv": "csv", "microsoft excel": "xlsx"}  # what Hub calls its items that are files
_LAYER = re.compile(r"/(?:feature|map)server(/\d+)?/?", re.I)
_ITEM = "https://www.arcgis.com/sharing/rest/content/items/{}/data"  # where a file of ArcGIS Online stands


def resources(answer: Any, asked: dict) -> Iterator[Resource]:
    """Every item that the Hub lists: a layer, to be counted in groups, or a file."""
    answer = table_of(answer, _WHAT)
    key, inner = ("features", "properties") if "features" in answer else ("data", "attributes")
    listed = list(entries(answer.get(key), _WHAT))
    meta = answer.get("meta") if isinstance(answer.get("meta"), dict) else {}
    stats = meta.get("stats") if isinstance(meta.get("stats"), dict) else {}
    whole(len(listed), answer.get("numberMatched", stats.get("totalCount")))
    for entry in listed:
        yield _resource(text_of(entry, "id"), table_of(entry.get(inner), f"'{inner}' in each of '{key}'"))


def _resource(name: str, about: dict) -> Resource:
    address, kind = address_of(about, "url"), _FILES.get(text_of(about, "type").casefold(), "")
    layer = _LAYER.search(address.partition("?")[0])
    if not kind and layer and layer.end() == len(address.partition("?")[0]):
        named = re.fullmatch(r"\w+_(\d{1,3})", name)  # Hub calls a layer by its item and its number
        number = "" if layer[1] else f"/{named[1] if named else 0}"
        address, kind = f"{address.partition('?')[0].rstrip('/')}{number}/query", "arcgis"
    elif kind and not address and re.fullmatch(r"[0-9a-f]{32}", name):
        address = _ITEM.format(name)
    title = text_of(about, "title", "name")
    return Resource(title, address, kind or format_named(address=address), moment(about.get("modified")), name)
