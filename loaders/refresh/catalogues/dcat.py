"""DCAT as ``data.json`` (DCAT-US 1.1): data sets with distributions, of a whole portal at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loaders.refresh.catalogues.resource import (
    NoCatalogue,
    Resource,
    address_of,
    entries,
    format_named,
    joined,
    moment,
    table_of,
    text_of,
)

_WHAT = "'dataset', a list of data sets with 'distribution'"


def resources(answer: Any, asked: dict) -> Iterator[Resource]:
    """The distributions of the data set that the card names by its identifier or title; of all, where it names none."""
    listed = list(entries(table_of(answer, _WHAT).get("dataset"), _WHAT))
    wanted = asked.get("dataset", "").casefold()
    named = [data for data in listed if wanted in (text_of(data, key).casefold() for key in ("identifier", "title"))]
    if wanted and len(named) != 1:
        todo = "Give the identifier of the data set as 'dataset'."
        raise NoCatalogue("does not list this data set once", asked["dataset"], f"{len(named)} of {len(listed)}", todo)
    for data in named if wanted else listed:
        title = text_of(data, "title")
        for entry in entries(data.get("distribution") or [], "'distribution', a list"):
            address = address_of(entry, "downloadURL", "accessURL")
            own = text_of(entry, "title")
            yield Resource(
                own or title if wanted else " · ".join(filter(None, (title, own))),
                joined(asked["url"], address),
                format_named(*(text_of(entry, key) for key in ("mediaType", "format")), address=address),
                moment(entry.get("modified"), entry.get("issued"), data.get("modified"), data.get("issued")),
                text_of(entry, "identifier"),
            )
