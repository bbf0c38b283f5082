"""JSON-stat: a collection (``"class": "collection"``), whose items are data sets with their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loaders.refresh.catalogues.resource import Resource, address_of, entries, joined, moment, table_of, text_of


def resources(answer: Any, asked: dict) -> Iterator[Resource]:
    """Every data set of the collection that has an address."""
    what = "'class': 'collection' with 'link' and 'item'"
    link = table_of(table_of(answer, what).get("link"), what)
    for entry in entries(link.get("item"), what):
        if entry.get("class", "dataset") != "dataset" or not address_of(entry, "href"):
            continue
        address = joined(asked["url"], address_of(entry, "href"))
        yield Resource(text_of(entry, "label"), address, "json-stat", moment(entry.get("updated")))
