"""CKAN: ``/api/3/action/package_show?id=…``, which lists the resources of one data set."""

from __future__ import annotations

import re
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

_ID = re.compile(r"[\w-]{1,100}", re.ASCII)  # it becomes part of a question


def resources(answer: Any, asked: dict) -> Iterator[Resource]:
    """Every resource of the data set; the table behind it where counts of groups are asked for."""
    what = "'result' with 'resources', as package_show answers"
    answer = table_of(answer, what)
    if answer.get("success") is False:
        raise NoCatalogue("knows no such data set", "'success': true", "'success': false")
    for entry in entries(table_of(answer.get("result"), what).get("resources"), what):
        if entry.get("state", "active") != "active":
            continue
        address = address_of(entry, "url")
        kind = format_named(*(text_of(entry, key) for key in ("format", "mimetype")), address=address)
        if asked["format"] == "ckan":
            counted = entry.get("datastore_active") is True and _ID.fullmatch(text_of(entry, "id"))
            address, kind = joined(asked["url"], "datastore_search_sql"), "ckan" if counted else ""
        yield Resource(
            text_of(entry, "name", "title", "description"),
            joined(asked["url"], address),
            kind,
            moment(*(entry.get(key) for key in ("last_modified", "metadata_modified", "created"))),
            text_of(entry, "id"),
        )
